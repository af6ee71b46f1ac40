"""records.csv in chunks, so that several processes can read it at once.

A chunk is a span of bytes that begins and ends between two records: at a line break outside
quotes. Quotes come in pairs (RFC 4180), so an even number of them stands before such a break.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from scopingreview.paths import RECORDS, Review
from scopingreview.store.derived import RECORD_COLUMNS, decode_records, made_of, read_records
from scopingreview.store.table import Row, spoiled

Made = TypeVar("Made")

BLOCK = 1 << 22  # bytes read at a time
SMALLEST_CHUNK = 1 << 22  # bytes: a smaller chunk is not worth a process


@dataclass(frozen=True, slots=True)
class RecordsChunk(Generic[Made]):
    """The rows of records.csv from byte `start` to `end`, as what `make` makes of each.

    `line` is the line the chunk begins on.
    """

    review: Review
    start: int
    end: int
    line: int
    make: Callable[[Row], Made]

    def __iter__(self) -> Iterator[Made]:
        csv.field_size_limit(sys.maxsize)
        reader = csv.reader(self._lines())
        for row in reader:
            line = self.line + reader.line_num - 1
            if len(row) != len(RECORD_COLUMNS):
                raise spoiled(RECORDS, f"{len(row)} cells in a row of records", line=line)
            yield made_of(row, self.make, RECORDS, line)

    def _lines(self) -> Iterator[str]:
        at = self.start
        with self.review.path(RECORDS).open("rb") as file:
            file.seek(at)
            while at < self.end:
                line = file.readline()
                at += len(line)
                yield decode_records(line)


def records_in_chunks(
    review: Review, chunks: int, make: Callable[[Row], Made]
) -> list[RecordsChunk[Made]]:
    """The records in at most that many chunks, one after the other, each made by `make`.

    `make` turns a row (its cells in the order of `RECORD_COLUMNS`) into what the reader needs
    of it; `record_of_row` makes the whole record.
    Raises MissingInputError before `import` has run, ReviewError for another header.
    """
    next(read_records(review), None)  # the header is right, or this says what is wrong
    path = review.path(RECORDS)
    size = path.stat().st_size
    chunks = max(1, min(chunks, size // SMALLEST_CHUNK))
    cuts = [_Cut(len(path.open("rb").readline()), 2)]
    for chunk in range(1, chunks):
        cuts.append(_next_cut(path, cuts[-1], size * chunk // chunks))
    ends = [cut.at for cut in cuts[1:]] + [size]
    return [
        RecordsChunk(review, cut.at, end, cut.line, make)
        for cut, end in zip(cuts, ends, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place between two records and the line that begins there."""

    at: int
    line: int


def _next_cut(path: Path, last: _Cut, wanted: int) -> _Cut:
    """The first place between two records at or behind the wanted byte."""
    at, line, quotes = last.at, last.line, 0
    with path.open("rb") as file:
        file.seek(at)
        while at < wanted:
            block = file.read(min(BLOCK, wanted - at))
            at += len(block)
            line += block.count(b"\n")
            quotes += block.count(b'"')
        while rest := file.readline():
            at += len(rest)
            line += rest.endswith(b"\n")
            quotes += rest.count(b'"')
            if quotes % 2 == 0 and rest.endswith(b"\n"):
                break
    return _Cut(at, line)
