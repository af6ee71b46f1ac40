"""Drawing an audit: a random sample of what is unread, which reviewers then meet first."""

from __future__ import annotations

from datetime import datetime

from scopingreview import store
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import Event, EventKind, Phase
from scopingreview.paths import Review
from scopingreview.screening.check import check_person
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.stopping import audits, draw_audit, screened_records


def draw_audit_of(
    review: Review, state: ReviewState, phase: Phase, size: int, *, by: str, now: datetime
) -> Event:
    """The sample is on file: it is drawn by the protocol's seed, and nobody chooses it.

    Raises ReviewError for an unknown person, while an audit is under way, and when there is
    nothing to draw from.
    """
    everyone = (*state.protocol.reviewers, *state.protocol.adjudicators)
    raise_problems(check_person(by, everyone, "reviewer"))
    before = audits(state, phase)
    if before and not before[-1].is_finished:
        left = len(before[-1].records) - before[-1].seen
        raise ReviewError(
            f"the audit of {before[-1].drawn_at:%Y-%m-%d} is not finished: {left:,} of its records "
            "do not stand yet",
            hint=f"scopingreview screen {phase} --as NAME shows them first.",
        )
    screened = {each.record_id for each in screened_records(state, phase)}
    unread = [each for each in state.ready_ids(phase) if each not in screened]
    sample = draw_audit(unread, size, seed=state.protocol.seed, phase=phase, number=len(before) + 1)
    if not sample:
        raise ReviewError(f"nothing of {phase} is unread: there is nothing to audit")
    note = f"{len(sample)} of {len(unread)} unread"
    # A sample is judged by what is decided later: not before what stands, whatever the clock says.
    drawn_at = max([now, *(each.decided_at for each in state.all_decisions())])
    event = Event(drawn_at, phase, EventKind.AUDIT_DRAWN, by, tuple(sample), note=note)
    store.append_event(review, event)
    return event
