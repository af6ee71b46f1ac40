"""Keeping track of full texts: what was sought, what was got hold of and what was not."""

from __future__ import annotations

from collections.abc import Sequence

from scopingreview import store
from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.model import Phase, Retrieval, Standing
from scopingreview.paths import Review
from scopingreview.screening.review_state import ReviewState


def check_retrieval(state: ReviewState, step: Retrieval) -> list[ReviewError]:
    """What is wrong with recording this step; nothing when it may be recorded."""
    if step.record_id not in state.canonical:
        hint = nearest(step.record_id, state.canonical)
        return [ReviewError(f'unknown record "{step.record_id}"', hint=hint)]
    outcome = state.outcomes[Phase.TITLE_ABSTRACT][state.canonical[step.record_id]]
    if outcome.standing is not Standing.INCLUDED:
        return [
            ReviewError(
                f"{step.record_id} is {outcome.standing} by title and abstract",
                hint="Full texts are sought of included reports only.",
            )
        ]
    return []


def record_retrievals(
    review: Review, state: ReviewState, steps: Sequence[Retrieval]
) -> list[Retrieval]:
    """The steps are on disk, all or none; those that stand already are left out.

    Returns what was written. Raises CombinedError naming every step that cannot be recorded.
    """
    raise_problems([problem for step in steps for problem in check_retrieval(state, step)])
    new = [step for step in steps if not _stands(state, step)]
    if new:
        store.append_retrievals(review, new)
    return new


def _stands(state: ReviewState, step: Retrieval) -> bool:
    before = state.retrievals.get(state.canonical[step.record_id])
    if before is None:
        return False
    said = (step.status, step.where or before.where, step.note or before.note)
    return said == (before.status, before.where, before.note)
