"""Two records side by side, their differences marked by signs; colour only repeats the signs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from scopingreview.model import Record
from scopingreview.visible import visible

LABEL_WIDTH = 9
LONGEST_ABSTRACT = 600  # characters: enough to tell two studies apart
NARROW = 60  # columns: below, two columns of text are harder to read than one under the other

SAME, DIFFERENT, MISSING = "=", "x", " "

# What a pair is told apart by, and at most how many lines of it stand on a small screen.
FIELDS = {
    "record": 1, "title": 3, "authors": 2, "year": 1, "journal": 2, "place": 1, "type": 1,
    "DOI": 2, "PMID": 1,
}  # fmt: skip


def side_by_side(one: Record, other: Record, *, width: int) -> Iterator[str]:
    """All the lines of both records beside each other, of their abstracts the beginning.

    "=" stands before a field that is the same in both, "x" before one that differs, nothing
    where one record says nothing. Words that only one record has stand in *asterisks*. On a
    narrow screen the two stand under each other, where they differ.
    """
    for label, left, right in _fields(one, other):
        yield from _beside(label, left, right, width)
    left, right = map(_beginning, (one.abstract, other.abstract))
    yield from _abstracts(left, right, width)


def _beginning(abstract: str) -> str:
    return textwrap.shorten(abstract, LONGEST_ABSTRACT, placeholder=" …")


def fields_beside(one: Record, other: Record, *, width: int, whole: bool) -> Iterator[str]:
    """The lines of what a pair is told apart by, whole or cut to the room of a small screen."""
    for label, left, right in _fields(one, other):
        yield from _beside(label, left, right, width, most=0 if whole else FIELDS[label])


def abstracts_beside(one: Record, other: Record, *, width: int) -> Iterator[str]:
    """The lines of both abstracts, whole."""
    yield from _abstracts(one.abstract, other.abstract, width)


def _abstracts(left: str, right: str, width: int) -> Iterator[str]:
    if left or right:
        yield from _beside("abstract", visible(left), visible(right), width)


def _beside(label: str, left: str, right: str, width: int, *, most: int = 0) -> Iterator[str]:
    sign = _sign(left, right) if label != "record" else MISSING
    if sign == DIFFERENT:
        left, right = _marked(left, right), _marked(right, left)
    head = f"{sign} {label}"
    if width < NARROW:
        yield from _under(head, left, right, width, most, same=sign == SAME)
        return
    column = (width - LABEL_WIDTH - 7) // 2
    lefts, rights = (_wrapped(text, column, most) for text in (left, right))
    for at in range(max(len(lefts), len(rights))):
        here, there = (lines[at] if at < len(lines) else "" for lines in (lefts, rights))
        yield f"{head if at == 0 else '':<{LABEL_WIDTH + 2}} {here:<{column}} | {there}".rstrip()


def _under(head: str, left: str, right: str, width: int, most: int, *, same: bool) -> Iterator[str]:
    """The field of both, one under the other; said once where it is the same."""
    texts = [left] if same else [text or "–" for text in (left, right)]
    for place, text in enumerate(texts):
        begin = f"{head if place == 0 else '':<{LABEL_WIDTH + 2}} "
        lines = _wrapped(text, width - len(begin), most)
        yield f"{begin}{lines[0]}"
        yield from (f"{' ' * len(begin)}{line}" for line in lines[1:])


def _wrapped(text: str, width: int, most: int) -> list[str]:
    """The text in lines of that width; at most so many, if `most` is not 0."""
    if not most:
        return textwrap.wrap(text, width) or [""]
    return textwrap.wrap(text, width, max_lines=most, placeholder=" …") or [""]


def _fields(one: Record, other: Record) -> Iterator[tuple[str, str, str]]:
    """The fields that one of the records says something in, label first."""
    for label, left, right in zip(FIELDS, _values(one), _values(other), strict=True):
        if left or right:
            yield label, visible(left), visible(right)


def _values(record: Record) -> tuple[str, ...]:
    volume = f"{record.volume}({record.issue})" if record.issue else record.volume
    return (
        record.record_id,
        record.title,
        "; ".join(record.authors),
        str(record.year or ""),
        record.journal,
        ", ".join(filter(None, (volume, record.pages))),
        record.type,
        record.doi,
        record.pmid,
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
