"""What people write beside their decisions, a file a person: terms they mark, labels they rename,
what they say in a discussion, and decisions made to learn.

Appended and read back as decisions are (`screened`); nothing of it changes a decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from scopingreview.errors import ReviewError
from scopingreview.model import Decision, DiscussionNote, LabelChange, OwnTerm, Phase
from scopingreview.paths import DISCUSSION, LABELS, OWN_TERMS, TRAINING, Review
from scopingreview.store.log import read_logs_of_people
from scopingreview.store.screened import (
    DECISION_COLUMNS,
    decision_of_row,
    decision_row,
    files_of_people,
)
from scopingreview.store.table import Row, append_rows, moment, stamp, word

TERM_COLUMNS = ("recorded_at", "term", "group", "marked")
LABEL_COLUMNS = ("recorded_at", "label", "becomes")
DISCUSSION_COLUMNS = ("recorded_at", "phase", "record_id", "text")
MARKED_WORDS = {True: "yes", False: "no"}


def append_own_term(review: Review, term: OwnTerm) -> None:
    """The term is the last line of its person's file, and on disk."""
    row = [stamp(term.recorded_at), term.term, term.group, MARKED_WORDS[term.marked]]
    append_rows(review.own_terms(term.by), TERM_COLUMNS, [row])


def read_own_terms(review: Review, person: str) -> list[OwnTerm]:
    """What the person has marked for themselves, in the order in which they did."""
    paths = [path for path in files_of_people(review, OWN_TERMS) if path.stem == person]
    return read_logs_of_people(review, paths, TERM_COLUMNS, _own_term)


def _own_term(row: Row, *, by: str) -> OwnTerm:
    meant = {text: marked for marked, text in MARKED_WORDS.items()}
    if row[3] not in meant:
        raise ReviewError(f'"marked" is yes or no, not "{row[3]}"')
    return OwnTerm(moment(row[0]), row[1], row[2], meant[row[3]], by)


def append_label_change(review: Review, change: LabelChange) -> None:
    """The change is the last line of its person's file, and on disk."""
    row = [stamp(change.recorded_at), change.label, change.becomes]
    append_rows(review.labels(change.by), LABEL_COLUMNS, [row])


def read_label_changes(review: Review) -> list[LabelChange]:
    """Everybody's changes of labels of theirs, in order of time."""
    paths = files_of_people(review, LABELS)
    changes = read_logs_of_people(review, paths, LABEL_COLUMNS, _label_change)
    return sorted(changes, key=attrgetter("recorded_at"))


def _label_change(row: Row, *, by: str) -> LabelChange:
    return LabelChange(moment(row[0]), row[1], row[2], by)


def append_discussion_note(review: Review, note: DiscussionNote) -> None:
    """The note is the last line of its person's file, and on disk."""
    row = [stamp(note.recorded_at), note.phase, note.record_id, note.text]
    append_rows(review.discussion(note.by), DISCUSSION_COLUMNS, [row])


def read_discussion(review: Review) -> list[DiscussionNote]:
    """Everything that was said in discussions, in order of time."""
    paths = files_of_people(review, DISCUSSION)
    notes = read_logs_of_people(review, paths, DISCUSSION_COLUMNS, _discussion_note)
    return sorted(notes, key=attrgetter("recorded_at"))


def _discussion_note(row: Row, *, by: str) -> DiscussionNote:
    return DiscussionNote(moment(row[0]), word(Phase, "phase", row[1]), row[2], row[3], by)


def append_training(review: Review, decisions: Sequence[Decision]) -> None:
    """The decisions (of one person in one phase) end their training file: all of them or none."""
    first = decisions[0]
    path = review.training(first.phase, first.decided_by)
    append_rows(path, DECISION_COLUMNS, map(decision_row, decisions))


def read_training(review: Review, phase: Phase) -> list[Decision]:
    """Everybody's decisions of the phase that were made to learn, in order of time."""
    paths = files_of_people(review, f"{TRAINING}/{phase}")

    def made(row: Row, *, by: str) -> Decision:
        return decision_of_row(row, by=by, phase=phase)

    decisions = read_logs_of_people(review, paths, DECISION_COLUMNS, made)
    return sorted(decisions, key=attrgetter("decided_at"))
