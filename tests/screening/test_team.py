"""Who leaves owes nothing, and what they decided counts on or is set aside: by events alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from scopingreview.model import (
    Allocation,
    Decision,
    Event,
    EventKind,
    Person,
    Phase,
    PhaseRules,
    Protocol,
    Source,
    Standing,
)
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.team import away_from, check_present
from tests.reviews import FULL_TEXT, TITLE_ABSTRACT, decide, record, tick

IDS = [f"pubmed:{number}" for number in range(60)]
LEFT, ASIDE, BACK = (
    EventKind.REVIEWER_LEFT,
    EventKind.REVIEWER_SET_ASIDE,
    EventKind.REVIEWER_RETURNED,
)


def event(kind: EventKind, name: str, phase: Phase = TITLE_ABSTRACT) -> Event:
    return Event(tick(), phase, kind, "ef", people=(name,), note="moved")


def state(
    people: Sequence[str],
    decisions: Sequence[Decision] = (),
    events: Sequence[Event] = (),
    allocation: Allocation | None = None,
) -> ReviewState:
    rules = {phase: PhaseRules(phase, allocation=allocation) for phase in Phase}
    protocol = Protocol(
        "t",
        "",
        (Source("pubmed", "PubMed"),),
        tuple(map(Person, people)),
        (),
        MappingProxyType(rules),
        seed="A review",
    )
    return ReviewState(
        protocol=protocol,
        records={key: record(key) for key in IDS},
        duplicates=(),
        decisions={TITLE_ABSTRACT: tuple(decisions), FULL_TEXT: ()},
        consensus={TITLE_ABSTRACT: (), FULL_TEXT: ()},
        events=tuple(events),
    )


def owed(review: ReviewState, people: Sequence[str]) -> dict[str, set[str]]:
    return {name: set(review.owed(TITLE_ABSTRACT, name)) for name in people}


def test_the_last_event_of_a_person_and_a_phase_stands():
    events = [
        event(LEFT, "ab"),
        event(BACK, "ab"),
        event(LEFT, "cd"),
        event(ASIDE, "cd", FULL_TEXT),
    ]
    assert away_from(events, TITLE_ABSTRACT).keys() == {"cd"}
    assert away_from(events, TITLE_ABSTRACT)["cd"].kind is LEFT
    assert away_from(events, FULL_TEXT)["cd"].kind is ASIDE


def test_only_what_the_leaver_owed_is_dealt_again():
    people = ("ab", "cd", "gh", "jk")
    dealt = state(people, allocation=Allocation(overlap=1.0))
    before = owed(dealt, people)
    after = owed(replace(dealt, events=(event(LEFT, "cd"),)), people)
    assert after["cd"] == set()
    for name in ("ab", "gh", "jk"):
        assert before[name] <= after[name]
        assert after[name] - before[name] <= before["cd"]
    assert sum(map(len, after.values())) == 2 * len(IDS)


def test_what_a_leaver_decided_counts_on_and_of_one_set_aside_it_does_not():
    votes = [decide("pubmed:1", "include", "ab"), decide("pubmed:1", "exclude", "cd")]
    votes += [decide("pubmed:2", "include", "ab"), decide("pubmed:2", "include", "cd")]
    review = state(("ab", "cd", "gh"), votes)

    def standings(*events: Event) -> list[Standing]:
        found = replace(review, events=events).outcomes[TITLE_ABSTRACT]
        return [found[key].standing for key in ("pubmed:1", "pubmed:2")]

    stand = [Standing.IN_CONFLICT, Standing.INCLUDED]
    assert standings() == standings(event(LEFT, "cd")) == stand
    aside = event(ASIDE, "cd")
    assert standings(aside) == [Standing.AWAITING, Standing.AWAITING]
    assert standings(aside, event(BACK, "cd")) == stand
    assert set(replace(review, events=(aside,)).owed(TITLE_ABSTRACT, "gh")) == set(IDS)


def test_one_phase_can_be_left_and_the_other_not():
    review = state(("ab", "cd"), events=[event(LEFT, "cd", FULL_TEXT)])
    assert review.team(TITLE_ABSTRACT).people == ("ab", "cd")
    assert review.team(FULL_TEXT).people == ("ab",)


def test_whoever_left_is_told_when_and_why_and_how_to_come_back():
    away = away_from([event(LEFT, "cd")], TITLE_ABSTRACT)
    assert check_present(away, "ab") == []
    (problem,) = check_present(away, "cd")
    assert "cd left title-abstract screening on 2023-" in problem.message
    assert problem.message.endswith(": moved")
    assert "scopingreview reviewer return cd" in problem.hint


@given(
    votes=st.lists(
        st.tuples(
            st.sampled_from(IDS[:5]),
            st.sampled_from(["include", "exclude", "maybe", "withdrawn"]),
            st.sampled_from(["ab", "cd", "gh"]),
        ),
        max_size=25,
    ),
    kind=st.sampled_from([LEFT, ASIDE]),
)
def test_coming_back_undoes_leaving_whatever_was_decided(
    votes: list[tuple[str, str, str]], kind: EventKind
):
    people = ("ab", "cd", "gh")
    review = state(people, [decide(*each) for each in votes])
    gone_and_back = replace(review, events=(event(kind, "cd"), event(BACK, "cd")))
    assert gone_and_back.outcomes == review.outcomes
    assert owed(gone_and_back, people) == owed(review, people)
