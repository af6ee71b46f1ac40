"""The one door through which outside text reaches a person's terminal.

Titles, notes and file names come from databases and from colleagues. A control character in one
could colour the screen, rename the window, fill the clipboard or turn the order of the letters;
one that has no width hides between the others. Here each is shown by a sign. What is stored stays
as it was.
"""

from __future__ import annotations

import re

# C0 but for tab and line feed, DEL and C1; line and paragraph separators; what turns the order of
# letters; what has no width, but for the joiners that scripts and emoji are written with; halves
# of a surrogate pair, which no terminal takes; what is no character, which no XML does.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\u200b\u2060-\u2064\ufeff\ufffe\uffff\ud800-\udfff]"
)
PICTURES = 0x2400  # the control pictures stand in the order of the control characters
DELETE, ITS_PICTURE = 0x7F, "\u2421"
NO_PICTURE = "\ufffd"
LAST_CONTROL = "\xa0"


def visible(text: str) -> str:
    """The text with a sign in the place of each character that would act or hide.

    >>> visible("a\\x1b[31mb\\u202ec\\nd")
    'a␛[31mb�c\\nd'
    """
    return UNSEEN.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code == DELETE:
        return ITS_PICTURE
    return chr(PICTURES + code) if code < ord(" ") else NO_PICTURE


def escaped(document: str) -> str:
    """JSON that says the same, with such characters written as JSON's own escapes.

    >>> escaped('"a\\u202e"')
    '"a\\\\u202e"'
    """
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", document)


def without_unseen(text: str) -> str:
    """The text with a blank for what would act, and without what has no width: for sheets.

    >>> without_unseen("a\\x1b[31mb\\u200bc")
    'a [31mbc'
    """
    return UNSEEN.sub(lambda found: " " if found[0] < LAST_CONTROL else "", text)
