"""Deduplication past one machine: the steps of docs/deduplication.md on Spark.

    .peers/bin/python benchmarks/dedupe_spark.py [--records N] [--partitions N] [--shared DIR]

Pairs of a synthetic corpus (DIR/bench/make_corpus.py makes it) are found and decided on
partitions, groups are made on the driver, and the links must be those that one machine finds.
Needs Java 17 and an interpreter that holds this project, pandas and pyspark (benchmarks/README.md
says how to make it).

Exit status 1 when the links differ, or when pyspark or data are missing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from scopingreview.dedupe import Links, link
from scopingreview.dedupe.blocking import KEYS, candidate_pairs
from scopingreview.dedupe.comparison import Comparison, PairsChunk, sift
from scopingreview.dedupe.corpus import Corpus, Survey, survey
from scopingreview.dedupe.decisions import Decided
from scopingreview.dedupe.features import columns_of
from scopingreview.dedupe.matches import Matches
from scopingreview.model import Compared, DedupePolicy, Record
from support.harness import needs, options
from support.labelled import make_corpus, read_set

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame

    Frames = Iterator[pd.DataFrame]

POLICY = DedupePolicy()
LIST_MARK = "; "
FIELDS = ", ".join(f"{name} string" for name in Compared._fields)
DECIDED = "one string, other string, rule long, veto long, doubt long"


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
    chosen = parser.parse_args()
    needs("pandas", "pyspark")
    records = read_set(make_corpus(chosen.shared, chosen.records, seed=1))
    alone = link(records, policy=POLICY)
    there = linked_by_spark(records, chosen.partitions)
    same = there == alone
    print(f"{len(records):,} records in {chosen.partitions} partitions")
    print(f"one machine: {len(alone.duplicates):,} links, {len(alone.possible)} possible pairs")
    print(f"Spark:       {len(there.duplicates):,} links, {len(there.possible)} possible pairs")
    print("the same links" if same else "OTHER LINKS")
    return 0 if same else 1


def linked_by_spark(records: Sequence[Record], partitions: int) -> Links:
    """The links between the records, whose pairs partitions decided."""
    import pandas as pd
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = SparkSession.builder.master("local[2]").appName("dedupe").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    rows = pd.DataFrame([row_of(record) for record in records], columns=Compared._fields)
    table = session.createDataFrame(rows, schema=FIELDS).repartition(partitions)
    # A large review would make the survey of two aggregations; it stays as small as this.
    whole = survey(columns_of(records))
    decided = pairs_decided(table, whole, partitions).toPandas()
    session.stop()
    return linked(records, whole, decided)


def pairs_decided(table: DataFrame, whole: Survey, partitions: int) -> DataFrame:
    """The pairs of records worth speaking of, and what is made of each."""
    keyed = table.mapInPandas(with_keys, f"{FIELDS}, key decimal(20, 0)")
    meeting = keyed.repartition(partitions, "key")
    return meeting.mapInPandas(deciding(whole), DECIDED).distinct()


def with_keys(frames: Frames) -> Frames:
    """Every record once for each key it has."""
    for frame in frames:
        columns = columns_of(map(compared, frame.itertuples(index=False)))
        for key in KEYS:
            keys = key.of(columns)
            yield frame.assign(key=[int(value) for value in keys])[keys != 0]


def deciding(whole: Survey) -> Callable[[Frames], Frames]:
    """The function that decides the pairs of a partition, which holds all records of its keys."""
    import pandas as pd

    def decided(frames: Frames) -> Frames:
        parts = list(frames)
        if not parts:
            return
        rows = pd.concat(parts).drop_duplicates("record_id").sort_values("record_id")
        columns = columns_of(map(compared, rows.itertuples(index=False)))
        comparison = Comparison(columns, Corpus.of(columns, whole), POLICY)
        found = sift(PairsChunk(comparison, *candidate_pairs(columns)))
        ids = np.array(columns.record_id, dtype=object)
        yield pd.DataFrame(
            {
                "one": ids[found.one],
                "other": ids[found.other],
                "rule": found.rule,
                "veto": found.veto,
                "doubt": found.doubt,
            }
        )

    return decided


def linked(records: Sequence[Record], whole: Survey, decided: pd.DataFrame) -> Links:
    """The links that the decided pairs make."""
    columns = columns_of(sorted(records, key=lambda record: record.record_id))
    row = {record_id: at for at, record_id in enumerate(columns.record_id)}
    decided = decided.assign(one=decided["one"].map(row), other=decided["other"].map(row))
    decided = decided.sort_values(["one", "other"])
    names = ("one", "other", "rule", "veto", "doubt")
    found = Decided(*(decided[name].to_numpy(dtype=np.int64) for name in names))
    comparison = Comparison(columns, Corpus.of(columns, whole), POLICY)
    return Links.of(Matches(comparison, found))


def row_of(record: Record) -> list[str]:
    """What is compared of a record, as text."""
    row = {name: getattr(record, name, "") for name in Compared._fields}
    row |= {"authors": LIST_MARK.join(record.authors), "year": str(record.year or "")}
    row |= {"keywords": LIST_MARK.join(record.keywords)}
    return [str(value) for value in row.values()]


def compared(row: tuple[str, ...]) -> Compared:
    """What is compared of a record, of such a row; a key that follows is left out."""
    fields: dict[str, Any] = dict(zip(Compared._fields, row, strict=False))
    fields["authors"] = tuple(filter(None, fields["authors"].split(LIST_MARK)))
    fields["year"] = int(fields["year"]) if fields["year"] else None
    return Compared(**fields)


if __name__ == "__main__":
    sys.exit(main())
