"""Which RIS tag means which field, and where databases differ.

A record's own lines say which database wrote it (`DB`, `AN`, an address …): the dialect is found
record by record, since a library mixes them in one file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scopingreview.formats.layout import Layout, Tags, changed
from scopingreview.formats.raw_entry import Fields

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


@dataclass(frozen=True, slots=True)
class Dialect:
    """One database's RIS: the tag that gives it away, how a value of it begins, and its layout.

    An address only says where the record is to be found: beside it stands a tag that is `also`
    there in what the database itself wrote.
    """

    tag: str
    begins: re.Pattern[str]
    layout: Layout
    also: frozenset[str] = frozenset()

    def shows_in(self, fields: Fields) -> bool:
        """Whether the record, in which the tag stands, is this database's."""
        return any(map(self.begins.match, fields[self.tag])) and (
            not self.also or not self.also.isdisjoint(fields)
        )


def _dialect(name: str, tag: str, begins: str, also: str = "", **own: Tags) -> Dialect:
    pattern = re.compile(begins, re.IGNORECASE)
    layout = changed(STANDARD, f"RIS from {name}", own)
    return Dialect(tag, pattern, layout, frozenset(also.split()))


OVID = r"https?://ovidsp\S*"
OVID_MEDLINE = OVID + r"[?&]D=(?:med|prem|ppez|pmnm|mesz)"

# The first that a record shows counts.
DIALECTS: tuple[Dialect, ...] = (
    _dialect("Ovid MEDLINE", "L2", OVID_MEDLINE, pmid=("ID",), accession=("ID",)),
    _dialect("Ovid MEDLINE", "DB", "Ovid MEDLINE", pmid=("ID",), accession=("ID",)),
    _dialect("Ovid", "L2", OVID, accession=("ID",)),
    _dialect("Embase.com", "DB", "Embase|Medline$", pmid=("C5",), accession=("U2", "AN")),
    _dialect(
        "EBSCOhost",
        "DP",
        "EBSCOhost",
        journal=("JF", "JO", "T2", "JA"),
        accession=("AN", "ID"),
    ),
    _dialect("Scopus", "DB", "Scopus", pmid=("C2",), accession=()),
    _dialect("Web of Science", "AN", "(?:WOS|ISI|MEDLINE|BIOSIS|CABI|ZOOREC):"),
    _dialect("Google Scholar", "M1", r"\d+ cites: "),
    _dialect("ProQuest", "DB", "ProQuest"),
    _dialect("ProQuest", "UR", r"https?://(?:search|www)\.proquest", also="DB"),
    _dialect("the Cochrane Library", "AN", "CN-"),
    _dialect("ClinicalTrials.gov", "AN", r"NCT\d{8}", type=("AN",)),
    _dialect("Dimensions", "AN", r"pub\.\d"),
    _dialect("The Lens", "UR", r"https?://(?:www\.)?lens\.org", also="ID", accession=("ID",)),
    _dialect("PubMed by EndNote", "DP", "NLM", pmid=("AN",)),
    _dialect("Rayyan", "AN", "rayyan-"),
    _dialect("EPPI-Reviewer", "KW", "eppi-reviewer", accession=("U1",)),
    _dialect("RefWorks", "ID", "RefID:"),
    _dialect("Citavi", "M4", "Citavi"),
    _dialect("IEEE Xplore", "VO", ""),
    _dialect("Covidence", "NS", ""),
)


def layout_of(fields: Fields) -> Layout:
    """The layout of the database that wrote this record, the standard's when none is known."""
    for dialect in DIALECTS:
        if dialect.tag in fields and dialect.shows_in(fields):
            return dialect.layout
    return STANDARD
