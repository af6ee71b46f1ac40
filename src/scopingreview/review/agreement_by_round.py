"""How well the reviewers of a phase agree, round by round, before anybody adjudicated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scopingreview.model import Decision, EventKind, Phase
from scopingreview.screening import votes_before
from scopingreview.screening.agreement import Agreement, agreements
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.team import decisions_of_others, set_aside


@dataclass(frozen=True, slots=True)
class RoundAgreement:
    """The agreement in one round (`pilot 1`, …, or `screening`): of each pair, then of all.

    `decided_twice` counts the records that two or more have decided on, `decided_once` those
    that say nothing about agreement.
    """

    phase: Phase
    round: str
    decided_twice: int
    decided_once: int
    agreements: tuple[Agreement, ...]


def agreement_by_round(state: ReviewState, phase: Phase) -> list[RoundAgreement]:
    """The agreement in every round of the phase: its pilots, then the screening itself.

    A decision counts as it stood before the record was adjudicated or unblinded, and in a
    pilot before the team discussed it. Of people who were set aside only the pilots tell.
    """
    pilots = state.pilots[phase]
    sampled = pilots.records
    counting = decisions_of_others(state.decisions[phase], set_aside(state.away[phase]))
    votes = votes_before(counting, state.canonical, _opened(state, phase))
    screened = {key: by_person for key, by_person in votes.items() if key not in sampled}
    rounds = [(f"pilot {each.number}", each.votes) for each in pilots.rounds]
    return [_round(state, phase, *each) for each in (*rounds, ("screening", screened))]


def _opened(state: ReviewState, phase: Phase) -> dict[str, datetime]:
    """When each record was first adjudicated or unblinded."""
    settled = [(d.record_id, d.decided_at) for d in state.consensus[phase]]
    unblinded = [
        (record_id, event.recorded_at)
        for event in state.events
        if event.kind is EventKind.UNBLINDED and event.phase is phase
        for record_id in event.records
    ]
    opened: dict[str, datetime] = {}
    for record_id, moment in (*settled, *unblinded):
        if unique_id := state.canonical.get(record_id):
            opened[unique_id] = min(moment, opened.get(unique_id, moment))
    return opened


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
