"""The trial before a phase: who decides on what, when it is finished, what lets the phase begin."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scopingreview.model import Allocation, Decision, Event, EventKind, PhaseRules, PilotRules
from scopingreview.screening import Pilot, draw_sample, work_out_pilot
from tests.reviews import START, TITLE_ABSTRACT, decide

RULES = PhaseRules(TITLE_ABSTRACT, pilot=PilotRules(size=4, agreement=0.75))
RECORDS = ("1", "2", "3", "4", "5", "6", "7", "8")
OPENED = Event(
    START, TITLE_ABSTRACT, EventKind.PILOT_OPENED, "a", records=RECORDS[:4], people=("a", "b")
)


def decided(name: str, letters: str, records: tuple[str, ...] = RECORDS) -> list[Decision]:
    """`name` decides on the records in turn: i(nclude), e(xclude)."""
    words = {"i": "include", "e": "exclude", "w": "withdrawn"}
    return [decide(key, words[letter], name) for key, letter in zip(records, letters, strict=False)]


def pilot(
    *decisions: list[Decision], events: tuple[Event, ...] = (OPENED,), active: str = "ab"
) -> Pilot:
    in_time = sorted((d for each in decisions for d in each), key=lambda d: d.decided_at)
    canonical = {key: key for key in RECORDS} | {"copy of 1": "1"}
    return work_out_pilot(events, in_time, canonical, rules=RULES, active=active)


def test_without_a_pilot_in_the_protocol_the_phase_is_open():
    assert not work_out_pilot([], [], {}, rules=PhaseRules(TITLE_ABSTRACT), active="ab").locked


def test_with_a_pilot_in_the_protocol_the_phase_is_locked_before_a_round_was_opened():
    found = pilot(events=())
    assert found.locked
    assert found.waiting_for("a") == []


def test_the_running_round_waits_for_everyone_in_it():
    found = pilot(decided("a", "ii"))
    assert found.locked
    assert (found.waiting_for("a"), found.waiting_for("b")) == (["3", "4"], list(RECORDS[:4]))
    assert found.waiting_for("c") == []


@pytest.mark.parametrize(
    ("second", "agreement", "passed"),
    [("iiee", 1.0, True), ("iiei", 0.75, True), ("iiii", 0.5, False)],
)
def test_the_phase_opens_when_the_agreement_reaches_the_threshold(second, agreement, passed):
    found = pilot(decided("a", "iiee"), decided("b", second))
    assert (found.rounds[0].agreement, found.rounds[0].passed) == (agreement, passed)
    assert found.locked is not passed
    assert found.running is None


def test_what_is_changed_in_the_discussion_does_not_raise_the_agreement():
    found = pilot(decided("a", "iiee"), decided("b", "eeee"), decided("b", "ii"))
    assert found.rounds[0].agreement == 0.5
    assert found.locked


def test_what_is_changed_before_the_last_has_finished_still_counts():
    found = pilot(decided("b", "eeee"), decided("b", "ii"), decided("a", "iiee"))
    assert found.rounds[0].agreement == 1


def test_a_withdrawn_decision_is_asked_for_again():
    found = pilot(decided("a", "iiee"), decided("a", "w"), decided("b", "iiee"))
    assert found.waiting_for("a") == ["1"]


def test_a_decision_on_a_duplicate_counts_for_the_record_in_the_sample():
    found = pilot(decided("a", "i", ("copy of 1",)))
    assert found.waiting_for("a") == ["2", "3", "4"]


def test_a_second_round_begins_afresh_and_the_first_is_kept():
    again = Event(
        START + timedelta(days=900), TITLE_ABSTRACT, EventKind.PILOT_OPENED, "a",
        records=RECORDS[4:], people=("a", "b"),
    )  # fmt: skip
    first = (decided("a", "iiee"), decided("b", "eeee"))
    found = pilot(*first, events=(OPENED, again))
    assert [each.agreement for each in found.rounds] == [0.5, None]
    assert found.waiting_for("a") == list(RECORDS[4:])
    second = (decided("a", "iiee", RECORDS[4:]), decided("b", "iiee", RECORDS[4:]))
    found = pilot(*first, *second, events=(OPENED, again))
    assert [each.passed for each in found.rounds] == [False, True]
    assert not found.locked


def test_an_override_opens_the_phase_and_says_who_and_why():
    override = Event(
        START + timedelta(days=900), TITLE_ABSTRACT, EventKind.PILOT_OVERRIDDEN, "b", note="agreed"
    )
    found = pilot(decided("a", "i"), events=(OPENED, override))
    assert not found.locked
    assert found.overridden == override


def test_one_round_opened_on_two_branches_at_once_is_one_round():
    again = replace(OPENED, recorded_at=START + timedelta(hours=1), by="b")
    found = pilot(events=(OPENED, again))
    assert len(found.rounds) == 1


def test_nobody_waits_for_someone_who_has_left():
    found = pilot(decided("a", "iiee"), decided("c", "iiee"), active="ac", events=(_with("abc"),))
    assert found.rounds[0].people == ("a", "c")
    assert not found.locked


def test_someone_who_leaves_after_the_round_still_counts_in_it():
    decisions = (decided("a", "iiee"), decided("b", "eeee"))
    assert pilot(*decisions, active="a").rounds == pilot(*decisions).rounds


def test_someone_who_joins_later_does_not_open_the_round_again():
    decisions = (decided("a", "iiee"), decided("b", "iiee"))
    assert not pilot(*decisions, active="abc").locked


def _with(people: str) -> Event:
    return Event(
        START,
        TITLE_ABSTRACT,
        EventKind.PILOT_OPENED,
        "a",
        records=RECORDS[:4],
        people=tuple(people),
    )


def test_while_it_runs_the_whole_team_must_decide_on_a_record_and_later_as_many_as_always():
    events = (_with("abc"),)
    running = pilot(decided("a", "iiee"), events=events, active="abc")
    assert running.decisions_needed(RECORDS, RULES, seed="")["1"] == 3
    decisions = [decided(name, "iiee") for name in "abc"]
    assert (
        pilot(*decisions, events=events, active="abc").decisions_needed(RECORDS, RULES, seed="")[
            "1"
        ]
        == 2
    )


def test_a_record_of_a_pilot_is_never_left_to_one_person():
    rules = replace(RULES, allocation=Allocation(overlap=0.0))
    needed = pilot(decided("a", "iiee"), decided("b", "iiee")).decisions_needed(
        RECORDS, rules, seed=""
    )
    assert list(needed.values()) == [2, 2, 2, 2, 1, 1, 1, 1]


@given(
    order=st.permutations(RECORDS), size=st.integers(1, 10), taken=st.sets(st.sampled_from(RECORDS))
)
def test_the_sample_is_drawn_by_lot_whatever_the_order_and_never_from_what_is_taken(
    order, size, taken
):
    sample = draw_sample(order, size, seed="A review", phase=TITLE_ABSTRACT, taken=taken)
    assert sample == draw_sample(RECORDS, size, seed="A review", phase=TITLE_ABSTRACT, taken=taken)
    assert len(sample) == min(size, len(RECORDS) - len(taken))
    assert not taken & set(sample)
