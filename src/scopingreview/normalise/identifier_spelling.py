"""DOIs and ISSNs, bare of whatever stands around them."""

from __future__ import annotations

import re
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,9}/\S+")
_BARE_DOI = re.compile(r"10\.\d{4,9}/[\w./-]*\w", re.ASCII)
_DOI_TAILS = ("&gt;", "[doi]", "(doi)", *".,;:'\">")


def doi(text: str) -> str:
    """The bare DOI in lower case, whatever stands around it; "" when there is none.

    >>> doi("https://doi.org/10.1002/ABC.12.")
    '10.1002/abc.12'
    >>> doi("not a doi")
    ''
    """
    if "10." not in text:
        return ""
    if text.startswith("10.") and _BARE_DOI.fullmatch(text):
        return text.lower()
    found = _DOI.search(unquote(text).replace("\u200b", ""))
    if found is None:
        return ""
    bare = _without_tail(found[0].lower())
    if bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1]
    return bare


def _without_tail(bare: str) -> str:
    """The DOI without what ends the sentence, the tag or the bracket around it."""
    end = len(bare)
    while tail := next((each for each in _DOI_TAILS if bare.endswith(each, 0, end)), ""):
        end -= len(tail)
    return bare[:end]


_ISSN = re.compile(r"(?<!\d)(\d{4})-?(\d{3}[\dX])(?![\dX])")


def issns(text: str) -> list[str]:
    """The ISSNs in a text, without hyphens; a journal has one for each medium.

    >>> issns("1234-567x (print); ISSN 87654321")
    ['1234567X', '87654321']
    """
    return [first + last for first, last in _ISSN.findall(text.upper())] if text else []
