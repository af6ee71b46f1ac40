"""Records as columns: what comparison needs of each, one entry per record in every column.

Here the records are normalised, each by itself, so that any chunk of a review can be read and
normalised anywhere (another core, another machine) and joined later. Keys are 64-bit digests,
the same in every process; 0 stands for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
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

DTYPE = "dtype"  # what a column is made of: of arrays the type of their numbers, of lists None
TEXT, KEY, NUMBER = {DTYPE: None}, {DTYPE: np.uint64}, {DTYPE: np.int32}

BLOCK = 2048  # records at a time: what is made of them stays in the processor's cache

TITLE_START = 24  # letters at the beginning of a title that make a key
TITLE_END = 40  # letters at its end, where titles of many works read "a systematic review"
LONG_ABSTRACT = 80  # characters
SENTENCE_END = 40  # letters and digits at the end of a sentence that make a key

_LOWER = bytes(ord(chr(code).lower()) for code in range(128)) + bytes(range(128, 256))
_NO_LETTERS = bytes(code for code in range(256) if code > 127 or not chr(code).isalnum())

_CELLS = attrgetter(*Compared._fields)


@dataclass(frozen=True, slots=True)
class Columns:
    """One entry per record in each column; rows are in the order the records came in.

    `title` are the words without notes, `title_key` their digest without spaces; `names` the
    family names, `first_author` is as it came; `abstract_key` is that of a sentence in the
    middle; `notice` a `Notice`; pages as `normalise.Pages`; in numbers 0 is unknown. `filled` says
    how complete the record is.
    """

    record_id: Texts = field(metadata=TEXT)
    source: Texts = field(metadata=TEXT)
    title: Texts = field(metadata=TEXT)
    names: Texts = field(metadata=TEXT)
    first_author: Texts = field(metadata=TEXT)
    journal: Texts = field(metadata=TEXT)
    title_key: Keys = field(metadata=KEY)
    title_start_key: Keys = field(metadata=KEY)
    title_end_key: Keys = field(metadata=KEY)
    names_key: Keys = field(metadata=KEY)
    journal_key: Keys = field(metadata=KEY)
    first_name_key: Keys = field(metadata=KEY)
    issn: Keys = field(metadata=KEY)
    other_issn: Keys = field(metadata=KEY)
    abstract_key: Keys = field(metadata=KEY)
    doi_key: Keys = field(metadata=KEY)
    volume: Keys = field(metadata=KEY)
    issue: Keys = field(metadata=KEY)
    page_key: Keys = field(metadata=KEY)
    page_prefix: Keys = field(metadata=KEY)
    page_kind: Numbers = field(metadata=NUMBER)
    first_page: Numbers = field(metadata=NUMBER)
    last_page: Numbers = field(metadata=NUMBER)
    cochrane: Keys = field(metadata=KEY)
    cochrane_version: Numbers = field(metadata=NUMBER)
    preprint: Numbers = field(metadata=NUMBER)
    supplement: Numbers = field(metadata=NUMBER)
    year: Numbers = field(metadata=NUMBER)
    pmid: Numbers = field(metadata=NUMBER)
    notice: Numbers = field(metadata=NUMBER)
    filled: Numbers = field(metadata=NUMBER)

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

    Two checksums (CRC-32), of the text forwards and backwards: a tenth of the time of a hash.
    """
    if not text:
        return 0
    data = text.encode()
    return crc32(data) << 32 | crc32(data[::-1]) or 1


# Fields with few values are digested once for each.
short_digest = lru_cache(maxsize=1 << 16)(digest)


def columns_of(records: Iterable[Record | Compared]) -> Columns:
    """The columns of those records, in the order they come in; they are read once."""
    waiting = iter(records)
    blocks = []
    while block := list(islice(waiting, BLOCK)):
        blocks.append(_columns(block))
    return joined_columns(blocks)


def joined_columns(chunks: Sequence[Columns]) -> Columns:
    """Several columns one after the other; of none, columns without a row."""
    whole: dict[str, Any] = {}
    for column in fields(Columns):
        values = [getattr(chunk, column.name) for chunk in chunks or [_no_columns()]]
        is_text = column.metadata[DTYPE] is None
        whole[column.name] = list(chain(*values)) if is_text else np.concatenate(values)
    return Columns(**whole)


def _no_columns() -> Columns:
    empty: dict[str, Any] = {}
    for column in fields(Columns):
        dtype = column.metadata[DTYPE]
        empty[column.name] = [] if dtype is None else np.zeros(0, dtype)
    return Columns(**empty)


def _columns(records: Sequence[Record | Compared]) -> Columns:
    """The columns of a block of records; field by field costs half of record by record."""
    rows = map(_CELLS, records) if isinstance(records[0], Record) else records
    cells: Any = Compared._make(zip(*rows, strict=True))  # in each all records
    journals = [intern(journal) for journal in cells.journal]
    dois = [normalise.doi(text) for text in cells.doi]
    issns = list(map(_issn_keys, cells.issn))
    return Columns(
        record_id=list(cells.record_id),
        source=[intern(source) for source in cells.source],
        journal=journals,
        journal_key=_keys(map(short_digest, journals)),
        doi_key=_keys(map(digest, map(canonical_doi, dois))),
        preprint=_numbers(map(is_preprint, dois, journals)),
        year=_numbers(year or 0 for year in cells.year),
        pmid=_numbers(map(_pmid, cells.pmid)),
        issn=_keys(first for first, _ in issns),
        other_issn=_keys(other for _, other in issns),
        abstract_key=_keys(map(_abstract_key, cells.abstract)),
        filled=_filled(cells),
        **_title_columns(cells.title),
        **_name_columns(cells.authors),
        **_place_columns(cells.volume, cells.issue, cells.pages),
        **_cochrane_columns(dois, cells.pages),
    )


def _title_columns(texts: Sequence[str]) -> dict[str, Any]:
    titles = [read_title(text) for text in texts]
    letters = [title.replace(" ", "") for title, _ in titles]
    return {
        "title": [title for title, _ in titles],
        "title_key": _keys(map(digest, letters)),
        "title_start_key": _keys(_end_key(text[:TITLE_START], text) for text in letters),
        "title_end_key": _keys(_end_key(text[-TITLE_END:], text) for text in letters),
        "notice": _numbers(notice for _, notice in titles),
    }


def _name_columns(authors: Sequence[Sequence[str]]) -> dict[str, Any]:
    names = list(map(family_names, authors))
    return {
        "names": names,
        "first_author": [people[0] if people else "" for people in authors],
        "names_key": _keys(map(digest, names)),
        "first_name_key": _keys(short_digest(text.partition(" ")[0]) for text in names),
    }


def _place_columns(
    volumes: Sequence[str], issues: Sequence[str], texts: Sequence[str]
) -> dict[str, Any]:
    """Where in print the records stand; `texts` are their page fields."""
    pages = list(map(normalise.pages, texts))
    return {
        "volume": _keys(map(_number_key, volumes)),
        "issue": _keys(map(_number_key, issues)),
        "page_key": _keys(
            0 if volume else _number_key(text) for volume, text in zip(volumes, texts, strict=True)
        ),
        "page_prefix": _keys(short_digest(page.prefix) for page in pages),
        "page_kind": _numbers(page.kind for page in pages),
        "first_page": _numbers(page.first for page in pages),
        "last_page": _numbers(page.last for page in pages),
        "supplement": _numbers(
            page.prefix == "s" or _is_supplement(issue) or _is_supplement(volume)
            for page, issue, volume in zip(pages, issues, volumes, strict=True)
        ),
    }


def _cochrane_columns(dois: Sequence[str], pages: Sequence[str]) -> dict[str, Any]:
    reviews = list(map(cochrane_review, dois, pages))
    return {
        "cochrane": _keys(short_digest(name) for name, _ in reviews),
        "cochrane_version": _numbers(version for _, version in reviews),
    }


def _pmid(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _end_key(end: str, title: str) -> int:
    """The key of an end of the title; 0 when that is the whole of it."""
    return crc32(end.encode()) if len(end) < len(title) else 0


def _keys(values: Iterable[int]) -> Keys:
    return np.fromiter(values, KEY[DTYPE])


def _numbers(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, NUMBER[DTYPE])


@lru_cache(maxsize=1 << 16)
def _issn_keys(text: str) -> tuple[int, int]:
    """The keys of the first two ISSNs; 0 where there is none."""
    first, other, *_ = [*map(digest, normalise.issns(text)), 0, 0]
    return first, other


def _abstract_key(abstract: str) -> int:
    """The key of how the sentence in the middle of an abstract ends; 0 for a short abstract.

    Headings at the beginning and copyright at the end move the middle by less than a sentence,
    and where they do not, nothing is said.
    """
    if len(abstract) <= LONG_ABSTRACT:
        return 0
    end = abstract.find(". ", len(abstract) // 2)
    sentence = abstract[max(0, end - 2 * SENTENCE_END) : end]
    letters = sentence.encode().translate(_LOWER, _NO_LETTERS)
    return crc32(letters[-SENTENCE_END:]) if len(letters) >= SENTENCE_END else 0


@lru_cache(maxsize=1 << 16)
def _number_key(text: str) -> int:
    return digest(normalise.number(text))


@lru_cache(maxsize=1 << 16)
def _is_supplement(text: str) -> bool:
    return "supp" in text.lower()


def _filled(cells: Any) -> Numbers:
    """How complete a record is: its fields that say something, a long abstract counting most."""
    counted = (
        cells.title, cells.authors, cells.year, cells.journal, cells.volume, cells.issue,
        cells.pages, cells.doi, cells.pmid, cells.issn, cells.keywords, cells.language,
    )  # fmt: skip
    filled = 4 * (_numbers(map(len, cells.abstract)) > LONG_ABSTRACT).astype(NUMBER[DTYPE])
    for column in counted:
        filled += np.fromiter(column, object, len(column)).astype(bool)
    return filled
