"""Opening a training round against a key, and holding what people said against it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from scopingreview import store
from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.model import Event, EventKind, Phase, PhaseRules, Verdict
from scopingreview.paths import Review
from scopingreview.screening.check import check_person
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.training import (
    KeyedVerdict,
    TrainingResult,
    digest_of_key,
    results,
    running_training,
)

HOW_TO_OPEN = "scopingreview pilot PHASE --key FILE --open --as NAME"


def check_keyed(
    keyed: KeyedVerdict, state: ReviewState, rules: PhaseRules
) -> Sequence[ReviewError]:
    """What is wrong with one line of a key."""
    problems = []
    if keyed.record_id not in state.canonical:
        hint = nearest(keyed.record_id, state.canonical)
        problems.append(ReviewError(f'unknown record "{keyed.record_id}"', hint=hint))
    if keyed.verdict is Verdict.WITHDRAWN:
        problems.append(ReviewError("a key says include, exclude or maybe"))
    if keyed.reason and keyed.reason not in rules.exclusion_reasons:
        hint = nearest(keyed.reason, rules.exclusion_reasons)
        problems.append(ReviewError(f'unknown reason "{keyed.reason}"', hint=hint))
    return problems


def open_training(
    review: Review,
    state: ReviewState,
    phase: Phase,
    key: Sequence[KeyedVerdict],
    *,
    by: str,
    now: datetime,
) -> Event:
    """A training round on the records of the key is on file, for every reviewer who has not left.

    The key itself is not: the event has its digest. Raises ReviewError for an unknown person, an
    empty key, and one that names a record twice.
    """
    problems = check_person(
        by, (*state.protocol.reviewers, *state.protocol.adjudicators), "reviewer"
    )
    ids = [each.record_id for each in key]
    if not ids:
        problems.append(ReviewError("the key has no records"))
    if twice := sorted({each for each in ids if ids.count(each) > 1}):
        problems.append(ReviewError(f"the key says something twice of {', '.join(twice)}"))
    raise_problems(problems)
    away = state.away[phase]
    people = tuple(
        person.name
        for person in state.protocol.reviewers
        if person.active and person.name not in away
    )
    event = Event(
        now, phase, EventKind.TRAINING_OPENED, by, tuple(ids), people, note=digest_of_key(key)
    )
    store.append_event(review, event)
    return event


def held_against(
    review: Review, state: ReviewState, phase: Phase, key: Sequence[KeyedVerdict]
) -> list[TrainingResult]:
    """How everybody did in the round that was opened last.

    Raises ReviewError when none was, or with another key.
    """
    training = running_training(state.events, phase)
    if training is None:
        raise ReviewError(f"no training of {phase} was opened", hint=HOW_TO_OPEN)
    if training.note != digest_of_key(key):
        raise ReviewError(
            f"the training of {training.recorded_at:%Y-%m-%d}, by {training.by}, has another key",
            hint=f"Take that one, or open a round with this: {HOW_TO_OPEN}",
        )
    decisions = store.read_training(review, phase)
    return results(key, training, decisions, state.canonical, state.protocol.phases[phase])
