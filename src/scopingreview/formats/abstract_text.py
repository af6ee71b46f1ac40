"""PubMed's "Abstract (text)": numbered records of paragraphs, meant for reading.

Best effort: nothing in it says which paragraph is what. The .nbib export of the same search has
every field; the report says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scopingreview.formats.chunk import Chunk
from scopingreview.formats.layout import Layout
from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.formats.raw_entry import RawEntry
from scopingreview.formats.values.sources import PUBMED, source_fields

BEGINS = re.compile(r"(?:\A\s*|(?<!\n)\n\n+)(?=\d+\. \S.*\b(?:1[5-9]|20)\d\d\b)")
SHOWS = r"1\. \S.*(?:\n.+)?\b(?:1[5-9]|20)\d\d\b"
PMID_LINE = re.compile(r"^PMID: \d+", re.MULTILINE)
PMID = re.compile(r"PMID: (\d+)")
# What a paragraph begins with when it is neither title, authors nor abstract.
OTHER = re.compile(
    r"(?:Author information|Comment (?:in|on)|Erratum (?:in|for)|Update (?:in|of)|Republished|"
    r"Retraction|Collaborators|Conflict of interest|DOI|PMID|PMCID|©|Copyright|\[Article in|"
    r"\[Indexed|Trial registration: )"
)

LAYOUT = Layout(
    name="PubMed abstract text",
    title=("title",),
    authors=("authors",),
    year=("year",),
    journal=("journal",),
    volume=("volume",),
    issue=("issue",),
    pages=("pages",),
    doi=("doi", "DOI"),
    pmid=("PMID",),
    accession=("PMID",),
    abstract=("abstract",),
)


def entries(chunk: Chunk, oddities: Oddities) -> Iterator[RawEntry]:
    """The records of the chunk, each from its paragraphs."""
    oddities.note(Kind.NO_FIELDS, 1)
    starts = [match.end() for match in BEGINS.finditer(chunk.text)]
    for start, end in zip(starts, [*starts[1:], len(chunk.text)], strict=False):
        line = chunk.text.count("\n", 0, start) + 1
        yield RawEntry(line, _fields(chunk.text[start:end]), LAYOUT)


def begun(chunk: Chunk) -> int:
    """Records, by their PMID lines."""
    return len(PMID_LINE.findall(chunk.text))


def _fields(text: str) -> dict[str, list[str]]:
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
    citation = re.sub(r"^\d+\. ", "", paragraphs[0])
    fields = source_fields({"citation": [citation]}, ("citation",), PUBMED)
    if match := PMID.search(text):
        fields["PMID"] = [match[1]]
    rest = [part for part in paragraphs[1:] if not OTHER.match(part)]
    if rest:
        fields["title"] = [rest[0]]
    if len(rest) > 1 and _are_names(rest[1]):
        fields["authors"] = rest[1].rstrip(".").split(", ")
        rest = rest[1:]
    fields["abstract"] = [" ".join(rest[1:])]
    return fields


def _are_names(paragraph: str) -> bool:
    """Whether the paragraph lists authors: `Canelli E(1), Catella A(2).`"""
    names = paragraph.rstrip(".").split(", ")
    fitting = sum(bool(re.fullmatch(r"[^\d().]{2,40}(?:\(\d+\))*", name)) for name in names)
    return fitting >= 0.8 * len(names) and bool(re.search(r" [A-Z]{1,3}(?:\(|,|$|\.)", paragraph))
