"""Embase.com CSV with one field per row: `TITLE,…`, `AUTHOR NAMES,a,b`, rows of dashes between.

No real file was at hand; the layout is known from two public readers of it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO

from scopingreview.formats.chunk import Chunk
from scopingreview.formats.layout import Layout
from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.formats.raw_entry import RawEntry

SHOWS = r"\"?TITLE\"?,.*(?:\n.*){0,3}\n\"?AUTHOR NAMES\"?,"
BEGINS = re.compile(r"^\"?TITLE\"?,.*\n(?!-)(?!\"?TITLE\"?,)", re.MULTILINE)

LAYOUT = Layout(
    name="Embase.com CSV, a field per row",
    title=("TITLE", "ORIGINAL TITLE"),
    authors=("AUTHOR NAMES",),
    year=("PUBLICATION YEAR", "DATE OF PUBLICATION", "SOURCE"),
    journal=("SOURCE TITLE", "SOURCE"),
    volume=("VOLUME",),
    issue=("ISSUE",),
    pages=("PAGE RANGE",),
    first_page=("FIRST PAGE",),
    last_page=("LAST PAGE",),
    doi=("DOI",),
    pmid=("MEDLINE PMID",),
    accession=("PUI", "EMBASE ACCESSION ID"),
    issn=("ISSN", "ISBN"),
    abstract=("ABSTRACT",),
    keywords=("AUTHOR KEYWORDS", "EMTREE MEDICAL INDEX TERMS"),
    language=("ARTICLE LANGUAGE", "LANGUAGE OF ARTICLE"),
    url=("EMBASE LINK", "FULL TEXT LINK"),
    type=("PUBLICATION TYPE", "SOURCE TYPE"),
)


def entries(chunk: Chunk, oddities: Oddities) -> Iterator[RawEntry]:
    """The records of the chunk; a `TITLE` row begins one, whatever stands between."""
    fields: dict[str, list[str]] = {}
    first = 0
    for line, name, values in _named_rows(chunk.text):
        if name == "TITLE":
            # A title and nothing else is the search query on top of the file.
            if len(fields) > 1:
                yield RawEntry(first, fields, LAYOUT)
            fields, first = {}, line
        elif not fields:
            oddities.note(Kind.TEXT_OUTSIDE, line)
            continue
        fields.setdefault(name, []).extend(filter(str.strip, values))
    if len(fields) > 1:
        yield RawEntry(first, fields, LAYOUT)


def _named_rows(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """The line, the name and the values of every row that names a field; dashes name none."""
    reader = csv.reader(StringIO(text, newline="\n"))
    line = 1
    for row in reader:
        name = row[0].strip().upper() if row else ""
        if name and not name.startswith("-"):
            yield line, name, row[1:]
        line = reader.line_num + 1
