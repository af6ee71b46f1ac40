"""Ovid's two texts: tagged (.txt, .cgi, .ovd: `TI  - …`) and labelled (`Title`, indented value).

A counter stands before each record: `<3001. >`, or `<8>` in the labelled kind. Year and pages
often stand only in the source line. Excel of Ovid has the same tags as columns.
"""

from __future__ import annotations

import re

from scopingreview.formats.layout import Layout
from scopingreview.formats.tagged import Grammar, Open
from scopingreview.formats.values.sources import OVID, source_fields

TAGGED_BEGINS = re.compile(r"^ ?<\d+\. >", re.MULTILINE)
LABELLED_BEGINS = re.compile(r"^<\d+>", re.MULTILINE)
TAGGED_ENDS = re.compile(rb"[\r\n](?= ?<\d+\. >)")

LAYOUT = Layout(
    name="Ovid tagged text",
    title=("TI", "OT", "TT"),
    authors=("AU", "FA", "CA", "ED"),
    year=("YR", "DP", "DG", "EP", "year"),
    journal=("JN", "JT", "journal"),
    volume=("VI", "VO", "volume"),
    issue=("IP", "issue"),
    pages=("PG", "pages"),
    doi=("DO", "DI", "OI"),
    pmid=("PM",),
    accession=("UI", "AN"),
    issn=("IS", "SN", "IB", "IT"),
    abstract=("AB",),
    keywords=("KW", "KY", "ID", "MH", "SH", "DE"),
    language=("LG", "LA"),
    url=("XL", "UR"),
    type=("PT", "DT", "ST"),
)
LABELLED_LAYOUT = Layout(
    name="Ovid labelled text",
    title=("Title",),
    authors=("Author", "Authors"),
    year=("Year of Publication", "Publication Year", "Date of Publication", "year", "Status"),
    journal=("Journal Name", "Journal Title", "journal"),
    volume=("Volume", "volume"),
    issue=("Issue Part", "Issue", "issue"),
    pages=("Page", "Pages", "pages"),
    doi=("DOI Number", "Digital Object Identifier", "DOI"),
    pmid=("PMID",),
    accession=("Accession Number", "Unique Identifier"),
    issn=("ISSN", "ISSN Print", "ISSN Electronic", "ISBN"),
    abstract=("Abstract",),
    keywords=("Author Keywords", "Keywords", "Keyword Heading", "MeSH Subject Headings"),
    language=("Language",),
    url=("Link to the Ovid Full Text or citation", "Link to the External Link Resolver"),
    type=("Document Type", "Publication Type"),
)

TITLE_TAIL = re.compile(
    r"[.\s]*\[(?:References|Article|Review|Miscellaneous|Editorial|Letter|Report|Erratum|Abstract"
    r"|Comment|Note|Case Reports?)\]\.?\s*$"
)
ACCESSION = re.compile(r"(?:[A-Z][\w ]+: )?(\S+?)\.?")


def tidied(fields: Open) -> Open:
    """The fields with Ovid's marks off title and accession, and what the source line says."""
    for tag in ("TI", "Title"):
        if tag in fields:
            fields[tag] = [TITLE_TAIL.sub(".", value) for value in fields[tag]]
    for tag in ("UI", "AN", "Accession Number"):
        for value in fields.get(tag, ())[:1]:
            if match := ACCESSION.fullmatch(value):
                fields[tag] = [match[1]]
    for tag in ("PT", "DT", "Document Type", "LG", "Language"):
        if tag in fields:
            fields[tag] = [value.rstrip(".") for value in fields[tag]]
    return source_fields(fields, ("SO", "Source"), OVID)


GRAMMAR = Grammar(
    layout=LAYOUT,
    tag=re.compile(r" ?([A-Z][A-Z0-9]{1,2}) {1,2}- (.*)"),
    separates=re.compile(r" ?<\d+\. >"),
    lists=frozenset({"AU", "KW", "MH"}),
    once=("TI", "SO", "AB", "UI", "AN", "VN"),
    finish=tidied,
)
LABELLED_GRAMMAR = Grammar(
    layout=LABELLED_LAYOUT,
    tag=re.compile(r"([A-Z][A-Za-z][A-Za-z /-]{1,50})()$"),
    separates=re.compile(r"<\d+>\s*$"),
    once=(
        "Title",
        "Source",
        "Authors",
        "Author",
        "Abstract",
        "Accession Number",
        "Unique Identifier",
    ),
    finish=tidied,
)
