"""Asking who said what on the records in conflict: where the protocol allows it, and on file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from scopingreview import store
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import Event, EventKind, Phase, Standing
from scopingreview.paths import PROTOCOL, Review
from scopingreview.review.blinding import unblinded
from scopingreview.screening.check import check_person
from scopingreview.screening.review_state import ReviewState


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
    """It is on file that `by` saw who said what on the records in conflict, and why.

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
