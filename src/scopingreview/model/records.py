"""Records and which of them are one report: data/derived, data/screened/duplicates."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of an export. `ordinal` counts the entries of its file from 1.

    Authors are "Family, Given" (corporate authors whole); doi is bare and lower-case;
    pages is a range, or an article number where there is none.
    """

    record_id: str
    source: str = ""
    search: str = ""
    file: str = ""
    ordinal: int = 0
    type: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    accession: str = ""
    issn: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    url: str = ""


class Content(NamedTuple):
    """What an entry of an export holds, wherever it came from: the last fields of a `Record`.

    An import makes a million of them, each in a fifth of the time that a `Record` takes.
    """

    type: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    journal: str
    volume: str
    issue: str
    pages: str
    doi: str
    pmid: str
    accession: str
    issn: str
    abstract: str
    keywords: tuple[str, ...]
    language: str
    url: str


class RecordTable(Mapping[str, Record]):
    """Records by id, in the order of import, of which not all are in memory.

    `read_from` says how many were read from the exports of each search.
    """

    read_from: Mapping[str, int]

    @abstractmethod
    def whose_rows_hold(self, pattern: re.Pattern[bytes]) -> Iterator[str]:
        """The ids of the records in whose row the pattern, which is none of ASCII, is found.

        A quick first look at all of them: a row is UTF-8, and holds all fields.
        """


LIST_MARK = "; "
"""Between authors, and between keywords, where they are one text."""

CORRECTABLE = (
    *("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "issn"),
    *("abstract", "keywords", "type", "language", "url"),
)
"""The fields of a record that people may correct; the others say where it came from."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's word on what a field of a record should say; the record itself stays.

    `value` is spelled as in records.csv: a year in digits, authors and keywords with LIST_MARK
    between them, "" for a field that should be empty. None takes the field's correction back.
    """

    recorded_at: datetime
    record_id: str
    field: str
    value: str | None
    by: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class BestCopy:
    """A report as people read it: its unique record, each field the best of its copies.

    `taken` names the records that a field was taken from where it is not the unique record's own;
    keywords may come from several. `corrected` are the corrections that stand, by field.
    """

    record: Record
    taken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    corrected: Mapping[str, Correction] = field(default_factory=dict)


class Compared(NamedTuple):
    """What comparison reads of a record, for those who read so many that the rest would cost."""

    record_id: str
    source: str
    title: str
    authors: Sequence[str]
    year: int | None
    journal: str
    volume: str
    issue: str
    pages: str
    doi: str
    pmid: str
    issn: str
    abstract: str
    keywords: str
    language: str


class Duplicate(NamedTuple):
    """A link: `record_id` is the same report as the unique record `duplicate_of`.

    `rule` names what linked them and `evidence` says it in words; `decided_by` is the reviewer
    when a person did, else "". Every command reads all of them, 100,000 of a million records.
    """

    record_id: str
    duplicate_of: str
    rule: str
    evidence: str = ""
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """Two records that a person should compare; `score` runs from 0 to 1."""

    record_id: str
    other_id: str
    score: float
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class DuplicateJudgement:
    """A person's word on two records: the same report, or not. It outranks every rule.

    `same` is None when the person takes their word back.
    """

    decided_at: datetime
    record_id: str
    other_id: str
    same: bool | None
    reviewer: str
    note: str = ""
