"""Which RIS tag means which field, and where databases differ.

A record's own lines say which database wrote it (`DB`, `AN`, an address …): the dialect is found
record by record, since a library mixes them in one file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from scopingreview.formats.entry import Fields
from scopingreview.formats.layout import Layout, Tags, changed

STANDARD = Layout(
    name="RIS",
    title=("TI", "T1", "CT", "BT"),
    authors=("AU", "A1"),
    year=("PY", "Y1", "DA"),
    journal=("JF", "T2", "JO", "JA", "JI", "BT", "J2"),
    volume=("VL", "VO"),
    issue=("IS",),
    first_page=("SP", "PG"),
    last_page=("EP",),
    article_number=("C7",),
    doi=("DO", "L3", "DI"),
    doi_if_alone=("M3", "N1", "ID"),
    doi_in_address=("UR", "L2", "LK", "L1"),
    pmid_if_labelled=("U1", "C3", "N1", "AN", "UR"),
    accession=("AN",),
    accession_in_address=("UR", "N1"),
    issn=("SN",),
    abstract=("AB", "N2"),
    keywords=("KW",),
    language=("LA",),
    url=("UR", "L2", "LK"),
    type=("TY", "M3", "PT"),
)


Test = Callable[[Fields], bool]


@dataclass(frozen=True, slots=True)
class Dialect:
    """One database's RIS: how its records are known, and what they mean by their tags."""

    is_spoken_in: Test
    layout: Layout


def _dialect(name: str, is_spoken_in: Test, **own: Tags) -> Dialect:
    return Dialect(is_spoken_in, changed(STANDARD, f"RIS from {name}", own))


def _says(tag: str, pattern: str) -> Test:
    """Whether a value of the tag begins with the pattern."""
    matches = re.compile(pattern, re.IGNORECASE).match

    def test(fields: Fields) -> bool:
        values = fields.get(tag)
        return values is not None and any(map(matches, values))

    return test


def _has(*tags: str) -> Test:
    """Whether the record has all these tags."""
    return lambda fields: all(tag in fields for tag in tags)


OVID = r"https?://ovidsp\S*"
OVID_MEDLINE = OVID + r"[?&]D=(?:med|prem|ppez|pmnm|mesz)"

# The first that is spoken counts.
DIALECTS: tuple[Dialect, ...] = (
    _dialect("Ovid MEDLINE", _says("L2", OVID_MEDLINE), pmid=("ID",), accession=("ID",)),
    _dialect("Ovid MEDLINE", _says("DB", "Ovid MEDLINE"), pmid=("ID",), accession=("ID",)),
    _dialect("Ovid", _says("L2", OVID), accession=("ID",)),
    _dialect("Embase.com", _says("DB", "Embase|Medline$"), pmid=("C5",), accession=("U2", "AN")),
    _dialect(
        "EBSCOhost",
        _says("DP", "EBSCOhost"),
        journal=("JF", "JO", "T2", "JA"),
        accession=("AN", "ID"),
    ),
    _dialect("Scopus", _says("DB", "Scopus"), pmid=("C2",), accession=()),
    _dialect("Web of Science", _says("AN", "(?:WOS|ISI|MEDLINE|BIOSIS|CABI|ZOOREC):")),
    _dialect("ProQuest", _says("UR", r"https?://(?:search|www)\.proquest")),
    _dialect("the Cochrane Library", _says("AN", "CN-")),
    _dialect("Dimensions", _says("AN", r"pub\.\d")),
    _dialect("The Lens", _says("UR", r"https?://(?:www\.)?lens\.org"), accession=("ID",)),
    _dialect("PubMed by EndNote", _says("DP", "NLM"), pmid=("AN",)),
    _dialect("Rayyan", _says("AN", "rayyan-")),
    _dialect("EPPI-Reviewer", _says("KW", "eppi-reviewer"), accession=("U1",)),
    _dialect("RefWorks", _says("ID", "RefID:")),
    _dialect("Citavi", _says("M4", "Citavi")),
    _dialect("IEEE Xplore", _has("VO", "JA")),
    _dialect("Covidence", _has("NS", "PG")),
)


def layout_of(fields: Fields) -> Layout:
    """The layout of the database that wrote this record, the standard's when none is known."""
    spoken = (dialect.layout for dialect in DIALECTS if dialect.is_spoken_in(fields))
    return next(spoken, STANDARD)
