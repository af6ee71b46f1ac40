"""Which column of the diagram a record stands in, and which record stands for its group there.

A group that any main-lane record belongs to is in the main lane.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scopingreview.screening.eligibility import Lane
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
    eligibility = state.eligibility
    return Lanes(eligibility.lane_of_record, eligibility.lanes, eligibility.keepers)
