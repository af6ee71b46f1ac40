"""Columns as frames of Spark and back; what the records as a whole say, asked of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from scopingreview.dedupe.corpus import (
    WORKS_OF_A_COMMON_TITLE,
    Survey,
    is_evidence,
    places_in_print,
)
from scopingreview.dedupe.features import DTYPE, KEY, NUMBER, Columns, columns_of
from scopingreview.model import Compared

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame

    Frames = Iterator[pd.DataFrame]

LIST_MARK = "; "
PLACE = "place"
# Spark has no unsigned numbers: keys are carried as the signed numbers of the same bits.
_TYPES = {None: "string", KEY[DTYPE]: "long", NUMBER[DTYPE]: "int"}
FEATURES = ", ".join(f"{each.name} {_TYPES[each.metadata[DTYPE]]}" for each in fields(Columns))


def features_of(records: DataFrame) -> DataFrame:
    """A row for each record: what comparison needs of it, and its place in print.

    `records` has the columns of records.csv, or those of `Compared` at least, as text.
    """
    texts = records.selectExpr(*(f"string({name}) {name}" for name in Compared._fields))
    return texts.fillna("").mapInPandas(_with_features, f"{FEATURES}, {PLACE} long")


def _with_features(frames: Frames) -> Frames:
    for frame in frames:
        columns = columns_of(map(_compared, frame.itertuples(index=False, name=None)))
        yield frame_of(columns).assign(**{PLACE: places_in_print(columns).view(np.int64)})


def _compared(cells: tuple[str, ...]) -> Compared:
    row: dict[str, Any] = dict(zip(Compared._fields, cells, strict=True))
    row["authors"] = row["authors"].split(LIST_MARK) if row["authors"] else ()
    row["year"] = int(row["year"]) if row["year"] else None
    return Compared(**row)


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
    counts: dict[str, dict[str, bool]] = {"volume": {}, "issue": {}}
    for column, counting in counts.items():
        given = on.when(on.col(column) != 0, on.col(column))  # null elsewhere: not counted
        numbers = features.groupBy("source").agg(
            on.countDistinct(given).alias("different"), on.count(given).alias("given")
        )
        for row in numbers.collect():
            counting[row.source] = is_evidence(row.different, row.given)
    return Survey(np.sort(titles), counts["volume"], counts["issue"])
