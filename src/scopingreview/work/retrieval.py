"""Keeping track of full texts: what was sought, what was got hold of and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from scopingreview import store
from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.model import Phase, Retrieval, RetrievalStatus, Standing
from scopingreview.paths import FULL_TEXTS, Review
from scopingreview.review.text_places import lost_file
from scopingreview.screening.review_state import ReviewState


def check_retrieval(review: Review, state: ReviewState, step: Retrieval) -> list[ReviewError]:
    """What is wrong with recording this step; nothing when it may be recorded.

    The file that a retrieved report is said to be in must be there.
    """
    return [*_check_report(state, step), *_check_place(review, step)]


def _check_place(review: Review, step: Retrieval) -> list[ReviewError]:
    if step.status is not RetrievalStatus.RETRIEVED or not lost_file(review, step):
        return []
    return [
        ReviewError(
            f"{step.record_id}: no document of the review is called {step.where}",
            hint="Give an address of the web, or a file from the review's folder or "
            f"{FULL_TEXTS}; what is neither belongs into --note. Files from elsewhere are taken "
            "in by: scopingreview retrieve --match FOLDER",
        )
    ]


def _check_report(state: ReviewState, step: Retrieval) -> list[ReviewError]:
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
    review: Review, state: ReviewState, steps: Sequence[Retrieval], *, placed: bool = False
) -> list[Retrieval]:
    """The steps are on disk, all or none; those that stand already are left out.

    `placed` says that the caller has put the files where the steps say. Returns what was written.
    Raises CombinedError naming every step that cannot be recorded.
    """
    problems = [problem for step in steps for problem in _check_report(state, step)]
    if not placed:
        problems += [problem for step in steps for problem in _check_place(review, step)]
    raise_problems(problems)
    new = [step for step in steps if not _stands(state, step)]
    if new:
        store.append_retrievals(review, new)
    return new


def record_read_elsewhere(
    review: Review, state: ReviewState, record_ids: Iterable[str], *, note: str, now: datetime
) -> ReviewState:
    """The reports were decided on elsewhere by their full text, so it was got hold of: on disk.

    Those retrieved already are left out. The review as it stands with that.
    """
    known = set(state.ready_ids(Phase.FULL_TEXT))
    steps = [
        Retrieval(now, record_id, RetrievalStatus.RETRIEVED, note=note)
        for record_id in record_ids
        if record_id not in known
    ]
    written = record_retrievals(review, state, steps)
    return replace(state, retrieval_steps=(*state.retrieval_steps, *written))


def _stands(state: ReviewState, step: Retrieval) -> bool:
    before = state.retrievals.get(state.canonical[step.record_id])
    if before is None:
        return False
    said = (step.status, step.where or before.where, step.note or before.note)
    return said == (before.status, before.where, before.note)
