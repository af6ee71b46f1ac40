"""Author lists as sets of family names, whatever order, initials and tails they come with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from scopingreview import normalise

_RUN_TOGETHER = re.compile(r"(?<=\.)(?=[^\W\d_][^\W\d_.])")
_FAMILY_AND_INITIALS = re.compile(r"\s*[^\W\d_][\w'’ -]+ [A-Z](?:[.\s-]?[A-Z]){0,3}\.?\s*")
_NO_NAMES = frozenset(
    normalise.words("et al and others md phd msc mph anonymous anon no authors listed").split()
)


def family_names(authors: Sequence[str]) -> str:
    """The family names in order, folded, a space between authors and none inside a name.

    >>> family_names(("de Vries, A. B.", "Müller CD", "et al."))
    'devries muller'
    """
    if len(authors) == 1:
        authors = _people_in(authors[0])
    names = [normalise.surname(author).replace(" ", "") for author in authors]
    return " ".join([name for name in names if name and name not in _NO_NAMES])


def given_name(author: str) -> str:
    """The first given name, folded, or the initials, of a name or of the first in a field of them.

    >>> given_name("Marsh, Odile A."), given_name("Odile, M."), given_name("Marsh OA, Reed P")
    ('odile', 'm', 'oa')
    >>> given_name("Odile Marsh")
    'odile'
    """
    author = _people_in(author)[0]
    family, comma, given = author.partition(",")
    if not comma:
        first, _, rest = family.strip().partition(" ")
        given = rest if normalise.surname(author) == normalise.words(first) else first
    return normalise.words(given).partition(" ")[0]


def are_swapped(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether the family name of each of two authors is the given name of the other.

    Family and given name of each; one of the given names may be an initial.

    >>> are_swapped(("marsh", "odile"), ("odile", "m"))
    True
    """
    (here, here_given), (there, there_given) = one, other
    if not (here and there and here_given and there_given):
        return False
    return (here_given == there and here.startswith(there_given)) or (
        there_given == here and there.startswith(here_given)
    )


def _people_in(text: str) -> list[str]:
    """The authors of a field that holds all of them: "A and B", "A X, B Y", "A X.B Y."."""
    if " and " in text and text.count(",") > 1:
        return text.split(" and ")
    if text.count(".") > 3:
        return _RUN_TOGETHER.split(text)
    parts = text.split(",")
    if len(parts) > 1 and all(_FAMILY_AND_INITIALS.fullmatch(part) for part in parts):
        return parts
    return [text]


def shared_names(one: str, other: str) -> tuple[int, int]:
    """How many family names two lists share, and how many the shorter one has.

    Names one typing error apart are the same name, and so are a name and the name with an
    initial that slipped into it.
    """
    here, there = set(one.split()), set(other.split())
    same = here & there
    fewest = min(len(here), len(there))
    if len(same) == fewest:
        return fewest, fewest
    only_there = there - same
    close = sum(_has_like(name, only_there) for name in here - same)
    return min(len(same) + close, fewest), fewest


def _has_like(name: str, others: Iterable[str]) -> bool:
    """Whether one of the others may be the name; names that are have an end in common."""
    first, last = name[0], name[-1]
    return any(_alike(name, other) for other in others if other[0] == first or other[-1] == last)


def _alike(one: str, other: str) -> bool:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < 4:
        return False
    if short[0] != long[0]:
        return len(short) >= 5 and long.endswith(short)
    if long.startswith(short):
        return len(long) - len(short) <= 2
    return DamerauLevenshtein.distance(short, long, score_cutoff=1) <= 1
