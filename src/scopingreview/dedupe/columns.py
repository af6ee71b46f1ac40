"""Records as columns: what comparison needs of each, one entry per record in every column.

Here the records are normalised, each by itself, so that any part of a review can be read and
normalised anywhere (another core, another machine) and joined later. Keys are 64-bit digests,
the same in every process; 0 stands for nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import chain
from sys import intern
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from scopingreview import normalise
from scopingreview.dedupe.identifiers import canonical_doi, cochrane_review, is_preprint
from scopingreview.dedupe.names import family_names
from scopingreview.dedupe.titles import read_title
from scopingreview.model import Compared, Record

Keys = NDArray[np.uint64]
Numbers = NDArray[np.signedinteger[Any]]
Texts = list[str]
TEXTS = "Texts"
TYPE_CODES = {"Keys": "Q", "Numbers": "i"}  # as the module array names them

TITLE_END = 24  # letters at either end of a title that make a key


@dataclass(frozen=True, slots=True)
class Columns:
    """One entry per record in each column; rows are in the order the records came in.

    `title` are the words without notes, `title_key` their digest without spaces; `names` the
    family names, `name_bits` a sieve for them; `notice` a `Notice`; pages as `normalise.Pages`;
    in numbers 0 is unknown. `filled` says how complete the record is.
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
    name_bits: Keys
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


def digest(text: str) -> int:
    """A 64-bit key of a text, the same in every process; 0 for no text.

    Two checksums, of the text forwards and backwards: a tenth of the time of a hash.
    """
    if not text:
        return 0
    data = text.encode()
    return crc32(data) << 32 | crc32(data[::-1]) or 1


short_digest = lru_cache(maxsize=1 << 16)(digest)  # of fields with few values: volume, first author


def columns_of(records: Iterable[Record | Compared]) -> Columns:
    """The columns of those records, in the order they come in."""
    kinds = [str(field.type) for field in fields(Columns)]
    columns: list[Any] = [[] if kind == TEXTS else array(TYPE_CODES[kind]) for kind in kinds]
    append = [column.append for column in columns]
    for record in records:
        for add, value in zip(append, _row(record), strict=True):
            add(value)
    made: list[Any] = [
        column if kind == TEXTS else np.array(column)
        for kind, column in zip(kinds, columns, strict=True)
    ]
    return Columns(*made)


def joined_columns(parts: Sequence[Columns]) -> Columns:
    """Several columns one after the other."""
    whole: dict[str, Any] = {}
    for field in fields(Columns):
        values = [getattr(part, field.name) for part in parts]
        whole[field.name] = list(chain(*values)) if field.type == TEXTS else np.concatenate(values)
    return Columns(**whole)


def _row(record: Record | Compared) -> tuple[object, ...]:
    """One record's entries, in the order of the columns."""
    title, notice = read_title(record.title)
    letters = title.replace(" ", "")
    names = family_names(record.authors)
    pages = normalise.pages(record.pages)
    doi = normalise.doi(record.doi)
    cochrane, version = cochrane_review(doi, record.pages)
    return (
        record.record_id,
        intern(record.source),
        title,
        names,
        intern(record.journal),
        digest(letters),
        crc32(letters[:TITLE_END].encode()) if len(letters) > TITLE_END else 0,
        crc32(letters[-TITLE_END:].encode()) if len(letters) > TITLE_END else 0,
        digest(names),
        _bits(names),
        short_digest(names.partition(" ")[0]),
        digest(canonical_doi(doi)),
        short_digest(normalise.number(record.volume)),
        short_digest(normalise.number(record.issue)),
        0 if record.volume else short_digest(normalise.number(record.pages)),
        short_digest(pages.prefix),
        int(pages.kind),
        pages.first,
        pages.last,
        short_digest(cochrane),
        version,
        int(is_preprint(doi, record.journal)),
        int(
            pages.prefix == "s" or "supp" in record.issue.lower() or "supp" in record.volume.lower()
        ),
        record.year or 0,
        int(record.pmid) if record.pmid.isdecimal() and len(record.pmid) < 10 else 0,
        int(notice),
        _filled(record),
    )


def _bits(names: str) -> int:
    """The family names as bits of 64: lists without a bit in common have no name in common."""
    bits = 0
    for name in names.split():
        bits |= 1 << (crc32(name.encode()) & 63)
    return bits


def _filled(record: Record | Compared) -> int:
    """How complete a record is: its fields that say something, a long abstract counting most."""
    said = (
        record.title, record.authors, record.year, record.journal, record.volume, record.issue,
        record.pages, record.doi, record.pmid, record.issn, record.keywords, record.language,
    )  # fmt: skip
    return sum(map(bool, said)) + (4 if len(record.abstract) > 80 else 0)
