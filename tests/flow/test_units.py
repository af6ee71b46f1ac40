"""Whom the reviewers are asked about, and what the boxes say of it, is one answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from unittest.mock import patch

from hypothesis import given, settings

from scopingreview.flow.members import Members, box_members
from scopingreview.flow.review_data import ReviewData
from scopingreview.flow.units import Unit, find_units
from scopingreview.model import (
    Adjustment,
    AdjustmentKind,
    Box,
    Event,
    EventKind,
    FlowRules,
    Phase,
    Standing,
    Unscreened,
)
from scopingreview.review.progress import to_retrieve
from scopingreview.screening.eligibility import LIMITS
from scopingreview.screening.review_state import ReviewState
from tests.flow.stories import NOON, STOPPED, Story, reviews, tell

TITLE_ABSTRACT, FULL_TEXT = Phase
REMOVED = (Box.INELIGIBLE, Box.REMOVED_OTHER, Box.OTHER_REMOVED)
AWAITING = (Box.AWAITING, Box.OTHER_AWAITING)
SOUGHT = (Box.SOUGHT, Box.OTHER_SOUGHT)

any_review = settings(max_examples=300, deadline=None)


def held(members: Members, boxes: Iterable[Box], *items: str) -> set[str]:
    """The records under these items of the boxes."""
    return {record for box in boxes for item in items for record in members.of_item[box][item]}


def waiting(state: ReviewState, phase: Phase) -> set[str]:
    """The records of the phase that still wait for somebody's decision."""
    outcomes = state.outcomes[phase]
    ready = state.ready_ids(phase)
    return {key for key in ready if outcomes[key].standing is Standing.AWAITING}


@any_review
@given(reviews)
def test_what_a_limit_removes_is_in_the_box_of_that_limit_and_no_reviewer_meets_it(
    review: ReviewData,
):
    removed = review.state.eligibility.removed
    members = box_members(review)
    for limit in LIMITS:
        assert held(members, REMOVED, limit) == {k for k, name in removed.items() if name == limit}
    assert removed.keys().isdisjoint(review.state.ready_ids(TITLE_ABSTRACT))
    assert removed.keys().isdisjoint(to_retrieve(review.state))


@any_review
@given(reviews)
def test_what_passes_unscreened_is_what_was_sought_without_a_decision(review: ReviewData):
    state, members = review.state, box_members(review)
    sought = {key for box in SOUGHT for key in members.of_box[box]} & set(state.unique_ids)
    undecided = {key for key in sought if not state.votes[TITLE_ABSTRACT].get(key)}
    assert undecided == state.eligibility.unscreened
    assert undecided.isdisjoint(state.ready_ids(TITLE_ABSTRACT))


@any_review
@given(reviews)
def test_what_awaits_in_the_boxes_is_what_the_reviewers_still_owe(review: ReviewData):
    state, members = review.state, box_members(review)
    stopped: set[str] = set()
    if state.eligibility.unread_count_as is not Unscreened.AWAIT:  # settled, though one may go on
        stopped = set(state.eligibility.unread)
    for phase in Phase:
        owed = {key for name in ("ab", "cd") for key in state.owed(phase, name)}
        assert owed == waiting(state, phase)
        assert held(members, AWAITING, phase) == owed - stopped
    assert held(members, AWAITING, "retrieval") == set(to_retrieve(state))


@any_review
@given(reviews)
def test_every_unique_record_is_screened_passes_unscreened_or_is_removed(review: ReviewData):
    eligibility = review.state.eligibility
    ways = [*eligibility.to_screen, *eligibility.unscreened, *eligibility.removed]
    assert sorted(ways) == sorted(review.state.unique_ids)


def test_the_stopping_rule_settles_nothing_that_was_sent_back_to_be_decided_on_anew():
    """Beside a record that nobody has ever touched, though nothing stands on either."""
    review = tell(
        Story("pubmed:1"),
        Story("pubmed:2"),
        flow=FlowRules(unscreened=Unscreened.NOT_SCREENED),
        stopping=STOPPED,
    )
    sent_back = Event(NOON, TITLE_ABSTRACT, EventKind.SENT_BACK, "ef", ("pubmed:1",))
    units = dict(find_units(replace(review, state=replace(review.state, events=(sent_back,)))))
    assert [units[key].unread for key in ("pubmed:1", "pubmed:2")] == [False, True]


def test_a_new_report_of_an_earlier_study_shares_its_unit_with_no_report_of_a_new_one():
    stories = [Story(key, "included", "included", "retrieved") for key in ("pubmed:1", "pubmed:2")]
    kind = AdjustmentKind.NEW_REPORT_OF_PREVIOUS_STUDY
    declared = Adjustment(kind, why="It follows up.", records=("pubmed:1",))
    units = dict(find_units(tell(*stories, adjustments=[declared])))
    assert [units[story.record_id].of_previous_study for story in stories] == [True, False]


def told(unit: Unit) -> dict[str, object]:
    """What a unit says of any record of its case."""
    said = asdict(unit)
    for phase in ("title_abstract", "full_text"):
        del said[phase]["record_id"]
    return said


@any_review
@given(reviews)
def test_the_unit_that_a_record_shares_is_the_one_that_it_would_have_alone(review: ReviewData):
    shared = find_units(review)
    find_units.cache_clear()
    with patch("scopingreview.flow.units.once_a_case", lambda keys, _, make: map(make, keys)):
        alone = find_units(review)
    find_units.cache_clear()
    assert [(key, told(unit)) for key, unit in shared] == [(key, told(one)) for key, one in alone]
