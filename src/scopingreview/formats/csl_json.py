"""CSL-JSON, as Zotero, pandoc and our own `export` write it: an array of items.

An item is taken apart as far as a citation needs it: names are objects of parts, dates lists of
numbers. Of a file that breaks off every item before that place is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from scopingreview.formats.chunk import Chunk
from scopingreview.formats.layout import Layout
from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.formats.raw_entry import RawEntry

BEGINS_AN_ARRAY = re.compile(r"\s*\[\s*\{")
KEYS_OF_CSL = re.compile(r'"(?:container-title|title|DOI|author|issued)"\s*:')
TEXT_OR_BRACE = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{\]}]', re.DOTALL)
BETWEEN = re.compile(r"[\s,]*")
GIVEN_PARTS = ("given", "dropping-particle", "suffix")

LAYOUT = Layout(
    name="CSL-JSON",
    title=("title",),
    authors=("author", "editor"),
    year=("issued", "original-date", "available-date"),
    journal=("container-title", "collection-title", "event-title", "event", "publisher"),
    volume=("volume",),
    issue=("issue",),
    pages=("page",),
    first_page=("page-first",),
    article_number=("article-number", "number"),
    doi=("DOI",),
    doi_if_alone=("note",),
    doi_in_address=("URL",),
    pmid=("PMID",),
    pmid_if_labelled=("note", "URL"),
    issn=("ISSN", "ISBN"),
    abstract=("abstract",),
    keywords=("keyword",),
    language=("language",),
    url=("URL",),
    type=("type",),
)


def recognise(chunk: Chunk) -> str:
    """Says by what the file shows that it is an array of items; "" when it is none."""
    if BEGINS_AN_ARRAY.match(chunk.head) and (key := KEYS_OF_CSL.search(chunk.head)):
        return f"an array of objects with the key {key[0].rstrip(': ')}"
    return ""


def begun(chunk: Chunk) -> int:
    """The objects that open inside the outermost array, counted by brackets outside of texts."""
    depth = items = 0
    for found in TEXT_OR_BRACE.finditer(chunk.text):
        if found[0] in "[{":
            items += depth == 1 and found[0] == "{"
            depth += 1
        elif found[0] in "]}":
            depth -= 1
    return items


def entries(chunk: Chunk, oddities: Oddities) -> Iterator[RawEntry]:
    """The items of the array, one after the other."""
    text, repeated = chunk.text, list[str]()
    decoder = json.JSONDecoder(object_pairs_hook=partial(_object, repeated))
    place, line = text.index("[") + 1, 1
    counted = 0
    while True:
        matched = BETWEEN.match(text, place)
        place = matched.end() if matched else place
        line, counted = line + text.count("\n", counted, place), place
        if text.startswith("]", place):
            return
        try:
            item, place = decoder.raw_decode(text, place)
        except json.JSONDecodeError as error:
            oddities.note(Kind.CUT_OFF if _runs_out(error) else Kind.BROKEN, line)
            return
        except RecursionError:
            oddities.note(Kind.BROKEN, line)
            return
        if not isinstance(item, dict):  # the middle of an item whose beginning is gone
            oddities.note(Kind.BROKEN, line)
            return
        if repeated:
            # An object has each key once: a hole took the end of one item and the next's beginning.
            oddities.note(Kind.MERGED, line)
            repeated.clear()
        yield RawEntry(line, _fields(item), LAYOUT)


def _runs_out(error: json.JSONDecodeError) -> bool:
    """Whether the text ends inside the item; else it breaks there, and more items may follow."""
    return error.msg.startswith("Unterminated string") or not error.doc[error.pos :].strip()


def _object(repeated: list[str], pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these pairs; `repeated` gets the keys of which JSON drops another value."""
    item = dict(pairs)
    repeated += (key for key, value in pairs if item[key] != value)
    return item


def _fields(item: dict[str, Any]) -> dict[str, list[str]]:
    fields = {}
    for key in {tag for name in ("authors", "year", "keywords") for tag in LAYOUT.tags(name)}:
        item = {**item, key: _understood(key, item[key])} if key in item else item
    for key, value in item.items():
        values = value if isinstance(value, list) else [value]
        if texts := [str(each) for each in values if isinstance(each, str | int) and str(each)]:
            fields[key] = texts
    return fields


def _understood(key: str, value: object) -> list[str]:
    if key in LAYOUT.authors:
        people = value if isinstance(value, list) else []
        return [name for person in people if (name := _name(person))]
    if key in LAYOUT.year:
        return _date(value)
    text = value if isinstance(value, str) else ""
    return [word.strip() for word in text.split(";" if ";" in text else ",")]


def _name(person: object) -> str:
    """`{"family": "Berg", "given": "J", "non-dropping-particle": "van"}` as `van Berg, J`."""
    if not isinstance(person, dict):
        return ""
    parts = {key: text.strip() for key, text in person.items() if isinstance(text, str)}
    family = f"{parts.get('non-dropping-particle', '')} {parts.get('family', '')}".strip()
    given = " ".join(filter(None, (parts.get(key) for key in GIVEN_PARTS)))
    return f"{family}, {given}" if family and given else family or parts.get("literal", "") or given


def _date(value: object) -> list[str]:
    """The first day of a date; a date that is text stays one."""
    if not isinstance(value, dict):
        return [str(value)]
    days = value.get("date-parts")
    if isinstance(days, list) and days and isinstance(days[0], list):
        return ["-".join(map(str, days[0]))]
    return [str(value[key]) for key in ("raw", "literal") if key in value]
