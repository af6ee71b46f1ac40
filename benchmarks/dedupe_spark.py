"""Deduplication past one machine: the wing `dedupe.spark` beside the command, word for word.

    python benchmarks/dedupe_spark.py [--records N] [--workers N] [--cores N] [--kill STEP ...]

A synthetic corpus (DIR/bench/make_corpus.py makes it; `--shared DIR`) is linked in Spark's
local-cluster mode, each worker a process, and on one machine; links and possible pairs must be the
same to the last word. `--kill` ends the busiest worker's process in the middle of each step that is
named. `--editorials` adds so many records of one title, a key that all of them share. Prints
records a second, the processor seconds of all of Spark's processes, the most that one process of
Python held, the bytes shuffled per record, and how many records the fullest key has. Needs Java 17
and the extra `spark`: pip install --editable '.[dev,spark]'.

Exit status 1 when the links differ, or when pyspark or data are missing.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scopingreview.dedupe import link
from scopingreview.dedupe.blocking import KEYS
from scopingreview.dedupe.spark import keyed_records, link_on_spark
from scopingreview.dedupe.spark.feature_table import features_of
from scopingreview.dedupe.spark.spark_session import session_on
from scopingreview.model import LIST_MARK, Compared, Record
from support.harness import machine, needs, options
from support.labelled import make_corpus, read_set
from support.spark_workers import end_a_worker, peak_of_python, processor_seconds

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# How what is told of a step begins, once its work does.
STEPS = {"features": "reading", "pairs": "comparing", "components": "tying", "groups": "grouping"}


def main() -> int:
    """Link a synthetic corpus both ways."""
    chosen = _chosen()
    needs("pandas", "pyspark")
    print(machine())
    records = read_set(make_corpus(chosen.shared, chosen.records, seed=1))
    records += _editorials(chosen.editorials)
    before, begun = time.process_time(), time.perf_counter()
    alone = link(records)
    print(
        f"one machine: {time.perf_counter() - begun:.1f} s, "
        f"{time.process_time() - before:.1f} s of this process"
    )
    with tempfile.TemporaryDirectory() as folder:
        session = _session(chosen.workers, chosen.cores, Path(folder))
        table = session.read.parquet(*_as_parquet(records, Path(folder), chosen.partitions))
        _show_fullest_key(table)
        telling = _Telling(chosen.kill)
        counted = _shuffled(session)
        before, begun = processor_seconds(), time.perf_counter()
        there = link_on_spark(table, partitions=chosen.partitions, tell=telling.tell)
        found = (list(there.duplicates()), list(there.possible()))
        telling.end(begun)
        seconds, worked = time.perf_counter() - begun, processor_seconds() - before
        print(f"Spark: {len(records) / seconds:,.0f} records a second, {seconds:.1f} s")
        if not chosen.kill:  # what a process has cost is gone with it
            print(f"  {worked:.0f} processor seconds, {len(records) / worked:,.0f} records in each")
        print(f"  {peak_of_python():,.0f} MB at most in one process of Python")
        print(f"  {(_shuffled(session) - counted) / len(records):,.0f} bytes shuffled per record")
        session.stop()
    same = found == (list(alone.duplicates), list(alone.possible))
    print(f"  {len(found[0]):,} links, {len(found[1]):,} possible pairs")
    print(f"one machine: {len(alone.duplicates):,} links, {len(alone.possible):,} possible pairs")
    print("the same links, word for word" if same else "OTHER LINKS")
    return 0 if same else 1


def _chosen() -> argparse.Namespace:
    parser = options(__doc__, shared=True)
    numbers = {
        "records": (10_000, "how many records"),
        "editorials": (0, "how many records more, all of one title"),
        "partitions": (8, "in how many partitions"),
        "workers": (2, "how many workers"),
        "cores": (1, "cores of each worker"),
    }
    for name, (default, says) in numbers.items():
        parser.add_argument(
            f"--{name}", type=int, default=default, metavar="N",
            help=f"{says} (default: %(default)s)",
        )  # fmt: skip
    parser.add_argument(
        "--kill", nargs="+", choices=STEPS, default=[], metavar="STEP",
        help=f"end a worker in the middle of each of these: {', '.join(STEPS)}",
    )  # fmt: skip
    return parser.parse_args()


def _editorials(number: int) -> Iterator[Record]:
    """Different works that all bear one title."""
    for at in range(number):
        yield Record(
            f"pubmed:editorial-{at}",
            source="pubmed",
            title="Editorial",
            authors=(f"Name{at % 5_003}, A",),
            year=1950 + at % 71,
            journal=f"Journal {at % 307}",
            volume=str(1 + at % 89),
            pages=str(1 + at % 997),
        )


def _session(workers: int, cores: int, folder: Path) -> SparkSession:
    settings = {
        "spark.executor.memory": "2g",
        "spark.network.timeout": "800s",  # a busy machine is no dead one
        "spark.worker.timeout": "800",
        "spark.ui.showConsoleProgress": "false",
        "spark.ui.retainedStages": "10000",
        "spark.sql.shuffle.partitions": "8",
    }
    where = f"local-cluster[{workers},{cores},2048]"
    return session_on(where, str(folder / "checkpoints"), settings)


def _as_parquet(records: Sequence[Record], folder: Path, files: int) -> list[str]:
    """As many files, each of which a task reads."""
    import pandas as pd

    paths = [str(folder / f"records-{at}.parquet") for at in range(files)]
    for at, path in enumerate(paths):
        rows = map(_row_of, records[at::files])
        pd.DataFrame(rows, columns=list(Compared._fields)).to_parquet(path)
    return paths


def _row_of(record: Record) -> list[str]:
    """What is compared of a record, as text."""
    row = {name: getattr(record, name, "") for name in Compared._fields}
    row |= {"authors": LIST_MARK.join(record.authors), "year": str(record.year or "")}
    row |= {"keywords": LIST_MARK.join(record.keywords)}
    return [str(value) for value in row.values()]


def _show_fullest_key(table: DataFrame) -> None:
    counts = keyed_records(features_of(table)).groupBy("key_number", "key").count()
    fullest = counts.orderBy(counts["count"].desc()).first()
    if fullest is not None:
        says = KEYS[fullest.key_number].says
        print(f"the fullest key has {fullest['count']:,} records ({says})")


class _Telling:
    """When each step began; a worker ends in the middle of those that are named."""

    def __init__(self, kill: Sequence[str]) -> None:
        self._waiting = [STEPS[name] for name in kill]
        self._told: list[tuple[float, str]] = []
        self._ending: list[threading.Thread] = []

    def tell(self, words: str) -> None:
        """A step begins."""
        self._told.append((time.perf_counter(), words))
        for step in [step for step in self._waiting if words.startswith(step)]:
            self._waiting.remove(step)
            self._ending.append(threading.Thread(target=self._end_a_worker, args=(words,)))
            self._ending[-1].start()

    def _end_a_worker(self, words: str) -> None:
        pid = end_a_worker()
        print(f"worker process {pid} ended while {words}", flush=True)

    def end(self, begun: float) -> None:
        """All steps are through; how long each took."""
        for thread in self._ending:
            thread.join()
        ends = [*(at for at, _ in self._told[1:]), time.perf_counter()]
        for (at, words), until in zip(self._told, ends, strict=True):
            print(f"  {at - begun:6.1f} s: {words}, {until - at:.1f} s")


def _shuffled(session: SparkSession) -> int:
    """The bytes that all tasks so far have written to be shuffled."""
    context = session.sparkContext
    address = f"{context.uiWebUrl}/api/v1/applications/{context.applicationId}/stages"
    with urllib.request.urlopen(address) as answer:
        return sum(stage["shuffleWriteBytes"] for stage in json.load(answer))


if __name__ == "__main__":
    sys.exit(main())
