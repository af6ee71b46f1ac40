"""Criteria amended after people decided: who, when and why; and decisions that are kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from scopingreview import store
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import Decision, Event, EventKind, Phase
from scopingreview.paths import PROTOCOL, Review
from scopingreview.screening import criteria_version
from scopingreview.screening.check import check_person, check_reason
from scopingreview.screening.criteria import AFTER_VERSION, amendments
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.team import check_present


def to_look_at_again(state: ReviewState, phase: Phase, reviewer: str) -> list[Decision]:
    """The reviewer's standing decisions that were made under other criteria, oldest first."""
    found = state.made_under_other_criteria(phase)
    return [decision for decision in found if decision.decided_by == reviewer]


def amendment(state: ReviewState, phase: Phase, *, by: str, reason: str, now: datetime) -> Event:
    """The event that says why the criteria are what they are now; nothing is written.

    Raises ReviewError without a reason, when the amendment is on file already, and when nobody has
    decided under other criteria.
    """
    everyone = (*state.protocol.reviewers, *state.protocol.adjudicators)
    raise_problems(check_person(by, everyone, "reviewer"))
    rules = state.protocol.phases[phase]
    version, known = criteria_version(rules), amendments(state.events, phase)
    if not reason.strip():
        raise ReviewError("an amendment needs a reason: it is kept with the review")
    if version in known:
        event = known[version]
        raise ReviewError(
            f"{event.by} has amended the criteria to this version already, "
            f"on {event.recorded_at:%Y-%m-%d}"
        )
    if all(decision.criteria in ("", version) for decision in state.decisions[phase]):
        raise ReviewError(
            f"nobody has decided under other criteria of {phase}",
            where=PROTOCOL,
            hint="Change the criteria first; then say why.",
        )
    note = f"{version}{AFTER_VERSION}{' '.join(reason.split())}"
    return Event(now, phase, EventKind.CRITERIA_AMENDED, by, note=note)


def keep_decisions(
    review: Review,
    state: ReviewState,
    phase: Phase,
    *,
    reviewer: str,
    records: Collection[str],
    now: datetime,
) -> list[Decision]:
    """The reviewer's decisions on these records stand under the criteria of today, all or none.

    Returns what was written: the same decisions, a line each. Raises ReviewError for a record
    that needs no second look, or whose reason the protocol no longer has, and for someone who has
    left.
    """
    raise_problems(check_person(reviewer, state.protocol.reviewers, "reviewer"))
    raise_problems(check_present(state.away[phase], reviewer))
    rules = state.protocol.phases[phase]
    again = {state.canonical[d.record_id]: d for d in to_look_at_again(state, phase, reviewer)}
    wanted = [state.canonical.get(record_id, record_id) for record_id in records]
    problems = [
        ReviewError(f"{key}: no decision of {reviewer} was made under other criteria")
        for key in wanted
        if key not in again
    ]
    kept = [
        replace(again[key], decided_at=now, criteria=criteria_version(rules))
        for key in dict.fromkeys(wanted)
        if key in again
    ]
    problems += [problem for decision in kept for problem in check_reason(decision, rules)]
    raise_problems(problems)
    if kept:
        store.append_decisions(review, kept)
    return kept
