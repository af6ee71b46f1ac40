"""NoteExpress text, as CNKI, Wanfang and SinoMed write it: lines `{Title}: …`.

A record begins at `{Reference Type}`. Names and keywords stand in one line (CNKI) or one each.
"""

from __future__ import annotations

import re

from scopingreview.formats.layout import Layout
from scopingreview.formats.tagged import Grammar

ENDS = re.compile(rb"[\r\n](?=\{Reference Type\}:)")

LAYOUT = Layout(
    name="NoteExpress text",
    title=("Title", "Translated Title"),
    authors=("Author", "Translated Author"),
    year=("Year", "Date"),
    journal=("Journal", "Secondary Title", "Source", "Translated Journal"),
    volume=("Volume",),
    issue=("Issue",),
    pages=("Pages",),
    doi=("DOI",),
    doi_in_address=("URL",),
    pmid_if_labelled=("Accession Number", "Notes"),
    accession=("Accession Number",),
    issn=("ISBN/ISSN",),
    abstract=("Abstract",),
    keywords=("Keywords",),
    language=("Language",),
    url=("URL",),
    type=("Reference Type",),
)
GRAMMAR = Grammar(
    layout=LAYOUT,
    tag=re.compile(r"\{([A-Z][A-Za-z/ ]+)\}:(?: ?(.*)|$)"),
    first=re.compile("Reference Type "),
    begins=lambda tag, _value, _fields, _after_blank: tag == "Reference Type",
    once=("Title", "Year", "Journal", "Issue"),
)
