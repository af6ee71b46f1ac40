"""The links that one machine would find, from records on Spark: the door of the wing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scopingreview.dedupe.comparison import Comparison
from scopingreview.dedupe.corpus import Corpus, Survey
from scopingreview.dedupe.decisions import Decided
from scopingreview.dedupe.links import Links
from scopingreview.dedupe.matches import PUBLICATIONS, Matches
from scopingreview.dedupe.spark.components import components
from scopingreview.dedupe.spark.feature_table import (
    NOTHING_CORRECTED,
    Corrected,
    columns_from,
    counted,
    features_of,
    survey_on_spark,
)
from scopingreview.dedupe.spark.pairs import DECISIONS, decided_pairs, keyed_records
from scopingreview.model import DedupePolicy, Duplicate, DuplicateJudgement, PossibleDuplicate
from scopingreview.progress_note import Tell, to_nobody

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame

    Frames = Iterator[pd.DataFrame]

LINK, POSSIBLE, CONTRADICTION = "link", "possible", "contradiction"
FOUND = (
    "kind string, record_id string, other_id string, rule string, evidence string, "
    "decided_by string, score double"
)


@dataclass(frozen=True, slots=True)
class SparkLinks:
    """What was found, still on the engine; what it yields is that of `Links`, in its order."""

    found: DataFrame

    def duplicates(self) -> Iterator[Duplicate]:
        """The links in order of record id, a partition at a time."""
        links = self.found.where(f"kind = '{LINK}'").orderBy("record_id")
        for row in links.toLocalIterator():
            yield Duplicate(row.record_id, row.other_id, row.rule, row.evidence, row.decided_by)

    def possible(self) -> Iterator[PossibleDuplicate]:
        """The pairs left to people, the surest first."""
        pairs = self.found.where(f"kind = '{POSSIBLE}'")
        ordered = pairs.orderBy(pairs.score.desc(), "record_id", "other_id")
        for row in ordered.toLocalIterator():
            yield PossibleDuplicate(row.record_id, row.other_id, row.score, row.evidence)

    def contradictions(self) -> list[str]:
        """Judgements that cannot all be true, in words."""
        return [row.evidence for row in self.found.where(f"kind = '{CONTRADICTION}'").collect()]


def link_on_spark(
    records: DataFrame,
    *,
    judgements: Sequence[DuplicateJudgement] = (),
    policy: DedupePolicy = PUBLICATIONS,
    trust: Sequence[str] = (),
    corrected: Corrected = NOTHING_CORRECTED,
    partitions: int = 200,
    tell: Tell = to_nobody,
) -> SparkLinks:
    """The links between the records, as `dedupe.link` finds them on one machine.

    `records` has the columns of records.csv as text; `judgements` and `corrected` are people's,
    and stay local until here. `partitions` are those of a shuffle: each must fit into a worker's
    memory. Needs a folder for checkpoints (SparkContext.setCheckpointDir). Raises ReviewError for
    columns that are not there and for ids that repeat.
    """
    tell("reading the records")
    features = features_of(records, corrected).checkpoint()
    number = counted(features)
    tell(f"asking what {number:,} records say as a whole")
    whole = survey_on_spark(features)
    tell(f"comparing pairs of {number:,} records")
    decided = decided_pairs(keyed_records(features), whole, policy, partitions).checkpoint()
    tied = decided.select("one", "other").union(_judged(features, judgements))
    named = components(tied, tell)
    there = features.drop("place").join(named, "record_id")
    pairs = decided.join(named.withColumnRenamed("record_id", "one"), "one")
    together = there.unionByName(pairs, allowMissingColumns=True)
    linking = _linking(whole, judgements, policy, trust)
    found = together.repartition(partitions, "component").mapInPandas(linking, FOUND)
    tell("grouping the records that are tied together")
    return SparkLinks(found.checkpoint())


def _judged(features: DataFrame, judgements: Sequence[DuplicateJudgement]) -> DataFrame:
    """The pairs of records that people spoke on and that are both there."""
    spoken = [(each.record_id, each.other_id) for each in judgements]
    session = features.sparkSession
    pairs = session.createDataFrame(spoken, "one string, other string")
    ids = features.select("record_id")
    return (
        pairs.join(ids.withColumnRenamed("record_id", "one"), "one")
        .join(ids.withColumnRenamed("record_id", "other"), "other")
        .select("one", "other")
    )


def _linking(
    whole: Survey,
    judgements: Sequence[DuplicateJudgement],
    policy: DedupePolicy,
    trust: Sequence[str],
) -> Callable[[Frames], Frames]:
    """The function that groups the records of a partition, which holds whole components."""

    def linked(frames: Frames) -> Frames:
        import pandas as pd

        parts = [frame for frame in frames if len(frame)]
        if not parts:
            return
        rows = pd.concat(parts)
        columns = columns_from(rows[rows["one"].isna()].sort_values("record_id"))
        pairs = _decided(rows[rows["one"].notna()], columns.record_id)
        comparison = Comparison(columns, Corpus.of(columns, whole), policy)
        matches = Matches(comparison, pairs)
        yield _frame_of(Links.of(matches, judgements=judgements, trust=trust))

    return linked


def _decided(pairs: pd.DataFrame, record_ids: Sequence[str]) -> Decided:
    """The decided pairs by the rows of their records, in order."""
    row = {record_id: at for at, record_id in enumerate(record_ids)}
    by_row = pairs.assign(one=pairs["one"].map(row), other=pairs["other"].map(row))
    in_order = by_row.sort_values(["one", "other"])
    names = ("one", "other", *DECISIONS)
    return Decided(*(in_order[name].to_numpy(np.int64) for name in names))


def _frame_of(links: Links) -> pd.DataFrame:
    import pandas as pd

    rows: list[tuple[object, ...]] = [
        (LINK, each.record_id, each.duplicate_of, each.rule, each.evidence, each.decided_by, 0.0)
        for each in links.duplicates
    ]
    rows += [
        (POSSIBLE, each.record_id, each.other_id, "", each.evidence, "", each.score)
        for each in links.possible
    ]
    rows += [(CONTRADICTION, "", "", "", each, "", 0.0) for each in links.contradictions]
    return pd.DataFrame(rows, columns=[each.split()[0] for each in FOUND.split(", ")])
