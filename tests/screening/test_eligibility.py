"""Who is screened by title and abstract: not what a limit removes, nor what passes unscreened."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scopingreview.model import FlowRules, Limits, OtherMethods, Phase, Record
from scopingreview.screening.eligibility import Eligibility, broken_limit, source_lanes
from scopingreview.screening.review_state import ReviewState
from tests.flow.stories import Story, tell

OLD = 1960
IDS = ("pubmed:1", "pubmed:2", "embase:1", "web:1", "web:2", "cited:1")
LIMITS = Limits(first_year=1970, last_year=2022)


def state_of(*stories: Story, limits: Limits = LIMITS, **rules: object) -> ReviewState:
    return tell(*stories, limits=limits, **rules).state  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("year", "limit"),
    [
        (1969, "published too early"),
        (1970, ""),
        (2022, ""),
        (2023, "published too late"),
        (None, ""),
    ],
)
def test_the_first_and_the_last_year_stay_in(year: int | None, limit: str):
    assert broken_limit(Record("pubmed:1", year=year), LIMITS) == limit


@pytest.mark.parametrize(
    ("limits", "values", "limit"),
    [
        (Limits(languages=("German",)), {"language": "English"}, "language"),
        (Limits(languages=("German",)), {"language": "English; german"}, ""),
        (Limits(languages=("German",)), {}, ""),
        (Limits(excluded_types=("Editorial",)), {"type": "editorial"}, "publication type"),
        (Limits(excluded_types=("Editorial",)), {"type": "article"}, ""),
        (Limits(retracted=True), {"type": "retraction"}, "retracted"),
        (Limits(), {"type": "retraction"}, ""),
        (Limits(empty=True), {"title": " "}, "no title and no abstract"),
        (Limits(empty=True), {"abstract": "Nurses"}, ""),
    ],
)
def test_a_limit_removes_what_breaks_it_and_nothing_for_what_a_record_lacks(
    limits: Limits, values: dict[str, str], limit: str
):
    assert broken_limit(Record("pubmed:1", **values), limits) == limit  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "touched",
    [
        Story("pubmed:1", "included", year=OLD),
        Story("pubmed:1", got="sought", year=OLD),
        Story("pubmed:1", full_text="excluded type", year=OLD),
    ],
)
def test_a_limit_removes_no_record_that_somebody_has_touched(touched: Story):
    untouched = state_of(Story("pubmed:1", year=OLD)).eligibility
    assert untouched.removed == {"pubmed:1": "published too early"}
    assert untouched.to_screen == []
    assert state_of(touched).eligibility.removed == {}


def test_a_limit_removes_what_other_methods_found_before_it_passes_to_retrieval():
    state = state_of(Story("web:1", year=OLD), Story("web:2"))
    assert state.eligibility.removed == {"web:1": "published too early"}
    assert state.eligibility.unscreened == {"web:2"}
    assert state.outcomes[Phase.FULL_TEXT].keys() == {"web:2"}


def test_what_a_database_also_found_is_screened():
    state = state_of(Story("web:1"), Story("pubmed:1", same_as="web:1"), Story("cited:2"))
    assert state.eligibility.to_screen == ["web:1"]
    assert state.eligibility.unscreened == {"cited:2"}


def test_what_other_methods_found_is_screened_where_somebody_began_or_all_share_a_lane():
    begun = state_of(Story("web:1", "excluded"), Story("web:2"))
    assert begun.eligibility.to_screen == ["web:1"]
    one_lane = state_of(Story("web:1"), flow=FlowRules(other_methods=OtherMethods.MAIN_LANE))
    assert one_lane.eligibility.to_screen == ["web:1"]


class Unreadable(dict[str, Record]):
    """Records whose ids are known, and nothing else may be asked of them."""

    def __getitem__(self, record_id: str) -> Record:
        raise AssertionError(f"{record_id} was read")


def test_nothing_is_read_or_worked_out_for_the_queue_that_it_does_not_need():
    state = state_of(
        Story("pubmed:1"), Story("web:1"), Story("pubmed:2", "excluded"), limits=Limits()
    )
    state = replace(state, records=Unreadable(state.records))
    assert state.owed(Phase.TITLE_ABSTRACT, "ab") == ["pubmed:1"]
    assert "outcomes" not in vars(state)
    assert state.owed(Phase.FULL_TEXT, "ab") == []


def test_databases_and_registers_are_screened_and_other_methods_pass():
    state = state_of(Story("pubmed:1"), Story("trials:2"), Story("web:3"), Story("cited:4"))
    assert state.eligibility.to_screen == ["pubmed:1", "trials:2"]
    assert state.eligibility.unscreened == {"web:3", "cited:4"}


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(IDS), st.sampled_from(IDS)), st.sampled_from(OtherMethods))
def test_one_record_of_each_group_is_no_duplicate_in_the_lane_of_its_group(
    canonical: dict[str, str], other_methods: OtherMethods
):
    """The unique record where it is in that lane, else the first that is."""
    protocol = replace(tell().state.protocol, flow=FlowRules(other_methods=other_methods))
    eligibility = Eligibility(protocol, {}, canonical, {}, {})
    kept: dict[str, str] = {}
    for record_id, unique_id in canonical.items():
        is_first = unique_id not in kept or record_id == unique_id
        if is_first and eligibility.lane_of_record[record_id] is eligibility.lanes[unique_id]:
            kept[unique_id] = record_id
    assert eligibility.keepers == set(kept.values())
    by_source = source_lanes(protocol)
    for record_id, lane in eligibility.lane_of_record.items():
        assert lane is by_source[record_id.partition(":")[0]]
