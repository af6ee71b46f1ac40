"""The pairs of records that are one report or may be: found, compared and decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scopingreview.dedupe.blocking import candidate_pairs
from scopingreview.dedupe.comparison import Comparison
from scopingreview.dedupe.decisions import Decided
from scopingreview.dedupe.features import columns_of, joined_columns
from scopingreview.dedupe.parallel import on_every
from scopingreview.model import Compared, DedupePolicy, Record
from scopingreview.progress_note import Tell, to_nobody

PUBLICATIONS = DedupePolicy()


@dataclass(frozen=True, slots=True)
class Matches:
    """The records, compared, and the pairs of them that a rule links or a person should look at.

    Rows are in the order of the record ids, the pairs in that of their rows.
    """

    comparison: Comparison
    pairs: Decided

    @classmethod
    def among(
        cls,
        chunks: Sequence[Iterable[Record] | Iterable[Compared]],
        policy: DedupePolicy = PUBLICATIONS,
        tell: Tell = to_nobody,
    ) -> Matches:
        """The matches among all the records of the chunks, each chunk read by a process."""
        tell("reading the records")
        columns = joined_columns(on_every(columns_of, chunks))
        tell(f"looking for pairs among {len(columns):,} records")
        comparison = Comparison.of(columns.by_record_id(), policy)
        one, other = candidate_pairs(comparison.columns)
        tell(f"comparing {len(one):,} pairs of {len(columns):,} records")
        return cls(comparison, comparison.sift(one, other))
