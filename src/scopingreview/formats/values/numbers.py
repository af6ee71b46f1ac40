"""Year, volume, issue and pages out of the many ways they are written, to be kept and shown.

Not here: what two page fields say of each other (`normalise.pages` reads them to compare by).
"""

from __future__ import annotations

import re

YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?=(?:[01]\d[0-3]\d)?(?!\d))")
RANGE = re.compile(r"(\d+) ?[-–—‐−]{1,3} ?(\d+)")
DASH = re.compile(r" ?(?:-{2,3}|[–—‐−]) ?")
VOLUME_WORD = re.compile(r"^(?:v(?:ol(?:ume)?)?\b\.?\s*)+(?=\d)", re.IGNORECASE)
VOLUME_AND_ISSUE = re.compile(
    r"([\w/-]+)(?:\s*\(([^()]+)\)|,?\s+(?:issue|no)\b\.?\s*(\S+))", re.IGNORECASE
)
PAGES_WORD = re.compile(r"^(?:pp?\.\s*|pp?\s+|pages?\s+)(?=[\dA-Za-z])")
NO_PAGES = re.compile(
    r"(?:no|specified|n\.?pag\.?|na|no pagination.*|\(no pagination\)|not available)\.?", re.I
)
# The short names that spreadsheets in European languages have for months.
MONTH = (
    r"(?:jan|janv|jän|ene|gen|feb|fév|févr|fev|mar|mär|mrz|mars|mrt|apr|avr|abr|may|mai|mag|mei|maj"
    r"|jun|juin|giu|jul|juil|lug|aug|août|ago|sep|sept|set|oct|okt|out|ott|nov|dec|déc|dez|dic)\.?"
)
MONTH_AND_YEAR = re.compile(rf"{MONTH}-(\d\d)", re.IGNORECASE)
# Spreadsheets take two digits up to this for years of this century.
LATEST_SHORT_YEAR = 29
DATE_MADE = re.compile(
    rf"\d{{1,2}}[-./] ?{MONTH}|{MONTH}[-./]\d{{1,2}}|\d{{4}}-\d\d-\d\d(?:[ T][\d:.]*)?"
    r"|\d{1,2}([/.])\d{1,2}\1(?:19|20)?\d\d",
    re.IGNORECASE,
)
SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?E\+\d+", re.IGNORECASE)


def year_in(text: str) -> int | None:
    """The first year of the text: 2002 in `2002/01//Jan-Feb, 2002`; None without one.

    2019 in `May-19`, as spreadsheets write May 2019.
    """
    if text.isdecimal() and len(text) == 4 and "1500" <= text < "2100":
        return int(text)
    if match := YEAR.search(text):
        return int(match[0])
    short = MONTH_AND_YEAR.fullmatch(text)
    if not short:
        return None
    return int(short[1]) + (2000 if int(short[1]) <= LATEST_SHORT_YEAR else 1900)


def is_made_by_spreadsheet(text: str, *, of_year: bool = False) -> bool:
    """Whether a spreadsheet made a date or a rounded number of it: `3-Apr` of 3-4, `1.2E+01`.

    Of years, whether it cut one to two digits (`May-19`).
    """
    if of_year:
        return MONTH_AND_YEAR.fullmatch(text) is not None
    return (DATE_MADE.fullmatch(text) or SCIENTIFIC.fullmatch(text)) is not None


def page_range(text: str) -> str:
    """The pages with a short end written out (`1535-41` → `1535-1541`); "" for none.

    What is no plain range (`S12-S20`, `e123`, `E14; discussion E15`) stays as it is, but for its
    dashes.
    """
    if not text or text.isdecimal():
        return text
    text = PAGES_WORD.sub("", text.strip())
    if not text or NO_PAGES.fullmatch(text):
        return ""
    match = RANGE.fullmatch(text)
    return _written_out(match[1], match[2]) if match else DASH.sub("-", text)


def _written_out(first: str, last: str) -> str:
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first if first == last else f"{first}-{last}"


def pages_between(first: str, last: str) -> str:
    """The range from the first to the last page; either may be missing or hold it all."""
    first, last = page_range(first), page_range(last.rstrip("+ "))
    if not last or last == first or "-" in first:
        return first
    if first.isdecimal() and last.isdecimal():
        return _written_out(first, last)
    return page_range(f"{first}-{last}") if first else last


def volume_and_issue(volume: str, issue: str) -> tuple[str, str]:
    """Both as bare numbers: `50(2)` and `v. 7 issue 4` hold the issue that is not given apart."""
    if not volume or volume.isdigit():
        return volume, issue
    volume = VOLUME_WORD.sub("", volume)
    match = None if issue else VOLUME_AND_ISSUE.fullmatch(volume)
    return (match[1], match[2] or match[3]) if match else (volume, issue)
