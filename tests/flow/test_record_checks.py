"""The records behind the boxes: what must hold of each, and which code says that it does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from scopingreview.flow.members import count_flow
from scopingreview.flow.record_checks import check_records
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import (
    Decision,
    Finding,
    FlowRules,
    Limits,
    Outcome,
    Person,
    Phase,
    Retrieval,
    RetrievalStatus,
    Standing,
    StoppingRule,
    Unscreened,
    Verdict,
)
from tests.flow.stories import MET, NOON, STOPPED, Story, reviews, tell

REPORT: dict[str, Any] = {"title": "included", "got": "retrieved"}


def checked(review: ReviewData) -> list[Finding]:
    return check_records(review, count_flow(review))


def errors(review: ReviewData) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.code, each.records) for each in checked(review) if each.error]


def notes(review: ReviewData) -> list[Finding]:
    return [finding for finding in checked(review) if not finding.error]


def with_state(review: ReviewData, **values: object) -> ReviewData:
    """The review with something else on file."""
    return replace(review, state=replace(review.state, **values))  # type: ignore[arg-type]


def read_also(review: ReviewData, reason: str, note: str = "") -> ReviewData:
    """The review in which ab has also excluded pubmed:1 by its full text."""
    decision = Decision(NOON, "pubmed:1", Phase.FULL_TEXT, Verdict.EXCLUDE, "ab", reason, note=note)
    decisions = review.state.decisions
    texts = (*decisions[Phase.FULL_TEXT], decision)
    return with_state(review, decisions={**decisions, Phase.FULL_TEXT: texts})


STOPPED_UNREAD = (Story("pubmed:1", "excluded"), Story("pubmed:2"))


@pytest.mark.parametrize("policy", [each for each in Unscreened if each is not Unscreened.AWAIT])
def test_no_setting_alone_excludes_what_nobody_has_read(policy: Unscreened):
    data = tell(*STOPPED_UNREAD, flow=FlowRules(unscreened=policy))
    assert errors(data) == [("D13", ("pubmed:2",))]


@pytest.mark.parametrize("policy", [each for each in Unscreened if each is not Unscreened.AWAIT])
def test_a_rule_or_a_tool_that_stands_in_for_people_is_always_told(policy: Unscreened):
    data = tell(*STOPPED_UNREAD, flow=FlowRules(unscreened=policy), stopping=STOPPED)
    (told,) = (each for each in checked(data) if each.code == "D14")
    assert (told.records, told.error) == (("pubmed:2",), False)
    assert "200 irrelevant in a row with ASReview 1.6, met at the look of" in told.message
    assert "decided on 2023-04-01" in told.message


@pytest.mark.parametrize(
    ("stopping", "error"),
    [(replace(STOPPED, look=""), False), (replace(STOPPED, look="2023-04-03T12:00:00Z"), True)],
    ids=["no look is named yet", "a look that is not on file"],
)
def test_a_rule_without_its_look_settles_nothing_and_says_how_to_take_one(
    stopping: StoppingRule, error: bool
):
    policy = FlowRules(unscreened=Unscreened.NOT_SCREENED)
    data = tell(*STOPPED_UNREAD, flow=policy, stopping=stopping)
    (told,) = (each for each in checked(data) if each.code in ("D13", "D14"))
    assert (told.code, told.records, told.error) == ("D13", ("pubmed:2",), error)
    assert "scopingreview stopping title-abstract" in told.hint
    assert "under [stopping] in config/review.toml" in told.hint


def test_a_look_closes_nothing_that_came_in_after_it():
    policy = FlowRules(unscreened=Unscreened.NOT_SCREENED)
    stopped = tell(*STOPPED_UNREAD, flow=policy, stopping=STOPPED)
    saw_both, saw_one = replace(MET, screened=1, unread=1), replace(MET, screened=1, unread=0)
    assert errors(with_state(stopped, looks=(saw_both,))) == []
    one_more = with_state(stopped, looks=(saw_one,))
    (told,) = (each for each in checked(one_more) if each.error)
    assert (told.code, told.records) == ("D13", ("pubmed:2",))
    assert "but 1 more records are to be screened since" in told.message
    assert one_more.state.eligibility.closing_look is None, "so no sentence names it either"


@settings(deadline=None)
@given(reviews)
def test_a_review_told_without_mistakes_has_none(review: ReviewData):
    # A limit may come after the decisions, and then contradict them.
    ended_twice = [code for code, _ in errors(review) if code != "D15"]
    assert ended_twice == []


def test_a_record_without_an_end_is_named_but_is_no_error():
    (note,) = notes(tell(Story("pubmed:1"), Story("pubmed:2", "excluded")))
    assert (note.code, note.records) == ("D01", ("pubmed:1",))
    assert note.message == "1 records are undecided"


def test_a_report_that_was_read_and_is_marked_as_not_retrieved_stands_in_two_places():
    review = tell(Story("pubmed:1", "included", "excluded type", got="not-retrieved"))
    assert ("D01", ("pubmed:1",)) in errors(review)
    assert ("D07", ("pubmed:1",)) in errors(review)


def test_a_duplicate_of_nothing_and_a_duplicate_of_a_duplicate_are_named():
    review = tell(
        Story("pubmed:1", "excluded"),
        Story("pubmed:2", same_as="pubmed:1"),
        Story("pubmed:3", same_as="pubmed:2"),
        Story("pubmed:4", same_as="pubmed:9"),
    )
    assert errors(review)[:2] == [("D02", ("pubmed:4",)), ("D02", ("pubmed:3",))]


def test_a_record_that_was_imported_twice_does_not_reconcile():
    review = tell(Story("pubmed:1", "excluded"), Story("pubmed:2", "excluded"))
    first = review.state.records["pubmed:1"]
    twice = with_state(review, records={"pubmed:1": first, "pubmed:2": first})
    assert "D03" in [code for code, _ in errors(twice)]


def test_a_duplicate_has_no_outcome_of_its_own():
    review = tell(Story("pubmed:1", "excluded"), Story("embase:1", same_as="pubmed:1"))
    stray = Outcome("embase:1", Phase.TITLE_ABSTRACT, Standing.INCLUDED, "", ("ab", "cd"))
    review.state.outcomes[Phase.TITLE_ABSTRACT].alike["embase:1"] = stray  # type: ignore[index]
    assert ("D04", ("embase:1",)) in errors(review)


def test_duplicates_that_were_screened_before_they_were_linked_are_listed():
    review = tell(
        Story("pubmed:1", "excluded"),
        Story("embase:1", same_as="pubmed:1", seen=Phase.TITLE_ABSTRACT),
    )
    (note,) = notes(review)
    assert (note.code, note.records) == ("D05", ("embase:1",))


def settled(review: ReviewData, **values: object) -> ReviewData:
    outcome = review.state.outcomes[Phase.TITLE_ABSTRACT]["pubmed:1"]
    changed = replace(outcome, **values)  # type: ignore[arg-type]
    review.state.outcomes[Phase.TITLE_ABSTRACT].alike["pubmed:1"] = changed  # type: ignore[index]
    return review


def test_one_vote_settles_nothing_where_two_are_needed():
    review = settled(tell(Story("pubmed:1", "excluded")), decided_by=("ab",))
    assert errors(review) == [("D06", ("pubmed:1",))]


def test_a_conflict_is_settled_by_an_adjudicator_of_the_protocol():
    story = Story("pubmed:1", "excluded")
    assert errors(settled(tell(story), adjudicated_by="ef")) == []
    assert errors(settled(tell(story), adjudicated_by="ab")) == [("D06", ("pubmed:1",))]
    protocol = replace(tell(story).state.protocol, adjudicators=(Person("xx"),))
    newcomer = with_state(tell(story), protocol=protocol)
    assert errors(settled(newcomer, adjudicated_by="xx")) == []


def test_a_report_not_retrieved_says_what_was_tried():
    review = tell(Story("pubmed:1", "included", got="not-retrieved"))
    assert [note.code for note in notes(review)] == ["D07"]
    tried = Retrieval(NOON, "pubmed:1", RetrievalStatus.NOT_RETRIEVED, note="library, authors")
    assert notes(with_state(review, retrieval_steps=(tried,))) == []


def test_an_exclusion_at_full_text_has_a_reason_of_the_protocol():
    assert errors(tell(Story("pubmed:1", full_text="excluded", **REPORT))) == [
        ("D08", ("pubmed:1",))
    ]
    assert errors(tell(Story("pubmed:1", full_text="excluded colour", **REPORT))) == [
        ("D08", ("pubmed:1",))
    ]


def test_a_companion_names_the_report_it_belongs_to():
    review = tell(
        Story("pubmed:1", full_text="excluded companion", **REPORT),
        Story("pubmed:2", full_text="included", **REPORT),
    )
    assert ("D09", ("pubmed:1",)) in errors(review)
    named = read_also(review, "companion", note="belongs to pubmed:2.")
    assert "D09" not in [code for code, _ in errors(named)]
    nobody = read_also(review, "companion", note="belongs to pubmed:9.")
    assert "D09" in [code for code, _ in errors(nobody)]


def test_nothing_that_was_included_by_title_is_lost_on_the_way_to_full_text():
    review = tell(Story("pubmed:1", "included"))
    del review.state.outcomes[Phase.FULL_TEXT].alike["pubmed:1"]  # type: ignore[attr-defined]
    assert errors(review) == [("D10", ("pubmed:1",))]


def test_a_full_text_decision_on_a_record_that_was_excluded_by_title_is_named():
    review = tell(Story("pubmed:1", "excluded"))
    assert errors(read_also(review, "type")) == [("D10", ("pubmed:1",))]


OLD = Limits(first_year=1970)


def test_a_limit_that_contradicts_people_is_found_with_the_records():
    told = (
        Story("pubmed:1", full_text="included", year=1960, **REPORT),
        Story("pubmed:2", "excluded", year=1960),
        Story("pubmed:3", year=1960),
        Story("pubmed:4", full_text="included", year=1980, **REPORT),
    )
    data = tell(*told, limits=OLD)
    assert errors(data) == [("D15", ("pubmed:1",))]
    assert [(each.code, each.records) for each in notes(data)] == [("D15", ("pubmed:2",))]
    assert errors(tell(*told)) == []


def test_words_of_a_title_that_remove_records_are_told():
    data = tell(Story("pubmed:1"), limits=Limits(excluded_title_words=("ON PUB*",)))
    (told,) = notes(data)
    assert (told.code, told.records) == ("D14", ("pubmed:1",))
    assert notes(tell(Story("pubmed:1", year=1960), limits=OLD)) == []


def test_an_included_report_that_a_later_copy_calls_retracted_is_told():
    data = tell(
        Story("pubmed:1", full_text="included", **REPORT),
        Story("embase:1", same_as="pubmed:1"),
        Story("pubmed:2", full_text="excluded type", **REPORT),
        Story("embase:2", same_as="pubmed:2"),
    )
    assert [each for each in notes(data) if each.code == "D16"] == []
    records = dict(data.state.records)
    for key in ("embase:1", "embase:2"):
        records[key] = replace(records[key], type="retraction")
    (told,) = [each for each in notes(with_state(data, records=records)) if each.code == "D16"]
    assert told.records == ("pubmed:1",), "and of one that is excluded nothing"
    assert "by embase" in told.message
