"""Records as columns: what comparison needs of each, one entry per record in every column.

Here the records are normalised, each by itself, so that any chunk of a review can be read and
normalised anywhere (another core, another machine) and joined later. Keys are 64-bit digests,
the same in every process; 0 stands for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import chain, islice
from operator import attrgetter
from sys import intern
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from scopingreview import normalise
from scopingreview.dedupe.compare.authors import family_names
from scopingreview.dedupe.compare.dois import canonical_doi, cochrane_review, is_preprint
from scopingreview.dedupe.compare.titles import read_title
from scopingreview.model import Compared, Record

Keys = NDArray[np.uint64]
Numbers = NDArray[np.signedinteger[Any]]
Texts = list[str]
TEXTS = "Texts"
DTYPES = {"Keys": np.uint64, "Numbers": np.int32}

BLOCK = 2048  # records at a time: what is made of them stays in the processor's cache

TITLE_START = 24  # letters at the beginning of a title that make a key
TITLE_END = 40  # letters at its end, where titles of many works read "a systematic review"
LONG_ABSTRACT = 80  # characters

_CELLS = attrgetter(*Compared._fields)


@dataclass(frozen=True, slots=True)
class Columns:
    """One entry per record in each column; rows are in the order the records came in.

    `title` are the words without notes, `title_key` their digest without spaces; `names` the
    family names; `notice` a `Notice`; pages as `normalise.Pages`; in numbers 0 is unknown.
    `filled` says how complete the record is.
    """

    record_id: Texts
    source: Texts
    title: Texts
    names: Texts
    journal: Texts
    title_key: Keys
    title_start_key: Keys
    title_end_key: Keys
    names_key: Keys
    journal_key: Keys
    first_name_key: Keys
    doi_key: Keys
    volume: Keys
    issue: Keys
    page_key: Keys
    page_prefix: Keys
    page_kind: Numbers
    first_page: Numbers
    last_page: Numbers
    cochrane: Keys
    cochrane_version: Numbers
    preprint: Numbers
    supplement: Numbers
    year: Numbers
    pmid: Numbers
    notice: Numbers
    filled: Numbers

    def __len__(self) -> int:
        return len(self.record_id)

    def take(self, rows: Sequence[int] | Numbers) -> Columns:
        """The columns of those rows only, in that order."""
        chosen = np.asarray(rows, dtype=np.int64)
        as_list = chosen.tolist()
        taken: dict[str, Any] = {}
        for name in self.__slots__:
            values = getattr(self, name)
            taken[name] = (
                [values[row] for row in as_list] if isinstance(values, list) else values[chosen]
            )
        return Columns(**taken)

    def by_record_id(self) -> Columns:
        """The same rows in the order of their ids, so that the order of files changes nothing."""
        return self.take(np.argsort(np.array(self.record_id), kind="stable"))

    def rows_of(self, record_ids: Iterable[str]) -> Numbers:
        """The rows of those records, in that order; KeyError when one is not there."""
        row_of = {record_id: row for row, record_id in enumerate(self.record_id)}
        return np.array([row_of[record_id] for record_id in record_ids], dtype=np.int64)


def digest(text: str) -> int:
    """A 64-bit key of a text, the same in every process; 0 for no text.

    Two checksums, of the text forwards and backwards: a tenth of the time of a hash.
    """
    if not text:
        return 0
    data = text.encode()
    return crc32(data) << 32 | crc32(data[::-1]) or 1


# Fields with few values are digested once for each.
short_digest = lru_cache(maxsize=1 << 16)(digest)


def columns_of(records: Iterable[Record | Compared]) -> Columns:
    """The columns of those records, in the order they come in."""
    waiting = iter(records)
    blocks = []
    while block := list(islice(waiting, BLOCK)):
        blocks.append(_columns(block))
    return joined_columns(blocks)


def joined_columns(chunks: Sequence[Columns]) -> Columns:
    """Several columns one after the other; of none, columns without a row."""
    whole: dict[str, Any] = {}
    for field in fields(Columns):
        values = [getattr(chunk, field.name) for chunk in chunks or [_no_columns()]]
        whole[field.name] = list(chain(*values)) if field.type == TEXTS else np.concatenate(values)
    return Columns(**whole)


def _columns(records: Sequence[Record | Compared]) -> Columns:
    """The columns of a block of records; field by field costs half of record by record."""
    rows = map(_CELLS, records) if isinstance(records[0], Record) else records
    cells: Any = Compared._make(zip(*rows, strict=True))  # in each all records
    titles = [read_title(title) for title in cells.title]
    letters = [title.replace(" ", "") for title, _ in titles]
    names = [family_names(authors) for authors in cells.authors]
    journals = [intern(journal) for journal in cells.journal]
    pages = [normalise.pages(text) for text in cells.pages]
    dois = [normalise.doi(text) for text in cells.doi]
    cochrane = [cochrane_review(doi, text) for doi, text in zip(dois, cells.pages, strict=True)]
    return Columns(
        record_id=list(cells.record_id),
        source=[intern(source) for source in cells.source],
        title=[title for title, _ in titles],
        names=names,
        journal=journals,
        title_key=_keys(map(digest, letters)),
        title_start_key=_keys(_end_key(text[:TITLE_START], text) for text in letters),
        title_end_key=_keys(_end_key(text[-TITLE_END:], text) for text in letters),
        names_key=_keys(map(digest, names)),
        journal_key=_keys(map(short_digest, journals)),
        first_name_key=_keys(short_digest(text.partition(" ")[0]) for text in names),
        doi_key=_keys(map(digest, map(canonical_doi, dois))),
        volume=_keys(map(_number_key, cells.volume)),
        issue=_keys(map(_number_key, cells.issue)),
        page_key=_keys(
            0 if volume else _number_key(text)
            for volume, text in zip(cells.volume, cells.pages, strict=True)
        ),
        page_prefix=_keys(short_digest(page.prefix) for page in pages),
        page_kind=_numbers(page.kind for page in pages),
        first_page=_numbers(page.first for page in pages),
        last_page=_numbers(page.last for page in pages),
        cochrane=_keys(short_digest(name) for name, _ in cochrane),
        cochrane_version=_numbers(version for _, version in cochrane),
        preprint=_numbers(map(is_preprint, dois, journals)),
        supplement=_numbers(
            page.prefix == "s" or _is_supplement(issue) or _is_supplement(volume)
            for page, issue, volume in zip(pages, cells.issue, cells.volume, strict=True)
        ),
        year=_numbers(year or 0 for year in cells.year),
        pmid=_numbers(
            int(pmid) if pmid.isdecimal() and len(pmid) < 10 else 0 for pmid in cells.pmid
        ),
        notice=_numbers(notice for _, notice in titles),
        filled=_filled(cells),
    )


def _no_columns() -> Columns:
    empty: dict[str, Any] = {
        field.name: [] if field.type == TEXTS else np.zeros(0, dtype=DTYPES[str(field.type)])
        for field in fields(Columns)
    }
    return Columns(**empty)


def _end_key(end: str, title: str) -> int:
    """The key of an end of the title; 0 when that is the whole of it."""
    return crc32(end.encode()) if len(end) < len(title) else 0


def _keys(values: Iterable[int]) -> Keys:
    return np.fromiter(values, dtype=np.uint64)


def _numbers(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, dtype=np.int32)


@lru_cache(maxsize=1 << 16)
def _number_key(text: str) -> int:
    return digest(normalise.number(text))


@lru_cache(maxsize=1 << 16)
def _is_supplement(text: str) -> bool:
    return "supp" in text.lower()


def _filled(cells: Any) -> Numbers:
    """How complete a record is: its fields that say something, a long abstract counting most."""
    said = (
        cells.title, cells.authors, cells.year, cells.journal, cells.volume, cells.issue,
        cells.pages, cells.doi, cells.pmid, cells.issn, cells.keywords, cells.language,
    )  # fmt: skip
    filled = 4 * _numbers(len(abstract) > LONG_ABSTRACT for abstract in cells.abstract)
    for column in said:
        filled += _numbers(map(bool, column))
    return filled
