"""EndNote XML, as EndNote, Zotero, Mendeley and others write it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from scopingreview.formats.fragments import Fields, Fragments, gathered
from scopingreview.formats.layout import Layout

PATHS = {
    "title": "titles/title",
    "translated-title": "titles/translated-title",
    "authors": "contributors/authors/author",
    "secondary-authors": "contributors/secondary-authors/author",
    "year": "dates/year",
    "pub-date": "dates/pub-dates/date",
    "secondary-title": "titles/secondary-title",
    "full-title": "periodical/full-title",
    "alt-title": "alt-periodical/full-title",
    "volume": "volume",
    "number": "number",
    "issue": "issue",
    "pages": "pages",
    "electronic-resource-num": "electronic-resource-num",
    "isbn": "isbn",
    "accession-num": "accession-num",
    "abstract": "abstract",
    "keywords": "keywords/keyword",
    "language": "language",
    "url": "urls//url",
    "custom7": "custom7",
    "notes": "notes",
    "research-notes": "research-notes",
    "ref-type": "ref-type",
    "work-type": "work-type",
    "provider": "remote-database-provider",
    "database": "remote-database-name",
}
LAYOUT = Layout(
    name="EndNote XML",
    title=("title", "translated-title"),
    authors=("authors", "secondary-authors"),
    year=("year", "pub-date"),
    journal=("full-title", "secondary-title", "alt-title"),
    volume=("volume",),
    issue=("number", "issue"),
    pages=("pages",),
    article_number=("custom7",),
    doi=("electronic-resource-num",),
    doi_if_alone=("notes", "accession-num"),
    doi_in_address=("url",),
    pmid=("pmid",),
    pmid_if_labelled=("accession-num", "notes", "url"),
    accession=("accession-num",),
    issn=("isbn",),
    abstract=("abstract",),
    keywords=("keywords",),
    language=("language",),
    url=("url",),
    type=("ref-type[name]", "work-type"),
)


def _fields(record: Element) -> Fields:
    fields = gathered(record, PATHS)
    for kind in record.findall("ref-type"):
        fields["ref-type[name]"] = [kind.get("name", "")]
    if "NLM" in fields.get("provider", ()) or "PubMed" in fields.get("database", ()):
        fields["pmid"] = fields.get("accession-num", [])
    return fields


FRAGMENTS = Fragments("record", LAYOUT, _fields, "titles")
