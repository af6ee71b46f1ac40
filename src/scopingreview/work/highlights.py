"""Finding the protocol's terms in a text; `*` at the end of a term stands for any ending."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum


class Leaning(Enum):
    """What a term speaks for."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    SEARCHED = "searched"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a term stands in a text, from the first character to behind the last."""

    begin: int
    end: int
    leaning: Leaning


class Terms:
    """The include and exclude terms, and the words somebody searches for."""

    def __init__(
        self, include: Sequence[str], exclude: Sequence[str], searched: Sequence[str] = ()
    ) -> None:
        self._patterns = [
            (leaning, pattern)
            for leaning, pattern in (
                (Leaning.SEARCHED, _pattern(searched, anywhere=True)),
                (Leaning.INCLUDE, _pattern(include)),
                (Leaning.EXCLUDE, _pattern(exclude)),
            )
            if pattern is not None
        ]

    def marks(self, text: str) -> list[Mark]:
        """Where the terms stand, in order and apart; of two that overlap, the longer."""
        found = [
            Mark(match.start(), match.end(), leaning)
            for leaning, pattern in self._patterns
            for match in pattern.finditer(text)
        ]
        found.sort(key=lambda mark: mark.begin - mark.end)
        kept: list[Mark] = []
        for mark in found:
            if all(mark.end <= other.begin or mark.begin >= other.end for other in kept):
                kept.append(mark)
        return sorted(kept, key=lambda mark: mark.begin)

    def tally(self, text: str, leaning: Leaning) -> Counter[str]:
        """How often each word that speaks so stands in the text, in lower case."""
        return Counter(
            text[mark.begin : mark.end].lower()
            for mark in self.marks(text)
            if mark.leaning is leaning
        )


def _pattern(terms: Iterable[str], *, anywhere: bool = False) -> re.Pattern[str] | None:
    """All the terms in one pattern, the longest first; a blank in a term is any blank or hyphen."""
    alternatives = [_of_term(term, anywhere) for term in sorted(terms, key=len, reverse=True)]
    if not any(alternatives):
        return None
    return re.compile("|".join(filter(None, alternatives)), re.IGNORECASE)


def _of_term(term: str, anywhere: bool) -> str:
    words = term.strip().rstrip("*").split()
    if not words:
        return ""
    pattern = r"[\s-]+".join(re.escape(word) for word in words)
    if anywhere:
        return pattern
    return rf"(?<!\w){pattern}\w*" if term.strip().endswith("*") else rf"(?<!\w){pattern}(?!\w)"
