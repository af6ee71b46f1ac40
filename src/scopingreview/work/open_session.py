"""Sitting down: the lock, the state of the review, the desk and the queue of one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from scopingreview import config, store
from scopingreview.errors import raise_problems
from scopingreview.garbage import kept_to_the_end
from scopingreview.model import Phase, Protocol
from scopingreview.paths import CONSENSUS, Review
from scopingreview.review.state import load_state, names_of_today
from scopingreview.screening import in_order, order_seed
from scopingreview.screening.check import check_person
from scopingreview.screening.review_state import ReviewState
from scopingreview.work.desk import adjudication_desk, screening_desk
from scopingreview.work.session import Session


@contextmanager
def screening_session(
    review: Review, phase: Phase, reviewer: str, *, now: datetime
) -> Iterator[Session]:
    """The reviewer is at the records that wait for them, and nowhere else until this ends.

    Raises ReviewError for an unknown reviewer, and for one who is at work on the phase already.
    """
    protocol = config.load_protocol(review)
    raise_problems(check_person(reviewer, protocol.reviewers, "reviewer"))
    with store.hold_lock(review, reviewer, task=phase, now=now):
        state = _load(review, protocol)
        desk = screening_desk(state, phase)
        queue = _in_order(state, phase, reviewer, state.owed(phase, reviewer))
        yield Session(review, state, desk=desk, person=reviewer, queue=queue)


@contextmanager
def adjudication_session(
    review: Review, phase: Phase, adjudicator: str, *, now: datetime
) -> Iterator[Session]:
    """The adjudicator is at the conflicts that nobody has settled, and nowhere else.

    Raises ReviewError for an unknown adjudicator, and for one who is at work on them already.
    """
    protocol = config.load_protocol(review)
    raise_problems(check_person(adjudicator, protocol.adjudicators, "adjudicator"))
    with store.hold_lock(review, adjudicator, task=f"{phase}-{CONSENSUS}", now=now):
        state = _load(review, protocol)
        desk = adjudication_desk(state, phase)
        waiting = [key for key in desk.open_ids if key not in desk.votes]
        queue = _in_order(state, phase, adjudicator, waiting)
        yield Session(review, state, desk=desk, person=adjudicator, queue=queue)


def _load(review: Review, protocol: Protocol) -> ReviewState:
    """The state of the review, its records on disk."""
    with kept_to_the_end():
        return load_state(
            review, protocol, records=store.RecordFile(review, names_of_today(protocol))
        )


def _in_order(state: ReviewState, phase: Phase, person: str, queue: Sequence[str]) -> list[str]:
    return in_order(
        queue,
        state.protocol.phases[phase].order,
        seed=order_seed(state.protocol.seed, phase, person),
        year_of=lambda unique_id: state.as_read(unique_id).year,
    )
