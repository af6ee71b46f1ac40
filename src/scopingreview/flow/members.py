"""The records of every box, and the counts that follow from them.

The rule of each box is in `box_rules`; the checks that the boxes add up are in `sums`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from operator import is_, itemgetter, not_

from scopingreview.flow.box_rules import RULES, box_in_lane
from scopingreview.flow.lanes import Lanes, find_lanes
from scopingreview.flow.review_data import ReviewData
from scopingreview.flow.units import (
    DUPLICATE,
    STOPPING_RULE,
    Unit,
    describe_stopping,
    find_units,
    late_duplicates,
)
from scopingreview.model import (
    AdjustmentKind,
    Box,
    FlowCounts,
    LateDuplicates,
    Line,
    Phase,
    Protocol,
    Source,
    SourceKind,
    Unscreened,
)
from scopingreview.screening.eligibility import Lane, source_lanes
from scopingreview.screening.review_state import ReviewState

# Every review has these, if only with 0.
ALWAYS = (
    Box.IDENTIFIED,
    Box.DATABASES,
    Box.DUPLICATES,
    Box.INELIGIBLE,
    Box.REMOVED_OTHER,
    Box.SCREENED,
    Box.EXCLUDED,
    Box.EXCLUDED_BY_TOOL,
    Box.SOUGHT,
    Box.NOT_RETRIEVED,
    Box.ASSESSED,
    Box.REPORTS_EXCLUDED,
    Box.INCLUDED_REPORTS,
    Box.INCLUDED_STUDIES,
    Box.AWAITING,
    Box.CONFLICTS,
)
OTHER_LANE_ALWAYS = (
    Box.OTHER_IDENTIFIED,
    Box.OTHER_DUPLICATES,
    Box.OTHER_REMOVED,
    Box.OTHER_EXCLUDED,
    Box.OTHER_SOUGHT,
    Box.OTHER_NOT_RETRIEVED,
    Box.OTHER_ASSESSED,
    Box.OTHER_REPORTS_EXCLUDED,
    Box.OTHER_AWAITING,
    Box.OTHER_CONFLICTS,
)
DECLARED = {
    AdjustmentKind.COMPANION_REPORT: Box.COMPANION_REPORTS,
    AdjustmentKind.PREVIOUS_STUDY_DROPPED: Box.PREVIOUS_STUDIES_DROPPED,
    AdjustmentKind.PREVIOUS_REPORT_DROPPED: Box.PREVIOUS_REPORTS_DROPPED,
}
REASON_PHASE = {
    Box.EXCLUDED: Phase.TITLE_ABSTRACT,
    Box.OTHER_EXCLUDED: Phase.TITLE_ABSTRACT,
    Box.REPORTS_EXCLUDED: Phase.FULL_TEXT,
    Box.OTHER_REPORTS_EXCLUDED: Phase.FULL_TEXT,
}
# Where a stopping rule puts what nobody has read, as a line that says which rule it was.
UNREAD_BOX = {Unscreened.NOT_SCREENED: Box.NOT_SCREENED, Unscreened.AUTO: Box.INELIGIBLE}
KIND_BOX = {SourceKind.REGISTER: Box.REGISTERS}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many records are in every box, and in every item of a box."""

    of_box: Counter[Box] = field(default_factory=Counter)
    of_item: defaultdict[Box, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, boxes: Iterable[tuple[Box, str]], records: int) -> None:
        """So many more records are in each of the boxes, and in the item of it if there is one."""
        for box, item in boxes:
            self.of_box[box] += records
            if item:
                self.of_item[box][item] += records


@dataclass(frozen=True, slots=True)
class Members:
    """The records of every box, and of every item of a box, in the order of the records."""

    of_box: defaultdict[Box, list[str]] = field(default_factory=lambda: defaultdict(list))
    of_item: defaultdict[Box, defaultdict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def lists(self, box: Box, item: str = "") -> list[list[str]]:
        """The lists that hold a record of the box, and of the item of the box if there is one."""
        return [self.of_box[box], *([self.of_item[box][item]] if item else [])]

    def sizes(self) -> Sizes:
        """How many they are."""
        sizes = Sizes(Counter({box: len(records) for box, records in self.of_box.items()}))
        for box, items in self.of_item.items():
            sizes.of_item[box] = Counter({item: len(records) for item, records in items.items()})
        return sizes


def count_flow(data: ReviewData) -> FlowCounts:
    """Every box of the flow, counted from the records that are in it."""
    return _flow_of(box_sizes(data), data)


def count_members(members: Members, data: ReviewData) -> FlowCounts:
    """The flow of these boxes, with what people declare beside them."""
    return _flow_of(members.sizes(), data)


def _flow_of(sizes: Sizes, data: ReviewData) -> FlowCounts:
    totals = dict(sizes.of_box)
    totals |= {box: 0 for box in _boxes_always_there(data.state.protocol) if box not in totals}
    _add_declared(totals, data)
    _add_previous(totals, data.state.protocol)
    lines = {box: _lines(box, sizes.of_item[box], data.state.protocol) for box in totals}
    return FlowCounts(
        {box: totals[box] for box in Box if box in totals},
        {box: lines[box] for box in Box if lines.get(box)},
    )


def box_sizes(data: ReviewData) -> Sizes:
    """How many records are in which box: what `box_members` has, without a list of any box."""
    sizes, lanes = Sizes(), find_lanes(data.state)
    for (source, other, duplicate), records in _cases_of_found(data.state, lanes).items():
        boxes = boxes_of_found(data.state.protocol, source, other=other, duplicate=duplicate)
        sizes.add(boxes, records)
    units = find_units(data)
    cases = Counter(map(itemgetter(1), units))
    for unit, records in cases.items():
        sizes.add(_boxes_of(unit), records)
    included = {unit for unit in cases if RULES[Box.INCLUDED_REPORTS](unit) is not None}
    reports = (record_id for record_id, unit in units if unit in included)
    sizes.of_box[Box.INCLUDED_STUDIES] = len(group_studies(reports, data))
    return sizes


def _cases_of_found(state: ReviewState, lanes: Lanes) -> Counter[tuple[str, bool, bool]]:
    """How many records are of a source, in the lane of other methods or not, a duplicate or not."""
    unique = lanes.keepers.union(late_duplicates(state, lanes))
    other = map(is_, lanes.of_record.values(), repeat(Lane.OTHER))
    duplicate = map(not_, map(unique.__contains__, state.source_of))
    return Counter(zip(state.source_of.values(), other, duplicate, strict=True))


def box_members(data: ReviewData) -> Members:
    """Which records are in which box; an extra report is its record's id with `+2`, `+3` …"""
    members = Members()
    lanes = find_lanes(data.state)
    _place_records(members, data.state, lanes)
    lists: dict[Unit, list[list[str]]] = {}
    for record_id, unit in find_units(data):
        if unit not in lists:
            boxes = _boxes_of(unit)
            lists[unit] = [each for box, item in boxes for each in members.lists(box, item)]
        for records in lists[unit]:
            records.append(record_id)
    for study in group_studies(members.of_box[Box.INCLUDED_REPORTS], data):
        members.of_box[Box.INCLUDED_STUDIES].append(study[0])
    return members


def _boxes_of(unit: Unit) -> Iterator[tuple[Box, str]]:
    """The boxes that hold the unit in its lane, each with the item it counts under."""
    for box, rule in RULES.items():
        item = rule(unit)
        there = box_in_lane(box, unit.lane is Lane.OTHER) if item is not None else None
        if there is not None:
            yield there, item or ""


def group_studies(reports: Iterable[str], data: ReviewData) -> list[list[str]]:
    """The reports of each study, in the order in which the first of each comes.

    A report that nobody linked is a study of its own; an extra report (`…+2`) belongs to the
    study of its record.
    """
    groups: dict[tuple[bool, str], list[str]] = {}
    for report in reports:
        record_id = report if report in data.state.canonical else report.rpartition("+")[0]
        study = data.studies.get(record_id)
        groups.setdefault((study is None, study or record_id), []).append(report)
    return list(groups.values())


def _place_records(members: Members, state: ReviewState, lanes: Lanes) -> None:
    """The boxes that hold records as they came, before anyone joins or judges them."""
    late = late_duplicates(state, lanes)
    unique = lanes.keepers.union(late)
    lists: dict[tuple[str, bool, bool], list[list[str]]] = {}
    for record_id, source in state.source_of.items():
        other, duplicate = lanes.of_record[record_id] is Lane.OTHER, record_id not in unique
        case = (source, other, duplicate)
        if case not in lists:
            boxes = boxes_of_found(state.protocol, source, other=other, duplicate=duplicate)
            lists[case] = [each for box, item in boxes for each in members.lists(box, item)]
        for records in lists[case]:
            records.append(record_id)


def boxes_of_found(
    protocol: Protocol, source: str, *, other: bool, duplicate: bool
) -> Iterator[tuple[Box, str]]:
    """The boxes that hold a record of a source as it came, each with the item it counts under.

    `other` says that it is in the lane of other methods.
    """
    yield Box.OTHER_IDENTIFIED if other else Box.IDENTIFIED, source
    if not other:
        yield KIND_BOX.get(protocol.source(source).kind, Box.DATABASES), ""
    if duplicate:
        yield Box.OTHER_DUPLICATES if other else Box.DUPLICATES, ""


def _boxes_always_there(protocol: Protocol) -> list[Box]:
    lanes = source_lanes(protocol)
    registers = any(source.kind is SourceKind.REGISTER for source in protocol.sources)
    return [
        *ALWAYS,
        *([Box.REGISTERS] if registers else []),
        *(OTHER_LANE_ALWAYS if Lane.OTHER in lanes.values() else []),
    ]


def _add_declared(totals: dict[Box, int], data: ReviewData) -> None:
    """The numbers that no record can show, as the adjustments declare them."""
    for adjustment in data.adjustments:
        box = DECLARED.get(adjustment.kind)
        if box is not None:
            totals[box] = totals.get(box, 0) + adjustment.n
    totals[Box.INCLUDED_REPORTS] += totals.get(Box.COMPANION_REPORTS, 0)


def _add_previous(totals: dict[Box, int], protocol: Protocol) -> None:
    """What an update stands on: the earlier version's numbers, and both together."""
    if protocol.previous is None:
        return
    totals[Box.PREVIOUS_STUDIES] = protocol.previous.studies
    totals[Box.PREVIOUS_REPORTS] = protocol.previous.reports
    totals[Box.TOTAL_STUDIES] = (
        protocol.previous.studies
        - totals.get(Box.PREVIOUS_STUDIES_DROPPED, 0)
        + totals[Box.INCLUDED_STUDIES]
    )
    totals[Box.TOTAL_REPORTS] = (
        protocol.previous.reports
        - totals.get(Box.PREVIOUS_REPORTS_DROPPED, 0)
        + totals[Box.INCLUDED_REPORTS]
        + totals.get(Box.NEW_REPORTS_OF_PREVIOUS, 0)
    )


def _lines(box: Box, counted: Mapping[str, int], protocol: Protocol) -> tuple[Line, ...]:
    """The lines of a box: those the protocol planned, in its order, then any other that occurs."""
    planned = planned_lines(box, protocol)
    known = {line.item for line in planned}
    return (
        *(Line(line.item, counted.get(line.item, 0), line.label, line.kind) for line in planned),
        *(Line(item, counted[item], item) for item in sorted(counted) if item not in known),
    )


def planned_lines(box: Box, protocol: Protocol) -> list[Line]:
    """The lines a box has because the protocol says so, with no numbers yet."""
    if box in (Box.IDENTIFIED, Box.OTHER_IDENTIFIED):
        lane = Lane.MAIN if box is Box.IDENTIFIED else Lane.OTHER
        lanes = source_lanes(protocol)
        return [_source_line(source) for source in protocol.sources if lanes[source.name] is lane]
    if box is UNREAD_BOX.get(protocol.flow.unscreened) and protocol.stopping:
        return [Line(STOPPING_RULE, 0, describe_stopping(protocol.stopping))]
    phase = REASON_PHASE.get(box)
    if phase is None or phase not in protocol.phases:
        return []
    reasons = dict(protocol.phases[phase].exclusion_reasons)
    if protocol.flow.late_duplicates is LateDuplicates.REASON:
        reasons.setdefault(DUPLICATE, "Duplicate")
    return [Line(key, 0, wording) for key, wording in reasons.items()]


def _source_line(source: Source) -> Line:
    return Line(source.name, 0, source.label, source.kind)
