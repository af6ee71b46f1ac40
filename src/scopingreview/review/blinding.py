"""Who decided what on a record in conflict: hidden, unless the protocol allows it; then logged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scopingreview import store
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import Decision, Event, EventKind, Phase, Standing, Verdict
from scopingreview.paths import PROTOCOL, Review
from scopingreview.review.state import ReviewState
from scopingreview.screening.check import check_person


@dataclass(frozen=True, slots=True)
class ShownVote:
    """A vote as others may see it; `by` is "" as long as the record is blind."""

    verdict: Verdict
    reason: str
    note: str
    by: str = ""


def votes_shown(state: ReviewState, phase: Phase, unique_id: str) -> list[ShownVote]:
    """The votes on a record for whoever settles it, in an order that tells nothing of people."""
    named = unique_id in unblinded(state, phase)
    shown = [
        ShownVote(vote.verdict, vote.reason, vote.note, vote.decided_by if named else "")
        for vote in state.votes[phase].get(unique_id, {}).values()
    ]
    return sorted(shown, key=lambda vote: (vote.verdict, vote.reason, vote.note, vote.by))


def decisions_shown(state: ReviewState, phase: Phase, unique_id: str) -> list[Decision]:
    """The reviewers' decisions on a record as anyone may see them, in order of time.

    None while somebody's word is still awaited; without names while the record is in conflict
    and nobody has unblinded it.
    """
    outcome = state.outcomes[phase].get(unique_id)
    decisions = [d for d in state.decisions[phase] if state.canonical.get(d.record_id) == unique_id]
    if outcome is None or outcome.standing is Standing.AWAITING:
        return []
    if outcome.standing is Standing.IN_CONFLICT and unique_id not in unblinded(state, phase):
        return [replace(decision, decided_by="") for decision in decisions]
    return decisions


def unblinded(state: ReviewState, phase: Phase) -> set[str]:
    """The unique records of which it was asked, and logged, who decided what."""
    return {
        state.canonical[record_id]
        for event in state.events
        if event.kind is EventKind.UNBLINDED and event.phase is phase
        for record_id in event.records
        if record_id in state.canonical
    }


def unblind(
    review: Review,
    state: ReviewState,
    phase: Phase,
    *,
    by: str,
    reason: str,
    now: datetime,
    records: Sequence[str] = (),
) -> Event:
    """It is on file that `by` saw who decided what on the records in conflict, and why.

    All conflicts that are still blind, or those of `records` only. Raises ReviewError when the
    protocol does not allow it, without a reason, and for a record that is in no conflict.
    """
    if not state.protocol.phases[phase].unblind_conflicts:
        raise ReviewError(
            f"the protocol keeps the conflicts of {phase} blind",
            where=PROTOCOL,
            hint="unblind_conflicts = true in the table of the phase allows to see who said what.",
        )
    everyone = (*state.protocol.adjudicators, *state.protocol.reviewers)
    raise_problems(check_person(by, everyone, "adjudicator"))
    if not reason.strip():
        raise ReviewError("unblinding needs a reason: it is kept with the review")
    seen = unblinded(state, phase)
    conflicts = state.standing_at(phase, Standing.IN_CONFLICT)
    wanted = list(records) or [key for key in conflicts if key not in seen]
    raise_problems(
        [ReviewError(f"{key} is not in conflict") for key in wanted if key not in conflicts]
    )
    if not wanted:
        raise ReviewError(f"no conflict of {phase} is blind")
    event = Event(now, phase, EventKind.UNBLINDED, by, records=tuple(wanted), note=reason)
    store.append_event(review, event)
    return event
