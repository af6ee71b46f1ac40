"""Talking about a record in conflict: what its reviewers and the adjudicators say of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from scopingreview import store
from scopingreview.errors import ReviewError
from scopingreview.model import DiscussionNote, Phase, Verdict
from scopingreview.paths import Review
from scopingreview.review.blinding import ShownVote, unblinded, votes_shown, votes_told
from scopingreview.screening.discussion import Remark, is_open, thread
from scopingreview.screening.review_state import ReviewState
from scopingreview.work.session import Session

if TYPE_CHECKING:
    from scopingreview.work.front_end import FrontEnd
    from scopingreview.work.task import Task

CLOSED = "A thread opens when all who are to decide have, and differ; to them and the adjudicators."


def may_discuss(session: Session, unique_id: str) -> bool:
    """Whether the person has a thread to read at this record."""
    return session.desk.counts and is_open(
        session.state, session.desk.phase, unique_id, session.person
    )


def discuss(task: Task, front: FrontEnd) -> None:
    """What the person writes stands in the thread of the record, for the others to read."""
    from scopingreview.work.front_end import LineQuestion

    session, record = task.session, task.record()

    def keep(text: str) -> None:
        if text:
            add_to_thread(
                session.review,
                session.state,
                session.desk.phase,
                record.record_id,
                by=session.person,
                text=text,
                now=task.now(),
            )
            front.say("In the thread: the others read it at this record.")

    lines = thread_told(session.review, session.state, session.desk.phase, record.record_id,
                        reader=session.person)  # fmt: skip
    hint = "\n".join([*lines, "What you write, they read. Nothing writes nothing."])
    front.ask_line(LineQuestion("Say of this record", hint=hint), keep)


def add_to_thread(
    review: Review,
    state: ReviewState,
    phase: Phase,
    record_id: str,
    *,
    by: str,
    text: str,
    now: datetime,
) -> DiscussionNote:
    """The note is on disk. Raises ReviewError where the thread is not open to the person."""
    unique_id = state.canonical.get(record_id, record_id)
    if not is_open(state, phase, unique_id, by):
        raise ReviewError(f"{record_id} has no thread for {by} in {phase} screening", hint=CLOSED)
    votes = state.votes[phase][unique_id].values()
    latest = max(vote.decided_at for vote in votes)
    note = DiscussionNote(max(now, latest), phase, unique_id, " ".join(text.split()), by)
    store.append_discussion_note(review, note)
    return note


def remarks_on(
    review: Review, state: ReviewState, phase: Phase, unique_id: str, *, reader: str
) -> list[Remark]:
    """The thread of the record as this person may read it, as it stands on disk."""
    named = unique_id in unblinded(state, phase)
    notes = store.read_discussion(review)
    return thread(state, notes, phase, unique_id, reader=reader, named=named)


def thread_told(
    review: Review, state: ReviewState, phase: Phase, unique_id: str, *, reader: str
) -> list[str]:
    """The thread as lines: what the votes were, then who said what; [] where it is closed."""
    if not is_open(state, phase, unique_id, reader):
        return []
    shown = votes_shown(state, phase, unique_id)
    who = _who_differ(shown, state.votes[phase][unique_id], reader)
    remarks = remarks_on(review, state, phase, unique_id, reader=reader)
    return [f"{who}: {votes_told(shown)}", *map(remark_told, remarks)]


def _who_differ(shown: Sequence[ShownVote], voters: Collection[str], reader: str) -> str:
    """Whether the reader is one of those who differ, naming nobody."""
    if all(vote.verdict is Verdict.MAYBE for vote in shown):
        return "To be discussed"
    if reader not in voters:
        return "The reviewers differ"
    others = len(voters) - 1
    return f"You and {'another reviewer' if others == 1 else f'{others} other reviewers'} differ"


def remark_told(remark: Remark) -> str:
    """The remark as a line: when, who, what."""
    return f"{remark.recorded_at:%d %b %H:%M} {remark.by}: {remark.text}"
