"""The family name of an author, however a database orders and shortens names."""

from __future__ import annotations

from functools import lru_cache

from scopingreview.normalise.spelling import fold, words

_DEGREES = {
    "md",
    "phd",
    "mph",
    "msc",
    "bsc",
    "ma",
    "rn",
    "frcp",
    "facp",
    "mbbs",
    "dds",
    "dr",
    "prof",
}
_GENERATION = {"jr", "sr", "junior", "senior", "ii", "iii", "iv"}
_ET_AL = {"et al", "and others", "others", "etal"}
_NOT_INITIALS = _DEGREES | _GENERATION


def surname(author: str) -> str:
    """The family name, folded, without initials, generation or degree; "" for "et al.".

    "Family, Given", "Family AB" and "Given Family" all occur; particles stay. To compare by: the
    name to be kept and shown is read by `formats.values.names`.

    >>> [surname(name) for name in ("Müller, Jan", "de Vries AB", "File Jr, T. M.", "et al.")]
    ['muller', 'de vries', 'file', '']
    """
    family, comma, _ = author.partition(",")
    if comma:
        return _before_comma(family)
    name, _, last = author.rpartition(" ")
    if name and _ends_in_initials(last):
        return _before_initials(name)
    return _of_whole_name(author)


# A family has many members, and most of them write again: half the names are met before.
@lru_cache(maxsize=1 << 16)
def _before_comma(family: str) -> str:
    """The name before a comma, without a generation; "" for "et al."."""
    if family.replace("-", "").isalpha():
        return fold(family).replace("-", " ")
    folded = words(family)
    if folded in _ET_AL:
        return ""
    return " ".join(part for part in folded.split() if part not in _GENERATION) or folded


@lru_cache(maxsize=1 << 14)
def _ends_in_initials(last: str) -> bool:
    """Whether the last word of a name is initials: "AB", "A.B.", "A-B"."""
    bare = last.replace(".", "").replace("-", "")
    return bare.isalpha() and bare.isupper() and len(bare) < 5 and bare.lower() not in _NOT_INITIALS


@lru_cache(maxsize=1 << 16)
def _before_initials(name: str) -> str:
    """The family name of a name that initials follow."""
    if name.isascii() and name.isalpha():
        return name.lower()
    return _of_whole_name(f"{name} X")


def _of_whole_name(author: str) -> str:
    """The family name of a name without a comma."""
    folded = words(author)
    if folded in _ET_AL:
        return ""
    parts = folded.split()
    if len(parts) > 1:
        parts = _family_of(parts, author.split())
    return " ".join(part for part in parts if part not in _GENERATION) or " ".join(parts)


def _family_of(parts: list[str], spelt: list[str]) -> list[str]:
    """The family name of a name without a comma: what stands before initials, else the last."""
    known = [part for part in parts if part not in _DEGREES and part not in _GENERATION] or parts
    before = len(known)
    while before > 1 and len(known[before - 1]) <= 3 and _are_initials(spelt, known[before - 1]):
        before -= 1
    return known[:before] if before < len(known) else known[-1:]


def _are_initials(spelt: list[str], part: str) -> bool:
    """Whether that part stands in capitals or with points, as initials do."""
    bare = part.upper()
    return len(part) == 1 or any(
        word.replace(".", "").replace("-", "") == bare for word in spelt[1:]
    )
