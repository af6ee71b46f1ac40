"""Which RIS tag means which field, and where databases differ.

A record's own lines say which database wrote it (`DB`, `AN`, an address …): the dialect is found
record by record, since a library mixes them in one file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache

from scopingreview.formats.layout import Layout, Tags, changed
from scopingreview.formats.raw_entry import Fields

# Tags of the standard and those that databases add; another one is kept, and noted.
KNOWN = frozenset(
    re.findall(
        r"\w+",
        """A1 A2 A3 A4 AB AD AF AI AN AR AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CC CI CN CP CR CT CY
        DA DB DE DI DO DP DS ED EI EP ER ET FD FT FU FX GP H1 H2 ID IS IP J1 J2 J9 JA JF JI JN JO
        K1 KW KY L1 L2 L3 L4 LA LB LK LL M1 M2 M3 M4 MA MD MI N1 N2 NB NL NO NS NV OL OP OT PA PB
        PD PG PI PM PN PP PT PU PY RD RI RN RP SE SI SL SN SO SP SR SS ST SU SV T1 T2 T3 TA TI TS
        TT TY U1 U2 U3 U4 U5 U6 U7 U8 U9 UR VL VN VO WE WP WT WV Y1 Y2""",
    )
)
TITLES = ("TI", "T1")
NAMES = ("AU", "A1")
GIVEN_ONCE = (*TITLES, "PY", "Y1", "VL", "IS", "SP", "EP", "JF", "JO", "T2")

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
    """One database's RIS: the tag that gives it away, whether a value of it does, and its layout.

    An address only says where the record is to be found: beside it stands a tag that is `also`
    there in what the database itself wrote.
    """

    tag: str
    begins: Callable[[str], object]
    layout: Layout
    also: frozenset[str] = frozenset()

    def may_show_among(self, tags: Collection[str]) -> bool:
        """Whether a record with these tags may be this database's."""
        return self.tag in tags and (not self.also or not self.also.isdisjoint(tags))


def _dialect(name: str, tag: str, begins: str, also: str = "", **own: Tags) -> Dialect:
    match = re.compile(begins, re.IGNORECASE).match
    layout = changed(STANDARD, f"RIS from {name}", own)
    return Dialect(tag, match, layout, frozenset(also.split()))


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


@dataclass(frozen=True, slots=True)
class Shape:
    """What the tags of a record say of it, whatever their values.

    `is_known` says whether all are known; `given_once` are those that stand once in a record,
    `names` those of authors, and `dialects` those that the record may be of.
    """

    is_known: bool
    given_once: Tags
    names: Tags
    dialects: tuple[Dialect, ...]

    def layout_of(self, fields: Fields) -> Layout:
        """The layout of the database that wrote this record, the standard's when none is known."""
        for dialect in self.dialects:
            for value in fields[dialect.tag]:
                if dialect.begins(value):
                    return dialect.layout
        return STANDARD


@lru_cache(maxsize=1 << 12)  # nine in ten records of a database have the tags of another
def shape_of(tags: Tags) -> Shape:
    """The shape of a record that has these tags, each once."""
    return Shape(
        is_known=KNOWN.issuperset(tags),
        given_once=tuple(tag for tag in GIVEN_ONCE if tag in tags),
        names=tuple(tag for tag in NAMES if tag in tags),
        dialects=tuple(dialect for dialect in DIALECTS if dialect.may_show_among(tags)),
    )
