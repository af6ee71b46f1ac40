"""The abstract without what publishers and databases hang on to it.

Copyright notices and database marks come off; structured headings stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scopingreview.formats.markup import is_missing, tidy

NOTICE = re.compile(r"copyright\b|©|\(c\)", re.IGNORECASE)
# From these words to the end nothing belongs to the abstract.
ENDS = re.compile(
    r"\s*(?:\[ABSTRACT FROM (?:AUTHOR|PUBLISHER)\]"
    r"|\(Psyc[A-Za-z]+ Database Record \(c\).*"
    r"|Copyright of .{1,300}? is the property of .*"
    r"|<?(?:\(AU\))?Copyright applies to all Abstracts).*$",
    re.DOTALL,
)
# A notice that closes the abstract: at a sentence's end, to the end of the text, and short.
TAIL = re.compile(
    r"(?:(?<=[.!?\])])|^)\s*(?:\(?(?:Copyright\s+)?(?:©|\([cC]\)\s*(?=\d{4}|The|20|by))|Copyright\s+(?:\(|\d{4}))"
    r"[^©]{0,300}$"
)
ABSTRACT_HEADING = re.compile(r"^(?:Abstract|ABSTRACT)\s*[.:]?\s+(?=[A-Z])")


def abstract_in(values: Sequence[str]) -> str:
    """The abstract: the first value, and any later one that is no copyright notice."""
    kept = [tidy(values[0])]
    for value in values[1:]:
        text = tidy(value)
        if not NOTICE.match(text) and text not in kept:
            kept.append(text)
    return without_notices(" ".join(text for text in kept if not is_missing(text)))


def without_notices(text: str) -> str:
    """The text without the copyright notice or database mark at its end."""
    if "[ABSTRACT FROM" in text or "opyright" in text or "atabase Record" in text:
        text = ENDS.sub("", text)
    if "©" in text or "opyright" in text or "(c)" in text or "(C)" in text:
        text = TAIL.sub("", text)
    return text.strip()
