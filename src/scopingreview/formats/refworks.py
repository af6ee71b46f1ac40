"""RefWorks tagged text: `RT Journal Article`, `A1 …`, maybe after a legend of all tags."""

from __future__ import annotations

import re

from scopingreview.formats.layout import Layout
from scopingreview.formats.tagged import Grammar

ENDS = re.compile(rb"[\r\n](?=RT )")

LAYOUT = Layout(
    name="RefWorks tagged text",
    title=("T1", "OT"),
    authors=("A1", "A2"),
    year=("YR", "FD"),
    journal=("JF", "JO", "T2"),
    volume=("VO",),
    issue=("IS",),
    first_page=("SP",),
    last_page=("OP",),
    doi=("DO",),
    doi_if_alone=("NO", "DO"),
    doi_in_address=("LK", "UL"),
    pmid=("PMID",),
    pmid_if_labelled=("AN", "NO"),
    accession=("AN", "ID"),
    issn=("SN",),
    abstract=("AB",),
    keywords=("K1",),
    language=("LA",),
    url=("UL", "LK"),
    type=("RT",),
)
GRAMMAR = Grammar(
    layout=LAYOUT,
    tag=re.compile(r"([A-Z][A-Z0-9]|U1[0-5]|PMID|PMCID)(?: (.*)|$)"),
    first=re.compile("RT "),
    begins=lambda tag, _value, _fields, _after_blank: tag == "RT",
    lists=frozenset({"K1", "A1"}),
    once=("T1", "ID", "YR", "JF"),
    furniture=re.compile(r".*(?:=|Legend|^\*+$|Refworks|EXPORTED REFERENCES|Font|Tag )"),
)
