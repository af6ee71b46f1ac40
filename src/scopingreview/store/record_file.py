"""The records of a review by id, read from records.csv when they are asked for.

100,000 records are there in a twentieth of a second, with their ids in memory and nothing else;
without the index of records.csv it takes half a second to look where each begins.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from collections import Counter
from collections.abc import ItemsView, Iterator, Mapping, Sequence, ValuesView
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import BinaryIO

from scopingreview.model import Record, RecordTable
from scopingreview.paths import RECORDS, Review
from scopingreview.store.derived import RECORD_COLUMNS, decode_records, record_of_row
from scopingreview.store.digests import Digests
from scopingreview.store.file_system import read_at
from scopingreview.store.record_index import Indexing, read_index
from scopingreview.store.table import spoiled, to_be_made

QUOTED = re.compile(rb'"((?:[^"]|"")*)"')

BLOCK = 1 << 20  # bytes read at a time when all records are read
READ_AHEAD = 1 << 16  # bytes: finding the rows takes half the time it takes with the usual 8 kB


class RecordFile(RecordTable):
    """The records by id, in the order of import.

    The file stays open: an import that puts a new one in its place changes nothing here.
    """

    def __init__(self, review: Review, names: Mapping[str, str] | None = None) -> None:
        """Find where each record begins. Raises MissingInputError before `import` has run.

        `names` says what sources are called now, by what they were called at the import.
        """
        self._names = names or {}
        path = review.path(RECORDS)
        if not path.is_file():
            raise to_be_made(RECORDS)
        self._file = path.open("rb", buffering=READ_AHEAD)
        header = decode_records(self._file.readline()).removeprefix("\ufeff").rstrip("\r\n")
        if header != ",".join(RECORD_COLUMNS):
            raise spoiled(RECORDS, f"the first line must be {','.join(RECORD_COLUMNS)}", line=1)
        csv.field_size_limit(sys.maxsize)
        self.size = os.fstat(self._file.fileno()).st_size
        self._ids: Sequence[str]
        self._rows_of_ids: Sequence[int]
        self._bounds: Sequence[int]
        self._index = read_index(review)
        if self._index and self._index.bounds[-1] == self.size:
            self._ids, self._bounds = self._index.ids, self._index.bounds
            self._rows_of_ids = range(len(self._ids))
        else:
            self._index = None
            place, self._bounds = _find_rows(self._file)
            self._ids, self._rows_of_ids = list(place), list(place.values())

    @cached_property
    def _place(self) -> dict[str, int]:
        """The number of each record's row, from 0."""
        return dict(zip(self._ids, self._rows_of_ids, strict=True))

    @property
    def is_indexed(self) -> bool:
        """Whether records.csv holds what the program wrote, so that nobody need read it to see."""
        return self._index is not None

    @cached_property
    def read_from(self) -> Mapping[str, int]:  # type: ignore[override]  # worked out when asked for
        """How many records were read from the exports of each search."""
        if self._index is not None:
            return self._index.read_from
        return Counter(record.search for record in self.values())

    def __getitem__(self, record_id: str) -> Record:
        return self._record(record_id, self._row(record_id))

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._place

    def values(self) -> ValuesView[Record]:
        """The records, read one after the other."""
        return _Records(self)

    def items(self) -> ItemsView[str, Record]:
        """The records with their ids, read one after the other."""
        return _Items(self)

    def _rows(self) -> Iterator[bytes]:
        """The bytes of the rows, which stand one after the other."""
        block, at = b"", 0
        for place in self._rows_of_ids:
            begin, end = self._bounds[place], self._bounds[place + 1]
            if end > at + len(block):
                block, at = self._read(begin, max(end, begin + BLOCK)), begin
            yield block[begin - at : end - at]

    def _read(self, begin: int, end: int) -> bytes:
        """Bytes of the file; reading them moves nothing, so that threads can share it."""
        return read_at(self._file.fileno(), end - begin, begin)

    def may_hold(self, words: Sequence[str], record_ids: Sequence[str]) -> bool:
        """Whether the rows of the records hold all the words between them, whatever their case.

        A quick first look: a row holds the names of files and sources, too.
        """
        text = "".join(decode_records(self._row(record_id)) for record_id in record_ids).casefold()
        return all(word.casefold() in text for word in words)

    def whose_rows_hold(self, pattern: re.Pattern[bytes]) -> Iterator[str]:
        """The ids of the records in whose row the pattern, which is none of ASCII, is found."""
        for record_id, row in zip(self, self._rows(), strict=True):
            if not row.isascii() and pattern.search(row):
                yield record_id

    def _row(self, record_id: str) -> bytes:
        place = self._place[record_id]
        return self._read(self._bounds[place], self._bounds[place + 1])

    def _record(self, record_id: str, row: bytes) -> Record:
        """The record that the row holds, under the name that its source has now."""
        cells = next(csv.reader([decode_records(row)]))
        if len(cells) != len(RECORD_COLUMNS):
            wrong = f"{cells[0]}: {len(cells)} cells, not {len(RECORD_COLUMNS)}"
            raise spoiled(RECORDS, wrong, line=self._line(record_id))
        try:
            record = record_of_row(cells)
        except ValueError:
            wrong = f"{cells[0]}: a number of this row is none"
            raise spoiled(RECORDS, wrong, line=self._line(record_id)) from None
        name = self._names.get(record.source, record.source)
        return record if name == record.source else replace(record, source=name)

    def _line(self, record_id: str) -> int:
        """The line on which the row begins; counted only for whoever complains of it."""
        begin = self._bounds[self._place[record_id]]
        return self._read(0, begin).count(b"\n") + 1

    def records(self) -> Iterator[tuple[str, Record]]:
        """The records with their ids, read one after the other."""
        for record_id, row in zip(self, self._rows(), strict=True):
            yield record_id, self._record(record_id, row)


def keep_index(review: Review) -> None:
    """records.csv has its index, unless a record id stands in it twice.

    Raises ReviewError for a row that is not right, MissingInputError before `import` has run.
    """
    file = RecordFile(review)
    if file.is_indexed:
        return
    sizes = [end - begin for begin, end in pairwise(file._bounds)]
    searches = [record.search for record in file.values()]
    if len(searches) == len(sizes):
        digest = Digests(review).of(RECORDS)
        Indexing(file._bounds[0], list(file), sizes, searches, digest).write(review)


class _Records(ValuesView[Record]):
    """The records of a file in one go."""

    def __init__(self, file: RecordFile) -> None:
        super().__init__(file)
        self._file = file

    def __iter__(self) -> Iterator[Record]:
        return (record for _, record in self._file.records())


class _Items(ItemsView[str, Record]):
    """The records of a file in one go, with their ids."""

    def __init__(self, file: RecordFile) -> None:
        super().__init__(file)
        self._file = file

    def __iter__(self) -> Iterator[tuple[str, Record]]:
        return self._file.records()


def _find_rows(file: BinaryIO) -> tuple[dict[str, int], list[int]]:
    """The number of each row from 0, by its first cell; where each begins, and the last one ends.

    A line end inside quotes belongs to the row: there the quotes so far are odd in number.
    """
    place: dict[str, int] = {}
    bounds = [file.tell()]
    begin = end = file.tell()
    first, quotes = b"", 0
    for line in file:
        if begin == end:
            first, quotes = line, 0
        end += len(line)
        quotes += line.count(b'"')
        if quotes % 2 == 0:
            place[_first_cell(first)] = len(bounds) - 1
            bounds.append(end)
            begin = end
    if begin != end:
        raise spoiled(RECORDS, f"{_first_cell(first)}: the row has no end")
    return place, bounds


def _first_cell(line: bytes) -> str:
    if line.startswith(b'"') and (quoted := QUOTED.match(line)):
        return decode_records(quoted[1]).replace('""', '"')
    return decode_records(line[: line.find(b",")])
