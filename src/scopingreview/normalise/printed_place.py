"""Where something appeared: its year, its volume or issue, its pages."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

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
