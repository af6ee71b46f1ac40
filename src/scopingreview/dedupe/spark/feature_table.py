"""Columns as frames of Spark and back; what the records as a whole say, asked of the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from scopingreview.dedupe.corpus import (
    WORKS_OF_A_COMMON_TITLE,
    Survey,
    is_evidence,
    places_in_print,
)
from scopingreview.dedupe.features import DTYPE, KEY, NUMBER, Columns, columns_of
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import LIST_MARK, Compared

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame

    Frames = Iterator[pd.DataFrame]

Corrected = Mapping[str, Mapping[str, str]]  # by record id, then by field

NOTHING_CORRECTED: Corrected = MappingProxyType({})
PLACE = "place"
AS_TEXT = {"string", "void", "tinyint", "smallint", "int", "bigint"}  # what reads as itself
# Spark has no unsigned numbers: keys are carried as the signed numbers of the same bits.
_TYPES = {None: "string", KEY[DTYPE]: "long", NUMBER[DTYPE]: "int"}
FEATURES = ", ".join(f"{each.name} {_TYPES[each.metadata[DTYPE]]}" for each in fields(Columns))


def features_of(records: DataFrame, corrected: Corrected = NOTHING_CORRECTED) -> DataFrame:
    """A row for each record: what comparison needs of it, and its place in print.

    `records` has the columns of records.csv, or those of `Compared` at least, as text or whole
    numbers; `corrected` are fields as people mended them. Raises ReviewError for columns that are
    missing or of another type; on a worker, for a record without an id and a year that is none.
    """
    raise_problems(list(_problems(dict(records.dtypes))))
    texts = records.selectExpr(*(f"string({name}) {name}" for name in Compared._fields))
    featuring = _featuring(corrected)
    return texts.fillna("").mapInPandas(featuring, f"{FEATURES}, {PLACE} long")


def _problems(types: Mapping[str, str]) -> Iterator[ReviewError]:
    missing = [name for name in Compared._fields if name not in types]
    if missing:
        yield ReviewError(
            f"the records have no column {', '.join(missing)}",
            hint="Columns are named as in records.csv; one of which nothing is known is empty.",
        )
    for name in Compared._fields:
        if types.get(name, "string") not in AS_TEXT:
            yield ReviewError(
                f"the column {name} of the records is {types[name]}, not text",
                hint=f'Write it as records.csv has it, authors and keywords with "{LIST_MARK}".',
            )


def _featuring(corrected: Corrected) -> Callable[[Frames], Frames]:
    """The function that reads the records of a partition."""

    def featured(frames: Frames) -> Frames:
        for frame in frames:
            rows = frame.itertuples(index=False, name=None)
            columns = columns_of(_compared(row, corrected) for row in rows)
            yield frame_of(columns).assign(**{PLACE: places_in_print(columns).view(np.int64)})

    return featured


def _compared(cells: tuple[str, ...], corrected: Corrected) -> Compared:
    row: dict[str, Any] = dict(zip(Compared._fields, cells, strict=True))
    if not row["record_id"]:
        raise ReviewError("a record has no record_id", hint=f"Its title: {row['title']}")
    mended = corrected.get(row["record_id"], {})
    row.update((name, text) for name, text in mended.items() if name in row)
    row["authors"] = row["authors"].split(LIST_MARK) if row["authors"] else ()
    try:
        row["year"] = int(row["year"]) if row["year"] else None
    except ValueError:
        wrong = f'{row["record_id"]}: the year "{row["year"]}" is no whole number'
        raise ReviewError(wrong, hint="An unknown year is empty.") from None
    return Compared(**row)


def counted(features: DataFrame) -> int:
    """How many records there are. Raises ReviewError when two of them have one id."""
    from pyspark.sql import functions as on

    times = features.groupBy("record_id").count()
    again = on.when(on.col("count") > 1, on.col("record_id"))
    (row,) = times.agg(on.sum("count").alias("n"), on.min(again).alias("twice")).collect()
    if row.twice:
        raise ReviewError(
            f"several records have the id {row.twice}", hint="Each record has an id of its own."
        )
    return row.n or 0


def frame_of(columns: Columns) -> pd.DataFrame:
    """The columns as a frame that Spark takes."""
    import pandas as pd

    return pd.DataFrame(
        {
            each.name: getattr(columns, each.name).view(np.int64)
            if each.metadata[DTYPE] is KEY[DTYPE]
            else getattr(columns, each.name)
            for each in fields(Columns)
        }
    )


def columns_from(frame: pd.DataFrame) -> Columns:
    """The columns that a frame holds, in the order of its rows."""
    columns: dict[str, Any] = {}
    for each in fields(Columns):
        dtype = each.metadata[DTYPE]
        if dtype is None:
            columns[each.name] = frame[each.name].tolist()
        elif dtype is KEY[DTYPE]:
            columns[each.name] = frame[each.name].to_numpy(np.int64).view(np.uint64)
        else:
            columns[each.name] = frame[each.name].to_numpy(dtype)
    return Columns(**columns)


def survey_on_spark(features: DataFrame) -> Survey:
    """What `corpus.survey` says of the records, by aggregations of the engine."""
    from pyspark.sql import functions as on

    common = (
        features.where(f"{PLACE} != 0 and title_key != 0")
        .groupBy("title_key")
        .agg(on.countDistinct(PLACE).alias("times"))
        .where(on.col("times") >= WORKS_OF_A_COMMON_TITLE)
    )
    titles = np.array([row.title_key for row in common.collect()], np.int64).view(np.uint64)
    columns = ("volume", "issue")
    given = {name: on.when(on.col(name) != 0, on.col(name)) for name in columns}  # null: not given
    numbers = features.groupBy("source").agg(
        *(on.countDistinct(given[name]).alias(f"different_{name}") for name in columns),
        *(on.count(given[name]).alias(f"given_{name}") for name in columns),
    )
    counts: dict[str, dict[str, bool]] = {name: {} for name in columns}
    for row in numbers.collect():
        for name in columns:
            different, times = row[f"different_{name}"], row[f"given_{name}"]
            counts[name][row.source] = is_evidence(different, times)
    return Survey(np.sort(titles), counts["volume"], counts["issue"])
