"""Which box counts what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from scopingreview.flow.count_rows import count_rows, flow_from_rows
from scopingreview.flow.diagram.boxes import compose
from scopingreview.flow.members import box_members, count_flow, count_members
from scopingreview.flow.review_data import ReviewData
from scopingreview.flow.sums import check_sums
from scopingreview.model import (
    Box,
    FlowRules,
    LateDuplicates,
    LimitLine,
    Limits,
    OtherMethods,
    Phase,
    PreviousVersion,
    Unscreened,
)
from tests.flow.stories import MET, STOPPED, Story, invent, reviews, tell

REPORT: dict[str, Any] = {"title": "included", "got": "retrieved"}


def counted(*told: Story, **rules: object) -> dict[str, int]:
    flow = count_flow(tell(*told, **rules))  # type: ignore[arg-type]
    assert check_sums(flow) == []
    return {str(box): n for box, n in flow.totals.items() if n}


def test_a_record_excluded_by_title_is_screened_and_excluded_and_nothing_more():
    assert counted(Story("pubmed:1", "excluded population")) == {
        "identified": 1,
        "databases": 1,
        "screened": 1,
        "excluded": 1,
    }


def test_a_record_excluded_by_title_was_never_sought_whatever_was_recorded_of_its_retrieval():
    n = counted(Story("pubmed:1", "excluded population", got="not-retrieved"))
    assert "not_retrieved" not in n
    assert "sought" not in n


def test_an_included_report_passes_through_every_box_of_the_main_lane():
    assert counted(Story("pubmed:1", full_text="included", **REPORT)) == {
        "identified": 1,
        "databases": 1,
        "screened": 1,
        "sought": 1,
        "assessed": 1,
        "included_reports": 1,
        "included_studies": 1,
    }


def test_every_record_beyond_the_first_of_a_group_is_a_duplicate_removed():
    n = counted(
        Story("pubmed:1", "excluded"),
        Story("embase:1", same_as="pubmed:1"),
        Story("embase:2", same_as="pubmed:1"),
    )
    assert (n["identified"], n["duplicates"], n["screened"]) == (3, 2, 1)


def test_records_are_counted_per_source_and_reports_per_reason_in_the_protocols_order():
    flow = count_flow(
        tell(
            Story("embase:1", full_text="excluded outcome", **REPORT),
            Story("pubmed:1", full_text="excluded population", **REPORT),
            Story("pubmed:2", "excluded"),
        )
    )
    sources = [(line.label, line.n) for line in flow.lines_of(Box.IDENTIFIED)]
    reasons = [(line.label, line.n) for line in flow.lines_of(Box.REPORTS_EXCLUDED)]
    assert sources == [("PubMed", 2), ("Embase", 1)]
    assert reasons == [("Wrong population", 1), ("No outcome", 1), ("Wrong type", 0)]


def test_what_nobody_has_settled_awaits_or_is_in_conflict_in_its_phase():
    flow = count_flow(
        tell(
            Story("pubmed:1"),
            Story("pubmed:2", "in conflict"),
            Story("pubmed:3", "included"),
            Story("pubmed:4", "included", got="sought"),
            Story("pubmed:5", **REPORT),
            Story("pubmed:6", full_text="in conflict", **REPORT),
        )
    )
    awaiting = {line.item: line.n for line in flow.lines_of(Box.AWAITING)}
    conflicts = {line.item: line.n for line in flow.lines_of(Box.CONFLICTS)}
    assert awaiting == {"title-abstract": 1, "retrieval": 2, "full-text": 1}
    assert conflicts == {"title-abstract": 1, "full-text": 1}
    assert check_sums(flow) == []


def test_a_pending_request_is_not_a_report_not_retrieved():
    assert "not_retrieved" not in counted(Story("pubmed:1", "included", got="sought"))
    assert counted(Story("pubmed:1", "included", got="not-retrieved"))["not_retrieved"] == 1


def test_a_report_that_was_read_counts_as_assessed_even_without_a_retrieval_line():
    n = counted(Story("pubmed:1", "included", "excluded outcome"))
    assert (n["assessed"], n["reports_excluded"]) == (1, 1)


def test_a_register_has_its_own_line_and_the_same_lane():
    n = counted(Story("pubmed:1", "excluded"), Story("trials:1", "excluded"))
    assert (n["identified"], n["databases"], n["registers"], n["screened"]) == (2, 1, 1, 2)


def test_other_methods_have_a_lane_of_their_own_or_run_with_the_databases():
    told = (Story("pubmed:1", "excluded"), Story("web:1", full_text="included", **REPORT))
    own = counted(*told)
    assert (own["identified"], own["other_identified"], own["other_assessed"]) == (1, 1, 1)
    assert own["included_reports"] == 1
    main = counted(*told, flow=FlowRules(other_methods=OtherMethods.MAIN_LANE))
    assert (main["identified"], main["assessed"]) == (2, 1)
    assert "other_identified" not in main


def test_a_website_record_that_a_database_also_had_is_a_duplicate_of_the_other_lane():
    n = counted(Story("web:1", "excluded"), Story("pubmed:1", same_as="web:1"))
    assert (n["identified"], n["screened"], n["other_duplicates"]) == (1, 1, 1)
    assert "duplicates" not in n


def test_records_of_the_other_lane_may_go_straight_to_retrieval():
    n = counted(Story("web:1", got="not-retrieved"))
    assert (n["other_sought"], n["other_not_retrieved"]) == (1, 1)


def test_a_limit_removes_a_record_that_nobody_has_decided_on():
    limits = Limits(first_year=1970)
    told = (Story("pubmed:1", year=1960), Story("pubmed:2", year=None))
    n = counted(*told, limits=limits)
    assert (n["removed_other"], n["awaiting"]) == (1, 1)
    as_tool = Limits(first_year=1970, count_as=LimitLine.AUTOMATION)
    assert counted(*told, limits=as_tool)["ineligible"] == 1
    assert "removed_other" not in counted(Story("pubmed:1", "excluded", year=1960), limits=limits)


def test_a_stopping_rule_settles_what_nobody_has_seen_by_the_protocols_policy():
    told = (Story("pubmed:1", "excluded"), Story("pubmed:2"))

    def stopped(policy: Unscreened) -> dict[str, int]:
        return counted(*told, flow=FlowRules(unscreened=policy), stopping=STOPPED)

    auto = stopped(Unscreened.AUTO)
    assert (auto["ineligible"], auto["screened"]) == (1, 1)
    tool = stopped(Unscreened.EXCLUDED_BY_TOOL)
    assert (tool["screened"], tool["excluded"], tool["excluded_by_tool"]) == (2, 2, 1)
    told_apart = stopped(Unscreened.NOT_SCREENED)
    assert (told_apart["screened"], told_apart["not_screened"]) == (1, 1)
    assert "awaiting" not in told_apart


@pytest.mark.parametrize("policy", Unscreened)
def test_what_nobody_has_read_awaits_when_no_rule_and_no_tool_is_named(policy: Unscreened):
    told = (Story("pubmed:1", "excluded"), Story("pubmed:2"))
    n = counted(*told, flow=FlowRules(unscreened=policy))
    assert (n["screened"], n["excluded"], n["awaiting"]) == (1, 1, 1)


@pytest.mark.parametrize("policy", Unscreened)
def test_what_nobody_has_read_awaits_until_the_look_is_on_file(policy: Unscreened):
    told = (Story("pubmed:1", "excluded"), Story("pubmed:2"))
    unnamed = replace(STOPPED, look="")
    for stopping, looks in ((unnamed, (MET,)), (STOPPED, ())):
        n = counted(*told, flow=FlowRules(unscreened=policy), stopping=stopping, looks=looks)
        assert (n["screened"], n["excluded"], n["awaiting"]) == (1, 1, 1)
        assert n.keys().isdisjoint({"not_screened", "excluded_by_tool", "ineligible"})


def test_what_was_not_screened_has_a_line_and_a_note_that_names_the_rule():
    data = tell(Story("pubmed:1", "excluded"), Story("pubmed:2"),
                flow=FlowRules(unscreened=Unscreened.NOT_SCREENED), stopping=STOPPED)  # fmt: skip
    diagram = compose(count_flow(data), data.state.protocol.flow)
    (block,) = (block for block in diagram.blocks if block.name is Box.SCREENED)
    said = [entry.text.replace("\u00a0", " ") for entry in block.entries]
    assert said == ["Records screened", "(n = 1)", "Records not screened (n = 1)"]
    met = "met at the look of 2023-04-02T12:00:00Z, decided on 2023-04-01"
    rule = f"200 irrelevant in a row with ASReview 1.6, {met}"
    assert f"Records not screened: {rule} (n = 1)." in diagram.notes


def test_a_late_duplicate_is_folded_or_excluded_for_that_reason():
    told = (
        Story("pubmed:1", full_text="included", **REPORT),
        Story("embase:1", same_as="pubmed:1", seen=Phase.FULL_TEXT),
    )
    fold = counted(*told)
    assert (fold["duplicates"], fold["screened"], fold["assessed"]) == (1, 1, 1)
    reason = counted(*told, flow=FlowRules(late_duplicates=LateDuplicates.REASON))
    assert (reason["screened"], reason["assessed"], reason["reports_excluded"]) == (2, 2, 1)
    assert "duplicates" not in reason


def test_an_update_adds_the_earlier_version_to_the_new_studies():
    n = counted(Story("pubmed:1", full_text="included", **REPORT), previous=PreviousVersion(40, 44))
    assert (n["total_studies"], n["total_reports"]) == (41, 45)


def test_the_boxes_of_two_thousand_invented_reviews_add_up():
    broken = {seed: check_sums(count_flow(invent(seed))) for seed in range(2000)}
    assert {seed: found for seed, found in broken.items() if found} == {}


@settings(deadline=None)
@given(reviews)
def test_every_box_counts_the_records_that_are_in_it(review: ReviewData):
    flow, members = count_flow(review), box_members(review)
    late = {Box.INCLUDED_REPORTS: flow.n(Box.COMPANION_REPORTS)}
    for box, records in members.of_box.items():
        assert flow.n(box) - late.get(box, 0) == len(records) == len(set(records))


@settings(deadline=None)
@given(reviews)
def test_what_is_counted_case_by_case_is_what_is_listed_record_by_record(review: ReviewData):
    assert count_flow(review) == count_members(box_members(review), review)


@settings(deadline=None)
@given(reviews)
def test_counts_survive_the_file(review: ReviewData):
    flow = count_flow(review)
    assert flow_from_rows(count_rows(flow), review.state.protocol) == flow
