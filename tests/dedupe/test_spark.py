"""On Spark the same links are found as on one machine, word for word."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scopingreview.dedupe import link
from scopingreview.errors import ReviewError
from scopingreview.model import Compared, Correction, DuplicateJudgement, Record
from support.spark_workers import end_a_worker

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

pytest.importorskip("pyspark", reason="pyspark (the extra `spark`) is not installed")
if shutil.which("java") is None:
    pytest.skip("there is no Java on this machine", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
TRUST = ["pubmed", "embase"]
WORDS = ("nurse", "burnout", "hospital", "stress", "coping", "shift", "care", "outcome", "patient")
SCRIPT = Path(__file__).parents[2] / "docs" / "how-to" / "dedupe_with_spark.py"
SHORT_RUN = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1"}  # half the work: little is compiled
PATIENT = {"spark.network.timeout": "800s", "spark.worker.timeout": "800"}  # busy is not dead


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """Two workers, each a process of its own."""
    from scopingreview.dedupe.spark.spark_session import session_on

    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "4", **PATIENT}
    scratch = str(tmp_path_factory.mktemp("checkpoints"))
    with pytest.MonkeyPatch.context() as environment:
        for name, value in SHORT_RUN.items():
            environment.setenv(name, value)
        session = session_on("local-cluster[2,1,1024]", scratch, settings)
        yield session
        session.stop()


def copies(number: int) -> list[Record]:
    """Records of invented works, most of them twice and some written a little otherwise."""
    draw = random.Random(number)
    found: list[Record] = []
    for work in range(number):
        record = Record(
            f"pubmed:{work}",
            source="pubmed",
            title=" ".join(draw.choices(WORDS, k=8)).capitalize(),
            authors=(f"Doe{work % 40}, Jane", f"Roe{work % 7}, Richard"),
            year=2000 + work % 20,
            journal="Journal of Invented Results",
            volume=str(1 + work % 30),
            pages=f"{10 * work}-{10 * work + 7}",
            doi=f"10.1234/{work}" if work % 3 else "",
            abstract=". ".join(" ".join(draw.choices(WORDS, k=12)) for _ in range(6)),
        )
        found.append(record)
        if draw.random() < 0.7:
            other = replace(record, record_id=f"embase:{work}", source="embase", doi="")
            title = record.title.upper() if work % 2 else record.title.replace("nurse", "nurses")
            found.append(replace(other, title=title))
        if draw.random() < 0.2:
            found.append(replace(record, record_id=f"embase:{work}b", source="embase", pages=""))
    return found


NIGHTS = Record(
    "pubmed:n",
    source="pubmed",
    title="Night shifts and the sleep of nurses in hospitals",
    authors=("Moe, Ann", "Poe, Ben"),
    year=2010,
    journal="Journal of Invented Results",
    volume="3",
    pages="10-17",
    doi="10.1234/nights",
)


def editorials(number: int) -> list[Record]:
    """Different works of one title: more than each of them meets."""
    return [
        Record(
            f"pubmed:editorial-{at}",
            source="pubmed",
            title="Editorial",
            authors=(f"Loe{at % 9}, Ann",),
            year=1990 + at % 11,
            journal="Journal of Invented Results",
            volume=str(1 + at % 6),
            pages=str(1 + at % 4),
        )
        for at in range(number)
    ]


def table_of(session: SparkSession, records: Sequence[Record]) -> DataFrame:
    return session.createDataFrame([row_of(each) for each in records], list(Compared._fields))


def row_of(record: Record) -> tuple[str, ...]:
    row = {name: getattr(record, name) for name in Compared._fields}
    row |= {"authors": "; ".join(record.authors), "keywords": "; ".join(record.keywords)}
    return tuple(str(value or "") for value in row.values())


def test_the_links_of_two_workers_are_those_of_one_machine(session: SparkSession):
    from scopingreview.dedupe.spark import link_on_spark

    preprint = replace(NIGHTS, record_id="embase:p", doi="10.1101/2009.1", journal="bioRxiv")
    maybe = [NIGHTS, replace(preprint, year=2009, volume="", pages="")]
    records = copies(300) + editorials(120) + maybe
    judgements = [
        DuplicateJudgement(NOON, "pubmed:1", "pubmed:2", same=True, reviewer="ab"),
        DuplicateJudgement(NOON, "pubmed:3", "embase:3", same=False, reviewer="ab"),
        DuplicateJudgement(NOON, "pubmed:4", "pubmed:nowhere", same=True, reviewer="ab"),
        DuplicateJudgement(NOON, "pubmed:5", "pubmed:6", same=True, reviewer="ab"),
        DuplicateJudgement(NOON, "pubmed:5", "pubmed:6", same=False, reviewer="cd"),
    ]
    alone = link(records, judgements=judgements, trust=TRUST)
    table = table_of(session, records).repartition(3)
    told: list[str] = []
    there = link_on_spark(table, judgements=judgements, trust=TRUST, partitions=4, tell=told.append)
    assert len(alone.duplicates) > 100
    assert len(alone.possible) == 1
    assert list(there.duplicates()) == list(alone.duplicates)
    assert list(there.possible()) == list(alone.possible)
    assert sorted(there.contradictions()) == sorted(alone.contradictions)
    assert told[0] == "reading the records"
    assert told[2] == f"comparing pairs of {len(records)} records"


def test_a_worker_that_dies_at_work_changes_no_link(session: SparkSession):
    from scopingreview.dedupe.spark import link_on_spark

    records = copies(150)
    ended: list[int] = []
    ending = threading.Thread(target=lambda: ended.append(end_a_worker()))

    def end_one(words: str) -> None:
        if words.startswith("comparing"):
            ending.start()

    there = link_on_spark(
        table_of(session, records).repartition(3), trust=TRUST, partitions=4, tell=end_one
    )
    links = list(there.duplicates())
    ending.join()
    assert ended
    assert links == list(link(records, trust=TRUST).duplicates)


def test_a_chain_of_pairs_is_one_component_however_long(session: SparkSession):
    from scopingreview.dedupe.spark.components import components

    chain = [(f"x:{at:03}", f"x:{at + 1:03}") for at in range(40)]
    pairs = session.createDataFrame([*chain, ("y:1", "y:2")], "one string, other string")
    found = {row.record_id: row.component for row in components(pairs).collect()}
    assert found == {f"x:{at:03}": "x:000" for at in range(41)} | {"y:1": "y:1", "y:2": "y:1"}


def test_a_library_without_a_column_or_with_lists_in_one_is_refused(session: SparkSession):
    from scopingreview.dedupe.spark import link_on_spark

    table = table_of(session, copies(3)).drop("year", "doi")
    listed = table.selectExpr("*", "split(title, ' ') names").drop("authors")
    with pytest.raises(ReviewError) as refused:
        link_on_spark(listed.withColumnRenamed("names", "authors"))
    assert "no column year, doi" in str(refused.value)
    assert "the column authors of the records is array<string>, not text" in str(refused.value)


def test_two_records_of_one_id_are_refused(session: SparkSession):
    from scopingreview.dedupe.spark import link_on_spark

    first, second, *_ = copies(3)
    twice = replace(second, record_id=first.record_id)
    with pytest.raises(ReviewError, match=f"several records have the id {first.record_id}"):
        link_on_spark(table_of(session, [first, twice]))


def test_a_year_that_is_none_is_named_although_a_worker_reads_it(session: SparkSession):
    from pyspark.errors import PythonException

    from scopingreview.dedupe.spark import link_on_spark
    from scopingreview.dedupe.spark.spark_session import in_words

    table = table_of(session, copies(3)).selectExpr(
        *(name for name in Compared._fields if name != "year"), "'May 2020' year"
    )
    with pytest.raises(PythonException) as raised:
        link_on_spark(table)
    told = str(in_words(raised.value))
    assert 'the year "May 2020" is no whole number\n  An unknown year is empty.' in told


def test_what_spark_complains_of_is_told_as_what_to_do():
    from scopingreview.dedupe.spark.spark_session import in_words

    crashed = RuntimeError("Lost task 0.3: Python worker exited unexpectedly (crashed)")
    bare = RuntimeError("ModuleNotFoundError: No module named 'scopingreview'")
    assert "ran out of memory\n  Cut the work into more partitions" in str(in_words(crashed))
    assert "the Python of the workers has no scopingreview" in str(in_words(bare))
    assert in_words(RuntimeError("a fault of the program")) is None


@pytest.mark.parametrize("form", ["the review's own", "library.parquet"])
def test_the_script_writes_the_files_that_the_command_writes(tmp_path: Path, form: str):
    """In a process of its own, with what people judged and mended."""
    import pandas as pd

    from scopingreview import store
    from scopingreview.paths import DUPLICATES, POSSIBLE_DUPLICATES, RECORDS
    from scopingreview.stages.deduping import run_dedupe
    from tests.reviews import found

    review = found(tmp_path / "review", sources=TRUST)
    first, *others = copies(60)
    hard = replace(first, title='A "quoted" title,\nin two lines', abstract=" spaced \r\n\\")
    store.write_records(review, [hard, *others])
    title = Correction(NOON, "pubmed:7", "title", "Another work altogether, by others", "ab")
    store.append_corrections(review, [title, replace(title, field="doi", value="")])
    apart = DuplicateJudgement(NOON, "pubmed:3", "embase:3", same=False, reviewer="ab")
    store.append_judgement(review, apart)
    run_dedupe(review)
    names = (DUPLICATES, POSSIBLE_DUPLICATES)
    expected = {name: review.path(name).read_bytes() for name in names}
    for name in names:
        review.path(name).unlink()
    records: tuple[str, ...] = ()
    if form == "library.parquet":
        cells = pd.read_csv(review.path(RECORDS), dtype=str, keep_default_na=False)
        records = (str(tmp_path / form),)
        cells.to_parquet(*records)
    linked = run_script(str(review.root), *records, "--scratch", str(tmp_path / "scratch"))
    assert linked.returncode == 0, linked.stderr
    assert {name: review.path(name).read_bytes() for name in names} == expected


def test_the_script_refuses_a_library_that_is_not_the_records_of_the_review(tmp_path: Path):
    import pandas as pd

    from scopingreview import store
    from tests.reviews import found

    review = found(tmp_path / "review", sources=TRUST)
    records = copies(3)
    store.write_records(review, records)
    library = tmp_path / "library.parquet"
    pd.DataFrame(map(row_of, records[1:]), columns=list(Compared._fields)).to_parquet(library)
    refused = run_script(str(review.root), str(library), "--scratch", str(tmp_path / "scratch"))
    assert refused.returncode == 1
    assert f"{len(records) - 1} records, data/derived/records.csv {len(records)}" in refused.stderr


def test_without_a_java_that_runs_the_script_says_what_it_needs(tmp_path: Path):
    from tests.reviews import found

    review = found(tmp_path / "review", sources=TRUST)
    java = tmp_path / "java" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text("#!/bin/sh\nexit 1\n")
    java.chmod(0o755)
    home = {"JAVA_HOME": str(java.parents[1])}
    refused = run_script(str(review.root), "--scratch", str(tmp_path / "scratch"), **home)
    assert refused.returncode == 1
    assert f"it needs Java 17 or newer (Java here: {java.parents[1]})" in refused.stderr
    assert "Traceback" not in refused.stderr


def run_script(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    local = ("--partitions", "2", "--master", "local[2]", "--conf", "spark.ui.enabled=false")
    return subprocess.run(
        [sys.executable, str(SCRIPT), *words, *local],
        capture_output=True,
        text=True,
        env=os.environ | SHORT_RUN | environment,
    )
