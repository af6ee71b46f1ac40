"""What a title says besides its subject: notes in brackets, and what kind of item it heads.

Not here: how two titles differ (`differences`).
"""

from __future__ import annotations

import re
from enum import IntFlag

from scopingreview import normalise
from scopingreview.dedupe.compare.subject_classes import CLASS_WORDS, without_subject_classes
from scopingreview.dedupe.compare.symbols import SPELT, signs_written_out, without_spelt_symbols


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
_NOTE_CUT_OFF = re.compile(
    r"\s*[\[(](?:published )?(?:erratum|correction|comment) (?:appears |appeared )?in\b.*$",
    re.I | re.S,
)
_SECOND_TITLE = re.compile(
    r"\s*(?:\]\s*TO:|<original>|\]\s*=|(?<!\bor)\s=\s(?!\d)).*$", re.I | re.S
)
# What a registry of DOIs takes from the first page: `The habits of larks: Figure 1.`
_FIGURE = re.compile(r"[:.]\s*(?:figure|fig\.?|table|box)\s*\d+\.?\s*$", re.I)
# Eyelids retract, errors are corrected and patients respond: only what stands alone at either
# end, or before a quotation, is said of another article.
_ALONE = r"(?:^\W*|[:;.,(\[–—]\s*|\s-\s*){}(?:\W*$|\s*[:\"“‘'])"
_SET_APART: tuple[tuple[Notice, re.Pattern[str]], ...] = (
    (Notice.ERRATUM, re.compile(_ALONE.format("corrections?"), re.I)),
    (Notice.RETRACTION, re.compile(_ALONE.format("retraction(?: of)?"), re.I)),
    (Notice.REPLY, re.compile(r"^\W*response(?: to)?\s*[:\"“‘']", re.I)),
)
_RE_WORD = re.compile(r"^(\W*re)-(?=[a-z])", re.I)
_TIMES = re.compile(r"(\d) ?[xX×] ?(?=\d)")
_DEGREES = re.compile(r"(?<=\d) ?o(?=C\b)")
# Only what these mark can be a note, a second title or a sign; most titles have none of them.
_MARKS = b"[(<=>+&"
_WRAPPING = " \t\n\"'“”„«»[]."


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Each kind with the words one of which its pattern needs: most titles have none of them.
_NOTICES: tuple[tuple[Notice, frozenset[str], re.Pattern[str]], ...] = (
    (
        Notice.ERRATUM,
        _listed(
            "erratum errata correction corrections corrigendum corrigenda addendum vol volume"
        ),
        re.compile(
            r"^(?:an? )?(?:erratum|errata|corrigendum|corrigenda|addendum)\b|"
            r"^(?:an? )?(?:(?:author|publisher|editorial)(?: ?s)? )?corrections?(?: to\b|$)|"
            r"^(?:author|publisher)(?: ?s)? (?:corrections?|erratum|addendum)\b|"
            r" (?:erratum|corrigendum)$|"
            r"\bvol(?:ume)? \w+ (?:pg|p|pp|page|pages) \w+",
        ),
    ),
    (
        Notice.REPLY,
        _listed("reply replies response respond rejoinder"),
        re.compile(
            r"^(?:(?:the )?(?:authors?|in) )?(?:reply|replies)(?: to\b| from\b|$)|"
            r"^response(?:$| from (?:the )?authors?\b| to .{0,40}\bet al\b| to (?:the )?"
            r"(?:letters?|comments?|commentary|editors?|reviewers?|authors?|critique|criticism|"
            r"correspondence|drs?|prof|professor)\b)|"
            r"^(?:the )?authors? (?:reply|respond|response)|^in (?:reply|response)\b|"
            r" (?:(?:the )?authors? )?reply$| authors? response$|^rejoinder\b|^reply\b"
        ),
    ),
    (
        Notice.COMMENT,
        _listed("comment comments commentary re letter letters regarding"),
        re.compile(
            r"^comments? (?:on|to|regarding|about)\b|^commentary(?: on| to)?\b|^re (?!\w+ing\b)|"
            r"^letters? (?:to the editor )?(?:regarding|re|on|concerning|about)\b|^regarding\b|"
            r" a comment(?:ary)?$| (?:invited )?commentary$"
        ),
    ),
    (
        Notice.RETRACTION,
        _listed("retraction retracted concern withdrawn"),
        re.compile(
            r"^(?:retracted|withdrawn|notice of retraction|expression of concern)\b|"
            r"^retraction(?:$| (?:note|notice|statement|to)\b)|"
            r" (?:retraction of vol|expression of concern)"
        ),
    ),
    (
        Notice.PROTOCOL,
        _listed("protocol rationale plan"),
        re.compile(
            r"\b(?:study|trial|research|review) protocol\b|\bprotocol (?:for|of) (?:an?|the)\b|"
            r" protocol$|\brationale and (?:study )?design\b|\bdesign and rationale\b|"
            r"\bstatistical analysis plan\b"
        ),
    ),
)  # fmt: skip
_NOTICE_WORDS = frozenset(word for _, words, _ in _NOTICES for word in words)
_TELLING_WORDS = _NOTICE_WORDS | SPELT | CLASS_WORDS


def read_title(text: str) -> tuple[str, Notice]:
    """The words of the title without brackets and notes, and the kind of item it heads."""
    text, notice = _without_false_words(text), Notice.NONE
    if _has_marks(text):
        text, notice = _without_notes(text)
        text = signs_written_out(_without_what_follows(text))
    elif not text.isascii():
        text = signs_written_out(text)
    words = normalise.list_of_words(text)
    if _TELLING_WORDS.isdisjoint(words):
        return " ".join(words), notice
    text = text.strip(_WRAPPING)
    if head := _HEADS.match(text):
        text, notice = text[head.end() :].strip(_WRAPPING), notice | Notice.ERRATUM
        words = normalise.list_of_words(text)
    title = " ".join(words)
    return _without_added(title), notice | _notice_in(text, title)


def _without_added(words: str) -> str:
    """The words of a title without what databases add: names of symbols, subject classes."""
    return without_spelt_symbols(without_subject_classes(words))


def _without_false_words(text: str) -> str:
    """The title without what only looks like its words: a figure's number, an x for times."""
    if "-" in text[:5]:
        text = _RE_WORD.sub(r"\1", text)  # re-entry is no "Re:"
    if text.rstrip(" .")[-1:].isdigit():
        text = _FIGURE.sub("", text) or text
    if "x" in text or "×" in text or "X" in text:
        text = _TIMES.sub(r"\1 ", text).replace(" x ", " ")  # and no Roman ten
    if "oC" in text:
        text = _DEGREES.sub(" ", text)
    return text


def _has_marks(text: str) -> bool:
    data = text.encode()
    return len(data.translate(None, _MARKS)) < len(data)


def _without_notes(text: str) -> tuple[str, Notice]:
    """The title less the notes in brackets at its end, and what they say of it."""
    notice = Notice.NONE
    if text.rstrip(" .")[-1:] not in _PAIRED:
        return text, notice
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


def _without_what_follows(text: str) -> str:
    """The title without a note that was cut off and without the same title in another language."""
    if "[" in text or "(" in text:
        text = _NOTE_CUT_OFF.sub("", text) or text
    if "TO:" in text or "<" in text or " = " in text:
        text = _SECOND_TITLE.sub("", text) or text
    return text


def _notice_in(text: str, words: str) -> Notice:
    """What kinds of item the title, as text and as words, says that it heads."""
    notice = Notice.NONE
    telling = _NOTICE_WORDS.intersection(words.split())
    if not telling:
        return notice
    for kind, pattern in _SET_APART:
        if pattern.search(text):
            notice |= kind
    for kind, needed, pattern in _NOTICES:
        if not telling.isdisjoint(needed) and pattern.search(words):
            notice |= kind
    return notice


def _last_bracket(text: str) -> int:
    """Where the bracket opens that closes the text; -1 when none does."""
    bare = text.rstrip(" .")
    opening = _PAIRED.get(bare[-1:])
    if opening is None:
        return -1
    if bare.count(opening) == bare.count(bare[-1]) == 1:
        return bare.index(opening)
    depth = 0
    for at in range(len(bare) - 1, -1, -1):
        depth += (bare[at] == bare[-1]) - (bare[at] == opening)
        if depth == 0:
            return at
    return -1
