"""One record on its way out, and what goes with it into every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from scopingreview.model import Record, Settled
from scopingreview.visible import without_unseen

ID_MARK = "scopingreview: "
"""Before a record's id in a note: notes survive every tool, ids of ours do not."""

IN_A_PIECE = 1000  # records in memory at a time while a file of them is written


@dataclass(frozen=True, slots=True)
class Row:
    """A record to write: with the reviewer's own decision so far, or with what was settled.

    `decision` is verdict, reason, labels and note. A record that goes to one reviewer carries
    nothing that was `settled`. `taken_from` says in words which fields are another copy's or were
    corrected.
    """

    record: Record
    decision: Sequence[str] = ("", "", "", "")
    settled: Settled | None = None
    taken_from: str = ""


def in_batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows, so many at a time that a piece of a file is made of; none when there are none."""
    waiting = iter(rows)
    while batch := list(islice(waiting, IN_A_PIECE)):
        yield batch


def one_line(text: str) -> str:
    """The text without line ends and control characters.

    A line end inside an abstract would begin a tag of its own in RIS, and what stands behind it
    would be lost.
    """
    return " ".join(without_unseen(text).split())


def in_words(settled: Settled) -> str:
    """What people settled, in a line: `excluded by full-text (topic): Off topic`; "" while open."""
    if settled.standing not in ("included", "excluded"):
        return ""
    because = f" ({settled.reason})" if settled.reason else ""
    wording = f": {settled.wording}" if settled.wording else ""
    further = f"; also: {'; '.join(settled.further)}" if settled.further else ""
    return f"{settled.standing} by {settled.phase}{because}{wording}{further}"


def notes_of(row: Row) -> Iterator[str]:
    """The notes of a record: its id and PMID, where its fields are from, and what was settled.

    For programs that keep nothing else.
    """
    if row.record.record_id:
        yield f"{ID_MARK}{row.record.record_id}"
    if row.record.pmid:
        yield f"PMID: {row.record.pmid}"
    if row.taken_from:
        yield f"taken from: {row.taken_from}"
    if row.settled:
        settled = in_words(row.settled)
        if settled:
            yield settled
        yield f"found in: {'; '.join(row.settled.found_in)}"
