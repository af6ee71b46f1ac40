"""The records of a review by id, read from records.csv when they are asked for.

For whoever looks at one record at a time: 100,000 records are there in half a second, with
their ids in memory and nothing else. Who needs all of them reads them with `read_records`.
"""

from __future__ import annotations

import csv
import io
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from scopingreview.model import Record
from scopingreview.paths import RECORDS, Review
from scopingreview.store.derived import RECORD_COLUMNS, decode_records, record_of_row
from scopingreview.store.table import spoiled, to_be_made

QUOTED = re.compile(rb'"((?:[^"]|"")*)"')

READ_AHEAD = 1 << 16  # bytes: finding the rows takes half the time it takes with the usual 8 kB


class RecordFile(Mapping[str, Record]):
    """The records by id, in the order of import.

    The file stays open: an import that puts a new one in its place changes nothing here.
    """

    def __init__(self, review: Review) -> None:
        """Find where each record begins. Raises MissingInputError before `import` has run."""
        path = review.path(RECORDS)
        if not path.is_file():
            raise to_be_made(RECORDS)
        self._file = path.open("rb", buffering=READ_AHEAD)
        header = decode_records(self._file.readline()).removeprefix("\ufeff").rstrip("\r\n")
        if header != ",".join(RECORD_COLUMNS):
            raise spoiled(RECORDS, f"the first line must be {','.join(RECORD_COLUMNS)}", line=1)
        csv.field_size_limit(sys.maxsize)
        self._places = _places(self._file)

    def __getitem__(self, record_id: str) -> Record:
        return self._record(record_id, self._row(record_id))

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._places

    def may_hold(self, words: Sequence[str], record_ids: Sequence[str]) -> bool:
        """Whether the rows of the records hold all the words between them, whatever their case.

        A quick first look: a row holds the names of files and sources, too.
        """
        text = "".join(decode_records(self._row(record_id)) for record_id in record_ids).casefold()
        return all(word.casefold() in text for word in words)

    def _row(self, record_id: str) -> bytes:
        """The bytes of the row; reading them moves nothing, so that threads can share the file."""
        begin, end = self._places[record_id]
        return os.pread(self._file.fileno(), end - begin, begin)

    def _record(self, record_id: str, row: bytes) -> Record:
        cells = next(csv.reader(io.StringIO(decode_records(row), newline="")))
        if len(cells) != len(RECORD_COLUMNS):
            wrong = f"{cells[0]}: {len(cells)} cells, not {len(RECORD_COLUMNS)}"
            raise spoiled(RECORDS, wrong, line=self._line(record_id))
        try:
            return record_of_row(cells)
        except ValueError:
            wrong = f"{cells[0]}: a number of this row is none"
            raise spoiled(RECORDS, wrong, line=self._line(record_id)) from None

    def _line(self, record_id: str) -> int:
        """The line on which the row begins; counted only for whoever complains of it."""
        begin, _ = self._places[record_id]
        return os.pread(self._file.fileno(), begin, 0).count(b"\n") + 1


def _places(file: BinaryIO) -> dict[str, tuple[int, int]]:
    """Where each row begins and ends, by its first cell.

    A line end inside quotes belongs to the row: there the quotes so far are odd in number.
    """
    places: dict[str, tuple[int, int]] = {}
    begin = end = file.tell()
    first, quotes = b"", 0
    for line in file:
        if begin == end:
            first, quotes = line, 0
        end += len(line)
        quotes += line.count(b'"')
        if quotes % 2 == 0:
            places[_first_cell(first)] = (begin, end)
            begin = end
    if begin != end:
        raise spoiled(RECORDS, f"{_first_cell(first)}: the row has no end")
    return places


def _first_cell(line: bytes) -> str:
    if line.startswith(b'"') and (quoted := QUOTED.match(line)):
        return decode_records(quoted[1]).replace('""', '"')
    return decode_records(line[: line.find(b",")])
