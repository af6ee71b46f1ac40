"""Whether two journal titles can be one journal: abbreviations, subtitles, lost letters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from scopingreview import normalise
from scopingreview.dedupe.compare.venues import Venue, read_venue

_SMALL = frozenset(
    normalise.words(
        "the of and for in on to der die das und fur fuer ihre zur de des du la le les et del el "
        "los las en il della delle dell dei degli di nel nei da do dos dal ed van voor het den og "
        "och its their part section sect serie series ser reihe volume band"
    ).split()
)
_PARTS = re.compile(r"\s*(?:[:=/;\[\]()]|\.\s+(?=conference\b)|\bconference:|\s-\s)\s*", re.I)
_ELISION = re.compile(r"\b(?:dell|[dl])['’]", re.I)
_POSSESSIVE = re.compile(r"['’]s\b", re.I)
_LETTER_ALONE = re.compile(r"(?<![\w.'’-])[a-z](?![\w.'’-])")  # "e", "y": and; "A" is a section
_AMERICA = re.compile(r"\bU\.? ?S\.? ?A\b\.?")
# `No shinkei geka. Neurological surgery`: two names, where no other point marks abbreviations.
_TWO_NAMES = re.compile(r"(?P<one>[^.]*\w{3}[^.]*?)\.\s+(?P<other>[^.]*\w\w[^.]*)")
_SECTION = re.compile(r"(?:part|section|series|reihe|\w)\b", re.I)
_LETTER_LOST = re.compile(r"(?<=\w)\?(?=\w)|(?<=\w)\?(?=\s)|\ufffd")
# Proceedings: `2012 IEEE 33rd … Conference, TMRC 2012` and `IEEE Conf., TMRC` are one name.
_YEAR_OR_COUNT = re.compile(r"\b(?:(?:19|20)\d\d|\d+(?:st|nd|rd|th))\b", re.I)
_ACRONYM = re.compile(r",\s*[A-Z][A-Z0-9-]{2,}\s*$")


@lru_cache(maxsize=1 << 15)
def segments(journal: str) -> tuple[tuple[str, ...], ...]:
    """The names inside a journal field, each as its words without little ones."""
    marked = _ELISION.sub("", _POSSESSIVE.sub("s", _LETTER_LOST.sub("QQ", journal)))
    marked = _LETTER_ALONE.sub(" ", _AMERICA.sub("United States America", marked))
    if "," in marked or _YEAR_OR_COUNT.search(marked):
        marked = _ACRONYM.sub("", _YEAR_OR_COUNT.sub("", marked)) or marked
    names = [*_PARTS.split(marked), marked, *_two_names(marked)]
    if "-" in marked:
        names += [name.replace("-", "") for name in names]
    return tuple(dict.fromkeys(filter(None, map(_words, names))))


def _words(name: str) -> tuple[str, ...]:
    """The words of the name without little ones."""
    return tuple(word for word in normalise.words(name).split() if word not in _SMALL)


def _two_names(journal: str) -> tuple[str, ...]:
    """Both names where a point stands between an acronym or two words and the other name."""
    match = _TWO_NAMES.fullmatch(_PARTS.split(journal)[0])
    if match is None or _SECTION.match(match["other"]):
        return ()
    here, there = match["one"].split(), match["other"].split()
    apart = len(there) > 2 or (len(here) > 1 < len(there)) or match["one"].isupper()
    return (match["one"], match["other"]) if apart else ()


def same_journal(one: str, other: str) -> bool | None:
    """Whether two journal fields can name one journal; None when one of them is empty.

    Each word of an abbreviation begins the next word of the full name; a subtitle, a
    congress or a second name on either side does not part them.
    """
    one, other = one.replace("...", "…"), other.replace("...", "…")
    here, there = segments(one), segments(other)
    if not here or not there:
        return None
    if another_edition(one, other):
        return False
    if any(_one_name(left, right) for left in here for right in there):
        return True
    if _one_conference(read_venue(one), read_venue(other)):
        return True
    return ("…" in one and _shows_part(one, there)) or ("…" in other and _shows_part(other, here))


def another_edition(one: str, other: str) -> bool:
    """Whether two fields name other years, or other counts, of what is held again and again."""
    return read_venue(one).is_another_edition(read_venue(other))


def _one_conference(one: Venue, other: Venue) -> bool:
    """Whether two venues of one edition are called alike, by name or by acronym."""
    if one.is_another_kind(other) or not (one.is_conference() and other.is_conference()):
        return False
    if one.names and other.names:
        return any(_one_name(left, right) for left in one.names for right in other.names)
    return one.is_called_by(other) or other.is_called_by(one)


def _shows_part(cut: str, names: Iterable[tuple[str, ...]]) -> bool:
    """Whether what Google Scholar shows of a journal, `… of Invented Nurs…`, fits a whole name."""
    pieces = [_words(piece) for piece in cut.split("…")]
    return any(_stand_in(pieces, name, anywhere=not pieces[0]) for name in names)


def _stand_in(pieces: Iterable[tuple[str, ...]], name: tuple[str, ...], *, anywhere: bool) -> bool:
    """Whether the pieces stand in the name one after the other, the first at its beginning."""
    for piece in filter(None, pieces):
        starts = range(len(name) - len(piece) + 1) if anywhere else range(1)
        at = next((at for at in starts if _begins(piece, name[at:])), None)
        if at is None:
            return False
        name, anywhere = name[at + len(piece) :], True
    return True


def _begins(piece: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return len(piece) <= len(name) and all(map(_one_word, piece, name))


def _one_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if one == other:
        return True
    if "".join(one) == "".join(other):
        return True
    if len(one) == len(other):
        return all(_one_word(left, right) for left, right in zip(one, other, strict=True))
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and len(long) > 2 and short[0] == "".join(word[0] for word in long)


def _one_word(one: str, other: str) -> bool:
    """Whether one word begins the other, or is it with letters lost; initials need two letters."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short) or {one, other} == {"nihon", "nippon"}:
        return True
    if len(short) == 2 < len(long) and short == long[0] + long[-1]:  # Jt, Mt, Md
        return True
    if "qq" in one or "qq" in other:
        return _with_lost_letters(one, other) or _with_lost_letters(other, one)
    return len(short) > 2 and short[0] == long[0] and _in_order(short, long)


def _with_lost_letters(pattern: str, word: str) -> bool:
    regex = ".{0,2}".join(re.escape(piece) for piece in pattern.split("qq"))
    return re.fullmatch(f"{regex}.*", word) is not None


def _in_order(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)
