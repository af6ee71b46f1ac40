"""Sending a record back to an earlier phase: who did it, when and why is on file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.model import Event, EventKind, Phase
from scopingreview.screening.check import check_person
from scopingreview.screening.review_state import ReviewState, phases_from


def sending_back(
    state: ReviewState,
    record_ids: Sequence[str],
    to: Phase,
    *,
    by: str,
    reason: str,
    now: datetime,
) -> Event:
    """The event that sends the records back to the phase; nothing is written.

    Raises CombinedError for unknown records and people, without a reason, and for a record that
    nobody has decided on in that phase or a later one.
    """
    everyone = (*state.protocol.reviewers, *state.protocol.adjudicators)
    problems = check_person(by, everyone, "reviewer")
    if not reason.strip():
        problems.append(ReviewError("sending back needs a reason: it is kept with the review"))
    for record_id in record_ids:
        problems += _problems(state, record_id, to)
    raise_problems(problems)
    unique = dict.fromkeys(state.canonical[record_id] for record_id in record_ids)
    latest = max(decision.decided_at for decision in state.all_decisions())
    return Event(max(now, latest), to, EventKind.SENT_BACK, by, tuple(unique), note=reason)


def _problems(state: ReviewState, record_id: str, to: Phase) -> list[ReviewError]:
    unique_id = state.canonical.get(record_id)
    if unique_id is None:
        hint = nearest(record_id, state.canonical)
        return [ReviewError(f'unknown record "{record_id}"', hint=hint)]
    if any(state.votes[phase].get(unique_id) for phase in phases_from(to)):
        return []
    return [
        ReviewError(
            f"{record_id}: nobody has decided on it in {to} screening or later",
            hint=f"See where it stands: scopingreview trace {record_id}",
        )
    ]
