"""What is screened and what is left, audits, and the look that closes a phase."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.model import Event, EventKind, Look, Phase, StoppingBasis, StoppingRule
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from scopingreview.screening.closing_look import closing_look
from scopingreview.screening.stopping import audits, draw_audit, screened_records, wait_for_audit
from tests.reviews import START, change_protocol, decide, found_with, record, tick

TA = Phase.TITLE_ABSTRACT
IDS = [f"pubmed:{number}" for number in range(10)]


@pytest.fixture
def review(tmp_path: Path) -> Review:
    found = found_with(tmp_path, [record(key) for key in IDS])
    change_protocol(found, "reviewers_needed = 2", "reviewers_needed = 1")
    return found


def say(review: Review, number: int, verdict: str) -> None:
    store.append_decision(review, decide(IDS[number], verdict, "ab"))


def test_records_are_screened_in_the_order_in_which_they_came_to_stand(review: Review):
    for number, verdict in ((3, "include"), (1, "exclude"), (3, "exclude"), (2, "include")):
        say(review, number, verdict)
    screened = screened_records(load_state(review), TA)
    assert [(s.record_id, s.is_relevant) for s in screened] == [
        ("pubmed:1", False), ("pubmed:3", False), ("pubmed:2", True)]  # fmt: skip


def test_a_record_without_its_second_vote_or_in_conflict_is_not_screened(review: Review):
    change_protocol(review, "reviewers_needed = 1", "reviewers_needed = 2")
    say(review, 0, "include")
    for by, verdict in (("ab", "include"), ("cd", "exclude")):
        store.append_decision(review, decide(IDS[1], verdict, by))
    assert screened_records(load_state(review), TA) == []
    store.append_consensus(review, [decide(IDS[1], "include", "ef")])
    (only,) = screened_records(load_state(review), TA)
    assert (only.record_id, only.is_relevant) == (IDS[1], True)


def test_an_audit_is_drawn_by_the_seed_and_the_next_one_otherwise():
    first = draw_audit(IDS, 4, seed="s", phase=TA, number=1)
    assert first == draw_audit(reversed(IDS), 4, seed="s", phase=TA, number=1)
    assert first != draw_audit(IDS, 4, seed="s", phase=TA, number=2)
    assert len(set(first)) == 4


def test_an_audit_counts_what_stood_before_it_and_what_it_found(review: Review):
    say(review, 0, "include")
    store.append_event(review, Event(tick(), TA, EventKind.AUDIT_DRAWN, "ab", (IDS[4], IDS[5])))
    say(review, 1, "include")
    say(review, 4, "include")
    (audit,) = audits(load_state(review), TA)
    assert (audit.unread, audit.relevant, audit.seen, audit.found) == (9, 1, 1, 1)
    assert not audit.is_finished
    say(review, 5, "exclude")
    assert audits(load_state(review), TA)[0].is_finished


def test_what_an_audit_drew_comes_first_as_long_as_it_waits(review: Review):
    store.append_event(review, Event(tick(), TA, EventKind.AUDIT_DRAWN, "ab", (IDS[7], IDS[5])))
    assert wait_for_audit(load_state(review), TA, [*IDS[:6], IDS[7]]) == [IDS[7], IDS[5]]
    assert wait_for_audit(load_state(review), TA, IDS[:6]) == [IDS[5]]


RULE = StoppingRule(START.date(), recall=0.9, confidence=0.95, look="2023-05-01T09:00:00Z")
LOOK = Look(START, TA, "ab", StoppingBasis.SCREENING, 90, 20, 10, 50, 0.95, 0.92, 0.9)


def test_the_look_that_the_protocol_names_closes_the_phase():
    assert closing_look(RULE, [LOOK]) == LOOK


@pytest.mark.parametrize(
    ("why", "look"),
    [
        ("another time", replace(LOOK, looked_at=START + timedelta(seconds=1))),
        ("less recall", replace(LOOK, least_recall=0.899)),
        ("less confidence", replace(LOOK, confidence=0.9)),
        ("another basis", replace(LOOK, basis=StoppingBasis.AUDIT)),
        ("another phase", replace(LOOK, phase=Phase.FULL_TEXT)),
    ],
)
def test_no_other_look_does(why: str, look: Look):
    assert closing_look(RULE, [look]) is None, why


def test_a_rule_of_a_later_day_closes_nothing_by_an_earlier_look():
    assert closing_look(replace(RULE, decided_on=START.date() + timedelta(days=1)), [LOOK]) is None


def test_without_a_rule_no_look_closes_anything():
    assert closing_look(None, [LOOK]) is None


def test_a_rule_in_words_is_met_at_the_look_that_the_protocol_names_and_at_no_other():
    enough = StoppingRule(START.date(), rule="enough")
    assert closing_look(enough, [LOOK]) is None
    named = replace(enough, look=RULE.look)
    weak = replace(LOOK, least_recall=0.4, target=None)
    assert closing_look(named, [weak]) == weak, "words ask for no recall: the team says it is met"
    assert closing_look(named, [replace(LOOK, phase=Phase.FULL_TEXT)]) is None
    assert closing_look(replace(named, decided_on=START.date() + timedelta(days=1)), [weak]) is None
