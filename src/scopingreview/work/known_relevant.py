"""Naming records as relevant before anyone screens them: a ranking starts from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from scopingreview import store
from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.model import Event, EventKind, Phase
from scopingreview.paths import Review
from scopingreview.screening.relevance_labels import known_relevant
from scopingreview.screening.review_state import ReviewState


def name_known_relevant(
    review: Review,
    state: ReviewState,
    phase: Phase,
    record_ids: Sequence[str],
    *,
    by: str,
    now: datetime,
) -> ReviewState:
    """The state with these records known to be relevant, which is on file.

    They are no decisions: each still waits to be screened. What was named before is not named
    again. Raises CombinedError for unknown records.
    """
    raise_problems(
        [
            ReviewError(f'unknown record "{each}"', hint=nearest(each, state.canonical))
            for each in record_ids
            if each not in state.canonical
        ]
    )
    before = set(known_relevant(state, phase))
    named = dict.fromkeys(state.canonical[each] for each in record_ids)
    new = tuple(each for each in named if each not in before)
    if not new:
        return state
    event = Event(now, phase, EventKind.KNOWN_RELEVANT, by, new)
    store.append_event(review, event)
    return replace(state, events=(*state.events, event))
