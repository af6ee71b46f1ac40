"""On Spark the same links are found as on one machine, word for word."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scopingreview.dedupe import link
from scopingreview.model import Compared, DuplicateJudgement, Record

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytest.importorskip("pyspark", reason="pyspark (the extra `spark`) is not installed")
if shutil.which("java") is None:
    pytest.skip("there is no Java on this machine", allow_module_level=True)

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
TRUST = ["pubmed", "embase"]
WORDS = ("nurse", "burnout", "hospital", "stress", "coping", "shift", "care", "outcome", "patient")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """Two workers, each a process of its own."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.network.timeout", "800s")  # a busy machine is no dead one
        .config("spark.worker.timeout", "800")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    session.sparkContext.setCheckpointDir(str(tmp_path_factory.mktemp("checkpoints")))
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


def row_of(record: Record) -> tuple[str, ...]:
    row = {name: getattr(record, name) for name in Compared._fields}
    row |= {"authors": "; ".join(record.authors), "keywords": "; ".join(record.keywords)}
    return tuple(str(value or "") for value in row.values())


def test_the_links_of_two_workers_are_those_of_one_machine(session: SparkSession):
    from scopingreview.dedupe.spark import link_on_spark

    records = copies(300)
    judgements = [
        DuplicateJudgement(NOON, "pubmed:1", "pubmed:2", same=True, reviewer="ab"),
        DuplicateJudgement(NOON, "pubmed:3", "embase:3", same=False, reviewer="ab"),
        DuplicateJudgement(NOON, "pubmed:4", "pubmed:nowhere", same=True, reviewer="ab"),
        DuplicateJudgement(NOON, "pubmed:5", "pubmed:6", same=True, reviewer="ab"),
        DuplicateJudgement(NOON, "pubmed:5", "pubmed:6", same=False, reviewer="cd"),
    ]
    alone = link(records, judgements=judgements, trust=TRUST)
    table = session.createDataFrame([row_of(each) for each in records], list(Compared._fields))
    there = link_on_spark(table.repartition(3), judgements=judgements, trust=TRUST, partitions=4)
    assert len(alone.duplicates) > 100
    assert list(there.duplicates()) == list(alone.duplicates)
    assert list(there.possible()) == list(alone.possible)
    assert sorted(there.contradictions()) == sorted(alone.contradictions)


def test_a_chain_of_pairs_is_one_component_however_long(session: SparkSession):
    from scopingreview.dedupe.spark.components import components

    chain = [(f"x:{at:03}", f"x:{at + 1:03}") for at in range(40)]
    pairs = session.createDataFrame([*chain, ("y:1", "y:2")], "one string, other string")
    found = {row.record_id: row.component for row in components(pairs).collect()}
    assert found == {f"x:{at:03}": "x:000" for at in range(41)} | {"y:1": "y:1", "y:2": "y:1"}


def test_the_script_writes_the_files_that_the_command_writes(tmp_path: Path):
    """In a process of its own, from the review's own records."""
    import subprocess

    from scopingreview import store
    from scopingreview.paths import DUPLICATES, POSSIBLE_DUPLICATES
    from scopingreview.stages.deduping import run_dedupe
    from tests.reviews import found

    review = found(tmp_path / "review", sources=TRUST)
    store.write_records(review, copies(60))
    run_dedupe(review)
    names = (DUPLICATES, POSSIBLE_DUPLICATES)
    expected = {name: review.path(name).read_bytes() for name in names}
    for name in names:
        review.path(name).unlink()
    script = Path(__file__).parents[2] / "docs" / "how-to" / "dedupe_with_spark.py"
    scratch = ("--scratch", str(tmp_path / "scratch"), "--partitions", "2", "--master", "local[2]")
    subprocess.run([sys.executable, str(script), str(review.root), *scratch], check=True)
    assert {name: review.path(name).read_bytes() for name in names} == expected
