"""ProQuest's text of whole documents: `Document 5 of 100`, a title, then `Label: value`.

A report header and a table of contents stand before the first document.
"""

from __future__ import annotations

import re
from itertools import takewhile

from scopingreview.formats.layout import Layout
from scopingreview.formats.tagged import Grammar, Open

ENDS = re.compile(rb"[\r\n]_{20,}[\r\n]+(?=Document \d+ of )")
LABELS = (
    "Author|Abstract|Links|Title|Publication title|Publication year|Publication date|Year|Volume|"
    "Issue|Pages|First page|Last page|Number of pages|Subject|Classification|"
    "Company / organization|"
    "Identifier / keyword|Location|People|Advisor|Committee member|"
    "Copyright|Country of publication|Place of publication|Publisher|Database|Degree|Degree date|"
    "Department|Dissertation/thesis number|Document type|Document feature|DOI|ISBN|ISSN|eISSN|"
    "Language|Language of publication|Notes|Origin|ProQuest document ID|Publication subject|"
    "School code|Source|Source type|University location|University/institution|Document URL|"
    "Last updated|Accession number|Alternate title|Correspondence author|Publication info|"
    "Electronic publication date|Publication history|Email address|MeSH|Full text|"
    "Copyright|Supplement|Section|Journal title|Series|Peer reviewed|Format covered|CODEN|"
    "Linked documents|Affiliation|Research area|Age group|Population|Methodology|Tests and measures"
)

LAYOUT = Layout(
    name="ProQuest text",
    title=("Title", "untagged"),
    authors=("Author",),
    year=("Publication year", "Year", "Degree date", "Publication date", "Publication info"),
    journal=("Publication title", "Journal title"),
    volume=("Volume",),
    issue=("Issue",),
    pages=("Pages",),
    first_page=("First page",),
    last_page=("Last page",),
    doi=("DOI",),
    doi_in_address=("Document URL",),
    pmid_if_labelled=("Accession number",),
    accession=("ProQuest document ID", "Accession number"),
    issn=("ISSN", "eISSN", "ISBN"),
    abstract=("Abstract",),
    keywords=("Identifier / keyword", "Subject", "MeSH"),
    language=("Language", "Language of publication"),
    url=("Document URL", "Links"),
    type=("Document type", "Source type"),
)
SCHEMES = ("http://", "https://")


def _without_addresses(fields: Open) -> Open:
    """The addresses that stand as paragraphs of their own apart from the field above them."""
    for tag, values in list(fields.items()):
        words = values[-1].split()
        addresses = list(takewhile(lambda word: word.startswith(SCHEMES), reversed(words)))
        if addresses and tag not in ("Links", "Document URL"):
            before = values[-1].rsplit(maxsplit=len(addresses))[: -len(addresses)]
            values[-1] = before[0] if before else ""
            fields.setdefault("Links", []).append(" ".join(reversed(addresses)))
    return fields


GRAMMAR = Grammar(
    layout=LAYOUT,
    tag=re.compile(rf"({LABELS}):(?: (.*)|\s*$)"),
    separates=re.compile(r"Document \d+ of \d+"),
    # Author and language stand in full texts too.
    once=("Title", "ProQuest document ID", "Document type", "Database"),
    furniture=re.compile(r".*"),
    untagged="untagged",
    finish=_without_addresses,
)
