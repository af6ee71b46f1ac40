"""What the invented review is made of: authors, journals, reports, and what becomes of each.

The truth about every report stands here, so that tests can compare what the program works out
with what was meant. Nothing of it is written into the review's own files.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SEED = "empathy-based stress"
SOURCES = ("pubmed", "psycinfo", "embase", "cinahl", "wos")  # in order of trust
WORDS = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class Author:
    """A person; `given` may end in a middle initial without a full stop."""

    family: str
    given: str
    country: str
    place: str


@dataclass(frozen=True, slots=True)
class Journal:
    """An invented journal; `since` is the year of its first volume."""

    name: str
    short: str
    since: int
    fields: tuple[str, ...]
    publisher: str
    medline: bool
    articles: bool
    countries: tuple[str, ...]  # empty: authors from anywhere
    issn: str


@dataclass(frozen=True, slots=True)
class Fate:
    """Where a report ends: `phase` it is excluded in, "not-retrieved" or "included"."""

    phase: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """What charting will find in an included study."""

    level: str
    type: str
    design: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before it is published: what it says, and what becomes of it."""

    key: str
    title: str
    year: int
    design: str
    fate: Fate
    abstract: tuple[tuple[str, str], ...]  # (label, text); a single unlabelled part when plain
    keywords: tuple[str, ...]
    fields: tuple[str, ...]
    study: Study | None = None
    original_title: str = ""
    language: str = "English"
    country: str = ""
    team: str = ""  # drafts of one team share their authors
    sources: tuple[str, ...] = ()  # set for the hard cases, drawn for the others
    journal: str = ""
    issue: str = ""
    first_page: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A published report with everything a database may know about it."""

    draft: Draft
    authors: tuple[Author, ...]
    journal: Journal
    month: int
    volume: str
    issue: str
    first_page: str
    last_page: str
    article_number: str
    doi: str
    sources: tuple[str, ...]
    accessions: dict[str, str]  # by source, also for sources whose search did not find it

    @property
    def key(self) -> str:
        """The name the generator knows the report by."""
        return self.draft.key

    @property
    def address(self) -> str:
        """Where the first author works."""
        return f"University of {self.authors[0].place}, {self.authors[0].country}"

    @property
    def pmid(self) -> str:
        """PubMed's number, when PubMed's search found the report; other databases know it."""
        return self.accessions["pubmed"] if "pubmed" in self.sources else ""


def dice(*name: object) -> random.Random:
    """Random numbers of their own for every name, so that one change moves nothing else."""
    return random.Random(":".join([SEED, *map(str, name)]))


def words(name: str) -> dict[str, Any]:
    """One of the word lists of this package."""
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))
