"""Keys for comparison: what is left of a field when every habit of a database is taken off.

Each function takes a field as an export spells it and returns a key that is equal for equal
things; "" (or None) means there is nothing to compare, and nothing never equals nothing. Not
here: how alike two keys are (`dedupe`), how an export is cut into fields (`formats`).
"""

from __future__ import annotations

import html
import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

# fmt: off
_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe",
        "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
        "η": "eta", "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
        "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "χ": "chi",
        "ψ": "psi", "ω": "omega", "ι": "iota", "υ": "upsilon", "\ufffd": "?",
        "ɑ": "alpha", "ɣ": "gamma", "ɛ": "epsilon", "∆": "delta",  # as they are mistaken
    }
)
# fmt: on
# For ASCII, as bytes: five times as fast as str.translate.
_APART = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)
) + bytes(range(128, 256))
_JOINING = b"'`"
# Accents as NFKD sets them apart, and the vowel signs of Hebrew and Arabic.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_NO_WORD = re.compile(r"[\W_]+")
_APOSTROPHE = re.compile(r"['`’‘ʼ´ʹ]")


def plain(text: str) -> str:
    """The text without markup: entities resolved, tags gone, case and accents kept.

    >>> plain("<i>p</i> &lt; 0.05 &amp; more")
    'p < 0.05 & more'
    """
    if "&" in text:
        text = html.unescape(html.unescape(text))
    return _TAG.sub("", text) if "<" in text else text


def fold(text: str) -> str:
    """Lower case, without accents; Greek letters by name, so that β equals beta.

    >>> fold("Sørensen, Müller: TNF-α")
    'sorensen, muller: tnf-alpha'
    """
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return bare.casefold().translate(_LETTERS)


def words(text: str) -> str:
    """The words of a text, folded, one space between them; punctuation parts words.

    Apostrophes join ("women's" is "womens"); "&" is "and". Any script is kept. No id
    hangs on it, so it may improve; `identity` has one like it on purpose, which may not.

    >>> words("Women&#8217;s health &amp; work-related   stress.")
    'womens health and work related stress'
    """
    return " ".join(list_of_words(text))


def list_of_words(text: str) -> list[str]:
    """The `words` of a text one by one."""
    text = plain(text)
    if "&" in text or "+" in text:
        text = text.replace("&", " and ").replace("+", " plus ")
    if text.isascii():
        return text.encode().translate(_APART, _JOINING).decode().split()
    folded = _APOSTROPHE.sub("", fold(text)).replace("&", " and ").replace("+", " plus ")
    return _NO_WORD.sub(" ", folded).split()


def title(text: str) -> str:
    """The words of a title.

    >>> title("<b>Burnout</b> in Nurses: a Review.")
    'burnout in nurses a review'
    """
    return words(text)


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


_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


def year(text: str) -> int | None:
    """The year of publication, from 1500 to 2099; None when there is none.

    >>> [year(text) for text in ("2019//", "2011 Mar", "in press")]
    [2019, 2011, None]
    """
    found = _YEAR.search(text)
    return int(found[1]) if found else None


_NUMBER = re.compile(r"\d+")


def number(text: str) -> str:
    """The first number of a volume or issue, without zeros in front; "" when it has none.

    >>> [number(text) for text in ("Vol. 012", "12(3)", "Suppl 2", "Spring", "")]
    ['12', '12', '2', '', '']
    """
    found = _NUMBER.search(text)
    return (found[0].lstrip("0") or "0") if found else ""


_ISSN = re.compile(r"(?<!\d)(\d{4})-?(\d{3}[\dX])(?![\dX])")


def issns(text: str) -> list[str]:
    """The ISSNs in a text, without hyphens; a journal has one for each medium.

    >>> issns("1234-567x (print); ISSN 87654321")
    ['1234567X', '87654321']
    """
    return [first + last for first, last in _ISSN.findall(text.upper())] if text else []


class PageKind(IntEnum):
    """What a page field holds; two different kinds never contradict each other."""

    UNKNOWN = 0
    RANGE = 1
    PAGE = 2
    ARTICLE = 3
    DATE = 4


class Pages(NamedTuple):
    """A page field read: its kind, the letters before the number, first and last number."""

    kind: PageKind = PageKind.UNKNOWN
    prefix: str = ""
    first: int = 0
    last: int = 0


SHORTEST_ARTICLE_NUMBER = 6  # digits
_NO_PAGES = Pages()
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAY_MONTH = re.compile(rf"^(\d{{1,2}})[- ]({'|'.join(_MONTHS)})$", re.I)
_MONTH_DAY = re.compile(rf"^({'|'.join(_MONTHS)})[- ](\d{{1,2}})$", re.I)
_FULL_DATE = re.compile(rf"\b(?:{'|'.join(_MONTHS)})[a-z]*\b|(?<!\d)\d+([/-])\d+\1\d+", re.I)
_TOTAL = re.compile(r"^\s*\d+\s*(?:p|pp|pages)\.?\s*$", re.I)
_ARTICLE = re.compile(
    r"^(?:e-?|cd|art(?:icle|n)?\.?\s*(?:no|id|number)?[.:]?\s*e?)(\d{2,9})$", re.I
)
_LETTERED_PAGE = re.compile(r"([A-Za-z])(\d{2,9})")
_RANGE = re.compile(
    r"([a-z]{0,4})\.?\s?(\d{1,9})[a-z]?\s?-\s?(?:[a-z]{0,4})\.?(\d{1,9})(?!\d)", re.I
)
_LEADING_PAGE = re.compile(r"^([a-z]{0,4})(\d{1,9})\s*,\s*(?=[a-z]{0,4}\d)", re.I)
_PAGE = re.compile(r"([a-z]{0,4})(\d{1,9})", re.I)
_DISCUSSION = re.compile(r"[;,]?(?<!\s)\s*(?:discussion|quiz|author reply|reply)\b.*$", re.I)
_DASHES = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "_": "-"})
_PP = re.compile(r"^\s*(?:pp?|pages?|pgs?)[.:]?\s*(?=[a-z]?\d)", re.I)


def pages(text: str) -> Pages:
    """What a page field says: a range, a page, an article number, or nothing to compare.

    Several ranges count from the lowest to the highest page, in whatever order they stand. A
    day and a month are what a spreadsheet made of a range: 21-Aug was 21-8. "215 p." is a
    length and says nothing. No volume has a hundred thousand pages, and no page begins with a
    zero: 104512 and 00123 are numbers of articles.

    >>> pages("1223-9")
    Pages(kind=<PageKind.RANGE: 1>, prefix='', first=1223, last=1229)
    >>> pages("e43268").kind, pages("S417").prefix, pages("215 p").kind.name
    (<PageKind.ARTICLE: 3>, 's', 'UNKNOWN')
    >>> pages("21-Aug")
    Pages(kind=<PageKind.DATE: 4>, prefix='', first=21, last=28)
    """
    if not text:
        return _NO_PAGES
    begin, _, end = text.partition("-")
    if begin.isdecimal() and (end or begin).isdecimal() and max(len(begin), len(end)) < 10:
        return _bare_numbers(begin, end)
    if simple := _LETTERED_PAGE.fullmatch(text):
        return _lettered_page(simple[1].lower(), int(simple[2]))
    text = _DISCUSSION.sub("", text.translate(_DASHES).replace("--", "-"))
    text = _PP.sub("", text.strip(" \"'[]().,;"))
    if article := _ARTICLE.match(text):
        return Pages(PageKind.ARTICLE, "", int(article[1]), int(article[1]))
    if _FULL_DATE.search(text) or _TOTAL.match(text):
        return _spreadsheet_date(text)
    return _ranges(text) or _single(text)


def _bare_numbers(begin: str, end: str) -> Pages:
    """What one number, or two with a hyphen between them, say; `end` is "" for one."""
    if not end and (len(begin) >= SHORTEST_ARTICLE_NUMBER or begin[0] == "0"):
        return Pages(PageKind.ARTICLE, "", int(begin), int(begin))
    first, last = int(begin), _full_last(begin, end or begin)
    return Pages(PageKind.PAGE if first == last else PageKind.RANGE, "", first, last)


def _lettered_page(letter: str, page: int) -> Pages:
    """A letter and a number: an article of an electronic journal behind an e, else a page."""
    if letter == "e":
        return Pages(PageKind.ARTICLE, "", page, page)
    return Pages(PageKind.PAGE, letter, page, page)


def _spreadsheet_date(text: str) -> Pages:
    """The range that a spreadsheet took for a day and a month; nothing for other dates."""
    if found := _DAY_MONTH.match(text):
        first, last = found[1], str(_MONTHS.index(found[2].lower()) + 1)
    elif found := _MONTH_DAY.match(text):
        first, last = str(_MONTHS.index(found[1].lower()) + 1), found[2]
    else:
        return _NO_PAGES
    return Pages(PageKind.DATE, "", int(first), _full_last(str(int(first)), str(int(last))))


def _ranges(text: str) -> Pages | None:
    """The lowest and highest page of all the ranges in the text; None when it has no range."""
    spans = [
        (prefix.lower(), int(first), _full_last(first, last))
        for prefix, first, last in _RANGE.findall(text)
    ]
    if not spans:
        return None
    if alone := _LEADING_PAGE.match(text):
        spans.insert(0, (alone[1].lower(), int(alone[2]), int(alone[2])))
    first, last = min(span[1] for span in spans), max(span[2] for span in spans)
    prefix = spans[0][0]
    if prefix == "e":  # electronic pages, beside which the same article may have printed ones
        return Pages(PageKind.ARTICLE, "", first, last)
    return Pages(PageKind.PAGE if first == last else PageKind.RANGE, prefix, first, last)


def _full_last(first: str, last: str) -> int:
    """The last page in full: 1223-9 ends on 1229."""
    if len(last) < len(first) and int(last) < int(first):
        last = first[: len(first) - len(last)] + last
    return int(last)


def _single(text: str) -> Pages:
    """The first number of the text as a page; nothing when it stands inside words."""
    found = _PAGE.match(text)
    if found is None:
        return _NO_PAGES
    return Pages(PageKind.PAGE, found[1].lower(), int(found[2]), int(found[2]))
