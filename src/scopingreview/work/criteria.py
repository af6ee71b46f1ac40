"""Decisions made under other criteria: looked at again and kept as they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from scopingreview import store
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import Decision, Phase
from scopingreview.paths import Review
from scopingreview.review.state import ReviewState
from scopingreview.screening import criteria_version, made_under_other_criteria
from scopingreview.screening.check import check_person, check_reason


def to_look_at_again(state: ReviewState, phase: Phase, reviewer: str) -> list[Decision]:
    """The reviewer's standing decisions that were made under other criteria, oldest first."""
    found = made_under_other_criteria(state.votes[phase], state.protocol.phases[phase])
    return [decision for decision in found if decision.decided_by == reviewer]


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
    that needs no second look, or whose reason the protocol no longer has.
    """
    raise_problems(check_person(reviewer, state.protocol.reviewers, "reviewer"))
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
