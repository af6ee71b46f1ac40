"""The thread of a record that its reviewers differ on: who may read it, and what stands in it.

Nobody sees a word of it before everybody has decided who is to decide, and then only those who
have, and the adjudicators. It begins with the comments on the decisions. What is changed on the
record afterwards is no independent verdict (`review.agreement_by_round`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from scopingreview.model import DiscussionNote, Phase
from scopingreview.screening.review_state import ReviewState

ANOTHER, ADJUDICATOR, YOU = "another reviewer", "an adjudicator", "you"


@dataclass(frozen=True, slots=True)
class Remark:
    """A line of the thread as one person may read it: `by` names nobody who is blind to them."""

    recorded_at: datetime
    by: str
    text: str


def is_open(state: ReviewState, phase: Phase, unique_id: str, reader: str) -> bool:
    """Whether this person may read and write in the record's thread.

    The record is or was in conflict, and they have decided on it or may settle it.
    """
    votes = state.votes[phase].get(unique_id, {})
    adjudicators = [person.name for person in state.protocol.adjudicators]
    if len(votes) < 2 or (reader not in votes and reader not in adjudicators):
        return False  # asked at every record: outcomes are worked out for those it matters to
    outcome = state.outcomes[phase].get(unique_id)
    # While somebody's word is awaited the votes are no conflict yet, however they differ.
    return outcome is not None and outcome.conflict is not None


def thread(
    state: ReviewState,
    notes: Iterable[DiscussionNote],
    phase: Phase,
    unique_id: str,
    *,
    reader: str,
    named: bool,
) -> list[Remark]:
    """What was said of the record, in order of time; [] for a person to whom it is closed.

    `named` tells who said it (where the conflict was unblinded); else people are only told apart
    as oneself, another reviewer and an adjudicator.
    """
    if not is_open(state, phase, unique_id, reader):
        return []
    votes = state.votes[phase].get(unique_id, {})
    said: list[tuple[datetime, str, str]] = [
        (vote.decided_at, vote.decided_by, vote.note) for vote in votes.values() if vote.note
    ]
    said += (
        (note.recorded_at, note.by, note.text)
        for note in notes
        if note.phase is phase and state.canonical.get(note.record_id) == unique_id
    )
    return [
        Remark(moment, _as_seen_by(reader, by, votes, named), text)
        for moment, by, text in sorted(said, key=lambda each: each[0])
    ]


def _as_seen_by(reader: str, by: str, votes: Iterable[str], named: bool) -> str:
    if by == reader:
        return YOU
    if named:
        return by
    return ANOTHER if by in votes else ADJUDICATOR
