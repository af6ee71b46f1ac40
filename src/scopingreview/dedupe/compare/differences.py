"""How two titles differ: trivially, by a part, in words, or in what makes two works of them.

A difference must be trivial, not small: one letter parts Part I from Part II. Titles come as
`titles.read_title` gives them. Not here: how alike they are in numbers (`evidence`).
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from scopingreview import normalise
from scopingreview.dedupe.compare.symbols import GREEK, LESS, MORE, PLUS_MINUS, SIGNS


class Difference(IntEnum):
    """How two titles differ, from not at all to as works of their own do."""

    NONE = 0
    TRIVIAL = 1
    PART = 2
    WORDS = 3
    TELLING = 4


def _listed(text: str) -> frozenset[str]:
    return frozenset(normalise.words(text).split())


_SMALL = _listed(
    "a an the of in on and or for to at by with from as is are be its their into during among "
    "amongst between after via versus vs using within der die das und von im le la les de des "
    "du et en el los las y o e"
)
_NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "first": "1st", "second": "2nd", "third": "3rd",
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8",
    "ix": "9", "x": "10", "xi": "11", "xii": "12",
}  # fmt: skip
_LATIN = {"beta": "b", "gamma": "g", "delta": "d", "kappa": "k", "omega": "w"}  # as they are lost
_PART_WORDS = _listed("part volume chapter section phase paper")
_TIME_WORDS = _listed("year years yr month months week weeks day days hour hours center centre")
_DIGITS = re.compile(r"\d+")
_SPELLINGS = (
    ("isa", "iza"), ("ise", "ize"), ("isi", "izi"), ("yse", "yze"), ("our", "or"), ("ae", "e"),
    ("oe", "e"), ("ll", "l"), ("tre", "ter"), ("ogue", "og"), ("ph", "f"), ("ce", "se"),
)  # fmt: skip
_NEGATIONS = ("a", "an", "in", "un", "non", "dis", "im", "anti", "de")
_BEGINNINGS = (
    ("hyper", "hypo"), ("inter", "intra"), ("pre", "post"), ("macro", "micro"), ("in", "out"),
    ("mono", "bi"), ("uni", "bi"), ("ex", "in"),
)  # fmt: skip
_OPPOSED_WORDS = (
    ("male", "female"), ("males", "females"), ("man", "woman"), ("men", "women"),
    ("mother", "father"), ("mothers", "fathers"), ("boys", "girls"), ("hyper", "hypo"),
    ("inter", "intra"), ("pre", "post"), ("macro", "micro"), ("day", "night"),
    ("oral", "nasal"), ("sensitive", "resistant"), ("adult", "adolescent"),
    ("adults", "adolescents"), ("adults", "children"), ("adult", "paediatric"),
    ("adult", "pediatric"), ("increased", "decreased"), ("acute", "chronic"),
    ("short", "long"), ("low", "high"), ("lower", "upper"), ("lower", "higher"),
    ("left", "right"), ("urban", "rural"), ("younger", "older"), ("maternal", "paternal"),
    ("with", "without"), ("positive", "negative"), (MORE, LESS), (PLUS_MINUS, "plus"),
)  # fmt: skip
_OPPOSITES = {
    word: {other for pair in _OPPOSED_WORDS if word in pair for other in pair} - {word}
    for pair in _OPPOSED_WORDS
    for word in pair
}
_OPPOSED_BEGINNINGS = (*_BEGINNINGS, *((there, here) for here, there in _BEGINNINGS))

LONG_TITLE = 20  # words: exports cut titles at 200 or 255 characters
SHORTEST_PART = 4  # words: what is left of a title that lost its subtitle


def compare_titles(one: str, other: str) -> Difference:
    """How two titles differ.

    Trivial is what typing, spelling, hyphens, plurals and little words do. Telling is a number,
    a numeral, a letter, or a word and its opposite in only one of them. Part: one is the other
    without its subtitle or its end.
    """
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return Difference.NONE
    only_one, only_other = _left_over(one.split(), other.split())
    if not only_one and not only_other:
        return Difference.TRIVIAL
    if not (only_one and only_other) and _is_part(*sorted((one, other), key=len)):
        numbered = _is_part_number(only_one or only_other)
        return Difference.TELLING if numbered else Difference.PART
    # "beta 3" and "beta3" have one number, though a word of each is left over.
    if _other_numbers(only_one, only_other) and _other_numbers(one.split(), other.split()):
        return Difference.TELLING
    return _difference_of_words(only_one, only_other)


def _difference_of_words(one: list[str], other: list[str]) -> Difference:
    """Of words that have no counterpart: telling where letters or opposites stand on both sides.

    A letter by itself tells vitamin C from vitamin D, and TNF-α from TNF-β.
    """
    if any(map(_is_letter, one)) and any(map(_is_letter, other)):
        return Difference.TELLING
    opposed = any(are_opposed(left, right) for left in one for right in other)
    return Difference.TELLING if opposed else Difference.WORDS


def _left_over(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """The words of each that the other has no counterpart for, little words left out."""
    if _cut_off(one, other):
        one, other = one[:-1], other[:-1]
    only_one, only_other = _not_among(one, other), _not_among(other, one)
    if not SIGNS.isdisjoint(only_one + only_other):
        only_one, only_other = _without_lost_signs(only_one, only_other)
    if [*only_one, *only_other] == ["x"] and "x" not in (one[-1], other[-1]):
        return [], []  # a sign of multiplication that a title in capitals made a letter
    _drop_same_words(only_one, only_other)
    _drop_joined(only_one, only_other, other)
    _drop_joined(only_other, only_one, one)
    return only_one, only_other


def _not_among(words: list[str], others: list[str]) -> list[str]:
    """The words that are not among the others, little words left out."""
    there = set(others)
    return [word for word in words if word not in there and word not in _SMALL]


def _without_lost_signs(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """The words less the signs that the other title lost, unless another sign stands there."""
    turned_round = any(
        are_opposed(left, right) for left in one for right in other if SIGNS & {left, right}
    )
    return (one, other) if turned_round else (_unsigned(one), _unsigned(other))


def _unsigned(words: list[str]) -> list[str]:
    return [word for word in words if word not in SIGNS]


def _cut_off(one: list[str], other: list[str]) -> bool:
    """Whether both titles are long and the last word of one lost its end: cut at some length."""
    if min(len(one), len(other)) < LONG_TITLE or one[-1] == other[-1]:
        return False
    return one[-1].startswith(other[-1]) or other[-1].startswith(one[-1])


def _drop_same_words(only_one: list[str], only_other: list[str]) -> None:
    """Words of either that are spellings of one are gone."""
    for word in list(only_one):
        match = next((each for each in only_other if same_word(word, each)), None)
        if match is not None:
            only_one.remove(word)
            only_other.remove(match)


def _drop_joined(only_here: list[str], only_there: list[str], there: list[str]) -> None:
    """Words here that several words there make up together are gone, and so are those words."""
    letters = "".join(there)
    for word in [word for word in only_here if word in letters]:
        for start, first in enumerate(there):
            if not word.startswith(first) or word == first:
                continue
            end, joined = start + 1, first
            while end < len(there) and len(joined) < len(word):
                joined += there[end]
                end += 1
            if joined == word:
                only_here.remove(word)
                for part in there[start:end]:
                    if part in only_there:
                        only_there.remove(part)
                break


def same_word(one: str, other: str) -> bool:
    """Whether two words are spellings of one: British and American, plural, a typing error."""
    if _NUMBER_WORDS.get(one, one) == _NUMBER_WORDS.get(other, other):
        return True
    if _LATIN.get(one, one) == _LATIN.get(other, other):
        return True
    if one[0] != other[0] and one[-1] != other[-1]:
        return False
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < 4 or len(long) - len(short) > 3 or _DIGITS.search(one + other):
        return False
    return _is_spelling(short, long)


def _is_spelling(short: str, long: str) -> bool:
    """Whether words of nearly one length are British and American, plural, or mistyped."""
    if short + "s" == long or _spelling(short) == _spelling(long):
        return True
    slips = 1 if len(short) < 8 else 2
    return DamerauLevenshtein.distance(short, long, score_cutoff=slips) <= slips and (
        not are_opposed(short, long)
    )


@lru_cache(maxsize=1 << 14)
def _spelling(word: str) -> str:
    for british, american in _SPELLINGS:
        word = word.replace(british, american)
    return word.removesuffix("s").removesuffix("e")


def are_opposed(one: str, other: str) -> bool:
    """Whether one word denies or opposes the other: typical and atypical, pre- and post-."""
    if other in _OPPOSITES.get(one, ()):
        return True
    if one[-2:] != other[-2:]:
        return False
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    # No English word begins with a letter twice: "ssociated" lost its "a" to a typing error.
    if short[:1] != short[1:2] and any(long == prefix + short for prefix in _NEGATIONS):
        return True
    return any(
        one.startswith(here) and other.startswith(there) and one[len(here) :] == other[len(there) :]
        for here, there in _OPPOSED_BEGINNINGS
    )


def _numbers(words: list[str]) -> list[str]:
    """The numbers in the words, Roman ones and number words too, in order."""
    arabic = (_NUMBER_WORDS.get(word, word) for word in words)
    return sorted(number for word in arabic for number in _DIGITS.findall(word))


def _other_numbers(one: list[str], other: list[str]) -> bool:
    return _numbers(one) != _numbers(other)


def _is_letter(word: str) -> bool:
    return (len(word) == 1 and not word.isdigit()) or word in GREEK


def _is_part(short: str, long: str) -> bool:
    """Whether the short title is the long one without an end or a beginning, and long enough."""
    if len(short.split()) < SHORTEST_PART:
        return False
    part, words = "".join(_unsigned(short.split())), _unsigned(long.split())
    return _begins(part, words) or _begins(part[::-1], [word[::-1] for word in reversed(words)])


def begins_with(one: str, other: str) -> bool:
    """Whether one title is the other with more behind it, which is not the number of a part.

    What follows may hold numbers; it is for those to use who know that it is one object.
    """
    short, long = sorted((one, other), key=len)
    if not long.startswith(f"{short} ") or short.count(" ") < SHORTEST_PART - 1:
        return False
    behind = long[len(short) :].split()
    return behind[0] not in _PART_WORDS and (len(behind) > 1 or not _is_part_number(behind))


def _begins(part: str, words: list[str]) -> bool:
    """Whether the part is some of the words from the first on, whole words only."""
    joined = ""
    for word in words:
        joined += word
        if len(joined) >= len(part):
            break
    return joined == part


def _is_part_number(words: list[str]) -> bool:
    """Whether words at the end of a title number a part: "II", "part 2 …", "2. Results"."""
    first = words[0]
    if first in _PART_WORDS:
        return True
    numbered = first in _NUMBER_WORDS or first.isdigit()
    return numbered and not (len(words) > 1 and words[1] in _TIME_WORDS)
