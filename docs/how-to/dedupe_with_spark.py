"""Deduplicate a library of records that one machine does not hold, on Spark.

    python docs/how-to/dedupe_with_spark.py REVIEW [RECORDS] --scratch DIR [--master URL]

REVIEW is the folder of a review: its protocol says the policy and whom to trust, its judgements
are people's, and its data/derived/duplicates.csv and possible_duplicates.csv are written, as
`scopingreview dedupe` writes them. RECORDS is a folder of Parquet or a CSV file with the columns of
records.csv (docs/files.md), by default the review's own. DIR is a folder that all workers see.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scopingreview import config, store
from scopingreview.chain import BY_NAME
from scopingreview.dedupe.spark import link_on_spark
from scopingreview.paths import RECORDS, find_review
from scopingreview.stages.making import making

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def main() -> None:
    """Link the records and write the links."""
    from pyspark.sql import SparkSession

    chosen = _options().parse_args()
    review = find_review(chosen.review)
    protocol = config.load_protocol(review)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = SparkSession.builder.master(chosen.master).appName("dedupe").getOrCreate()
    session.sparkContext.setCheckpointDir(str(chosen.scratch))
    with making(review, BY_NAME["dedupe"]):
        links = link_on_spark(
            read_records(session, chosen.records or str(review.path(RECORDS))),
            judgements=store.read_judgements(review),
            policy=protocol.dedupe,
            trust=[each for source in protocol.sources for each in (source.name, *source.formerly)],
            partitions=chosen.partitions,
        )
        store.write_duplicates(review, links.duplicates(), links.possible())
    for words in links.contradictions():
        print(f"note: {words}", file=sys.stderr)
    session.stop()


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("review", type=Path)
    parser.add_argument("records", nargs="?", default="")
    parser.add_argument("--scratch", type=Path, required=True, help="for checkpoints")
    parser.add_argument("--master", default="local[*]", help="of Spark (default: %(default)s)")
    parser.add_argument(
        "--partitions", type=int, default=200,
        help="of a shuffle; a hundred thousand records each are a good size (default: %(default)s)",
    )  # fmt: skip
    return parser


def read_records(session: SparkSession, path: str) -> DataFrame:
    """The records of a Parquet folder or of a CSV file as records.csv is one, all as text."""
    if not path.endswith(".csv"):
        return session.read.parquet(path)
    return session.read.csv(path, header=True, multiLine=True, quote='"', escape='"')


if __name__ == "__main__":
    main()
