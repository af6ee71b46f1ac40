"""How well the reviewers of a phase agree, round by round, before anybody adjudicated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from scopingreview.model import Decision, EventKind, Phase
from scopingreview.screening import votes_before
from scopingreview.screening.agreement import Agreement, agreements
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.team import decisions_of_others, set_aside


@dataclass(frozen=True, slots=True)
class RoundAgreement:
    """The agreement in one round: of each pair, then of all.

    `round` is `pilot 1`, …, `screening`, and `round 2`, … where a phase was screened again.
    `decided_twice` counts the records that two or more have decided on, `decided_once` those
    that say nothing about agreement.
    """

    phase: Phase
    round: str
    decided_twice: int
    decided_once: int
    agreements: tuple[Agreement, ...]


def agreement_by_round(state: ReviewState, phase: Phase) -> list[RoundAgreement]:
    """The agreement in every round: the pilots, the screening itself, and each stricter one after.

    A decision counts as it stood before the record was adjudicated, unblinded or discussed, and in
    a pilot before the team discussed it. Of people who were set aside only the pilots tell.
    """
    pilots = state.pilots[phase]
    sampled = pilots.records
    rounds = [(f"pilot {each.number}", each.votes) for each in pilots.rounds]
    for number in range(state.rounds_of(phase)):
        votes = _votes_of_round(state, phase, number)
        proper = {key: by for key, by in votes.items() if number or key not in sampled}
        rounds.append((f"round {number + 1}" if number else "screening", proper))
    return [_round(state, phase, *each) for each in rounds]


def _votes_of_round(
    state: ReviewState, phase: Phase, number: int
) -> Mapping[str, Mapping[str, Decision]]:
    """The blind decisions of one round, by unique record and person; 0 is the first."""
    begun = _begun(state, phase)

    def is_of_it(record_id: str, moment: datetime) -> bool:
        unique_id = state.canonical.get(record_id, "")
        return sum(moment > begin for begin in begun.get(unique_id, ())) == number

    opened: dict[str, datetime] = {}
    for record_id, moment in _moments_opened(state, phase):
        if is_of_it(record_id, moment) and (unique_id := state.canonical.get(record_id)):
            opened[unique_id] = min(moment, opened.get(unique_id, moment))
    counting = decisions_of_others(state.decisions[phase], set_aside(state.away[phase]))
    decisions = (d for d in counting if is_of_it(d.record_id, d.decided_at))
    return votes_before(decisions, state.canonical, opened)


def _begun(state: ReviewState, phase: Phase) -> dict[str, list[datetime]]:
    """When each stricter round began for each unique record that was in one."""
    begun: dict[str, list[datetime]] = {}
    for event in state.rescreened(phase):
        for unique_id in {state.canonical[key] for key in event.records if key in state.canonical}:
            begun.setdefault(unique_id, []).append(event.recorded_at)
    return begun


def _moments_opened(state: ReviewState, phase: Phase) -> Iterator[tuple[str, datetime]]:
    """Every time a record was adjudicated, unblinded or discussed."""
    yield from ((each.record_id, each.decided_at) for each in state.consensus[phase])
    yield from ((n.record_id, n.recorded_at) for n in state.discussion if n.phase is phase)
    for event in state.events:
        if event.kind is EventKind.UNBLINDED and event.phase is phase:
            yield from ((record_id, event.recorded_at) for record_id in event.records)


def _round(
    state: ReviewState, phase: Phase, name: str, votes: Mapping[str, Mapping[str, Decision]]
) -> RoundAgreement:
    decided = [len(by_person) for by_person in votes.values()]
    return RoundAgreement(
        phase=phase,
        round=name,
        decided_twice=sum(number > 1 for number in decided),
        decided_once=sum(number == 1 for number in decided),
        agreements=tuple(agreements(votes, state.protocol.phases[phase])),
    )
