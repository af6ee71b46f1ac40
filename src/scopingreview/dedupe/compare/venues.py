"""When two names are one conference: "50th Annual … Conference on …", "HICSS", its proceedings.

A conference is called by its name, by its acronym and by the title of its proceedings, with or
without count, year, sponsors and a motto. Counts and years part two of a series, and what is
published beside the proceedings is not they. Not here: journals (`journals`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from scopingreview import normalise


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What gathers, with its abbreviations; a name without one of these is no conference's.
_KINDS = {
    "conference": "conference", "conferences": "conference", "conf": "conference",
    "symposium": "symposium", "symposia": "symposium", "symp": "symposium",
    "congress": "congress", "cong": "congress", "meeting": "meeting", "workshop": "workshop",
    "workshops": "workshop", "convention": "convention", "summit": "summit",
    "summits": "summit", "forum": "forum", "colloquium": "colloquium",
}  # fmt: skip
# What takes place or is published beside a conference, under its name.
_BESIDE = _listed(
    "companion adjunct extended doctoral tutorial tutorials poster posters demos workshop workshops"
)
_GENERAL = _listed("international int intl national world global joint") | _KINDS.keys()
# They hold many conferences, so they name none.
_SPONSORS = _listed("ieee acm ifip ais siam aiaa asme spie iet iee usenix iop aip usa uk")
_NOISE = _SPONSORS | _listed(
    "the of and for in on to at a an proceedings proc procs annual annu ann papers record digest"
)
_ONES = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
)  # fmt: skip
_TENS = ("twent", "thirt", "fort", "fift", "sixt", "sevent")
_COUNT_WORDS = {word: at for at, word in enumerate(_ONES, 1)} | {
    f"{tens}{end}": 10 * at + ones
    for at, tens in enumerate(_TENS, 2)
    for ones, end in enumerate(("ieth", *(f"y{word}" for word in _ONES[:9])))
}
_COUNT = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b|^(\d{1,3})\.\s", re.I)
_TENS_AND_ONES = re.compile(r"(?<=ty)-(?=\w+(?:st|nd|rd|th)\b)", re.I)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)|(?<=[A-Za-z]) ?['’](\d\d)\b")
# HICSS, NeurIPS, and the count that hangs on it: HICSS-50.
_ACRONYM = re.compile(r"\b([A-Z]+[a-z]*[A-Z][A-Za-z]*)(?:[ -]?(\d{1,3}))?(?!\w)")
_PARTS = re.compile(r"[:;,()\[\]]|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Venue:
    """A conference's name read: its names as words, its acronyms, which of a series it is.

    `is_acronym`: no word but acronyms stands in the field.
    """

    names: tuple[tuple[str, ...], ...]
    acronyms: frozenset[str]
    is_acronym: bool
    kinds: frozenset[str]
    beside: frozenset[str]
    sponsors: frozenset[str]
    years: frozenset[int]
    counts: frozenset[int]

    def is_conference(self) -> bool:
        """Whether it is named as one, or by an acronym and nothing else."""
        return bool(self.kinds or self.is_acronym)

    def is_another_edition(self, other: Venue) -> bool:
        """Whether both say which year or which of a series they are, and differ."""
        return any(
            here and there and here.isdisjoint(there)
            for here, there in ((self.years, other.years), (self.counts, other.counts))
        )

    def is_another_kind(self, other: Venue) -> bool:
        """Whether a symposium meets a workshop, proceedings meet posters, ACM meets IEEE."""
        return self.beside != other.beside or any(
            here and there and here.isdisjoint(there)
            for here, there in ((self.kinds, other.kinds), (self.sponsors, other.sponsors))
        )

    def is_called_by(self, other: Venue) -> bool:
        """Whether an acronym of the other is this one's, or the initials of a name of it."""
        initials = {"".join(word[0] for word in name) for name in self.names}
        return not other.acronyms.isdisjoint(self.acronyms | initials)


@lru_cache(maxsize=1 << 15)
def read_venue(text: str) -> Venue:
    """What a field says of a conference.

    >>> venue = read_venue("Proc. 50th Annual Moss Conf. (MC 2017): Towards the light")
    >>> venue.names, sorted(venue.acronyms), sorted(venue.years), sorted(venue.counts)
    ((('moss', 'conf'),), ['mc'], [2017], [50])
    """
    years = {_full_year(whole or short) for whole, short in _YEAR.findall(text)}
    text = _YEAR.sub(" ", text)
    counts = {int(count or point) for count, point in _COUNT.findall(text)}
    text = _TENS_AND_ONES.sub("", _COUNT.sub(" ", text))
    acronyms = dict(_acronyms(text))
    parts = [normalise.words(part).split() for part in _PARTS.split(text)]
    words = {word for part in parts for word in part}
    counts.update(_COUNT_WORDS[word] for word in words & _COUNT_WORDS.keys())
    counts.update(map(int, filter(None, acronyms.values())))
    names = (_name(part, acronyms) for part in parts)
    return Venue(
        names=tuple(dict.fromkeys(filter(None, names))),
        acronyms=frozenset(acronyms),
        is_acronym=bool(acronyms) and _are_beside_acronyms(words - acronyms.keys()),
        kinds=frozenset(_KINDS[word] for word in words & _KINDS.keys()),
        beside=frozenset(words & _BESIDE),
        sponsors=frozenset(words & _SPONSORS),
        years=frozenset(years),
        counts=frozenset(counts),
    )


def _are_beside_acronyms(words: set[str]) -> bool:
    """Whether the words are such as stand beside an acronym and name nothing: noise, digits."""
    return all(word in _NOISE or word.isdigit() for word in words)


def _full_year(text: str) -> int:
    """The year: '17 is 2017, '98 is 1998."""
    year = int(text)
    return year if year > 99 else year + (2000 if year < 50 else 1900)


def _acronyms(text: str) -> Iterator[tuple[str, str]]:
    """The acronyms and the count that hangs on each; a name in capitals has none."""
    bare = text.strip()
    if not bare.isupper() or " " not in bare:
        for acronym, count in _ACRONYM.findall(bare):
            if acronym.lower() not in _SPONSORS:
                yield acronym.lower(), count


def _name(words: list[str], acronyms: dict[str, str]) -> tuple[str, ...]:
    """The words of a part of the field that names a conference; none of other parts."""
    name = tuple(
        word
        for word in words
        if not (word in _NOISE or word in acronyms or word in _COUNT_WORDS or word.isdigit())
    )
    names_one = _KINDS.keys() & set(name) and not _GENERAL.issuperset(name)
    return name if names_one else ()
