"""Sitting down: the lock, the state of the review, the desk and the queue of one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from scopingreview import config, store
from scopingreview.errors import raise_problems
from scopingreview.garbage import kept_to_the_end
from scopingreview.model import Phase, Protocol, ScreeningOrder
from scopingreview.paths import CONSENSUS, Review
from scopingreview.progress_note import Tell, to_nobody
from scopingreview.review.state import load_state, names_of_today
from scopingreview.screening import in_order, order_seed
from scopingreview.screening.check import check_person
from scopingreview.screening.review_state import ReviewState
from scopingreview.work.desk import adjudication_desk, screening_desk, training_desk
from scopingreview.work.session import Session

if TYPE_CHECKING:
    from scopingreview.work.relevance import Relevance


@contextmanager
def screening_session(
    review: Review,
    phase: Phase,
    reviewer: str,
    *,
    now: datetime,
    in_order: bool = True,
    seeds: Sequence[str] = (),
    tell: Tell = to_nobody,
) -> Iterator[Session]:
    """The reviewer is at the records that wait for them, and nowhere else until this ends.

    The queue has the order that the protocol asks for, unless `in_order` says that nobody will go
    through it. `seeds` are records known to be relevant, which the
    ranking may start from: that they are is logged first. `tell` hears how far getting ready is.

    Raises ReviewError for an unknown reviewer, and for one who is at work on the phase already.
    """
    protocol = config.load_protocol(review)
    raise_problems(check_person(reviewer, protocol.reviewers, "reviewer"))
    with store.hold_lock(review, reviewer, task=phase, now=now):
        state = _load(review, protocol)
        if seeds:
            from scopingreview.work.known_relevant import name_known_relevant

            state = name_known_relevant(review, state, phase, seeds, by=reviewer, now=now)
        desk = screening_desk(state, phase)
        queue: Sequence[str] = state.owed(phase, reviewer)
        relevance = None
        if in_order:
            queue = _audited_first(state, phase, _in_order(state, phase, reviewer, queue))
            relevance = _relevance(review, state, phase, reviewer, queue, tell)
        try:
            yield Session(
                review, state, desk=desk, person=reviewer, queue=queue, relevance=relevance
            )
        finally:
            if relevance is not None:
                relevance.queue.close()


@contextmanager
def training_session(
    review: Review, phase: Phase, reviewer: str, *, now: datetime
) -> Iterator[Session]:
    """The reviewer is at the records of the training round, and nowhere else until this ends.

    Raises ReviewError as `screening_session` does, and when no training was opened.
    """
    protocol = config.load_protocol(review)
    raise_problems(check_person(reviewer, protocol.reviewers, "reviewer"))
    with store.hold_lock(review, reviewer, task=f"{phase}-training", now=now):
        state = _load(review, protocol)
        desk = training_desk(state, phase, store.read_training(review, phase))
        waiting = [key for key in desk.open_ids if reviewer not in desk.votes.get(key, {})]
        queue = _in_order(state, phase, reviewer, waiting)
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


def _audited_first(state: ReviewState, phase: Phase, queue: Sequence[str]) -> Sequence[str]:
    """The queue, begun by the records that are drawn for the audit of the stopping rule."""
    from scopingreview.screening.stopping import wait_for_audit

    audited = dict.fromkeys(wait_for_audit(state, phase, queue))
    return [*audited, *(key for key in queue if key not in audited)] if audited else queue


def _relevance(
    review: Review,
    state: ReviewState,
    phase: Phase,
    reviewer: str,
    queue: Sequence[str],
    tell: Tell,
) -> Relevance | None:
    """The order of relevance; None where the protocol has another, or while a pilot runs.

    A pilot is a random sample that everybody meets in an order of their own.
    """
    rules = state.protocol.phases[phase]
    if rules.order is not ScreeningOrder.RELEVANCE or state.pilots[phase].locked or not queue:
        return None
    from scopingreview.review.recall import found_items
    from scopingreview.screening.relevance_labels import known_relevant, relevance_labels
    from scopingreview.screening.stopping import wait_for_audit
    from scopingreview.work.ranked_queue import RankedQueue
    from scopingreview.work.relevance import Relevance
    from scopingreview.work.review_ranker import review_ranker

    ranked = RankedQueue(
        review_ranker(review, state, rules.ranking.model, tell),
        state.unique_ids,
        queue,
        random_share=rules.ranking.random_share,
        seed=order_seed(state.protocol.seed, phase, reviewer),
    )
    tell("finding known items")
    named = known_relevant(state, phase)
    known = {*named, *found_items(state, config.load_known_items(review))}
    audited = wait_for_audit(state, phase, queue)
    first = dict.fromkeys((*audited, *(each for each in queue if each in known)))
    labels = relevance_labels(state, phase, reviewer, known=known)
    tell(f"learning from {len(labels):,} records")
    return Relevance(
        ranked, labels, first=list(first), rules=rules.ranking, seed=state.protocol.seed
    )


def _in_order(state: ReviewState, phase: Phase, person: str, queue: Sequence[str]) -> list[str]:
    return in_order(
        queue,
        state.protocol.phases[phase].order,
        seed=order_seed(state.protocol.seed, phase, person),
        year_of=lambda unique_id: state.as_read(unique_id).year,
    )
