"""Where each record stands: one last place for every record that was ever imported.

Boxes overlap (an included report was also screened); places do not. The two are worked out
apart, so that each can check the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from scopingreview.flow.box_rules import RULES, box_in_lane
from scopingreview.flow.lanes import find_lanes
from scopingreview.flow.review_data import ReviewData
from scopingreview.flow.units import Unit, find_units, late_duplicates
from scopingreview.model import Box
from scopingreview.screening.eligibility import Lane

# In this order the first box that holds a unit is its place: later steps win over earlier ones,
# and what is open wins over all.
LAST_FIRST = (
    Box.CONFLICTS,
    Box.AWAITING,
    Box.INELIGIBLE,
    Box.REMOVED_OTHER,
    Box.NOT_SCREENED,
    Box.NEW_REPORTS_OF_PREVIOUS,
    Box.INCLUDED_REPORTS,
    Box.REPORTS_EXCLUDED,
    Box.NOT_RETRIEVED,
    Box.EXCLUDED,
)
DUPLICATES = frozenset({Box.DUPLICATES, Box.OTHER_DUPLICATES})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record (or an extra report) ended, or where it waits.

    `item` is the reason, the rule or the phase, "" for none; for a duplicate, its unique record.
    """

    record_id: str
    box: Box
    item: str = ""


def find_places(data: ReviewData, boxes: Collection[Box] = tuple(Box)) -> dict[str, Place]:
    """The place of every record and extra report that is in one of these boxes, by its id.

    A group stands under the id of its unique record, in whichever lane; its other members are
    duplicates.
    """
    lanes = find_lanes(data.state)
    places: dict[str, Place] = {}
    late = late_duplicates(data.state, lanes)
    asked_of = data.state.canonical if DUPLICATES.intersection(boxes) else {}
    for record_id, unique_id in asked_of.items():
        if unique_id != record_id and record_id not in late:
            other = lanes.of_record[record_id] is Lane.OTHER
            box = Box.OTHER_DUPLICATES if other else Box.DUPLICATES
            if box in boxes:
                places[record_id] = Place(record_id, box, unique_id)
    last: dict[Unit, tuple[Box, str] | None] = {}
    for record_id, unit in find_units(data):
        if unit not in last:
            box, item = _last_box(unit, record_id)
            last[unit] = (box, item) if box in boxes else None
        if held := last[unit]:
            places[record_id] = Place(record_id, *held)
    return places


def _last_box(unit: Unit, record_id: str) -> tuple[Box, str]:
    for box, item in _held_in(unit):
        there = box_in_lane(box, unit.lane is Lane.OTHER)
        assert there is not None
        return there, item
    raise AssertionError(f"{record_id} stands nowhere")


def _held_in(unit: Unit) -> Iterator[tuple[Box, str]]:
    for box in LAST_FIRST:
        item = RULES[box](unit)
        if item is not None:
            yield box, item
