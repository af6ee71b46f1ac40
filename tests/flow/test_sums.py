"""The arithmetic of the diagram: what must hold, and which code says that it does not."""

from __future__ import annotations

import pytest

from scopingreview.flow.sums import check_style, check_sums
from scopingreview.model import Box, FlowCounts, Line, SourceKind

Lines = dict[Box, tuple[Line, ...]]

WHOLE = {
    Box.IDENTIFIED: 1290,
    Box.DATABASES: 1290,
    Box.DUPLICATES: 210,
    Box.INELIGIBLE: 0,
    Box.REMOVED_OTHER: 0,
    Box.SCREENED: 1080,
    Box.EXCLUDED: 950,
    Box.EXCLUDED_BY_TOOL: 0,
    Box.SOUGHT: 130,
    Box.NOT_RETRIEVED: 10,
    Box.ASSESSED: 120,
    Box.REPORTS_EXCLUDED: 69,
    Box.INCLUDED_REPORTS: 51,
    Box.INCLUDED_STUDIES: 48,
}
LINES: Lines = {Box.REPORTS_EXCLUDED: (Line("a", 40), Line("b", 29))}
UPDATE = {
    Box.PREVIOUS_STUDIES: 40,
    Box.PREVIOUS_REPORTS: 44,
    Box.TOTAL_STUDIES: 88,
    Box.TOTAL_REPORTS: 95,
}
OTHER = {
    Box.OTHER_IDENTIFIED: 40,
    Box.OTHER_SOUGHT: 40,
    Box.OTHER_NOT_RETRIEVED: 3,
    Box.OTHER_ASSESSED: 37,
    Box.OTHER_REPORTS_EXCLUDED: 30,
    Box.INCLUDED_REPORTS: 58,
}
OTHER_LINES: Lines = {Box.OTHER_REPORTS_EXCLUDED: (Line("a", 30),)}


def codes(changes: dict[Box, int], lines: Lines | None = None) -> list[str]:
    flow = FlowCounts(WHOLE | changes, LINES if lines is None else lines)
    return [finding.code for finding in check_sums(flow)]


def test_a_whole_flow_has_nothing_to_find():
    assert codes({}) == []
    assert codes(UPDATE) == []
    assert codes(OTHER, LINES | OTHER_LINES) == []


def test_a_review_that_found_nothing_adds_up():
    assert codes(dict.fromkeys(WHOLE, 0), {}) == []


LATE_DUPLICATE = {
    Box.DUPLICATES: 211,
    Box.SCREENED: 1079,
    Box.SOUGHT: 129,
    Box.ASSESSED: 119,
    Box.REPORTS_EXCLUDED: 68,
}
TWO_REPORTS = {Box.SOUGHT: 131, Box.ASSESSED: 121, Box.REPORTS_EXCLUDED: 70}
STOPPED = {Box.INELIGIBLE: 400, Box.SCREENED: 680, Box.EXCLUDED: 550}


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        (LATE_DUPLICATE, (Line("a", 68),)),
        (TWO_REPORTS | {Box.EXTRA_REPORTS: 1}, (Line("a", 70),)),
        (STOPPED, (Line("a", 69),)),
        ({Box.ASSESSED: 10, Box.NOT_RETRIEVED: 120, Box.REPORTS_EXCLUDED: 4,
          Box.INCLUDED_REPORTS: 6, Box.INCLUDED_STUDIES: 6}, (Line("a", 4),)),
    ],
    ids=["late duplicate folded", "two reports, declared", "stopping rule", "one reason only"],
)  # fmt: skip
def test_the_specifications_other_flows_pass(changes: dict[Box, int], reasons: tuple[Line, ...]):
    assert codes(changes, {Box.REPORTS_EXCLUDED: reasons}) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({Box.SCREENED: 1090}, ["P03", "P05"]),
        ({Box.EXCLUDED: -1}, ["P01", "P04", "P05"]),
        ({Box.REGISTERS: 30}, ["P02"]),
        ({Box.EXCLUDED_BY_TOOL: 951}, ["P04"]),
        ({Box.SOUGHT: 131, Box.NOT_RETRIEVED: 11}, ["P05"]),
        ({Box.NOT_RETRIEVED: 9}, ["P06"]),
        ({Box.INCLUDED_REPORTS: 53}, ["P08"]),
        ({Box.INCLUDED_STUDIES: 60}, ["P12"]),
        ({Box.INCLUDED_STUDIES: 0}, ["P12"]),
        (UPDATE | {Box.TOTAL_STUDIES: 89}, ["P13"]),
        (UPDATE | {Box.TOTAL_REPORTS: 96}, ["P13"]),
        (TWO_REPORTS, ["P05", "P07"]),
        ({Box.IDENTIFIED: 0, Box.DATABASES: 0}, ["P03", "P14"]),
        ({Box.INCLUDED_REPORTS: 121}, ["P08", "P14"]),
    ],
)
def test_a_broken_sum_has_its_code(changes: dict[Box, int], expected: list[str]):
    assert codes(changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({Box.OTHER_SOUGHT: 38, Box.OTHER_NOT_RETRIEVED: 1}, ["P09"]),
        ({Box.OTHER_NOT_RETRIEVED: 4}, ["P10"]),
        ({Box.INCLUDED_REPORTS: 51}, ["P11"]),
    ],
)
def test_a_broken_sum_of_the_other_lane_has_its_code(changes: dict[Box, int], expected: list[str]):
    assert codes(OTHER | changes, LINES | OTHER_LINES) == expected


def test_sources_that_do_not_add_up_to_their_databases_are_p02():
    sources = (Line("a", 700, kind=SourceKind.DATABASE), Line("b", 500, kind=SourceKind.DATABASE))
    assert codes({}, LINES | {Box.IDENTIFIED: sources}) == ["P02"]


def test_registers_that_do_not_add_up_to_their_box_are_p02():
    sources = (
        Line("a", 1200, kind=SourceKind.DATABASE),
        Line("trials", 89, kind=SourceKind.REGISTER),
    )
    boxes = {Box.DATABASES: 1200, Box.REGISTERS: 90}
    assert codes(boxes, LINES | {Box.IDENTIFIED: sources}) == ["P02"]


def test_sources_of_other_methods_that_do_not_add_up_are_p02():
    lines = LINES | OTHER_LINES | {Box.OTHER_IDENTIFIED: (Line("web", 39),)}
    assert codes(OTHER, lines) == ["P02"]


def test_more_records_excluded_than_screened_are_p04():
    assert codes({Box.EXCLUDED: 1090}) == ["P04", "P05"]


def test_reasons_of_other_methods_short_by_one_are_p07():
    assert codes(OTHER, LINES | {Box.OTHER_REPORTS_EXCLUDED: (Line("a", 29),)}) == ["P07"]


def test_reasons_short_by_two_are_p07():
    assert codes({}, {Box.REPORTS_EXCLUDED: (Line("a", 67),)}) == ["P07"]


def test_reports_excluded_for_no_reason_at_all_are_p07():
    assert codes({}, {}) == ["P07"]


def test_what_is_still_open_belongs_to_the_sum():
    waiting: Lines = {Box.AWAITING: (Line("title-abstract", 4),)}
    assert codes({Box.SCREENED: 1076, Box.EXCLUDED: 946}, LINES | waiting) == []


def test_a_number_that_was_not_given_is_not_asked_for():
    assert check_sums(FlowCounts({Box.SCREENED: 10, Box.ASSESSED: 5})) == []


def test_the_message_says_the_sum_in_numbers():
    (finding, _) = check_sums(FlowCounts(WHOLE | {Box.SCREENED: 1090}, LINES))
    assert finding.message == "identified 1,290 − duplicates 210 = 1,080, but screened 1,090"
    assert finding.hint == "The difference is +10."


def test_reasons_stand_in_descending_order_with_other_last():
    def style(*lines: Line, planned: bool = False) -> list[str]:
        flow = FlowCounts(WHOLE, {Box.REPORTS_EXCLUDED: lines})
        return [finding.code for finding in check_style(flow, planned=planned)]

    assert style(Line("a", 40), Line("b", 29), Line("Other", 30)) == []
    assert style(Line("a", 29), Line("b", 40)) == ["P15"]
    assert style(Line("a", 29), Line("b", 40), planned=True) == []
    assert style(Line("Other reasons", 29), Line("b", 40), planned=True) == ["P15"]
    assert style(Line("a", 69), Line("b", 0)) == ["P16"]
    assert style(Line("a", 69), Line("b", 0), planned=True) == []


def test_the_total_of_an_update_is_the_earlier_version_and_the_new_studies():
    update = {
        Box.PREVIOUS_STUDIES: 40,
        Box.PREVIOUS_REPORTS: 44,
        Box.INCLUDED_STUDIES: 11,
        Box.INCLUDED_REPORTS: 12,
        Box.TOTAL_STUDIES: 51,
        Box.TOTAL_REPORTS: 56,
    }
    assert check_sums(FlowCounts(update)) == []
    wrong = check_sums(FlowCounts(update | {Box.TOTAL_STUDIES: 52}))
    assert [finding.code for finding in wrong] == ["P13"]
