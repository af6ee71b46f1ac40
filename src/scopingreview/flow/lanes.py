"""Which column of the diagram a record stands in, and which record stands for its group there.

The main lane holds databases and registers, the other lane everything else, unless the protocol
runs all through the main lane. A group that any main-lane record belongs to is in the main lane.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scopingreview.model import OtherMethods, Protocol, ReviewData, SourceKind

MAIN_KINDS = (SourceKind.DATABASE, SourceKind.REGISTER)


class Lane(StrEnum):
    """A column of the diagram."""

    MAIN = "databases and registers"
    OTHER = "other methods"


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lane of every record (by its source) and of every unique record (by its group).

    `keepers` is the one record per group and lane that is not a duplicate.
    """

    of_record: Mapping[str, Lane]
    of_group: Mapping[str, Lane]
    keepers: frozenset[str]


def source_lanes(protocol: Protocol) -> dict[str, Lane]:
    """The lane of every source, by name."""
    one_lane = protocol.flow.other_methods is OtherMethods.MAIN_LANE
    return {
        source.name: Lane.MAIN if one_lane or source.kind in MAIN_KINDS else Lane.OTHER
        for source in protocol.sources
    }


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
