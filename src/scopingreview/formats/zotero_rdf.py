"""Zotero RDF: items as nodes that point to their journal, attachments and notes beside them.

The journal, which often holds the DOI, may be a node of its own anywhere in the file, so the
file is read whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from scopingreview.formats.chunk import Chunk
from scopingreview.formats.fragments import Fields, salvage, text_of
from scopingreview.formats.layout import Layout
from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.formats.raw_entry import RawEntry

BEGINS = re.compile(r"<z:itemType>(?!attachment<|note<|annotation<)")
NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "dcterms": "http://purl.org/dc/terms/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "bib": "http://purl.org/net/biblio#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
}
NO_RECORDS = ("attachment", "note", "annotation")
OWN_PATHS = {
    "title": "dc:title",
    "date": "dc:date",
    "abstract": "dcterms:abstract",
    "pages": "bib:pages",
    "language": "z:language",
    "subject": "dc:subject",
    "identifier": "dc:identifier",
    "description": "dc:description",
    "volume": "prism:volume",
    "issue": "prism:number",
    "itemType": "z:itemType",
}
CONTAINER_PATHS = {
    "container title": "dc:title",
    "container volume": "prism:volume",
    "container issue": "prism:number",
    "container identifier": "dc:identifier",
}
LAYOUT = Layout(
    name="Zotero RDF",
    title=("title",),
    authors=("authors", "editors"),
    year=("date",),
    journal=("container title",),
    volume=("volume", "container volume"),
    issue=("issue", "container issue"),
    pages=("pages",),
    doi=("identifier", "container identifier"),
    doi_if_alone=("description",),
    pmid_if_labelled=("description",),
    issn=("identifier", "container identifier"),
    abstract=("abstract",),
    keywords=("subject",),
    language=("language",),
    url=("identifier",),
    type=("itemType",),
)


def entries(chunk: Chunk, oddities: Oddities) -> Iterator[RawEntry]:
    """The items of the library, attachments and notes left out."""
    root = _root(chunk.text, oddities)
    if root is None:
        return
    about = f"{{{NAMES['rdf']}}}about"
    nodes = {key: node for node in root if (key := node.get(about))}
    lines = _lines(chunk.text)
    for node in root:
        kind = text_of(node.find("z:itemType", NAMES))
        if kind and kind not in NO_RECORDS:
            yield RawEntry(next(lines, 1), _fields(node, nodes), LAYOUT)


def _root(text: str, oddities: Oddities) -> Element | None:
    try:
        root: Element = fromstring(text)
        return root
    except ParseError as error:
        has_end = text.rstrip().endswith("</rdf:RDF>")
        oddities.note(Kind.BROKEN if has_end else Kind.CUT_OFF, error.position[0])
        return salvage(text)


def _lines(text: str) -> Iterator[int]:
    """The line on which each item says its type."""
    line, position = 1, 0
    for match in BEGINS.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        yield line


def _fields(node: Element, nodes: dict[str, Element]) -> Fields:
    fields = _found(node, OWN_PATHS)
    fields["authors"] = _people(node, "bib:authors")
    fields["editors"] = _people(node, "bib:editors")
    for part in node.findall("dcterms:isPartOf", NAMES):
        resource = part.get(f"{{{NAMES['rdf']}}}resource", "")
        for container in [nodes[resource]] if resource in nodes else list(part):
            for key, values in _found(container, CONTAINER_PATHS).items():
                fields.setdefault(key, []).extend(values)
    return fields


def _found(node: Element, paths: dict[str, str]) -> Fields:
    fields: Fields = {}
    for key, path in paths.items():
        texts = [text_of(found).strip() for found in node.findall(path, NAMES)]
        if any(texts):
            fields[key] = texts
    return fields


def _people(node: Element, role: str) -> list[str]:
    people = []
    for person in node.findall(f"{role}/rdf:Seq/rdf:li/foaf:Person", NAMES):
        family = text_of(person.find("foaf:surname", NAMES))
        given = text_of(person.find("foaf:givenName", NAMES)) or text_of(
            person.find("foaf:givenname", NAMES)
        )
        people.append(f"{family}, {given}" if given else family)
    return people
