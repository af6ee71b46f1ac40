"""Finding the terms of the protocol, and a person's own, in a text.

`*` at the end of a term stands for any ending.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from scopingreview.model import HighlightGroup, OwnTerm, Protocol

OWN_GROUP = HighlightGroup("", (), colour="magenta", mark="°")


class Leaning(Enum):
    """What a term speaks for."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    NEITHER = "neither"
    SEARCHED = "searched"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a term stands in a text, from the first character to behind the last.

    `group` is what it belongs to when it leans neither way.
    """

    begin: int
    end: int
    leaning: Leaning
    group: HighlightGroup | None = None


class Terms:
    """The include and exclude terms, the groups beside them, and the words somebody looks for."""

    def __init__(
        self,
        include: Sequence[str],
        exclude: Sequence[str],
        searched: Sequence[str] = (),
        groups: Sequence[HighlightGroup] = (),
    ) -> None:
        patterns: list[tuple[Leaning, HighlightGroup | None, re.Pattern[str] | None]] = [
            (Leaning.SEARCHED, None, _pattern(searched, anywhere=True)),
            (Leaning.INCLUDE, None, _pattern(include)),
            (Leaning.EXCLUDE, None, _pattern(exclude)),
            *((Leaning.NEITHER, group, _pattern(group.terms)) for group in groups),
        ]
        self._patterns = [
            (leaning, group, pattern) for leaning, group, pattern in patterns if pattern is not None
        ]

    def marks(self, text: str) -> list[Mark]:
        """Where the terms stand, in order and apart; of two that overlap, the longer."""
        found = [
            Mark(match.start(), match.end(), leaning, group)
            for leaning, group, pattern in self._patterns
            for match in pattern.finditer(text)
        ]
        found.sort(key=lambda mark: mark.begin - mark.end)
        kept: list[Mark] = []
        for mark in found:
            if all(mark.end <= other.begin or mark.begin >= other.end for other in kept):
                kept.append(mark)
        return sorted(kept, key=lambda mark: mark.begin)

    def tally(
        self, text: str, leaning: Leaning, group: HighlightGroup | None = None
    ) -> Counter[str]:
        """How often each word that speaks so (of the group) stands in the text, in lower case."""
        return Counter(
            text[mark.begin : mark.end].lower()
            for mark in self.marks(text)
            if mark.leaning is leaning and mark.group == group
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


def terms_of(protocol: Protocol, own: Iterable[OwnTerm], searched: Sequence[str] = ()) -> Terms:
    """The protocol's terms with those that a person marks for themselves among them."""
    added = standing_terms(own)
    return Terms(
        [*protocol.include_terms, *added.get("include", ())],
        [*protocol.exclude_terms, *added.get("exclude", ())],
        searched,
        groups_of(protocol, added),
    )


def groups_of(protocol: Protocol, added: Mapping[str, Sequence[str]]) -> tuple[HighlightGroup, ...]:
    """The protocol's groups and the person's own, each with the terms that are `added` to it."""
    return tuple(
        replace(group, terms=(*group.terms, *added.get(group.name, ())))
        for group in (*protocol.highlight_groups, OWN_GROUP)
    )


def standing_terms(own: Iterable[OwnTerm]) -> dict[str, list[str]]:
    """The terms that a person marks now, by group; their last word on a term stands."""
    last = {each.term.casefold(): each for each in own}
    found: dict[str, list[str]] = {}
    for each in last.values():
        if each.marked:
            found.setdefault(each.group, []).append(each.term)
    return found
