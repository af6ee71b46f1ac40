"""Which column of the diagram a record stands in, and which record stands for its group there.

A group that any main-lane record belongs to is in the main lane.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scopingreview.model import ReviewData
from scopingreview.screening.eligibility import Lane, source_lanes


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lane of every record (by its source) and of every unique record (by its group).

    `keepers` is the one record per group and lane that is not a duplicate.
    """

    of_record: Mapping[str, Lane]
    of_group: Mapping[str, Lane]
    keepers: frozenset[str]


def find_lanes(data: ReviewData) -> Lanes:
    """Where every record and every group stands."""
    by_source = source_lanes(data.protocol)
    of_record = {record.record_id: by_source[record.source] for record in data.records}
    of_group: dict[str, Lane] = {}
    keepers: dict[str, str] = {}
    for record_id, lane in of_record.items():
        unique = data.canonical[record_id]
        moves = lane is Lane.MAIN and of_group.get(unique) is Lane.OTHER
        if unique not in of_group or moves:
            of_group[unique] = lane
            keepers[unique] = record_id
        if record_id == unique and lane is of_group[unique]:
            keepers[unique] = record_id
    return Lanes(of_record, of_group, frozenset(keepers.values()))
