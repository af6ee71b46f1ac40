"""Declared exceptions to the arithmetic: what they do to the boxes, and what they must say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scopingreview.flow.adjustments import check_adjustments
from scopingreview.flow.diagram.boxes import compose
from scopingreview.flow.members import box_members, count_flow
from scopingreview.flow.review_data import ReviewData
from scopingreview.flow.sums import check_sums
from scopingreview.model import Adjustment, AdjustmentKind, Box, PreviousVersion
from tests.flow.stories import Story, tell

INCLUDED = (
    Story("pubmed:1", "included", "included", "retrieved"),
    Story("pubmed:2", "included", "included", "retrieved"),
    Story("pubmed:3", "included", "excluded outcome", "retrieved"),
)


def adjusted(
    kind: str, *records: str, previous: PreviousVersion | None = None, **values: object
) -> ReviewData:
    row = Adjustment(AdjustmentKind(kind), "because", records, **values)  # type: ignore[arg-type]
    return tell(*INCLUDED, adjustments=[row], previous=previous)


def counts(review: ReviewData) -> dict[str, int]:
    flow = count_flow(review)
    assert check_adjustments(review) == []
    assert check_sums(flow) == []
    return {str(box): n for box, n in flow.totals.items() if n}


def note_on(review: ReviewData) -> str:
    diagram = compose(count_flow(review), review.state.protocol.flow)
    return diagram.notes[-2]


@pytest.mark.parametrize(
    ("outcome", "reason", "box"),
    [
        ("included", "", "included_reports"),
        ("excluded", "outcome", "reports_excluded"),
        ("not-retrieved", "", "not_retrieved"),
    ],
)
def test_a_second_report_of_a_record_is_sought_and_ends_where_it_says(
    outcome: str, reason: str, box: str
):
    review = adjusted("extra-report", "pubmed:1", outcome=outcome, reason=reason)
    before, after = counts(tell(*INCLUDED)), counts(review)
    assert after["screened"] == before["screened"]
    assert after["sought"] == before["sought"] + 1
    assert after[box] == before.get(box, 0) + 1
    assert after["included_studies"] == 2
    assert "pubmed:1+2" in box_members(review).of_box[Box(box)]
    assert "(n = 1): some records led to several reports." in note_on(review)


def test_a_companion_report_joins_its_study_without_being_assessed():
    review = adjusted("companion-report", "pubmed:1", n=2)
    n = counts(review)
    assert (n["assessed"], n["included_reports"], n["included_studies"]) == (3, 4, 2)
    assert note_on(review) == "Companion reports added to included studies (n = 2)."


def test_reports_that_people_linked_to_one_study_count_it_once():
    linked = replace(tell(*INCLUDED), studies={"pubmed:1": "trial", "pubmed:2": "trial"})
    n = counts(linked)
    assert (n["included_reports"], n["included_studies"]) == (2, 1)
    assert counts(replace(linked, studies={"pubmed:1": "pubmed:2"}))["included_studies"] == 2


def test_an_update_may_drop_studies_and_find_new_reports_of_old_ones():
    previous = PreviousVersion(40, 44)
    n = counts(adjusted("previous-study-dropped", n=3, previous=previous))
    assert (n["total_studies"], n["total_reports"]) == (39, 46)
    n = counts(adjusted("previous-report-dropped", n=3, previous=previous))
    assert (n["total_studies"], n["total_reports"]) == (42, 43)
    n = counts(adjusted("new-report-of-previous-study", "pubmed:1", previous=previous))
    assert (n["included_studies"], n["total_studies"]) == (1, 41)
    assert (n["included_reports"], n["total_reports"]) == (1, 46)


@pytest.mark.parametrize(
    ("review", "message"),
    [
        (adjusted("extra-report", outcome="included"), "names 0 records, not 1"),
        (adjusted("companion-report"), "names 0 records, not at least 1"),
        (adjusted("companion-report", "pubmed:9"), 'unknown record "pubmed:9"'),
        (adjusted("extra-report", "pubmed:1", outcome="kept"), 'unknown outcome "kept"'),
        (
            adjusted("extra-report", "pubmed:1", outcome="excluded", reason="colour"),
            'unknown reason "colour"',
        ),
        (adjusted("previous-study-dropped"), "this review updates none"),
    ],
)
def test_an_adjustment_that_cannot_be_counted_is_refused(review: ReviewData, message: str):
    assert message in str(check_adjustments(review)[0])


def test_an_adjustment_gives_its_reason():
    row = Adjustment(AdjustmentKind.COMPANION_REPORT, "", ("pubmed:1",))
    (error,) = check_adjustments(tell(*INCLUDED, adjustments=[row]))
    assert "no reason given" in str(error)
