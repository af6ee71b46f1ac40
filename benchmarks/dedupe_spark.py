"""Deduplication past one machine: the wing `dedupe.spark` beside the command, word for word.

    .peers/bin/python benchmarks/dedupe_spark.py [--records N] [--cores N] [--kill] [--shared DIR]

A synthetic corpus (DIR/bench/make_corpus.py makes it) is linked in Spark's local-cluster mode, two
workers of a process each, and on one machine; links and possible pairs must be the same to the last
word. `--kill` ends a worker's process in the middle of it. Prints records a second, the bytes
shuffled per record, and how many records the fullest key has. Needs Java 17 and an interpreter
that holds this project with its extra `spark` (benchmarks/README.md says how to make it).

Exit status 1 when the links differ, or when pyspark or data are missing.
"""

from __future__ import annotations

import json
import os
import signal
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
from scopingreview.dedupe.spark import SparkLinks, keyed_records, link_on_spark
from scopingreview.dedupe.spark.feature_table import LIST_MARK, features_of
from scopingreview.model import Compared, Record
from support.harness import machine, needs, options
from support.labelled import make_corpus, read_set

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

EXECUTOR = "CoarseGrainedExecutorBackend"


def main() -> int:
    """Link a synthetic corpus both ways."""
    parser = options(__doc__, shared=True)
    parser.add_argument(
        "--records", type=int, default=10_000, metavar="N",
        help="how many records (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--partitions", type=int, default=8, metavar="N",
        help="in how many partitions (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--cores", type=int, default=1, metavar="N",
        help="cores of each of the two workers (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument("--kill", action="store_true", help="end a worker in the middle of it")
    chosen = parser.parse_args()
    needs("pandas", "pyspark")
    print(machine())
    records = read_set(make_corpus(chosen.shared, chosen.records, seed=1))
    begun = time.perf_counter()
    alone = link(records)
    print(f"one machine: {time.perf_counter() - begun:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        session = _session(chosen.cores, Path(folder))
        table = session.read.parquet(_as_parquet(records, Path(folder)))
        _show_fullest_key(table)
        if chosen.kill:
            threading.Timer(10, _kill_a_worker).start()
        begun = time.perf_counter()
        there = link_on_spark(table, partitions=chosen.partitions)
        seconds = time.perf_counter() - begun
        same = list(there.duplicates()) == list(alone.duplicates)
        same &= list(there.possible()) == list(alone.possible)
        _show_cost(session, len(records), seconds, 2 * chosen.cores)
        _show_links(there)
        session.stop()
    print(f"one machine: {len(alone.duplicates):,} links, {len(alone.possible)} possible pairs")
    print("the same links, word for word" if same else "OTHER LINKS")
    return 0 if same else 1


def _session(cores: int, folder: Path) -> SparkSession:
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = (
        SparkSession.builder.master(f"local-cluster[2,{cores},2048]")
        .config("spark.executor.memory", "2g")
        .config("spark.network.timeout", "800s")  # a busy machine is no dead one
        .config("spark.worker.timeout", "800")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .appName("dedupe")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    session.sparkContext.setCheckpointDir(str(folder / "checkpoints"))
    return session


def _as_parquet(records: Sequence[Record], folder: Path) -> str:
    import pandas as pd

    path = folder / "records.parquet"
    frame = pd.DataFrame(map(_row_of, records), columns=list(Compared._fields))
    frame.to_parquet(path, row_group_size=1 + len(records) // 8)
    return str(path)


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


def _show_cost(session: SparkSession, records: int, seconds: float, cores: int) -> None:
    shuffled = sum(stage["shuffleWriteBytes"] for stage in _stages(session))
    print(
        f"Spark: {seconds:.1f} s on {cores} cores, {records / seconds:,.0f} records a second, "
        f"{shuffled / records:,.0f} bytes shuffled per record (the count of the keys among them)"
    )


def _stages(session: SparkSession) -> Iterator[dict[str, int]]:
    context = session.sparkContext
    address = f"{context.uiWebUrl}/api/v1/applications/{context.applicationId}/stages"
    with urllib.request.urlopen(address) as answer:
        yield from json.load(answer)


def _show_links(there: SparkLinks) -> None:
    kinds = {row.kind: row["count"] for row in there.found.groupBy("kind").count().collect()}
    print(f"Spark:       {kinds.get('link', 0):,} links, {kinds.get('possible', 0)} possible pairs")


def _kill_a_worker() -> None:
    """The first process among our descendants that runs tasks is gone."""
    for pid in _descendants(os.getpid()):
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
        if EXECUTOR.encode() in words:
            print(f"ending worker process {pid}", flush=True)
            os.kill(pid, signal.SIGKILL)
            return
    print("no worker was running", flush=True)


def _descendants(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text(encoding="ascii").split()):
            yield child
            yield from _descendants(child)


if __name__ == "__main__":
    sys.exit(main())
