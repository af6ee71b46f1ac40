"""The abstract without what publishers and databases hang on to it.

Copyright notices and database marks come off; structured headings stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scopingreview.formats.values.markup import value_in
from scopingreview.scan import holds_any

NOTICE = re.compile(r"copyright\b|©|\(c\)", re.IGNORECASE)
# From these words to the end nothing belongs to the abstract.
ABSTRACT_FROM = ("[ABSTRACT FROM AUTHOR]", "[ABSTRACT FROM PUBLISHER]")
DATABASE_RECORD = ("(PsycInfo Database Record (c)", "(PsycINFO Database Record (c)")
COPYRIGHT_APPLIES = ("(AU)Copyright applies to all Abstracts", "Copyright applies to all Abstracts")
PROPERTY, PROPERTY_BEGINS = " is the property of ", "Copyright of "
# Part of each, searched first.
SIGNS_OF_MARKS = ("[ABSTRACT FROM", "Database Record (c)", "Copyright ")
# A notice that closes the abstract: after a sentence, short, to the end of the text.
TAIL_CHARACTERS = 300
SIGNS_OF_NOTICES = ("©", "opyright", "(c)", "(C)")
TAIL = re.compile(r"©|\([cC]\)\s*(?=\d{4}|The|by)|Copyright\s+(?:[(©]|\d{4})")


def abstract_in(values: Sequence[str]) -> str:
    """The abstract: the first value, and any later one that is no copyright notice."""
    if len(values) == 1:
        return without_notices(value_in(values[0]))
    kept = [value_in(values[0])]
    for value in values[1:]:
        text = value_in(value)
        if not NOTICE.match(text) and text not in kept:
            kept.append(text)
    return without_notices(" ".join(filter(None, kept)))


def without_notices(text: str) -> str:
    """The text without the copyright notice or database mark at its end."""
    if holds_any(text, SIGNS_OF_MARKS):
        text = _before(_before(text, ABSTRACT_FROM), DATABASE_RECORD)
        text = _without_property(_before(text, COPYRIGHT_APPLIES))
    return _without_tail(text) if holds_any(text[-TAIL_CHARACTERS:], SIGNS_OF_NOTICES) else text


def _before(text: str, marks: tuple[str, ...]) -> str:
    """The text before the first of the marks that stand in it."""
    if not holds_any(text, marks):
        return text
    for mark in marks:
        if (place := text.find(mark)) >= 0:
            text = text[:place].rstrip()
    return text


def _without_property(text: str) -> str:
    """The text before `Copyright of <journal> is the property of <publisher> …`."""
    place = text.rfind(PROPERTY_BEGINS, 0, max(text.find(PROPERTY), 0))
    return text[:place].rstrip() if place >= 0 else text


def _without_tail(text: str) -> str:
    """The text before a copyright notice that follows a sentence near its end."""
    for notice in TAIL.finditer(text, max(len(text) - TAIL_CHARACTERS, 0)):
        before = text[: notice.start()].rstrip(" (").removesuffix("Copyright").rstrip(" (")
        if not before or before[-1] in ".!?])":
            return before
    return text
