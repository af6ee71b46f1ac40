"""What a title says besides its subject: notes, what kind of item it heads, and how two differ.

Not here: how alike two titles are in numbers (`evidence` asks rapidfuzz).
"""

from __future__ import annotations

import re
from enum import IntEnum, IntFlag
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

from scopingreview import normalise


class Notice(IntFlag):
    """What an item is when it is not an article; two items of different kinds are two works."""

    NONE = 0
    ERRATUM = 1
    COMMENT = 2
    REPLY = 4
    RETRACTION = 8
    PROTOCOL = 16
    ABSTRACT = 32
    SEVERAL = 64


# Notes that databases append in brackets; what is inside says nothing about the work's title.
_LANGUAGES = (
    "afrikaans|arabic|bulgarian|chinese|croatian|czech|danish|dutch|english|estonian|farsi|finnish|"
    "french|georgian|german|greek|hebrew|hungarian|icelandic|italian|japanese|korean|latvian|"
    "lithuanian|norwegian|persian|polish|portuguese|romanian|russian|serbian|slovak|slovenian|"
    "spanish|swedish|thai|turkish|ukrainian|vietnamese"
)
_NOTE = re.compile(
    r"(?:"
    r"(?P<abstract>(?:meeting |conference |congress )?abstracts?)(?: (?:no\W*)?\w*\d\w*)?|"
    r"(?P<cites>vol(?:ume)?\W.*\d.*|.*\((?:19|20)\d\d\)\W*\d+\W.*\d+)|"
    r"(?P<several>multiple letters)|"
    r"review|letters?|editorial|comment|news|case reports?|article in \w+|in \w+|\w+ transl?\.?|"
    rf"(?:{_LANGUAGES})(?:\W+(?:{_LANGUAGES}|and))*|\d+ refs?|"
    r"review\W+\d+ refs?|see comments?|corrected|republished|retracted|duplicate publication|"
    r"electronic resource|"
    r"(?:published )?(?:erratum|correction|retraction|comment|update|summary|republished|corrected)"
    r".{0,30}?\b(?:appears?|appeared|in|on|of|for|from)\b.*"
    r")\W*",
    re.I | re.S,
)
_PAIRED = {"]": "[", ")": "("}
_HEADS = re.compile(
    r"^(?P<erratum>(?:(?:author|publisher|editorial)\W?s? )?"
    r"(?:erratum|errata|correction|corrigendum|corrigenda|addendum)(?: to)?\s*[:.]\s*)",
    re.I,
)
_SECOND_TITLE = re.compile(r"\s*(?:\]\s*TO:|<original>|\]\s*=|\s=\s).*$", re.I | re.S)
_WRAPPING = " \t\n\"'“”„«»[]."

_NOTICES: tuple[tuple[Notice, re.Pattern[str]], ...] = (
    (
        Notice.ERRATUM,
        re.compile(
            r"^(?:an? )?(?:(?:author|publisher|editorial|author s|publishers?) )?"
            r"(?:erratum|errata|correction|corrections|corrigendum|corrigenda|addendum)\b"
            r"(?! of | for )|"
            r" (?:erratum|corrigendum|correction)$|"
            r"\bvol(?:ume)? \w+ (?:pg|p|pp|page|pages) \w+",
        ),
    ),
    (
        Notice.REPLY,
        re.compile(
            r"^(?:(?:the )?(?:authors?|in) )?(?:reply|replies|response)(?: to\b| from\b|$)|"
            r"^(?:the )?authors? (?:reply|respond|response)|^in (?:reply|response)\b|"
            r" (?:(?:the )?authors? )?reply$| authors? response$|^rejoinder\b|^reply\b"
        ),
    ),
    (
        Notice.COMMENT,
        re.compile(
            r"^comments? (?:on|to|regarding|about)\b|^commentary(?: on| to)?\b|^re (?!\w+ing\b)|"
            r"^letters? (?:to the editor )?(?:regarding|re|on|concerning|about)\b|^regarding\b|"
            r" a comment(?:ary)?$| (?:invited )?commentary$"
        ),
    ),
    (
        Notice.RETRACTION,
        re.compile(
            r"^(?:retraction|retracted|notice of retraction|expression of concern|withdrawn)\b|"
            r" (?:retraction of vol|expression of concern|retraction)"
        ),
    ),
    (
        Notice.PROTOCOL,
        re.compile(
            r"\b(?:study|trial|research|review) protocol\b|\bprotocol (?:for|of) (?:an?|the)\b|"
            r" protocol$|\brationale and (?:study )?design\b|\bdesign and rationale\b|"
            r"\bstatistical analysis plan\b"
        ),
    ),
)  # fmt: skip


def read_title(text: str) -> tuple[str, Notice]:
    """The words of the title without brackets and notes, and the kind of item it heads."""
    notice = Notice.NONE
    if text[-1:] in ")].":
        text, notice = _without_notes(text)
    if "TO:" in text or "<" in text or " = " in text:
        text = _SECOND_TITLE.sub("", text) or text
    if head := _HEADS.match(text):
        text, notice = text[head.end() :], notice | Notice.ERRATUM
    words = normalise.title(text.strip(_WRAPPING))
    for kind, pattern in _NOTICES:
        if pattern.search(words):
            notice |= kind
    return words, notice


def _without_notes(text: str) -> tuple[str, Notice]:
    """The title less the notes in brackets at its end, and what they say of it."""
    notice = Notice.NONE
    while (start := _last_bracket(text)) > 0 and text[:start].strip(_WRAPPING):
        found = _NOTE.fullmatch(text[start:].strip(" .")[1:-1].strip())
        if found is None:
            break
        if found["abstract"]:
            notice |= Notice.ABSTRACT
        elif found["several"]:
            notice |= Notice.SEVERAL
        elif found["cites"]:
            notice |= Notice.ERRATUM
        text = text[:start].rstrip()
    return text, notice


def _last_bracket(text: str) -> int:
    """Where the bracket opens that closes the text; -1 when none does."""
    bare = text.rstrip(" .")
    opening = _PAIRED.get(bare[-1:])
    if opening is None:
        return -1
    depth = 0
    for at in range(len(bare) - 1, -1, -1):
        depth += (bare[at] == bare[-1]) - (bare[at] == opening)
        if depth == 0:
            return at
    return -1


class Difference(IntEnum):
    """How two titles differ, from not at all to as works of their own do."""

    NONE = 0
    TRIVIAL = 1
    PART = 2
    WORDS = 3
    TELLING = 4


_SMALL = frozenset(
    normalise.words(
        "a an the of in on and or for to at by with from as is are be its their into during among "
        "amongst between after via versus vs using within der die das und von im le la les de des "
        "du et en el los las y o e"
    ).split()
)
_DIGITS = re.compile(r"\d+")
_NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "first": "1st", "second": "2nd", "third": "3rd",
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8",
    "ix": "9", "x": "10", "xi": "11", "xii": "12",
}  # fmt: skip
_NEGATIONS = ("a", "an", "in", "un", "non", "dis", "im", "anti", "de")
_SPELLINGS = (("isa", "iza"), ("ise", "ize"), ("isi", "izi"), ("yse", "yze"), ("our", "or"),
              ("ae", "e"), ("oe", "e"), ("ll", "l"), ("tre", "ter"), ("ogue", "og"),
              ("ph", "f"), ("ce", "se"))  # fmt: skip
_APART_BY_A_LETTER = (
    {"male", "female"}, {"man", "woman"}, {"men", "women"}, {"mother", "father"},
    {"mothers", "fathers"}, {"boys", "girls"}, {"hyper", "hypo"}, {"inter", "intra"},
    {"pre", "post"}, {"macro", "micro"}, {"day", "night"}, {"oral", "nasal"},
)  # fmt: skip
_OPPOSED_BEGINNINGS = (("hyper", "hypo"), ("inter", "intra"), ("pre", "post"), ("macro", "micro"),
                       ("in", "out"), ("mono", "bi"), ("uni", "bi"), ("ex", "in"))  # fmt: skip


def compare_titles(one: str, other: str) -> Difference:
    """How two titles (as `read_title` gives them) differ.

    Trivial is what typing, spelling, hyphens, plurals and little words do. Telling is a number,
    a numeral, a letter, or a word and its opposite in only one of them. Part: one is the other
    without its subtitle or its end.
    """
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return Difference.NONE
    only_one, only_other = _left_over(one.split(), other.split())
    if not only_one and not only_other:
        return Difference.TRIVIAL
    if not only_one or not only_other:
        more = only_one or only_other
        if _is_part(*sorted((one, other), key=len)):
            return Difference.TELLING if _begins_with_part_number(more) else Difference.PART
    if _numbers(only_one) != _numbers(only_other):
        return Difference.TELLING
    if any(map(_is_letter, only_one)) and any(map(_is_letter, only_other)):
        return Difference.TELLING
    if any(_are_opposed(left, right) for left in only_one for right in only_other):
        return Difference.TELLING
    return Difference.WORDS


def _left_over(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """The words of each that the other has no counterpart for, little words left out."""
    here, there = set(one), set(other)
    only_one = [w for w in one if w not in there and w not in _SMALL]
    only_other = [w for w in other if w not in here and w not in _SMALL]
    if not only_one or not only_other:
        return _joined(only_one, other), _joined(only_other, one)
    for word in list(only_one):
        match = next((w for w in only_other if same_word(word, w)), None)
        if match is not None:
            only_one.remove(word)
            only_other.remove(match)
    return _joined(only_one, other), _joined(only_other, one)


def _joined(only: list[str], other: list[str]) -> list[str]:
    """What stays of those words when two that stand together there are one word here."""
    if not only:
        return only
    pairs = {left + right for left, right in pairwise(other)}
    text = "".join(other)
    return [w for w in only if w not in pairs and not (len(w) > 3 and w in text)]


def same_word(one: str, other: str) -> bool:
    """Whether two words are spellings of one: British and American, plural, a typing error."""
    if _NUMBER_WORDS.get(one, one) == _NUMBER_WORDS.get(other, other):
        return True
    if min(len(one), len(other)) < 4 or _has_digit(one) or _has_digit(other):
        return False
    if one + "s" == other or other + "s" == one:
        return True
    if _spelling(one) == _spelling(other):
        return True
    return not _are_opposed(one, other) and (
        DamerauLevenshtein.distance(one, other, score_cutoff=2)
        <= (1 if min(len(one), len(other)) < 9 else 2)
    )


def _spelling(word: str) -> str:
    for british, american in _SPELLINGS:
        word = word.replace(british, american)
    return word.removesuffix("s").removesuffix("e")


def _are_opposed(one: str, other: str) -> bool:
    """Whether one word denies or opposes the other: typical and atypical, pre- and post-."""
    short, long = sorted((one, other), key=len)
    if any(long == prefix + short for prefix in _NEGATIONS):
        return True
    if {one, other} in _APART_BY_A_LETTER:
        return True
    return any(
        (one.startswith(p) and other.startswith(q) and one[len(p) :] == other[len(q) :])
        or (one.startswith(q) and other.startswith(p) and one[len(q) :] == other[len(p) :])
        for p, q in _OPPOSED_BEGINNINGS
    )


def _has_digit(word: str) -> bool:
    return any(c.isdigit() for c in word)


def _numbers(words: list[str]) -> list[str]:
    """The numbers in the words, Roman ones too, in order of size."""
    arabic = (_NUMBER_WORDS.get(word, word) for word in words)
    return sorted(number for word in arabic for number in _DIGITS.findall(word))


def _is_letter(word: str) -> bool:
    return len(word) == 1 and not word.isdigit()


def _is_part(short: str, long: str) -> bool:
    """Whether the short title is the long one without an end or a beginning, and long enough."""
    return len(short.split()) >= 4 and (long.startswith(short) or long.endswith(short))


def _begins_with_part_number(words: list[str]) -> bool:
    return words[0] in {"part", "volume", "chapter"} or bool(_numbers(words[:1]))
