"""Commas that are missing between the fields of BibTeX entries, put where they belong.

bibtexparser reads a field without a comma behind it and the next one as one value, or drops the
next one. Lines stay where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# What a field that no comma ends looks like; most chunks hold none, and are not looked at.
SUSPECT = re.compile(
    r"[}\"\w)]\s+[A-Za-z][\w:.+-]*\s*=\s*[{\"\w]|[}\"][A-Za-z][\w:.+-]*\s*=\s*[{\"]"
)
HEAD = re.compile(r"[ \t]*@[A-Za-z]+[ \t]*[{(]\s*(?:[^\s,{}()=\"]+(?=\s|,))?")
NAME = re.compile(r"\s*[A-Za-z][\w:.+-]*\s*=\s*")
BARE = re.compile(r"[^\s,{}()\"#=]+")
JOINED = re.compile(r"\s*#\s*")
SIGNS = re.compile(r'\\.|[{}"]', re.DOTALL)
COMMA = re.compile(r"\s*,")


def with_commas(text: str, begins: re.Pattern[str]) -> tuple[str, list[int]]:
    """The text with every comma that was missing, and the places where entries lacked some.

    `begins` finds where entries begin. An entry that cannot be followed to its end keeps what
    it has from there on.
    """
    if not SUSPECT.search(text):
        return text, []
    missing: list[int] = []
    entries: list[int] = []
    starts = [match.start() for match in begins.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        found = [start + place for place in _places(text[start:end])]
        missing += found
        entries += [start] * bool(found)
    parts = [text[a:b] for a, b in zip([0, *missing], [*missing, len(text)], strict=True)]
    return ",".join(parts), entries


def _places(entry: str) -> Iterator[int]:
    """Where the commas belong that the entry lacks: behind its key and behind fields."""
    head = HEAD.match(entry)
    if head is None:
        return
    place: int | None = head.end()
    has_key = entry[head.end() - 1] not in "{("
    while place is not None:
        comma = COMMA.match(entry, place)
        field = NAME.match(entry, comma.end() if comma else place)
        if field is None:
            return
        if comma is None and has_key:
            yield place
        place, has_key = _end_of_value(entry, field.end()), True


def _end_of_value(entry: str, place: int) -> int | None:
    """Where the value ends that begins there, its parts joined by `#`; None when it does not."""
    while True:
        end = _end_of_part(entry, place)
        joined = JOINED.match(entry, end) if end is not None else None
        if joined is None:
            return end
        place = joined.end()


def _end_of_part(entry: str, place: int) -> int | None:
    opening = entry[place : place + 1]
    if opening not in ("{", '"'):
        bare = BARE.match(entry, place)
        return bare.end() if bare else None
    depth = 0
    for match in SIGNS.finditer(entry, place):
        sign = match[0]
        depth += (sign == "{") - (sign == "}")
        closes = depth == 0 and (sign == "}" if opening == "{" else sign == '"')
        if closes and match.start() > place:
            return match.end()
    return None
