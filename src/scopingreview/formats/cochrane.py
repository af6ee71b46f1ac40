"""Cochrane Library plain text: `Record #1 of 271`, then lines `TI: …`.

Its RIS (with the same counter lines) is read by `ris`.
"""

from __future__ import annotations

import re

from scopingreview.formats.layout import Layout
from scopingreview.formats.tagged import Grammar

ENDS = re.compile(rb"[\r\n](?=(?:\xef\xbb\xbf)?Record #\d+ of \d+)")

LAYOUT = Layout(
    name="Cochrane Library text",
    title=("TI",),
    authors=("AU",),
    year=("YR",),
    journal=("SO",),
    volume=("VL",),
    issue=("NO",),
    pages=("PG",),
    doi=("DOI",),
    doi_in_address=("US",),
    pmid_if_labelled=("PM", "XR"),
    accession=("ID",),
    issn=("SN",),
    abstract=("AB",),
    keywords=("KY",),
    language=("LA",),
    url=("US",),
    type=("PT",),
)
GRAMMAR = Grammar(
    layout=LAYOUT,
    tag=re.compile(r"([A-Z]{2,3}): (.*)"),
    separates=re.compile(r"Record #\d+ of \d+"),
    first=re.compile("ID "),
    begins=lambda tag, _value, fields, _after_blank: tag == "ID" and "ID" in fields,
    lists=frozenset({"AU"}),
    once=("TI", "SO", "YR", "ID"),
)
