"""MEDLINE text → entries: PubMed's .nbib, PMC's, and ERIC's.

The tag stands in the first four columns, `- ` in the next two, and wrapped lines are indented
by six. A record begins at `PMID- `, `PMC - ` or, in ERIC, `OWN - ERIC`; there is no end line.
Goes past the library nbib, which refuses ERIC's files whole and loses a last record that has no
final line end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scopingreview.formats.entry import Entry, Piece
from scopingreview.formats.layout import Layout
from scopingreview.formats.oddities import Kind, Oddities

BEGINS = re.compile(r"^PMID- ?|^OWN - ERIC|(?:\A\n*|(?<=\n\n))PMC - .*\n(?!PMID- )", re.MULTILINE)
ENDS = re.compile(rb"(?:\r\n\r\n|\n\n|\r\r)[\r\n]*(?=PMID- |PMC - |OWN - ERIC)")
FIRST = frozenset({"PMID", "PMC", "OWN"})
GIVEN_ONCE = frozenset({"OWN", "STAT", "DP", "TI", "JT", "TA", "SO", "VI", "IP", "PG"})

LAYOUT = Layout(
    name="PubMed (.nbib)",
    title=("TI", "BTI", "CTI", "TT"),
    authors=("FAU", "AU", "CN", "FED", "ED"),
    year=("DP", "DEP", "EDAT", "SO"),
    journal=("JT", "TA", "BTI"),
    volume=("VI",),
    issue=("IP",),
    pages=("PG",),
    article_number=("LID",),
    doi=("LID[doi]", "AID[doi]"),
    doi_in_address=("AID", "LID"),
    pmid=("PMID",),
    accession=("PMID", "PMC", "OID"),
    issn=("IS", "ISSN", "ISBN"),
    abstract=("AB", "OAB"),
    keywords=("OT", "MH"),
    language=("LA",),
    url=("AID", "LID"),
    type=("PT",),
)

TAG = re.compile(r"([A-Z][A-Z0-9]{1,4}) {0,3}-(?: (.*)|$)")
TYPED = re.compile(r"(.*\S)\s*\[(doi|pii)\]$", re.DOTALL)


def entries(piece: Piece, oddities: Oddities) -> Iterator[Entry]:
    """The entries of the piece, one by one.

    `LID` and `AID` are told apart by what they say in brackets: `LID[doi]`, `LID[pii]`, and
    plain `LID` for an article number.
    """
    fields: dict[str, list[str]] = {}
    first, last, after_blank = 0, "", False
    for number, line in enumerate(piece.text.split("\n"), 1):
        match = TAG.match(line)
        if match is None:
            if continuation := line.strip():
                _continue_value(fields, last, continuation, number, oddities)
            else:
                after_blank = True
            continue
        tag, value = match[1], (match[2] or "").strip()
        if fields and _begins_next(tag, value, fields, after_blank=after_blank):
            yield _closed(first, fields, oddities)
            fields = {}
        if not fields:
            first = number
            if tag not in FIRST:
                oddities.note(Kind.MISSING_START, number)
        fields.setdefault(tag, []).append(value)
        last, after_blank = tag, False
    if fields:
        yield _closed(first, fields, oddities)


def _begins_next(tag: str, value: str, fields: dict[str, list[str]], *, after_blank: bool) -> bool:
    """Whether a line with that tag begins the next record; a blank line alone does not."""
    if tag == "PMID":
        return fields.keys() != {"PMC"}
    if tag == "OWN" and value == "ERIC":
        return True
    return after_blank and (tag == "PMC" or (tag in GIVEN_ONCE and tag in fields))


def _continue_value(
    fields: dict[str, list[str]], last: str, text: str, number: int, oddities: Oddities
) -> None:
    if fields:
        values = fields[last]
        values[-1] = f"{values[-1]} {text}".lstrip()
    else:
        oddities.note(Kind.TEXT_OUTSIDE, number)


def _closed(first: int, fields: dict[str, list[str]], oddities: Oddities) -> Entry:
    if sum(len(fields.get(tag, ())) > 1 for tag in GIVEN_ONCE) > 1:
        oddities.note(Kind.MERGED, first)
    for tag in ("LID", "AID"):
        for value in fields.pop(tag, ()):
            typed = TYPED.match(value)
            key, bare = (f"{tag}[{typed[2]}]", typed[1]) if typed else (tag, value)
            fields.setdefault(key, []).append(bare)
    return Entry(first, fields, LAYOUT)
