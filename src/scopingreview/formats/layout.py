"""Where an export keeps each field of a record: data, one row per format or dialect.

A layout names tags (or columns, or elements) in order of trust. What is done with the values
found there is the business of `compose`, once for all formats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

Tags = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The tags of each field; the first that holds something is taken.

    `authors` and `keywords` take all values of the first tag that holds any. `doi_in_address`
    are web addresses, `doi_if_alone` notes in which only a value that is nothing but a DOI
    counts, `pmid_if_labelled` fields in which a PMID says that it is one. `given_first` and
    `run_together` tell how the export writes authors.
    """

    name: str
    title: Tags = ()
    authors: Tags = ()
    year: Tags = ()
    journal: Tags = ()
    volume: Tags = ()
    issue: Tags = ()
    pages: Tags = ()
    first_page: Tags = ()
    last_page: Tags = ()
    article_number: Tags = ()
    doi: Tags = ()
    doi_in_address: Tags = ()
    doi_if_alone: Tags = ()
    pmid: Tags = ()
    pmid_if_labelled: Tags = ()
    accession: Tags = ()
    accession_in_address: Tags = ()
    issn: Tags = ()
    abstract: Tags = ()
    keywords: Tags = ()
    language: Tags = ()
    url: Tags = ()
    type: Tags = ()
    given_first: bool = False
    run_together: bool = False

    def tags(self, name: str) -> Tags:
        """The tags of the field of that name."""
        tags: Tags = getattr(self, name)
        return tags

    def all_tags(self) -> frozenset[str]:
        """The tags of all fields."""
        return frozenset(tag for name in FIELDS for tag in self.tags(name))


FIELDS: Tags = tuple(each.name for each in fields(Layout) if each.type == "Tags")


def changed(layout: Layout, name: str, tags: Mapping[str, Tags]) -> Layout:
    """The layout under another name, with other tags for some fields."""
    unknown = tags.keys() - set(FIELDS)
    assert not unknown, unknown
    own: dict[str, Any] = dict(tags)
    return replace(layout, name=name, **own)
