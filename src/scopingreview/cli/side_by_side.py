"""Two records side by side, their differences marked by signs; colour only repeats the signs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from scopingreview.model import Record

LABEL_WIDTH = 9
NARROWEST = 60
LONGEST_ABSTRACT = 600  # characters: enough to tell two studies apart

SAME, DIFFERENT, MISSING = "=", "x", " "


def side_by_side(one: Record, other: Record, *, width: int) -> Iterator[str]:
    """The lines of both records beside each other.

    "=" stands before a field that is the same in both, "x" before one that differs, nothing
    where one record says nothing. Words that only one record has stand in *asterisks*.
    """
    column = (max(width, NARROWEST) - LABEL_WIDTH - 7) // 2
    for label, left, right in _fields(one, other):
        sign = _sign(left, right) if label != "record" else MISSING
        if sign == DIFFERENT:
            left, right = _marked(left, right), _marked(right, left)
        lefts, rights = (textwrap.wrap(text, column) or [""] for text in (left, right))
        for at in range(max(len(lefts), len(rights))):
            head = f"{sign} {label}" if at == 0 else ""
            cells = (lines[at] if at < len(lines) else "" for lines in (lefts, rights))
            here, there = cells
            yield f"{head:<{LABEL_WIDTH + 2}} {here:<{column}} | {there}".rstrip()


def _fields(one: Record, other: Record) -> Iterator[tuple[str, str, str]]:
    """The fields that one of the records says something in, label first."""
    for label, left, right in zip(LABELS, _values(one), _values(other), strict=True):
        if left or right:
            yield label, left, right


LABELS = (
    "record", "title", "authors", "year", "journal", "volume", "issue", "pages", "type",
    "DOI", "PMID", "abstract",
)  # fmt: skip


def _values(record: Record) -> tuple[str, ...]:
    return (
        record.record_id,
        record.title,
        "; ".join(record.authors),
        str(record.year or ""),
        record.journal,
        record.volume,
        record.issue,
        record.pages,
        record.type,
        record.doi,
        record.pmid,
        textwrap.shorten(record.abstract, LONGEST_ABSTRACT, placeholder=" …"),
    )


def _sign(left: str, right: str) -> str:
    if not left or not right:
        return MISSING
    return SAME if _bare(left) == _bare(right) else DIFFERENT


def _bare(text: str) -> list[str]:
    return [word.strip(".,;:()[]").casefold() for word in text.split()]


def _marked(text: str, beside: str) -> str:
    """The text with the words that the other text lacks in asterisks."""
    known = set(_bare(beside))
    return " ".join(
        word if word.strip(".,;:()[]").casefold() in known else f"*{word}*" for word in text.split()
    )
