"""Which column of the diagram a record stands in, and which record stands for its group there.

A group that any main-lane record belongs to is in the main lane.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scopingreview.screening.eligibility import Lane, source_lanes
from scopingreview.screening.review_state import ReviewState


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lane of every record (by its source) and of every unique record (by its group).

    `keepers` is the one record per group and lane that is not a duplicate.
    """

    of_record: Mapping[str, Lane]
    of_group: Mapping[str, Lane]
    keepers: frozenset[str]


def find_lanes(state: ReviewState) -> Lanes:
    """Where every record and every group stands."""
    by_source = source_lanes(state.protocol)
    of_record = {key: by_source[record.source] for key, record in state.records.items()}
    of_group = state.eligibility.lanes
    keepers: dict[str, str] = {}
    for record_id, lane in of_record.items():
        unique_id = state.canonical[record_id]
        stands_for_it = unique_id not in keepers or record_id == unique_id
        if lane is of_group[unique_id] and stands_for_it:
            keepers[unique_id] = record_id
    return Lanes(of_record, of_group, frozenset(keepers.values()))
