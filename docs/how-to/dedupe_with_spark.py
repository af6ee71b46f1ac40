"""Deduplicate a library of records that one machine does not hold, on Spark.

    python dedupe_with_spark.py REVIEW [RECORDS] --scratch DIR [--master URL] [--conf NAME=VALUE]

REVIEW is the folder of a review: its protocol says the policy and whom to trust, its judgements
and corrections are people's, and its data/derived/duplicates.csv and possible_duplicates.csv are
written, as `scopingreview dedupe` writes them. RECORDS is Parquet, or CSV when its name has .csv in
it: a file or a folder of files with the columns of records.csv (docs/files.md), by default the
review's own. DIR is a folder that all workers see.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from scopingreview import config, store
from scopingreview.chain import BY_NAME
from scopingreview.dedupe.spark import link_on_spark
from scopingreview.dedupe.spark.spark_session import in_words, session_on
from scopingreview.errors import ReviewError
from scopingreview.paths import DUPLICATES, RECORDS, Review, find_review
from scopingreview.review.public_checks import refuse_in_public_copy
from scopingreview.screening.corrected import standing_corrections
from scopingreview.stages.making import making

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def main() -> int:
    """Link the records and write the links; the exit status."""
    chosen = _options().parse_args()
    try:
        link_library(chosen)
    except ReviewError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def link_library(chosen: argparse.Namespace) -> None:
    """The review's data/derived says which records of the library are one report."""
    review = find_review(chosen.review)
    refuse_in_public_copy(review, "nothing can be deduplicated anew")
    protocol = config.load_protocol(review)
    path = chosen.records or str(review.path(RECORDS))
    settings = {"spark.sql.shuffle.partitions": str(chosen.partitions), **dict(chosen.conf)}
    session = session_on(chosen.master, chosen.scratch, settings)
    corrections = standing_corrections(store.read_corrections(review))
    with told_in_words(), making(review, BY_NAME["dedupe"]):
        records = read_records(session, path, chosen.partitions)
        if chosen.records:
            refuse_other_records(review, records, path)
        links = link_on_spark(
            records,
            judgements=store.read_judgements(review),
            policy=protocol.dedupe,
            trust=[each for source in protocol.sources for each in (source.name, *source.formerly)],
            corrected={
                record_id: {name: each.value or "" for name, each in fields.items()}
                for record_id, fields in corrections.items()
            },
            partitions=chosen.partitions,
            tell=tell,
        )
        tell(f"writing {DUPLICATES}")
        store.write_duplicates(review, links.duplicates(), links.possible())
    for words in links.contradictions():
        tell(f"note: {words}")
    session.stop()


def read_records(session: SparkSession, path: str, partitions: int) -> DataFrame:
    """The records of Parquet, or of CSV as records.csv is one, all as text.

    A CSV file is read by one worker, since a cell may hold line breaks; its records are handed out.
    """
    if ".csv" not in Path(path).name:
        return session.read.parquet(path)
    records = session.read.csv(
        path, header=True, multiLine=True, quote='"', escape='"', mode="FAILFAST"
    )
    return records.repartition(partitions)


def refuse_other_records(review: Review, records: DataFrame, path: str) -> None:
    """Raises ReviewError when the review has records, and another number of them."""
    if not review.path(RECORDS).is_file():
        return
    own, there = len(store.RecordFile(review)), records.count()
    if own != there:
        raise ReviewError(
            f"{path} has {there:,} records, {RECORDS} {own:,}",
            hint=f"Copy {RECORDS} again: the links are to be those of the review.",
        )


@contextmanager
def told_in_words() -> Iterator[None]:
    """What Spark complains of inside is told in words, where a person can put it right."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        told = in_words(error)
        if told is None:
            raise
        raise told from None


def tell(words: str) -> None:
    """How far it is, on stderr."""
    print(words, file=sys.stderr, flush=True)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("review", type=Path, metavar="REVIEW")
    parser.add_argument("records", nargs="?", default="", metavar="RECORDS")
    parser.add_argument("--scratch", required=True, metavar="DIR", help="for checkpoints")
    parser.add_argument(
        "--master", default="", metavar="URL",
        help="of Spark (default: as Spark is configured, or all cores of this machine)",
    )  # fmt: skip
    parser.add_argument(
        "--partitions", type=int, default=200, metavar="N",
        help="of a shuffle; a hundred thousand records each are a good size (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--conf", action="append", default=[], metavar="NAME=VALUE", type=_setting,
        help="a setting of Spark, such as spark.executor.memory=8g; may be repeated",
    )  # fmt: skip
    return parser


def _setting(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value


if __name__ == "__main__":
    sys.exit(main())
