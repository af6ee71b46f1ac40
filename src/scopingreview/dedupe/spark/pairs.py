"""The pairs of records that share a key, decided on the partition that holds all of the key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from scopingreview.dedupe.blocking import KEYS, pairs_sharing
from scopingreview.dedupe.comparison import Comparison, PairsChunk, sift
from scopingreview.dedupe.corpus import Corpus, Survey
from scopingreview.dedupe.decisions import Decided
from scopingreview.dedupe.spark.feature_table import FEATURES, columns_from
from scopingreview.model import DedupePolicy

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame

    Frames = Iterator[pd.DataFrame]

KEYED = f"{FEATURES}, key_number int, key long"
DECIDED = "one string, other string, rule long, veto long, doubt long"
DECISIONS = ("rule", "veto", "doubt")


def keyed_records(features: DataFrame) -> DataFrame:
    """Every record once for each key it has: `key_number` is its place in KEYS."""
    return features.drop("place").mapInPandas(_with_keys, KEYED)


def _with_keys(frames: Frames) -> Frames:
    for frame in frames:
        columns = columns_from(frame)
        for number, key in enumerate(KEYS):
            keys = key.of(columns)
            yield frame.assign(key_number=np.int32(number), key=keys.view(np.int64))[keys != 0]


def decided_pairs(
    keyed: DataFrame, whole: Survey, policy: DedupePolicy, partitions: int
) -> DataFrame:
    """The pairs of record ids about which something is to say, each once, and what is said."""
    meeting = keyed.repartition(partitions, "key_number", "key")
    return meeting.mapInPandas(_deciding(whole, policy), DECIDED).distinct()


def _deciding(whole: Survey, policy: DedupePolicy) -> Callable[[Frames], Frames]:
    """The function that decides the pairs of a partition."""

    def decided(frames: Frames) -> Frames:
        import pandas as pd

        parts = list(frames)
        rows = pd.concat(parts) if parts else pd.DataFrame()
        for _, sharing in rows.groupby("key_number") if len(rows) else ():
            # One key at a time, its rows in the order of their ids: as on one machine.
            here = sharing.sort_values("record_id")
            columns = columns_from(here)
            comparison = Comparison(columns, Corpus.of(columns, whole), policy)
            one, other = pairs_sharing(here["key"].to_numpy(np.int64).view(np.uint64), columns)
            yield _frame_of(sift(PairsChunk(comparison, one, other)), columns.record_id)

    return decided


def _frame_of(found: Decided, record_ids: list[str]) -> pd.DataFrame:
    import pandas as pd

    ids = np.array(record_ids, dtype=object)
    said = {name: getattr(found, name).astype(np.int64) for name in DECISIONS}
    return pd.DataFrame({"one": ids[found.one], "other": ids[found.other], **said})
