"""MEDLINE text (PubMed's .nbib, PMC's, ERIC's).

The tag stands in the first four columns, `- ` in the next two, and wrapped lines are indented
by six. A record begins at `PMID- `, `PMC - ` or, in ERIC, `OWN - ERIC`; there is no end line.
Goes past the library nbib, which refuses ERIC's files whole and loses a last record that has no
final line end.
"""

from __future__ import annotations

import re

from scopingreview.formats.layout import Layout
from scopingreview.formats.tagged import Grammar, Open

# The letters come first, and what stands before them is looked at behind them: letters are found
# at once, beginnings of lines are not.
BEGINS = re.compile(
    r"PMID-(?<![^\n]PMID-)|OWN - ERIC(?<![^\n]OWN - ERIC)"
    r"|PMC - (?:(?<=\n\nPMC - )|(?<=\A\nPMC - )|(?<=\APMC - )).*\n(?!PMID- )"
)
ENDS = re.compile(rb"(?:\r\n\r\n|\n\n|\r\r)[\r\n]*(?=PMID- |PMC - |OWN - ERIC)")
GIVEN_ONCE = ("OWN", "STAT", "DP", "TI", "AB", "JT", "TA", "SO", "VI", "IP", "PG")
TYPED = re.compile(r"(.*\S)\s*\[(doi|pii)\]$", re.DOTALL)

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


def _begins(tag: str, value: str, fields: Open, after_blank: bool) -> bool:
    """Whether a line with that tag begins the next record; a blank line alone does not."""
    if tag == "PMID":
        return fields.keys() != {"PMC"}
    if tag == "OWN" and value == "ERIC":
        return True
    return after_blank and (tag == "PMC" or (tag in GIVEN_ONCE and tag in fields))


def _typed_apart(fields: Open) -> Open:
    """`LID` and `AID` by what they say in brackets: `LID[doi]`, `LID[pii]`, plain `LID`."""
    for tag in ("LID", "AID"):
        for value in fields.pop(tag, ()):
            typed = TYPED.match(value)
            key, bare = (f"{tag}[{typed[2]}]", typed[1]) if typed else (tag, value)
            fields.setdefault(key, []).append(bare)
    return fields


GRAMMAR = Grammar(
    layout=LAYOUT,
    tag=re.compile(r"([A-Z][A-Z0-9]{1,4}) {0,3}-(?: (.*)|$)"),
    first=re.compile(r"PMID |PMC |OWN ERIC$"),
    begins=_begins,
    once=GIVEN_ONCE,
    finish=_typed_apart,
)
