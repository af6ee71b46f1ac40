"""Sitting down to chart, or to settle what charters differ in: the lock and the session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from scopingreview import config, store
from scopingreview.errors import raise_problems
from scopingreview.garbage import kept_to_the_end
from scopingreview.paths import CONSENSUS, Review
from scopingreview.review.charting import charting_of
from scopingreview.review.state import load_state
from scopingreview.work.charting_entry import check_charter
from scopingreview.work.charting_session import ChartingSession

CHARTING = "charting"


@contextmanager
def charting_session(
    review: Review, person: str, *, settles: bool = False, now: datetime
) -> Iterator[ChartingSession]:
    """The person is at the included studies, and nowhere else until this ends.

    Raises ReviewError for an unknown person, for one who is at work on them already, and for a
    review without a form.
    """
    protocol = config.load_protocol(review)
    raise_problems(check_charter(protocol, person, settles=settles))
    task = f"{CHARTING}-{CONSENSUS}" if settles else CHARTING
    with store.hold_lock(review, person, task=task, now=now):
        with kept_to_the_end():
            state = load_state(review, protocol, records=store.RecordFile(review))
        charting = charting_of(review, state)
        yield ChartingSession(review, state, charting, person=person, settles=settles)
