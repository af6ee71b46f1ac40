"""The tables that the chain writes and anyone may delete: records, duplicates, counts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import accumulate, chain, pairwise
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from scopingreview.model import LIST_MARK, Content, Count, Duplicate, PossibleDuplicate, Record
from scopingreview.paths import COUNTS, DUPLICATES, POSSIBLE_DUPLICATES, RECORDS, Review
from scopingreview.scan import csv_row, csv_rows
from scopingreview.store.files import write_pieces
from scopingreview.store.record_index import IndexedLines, Indexing
from scopingreview.store.table import (
    Row,
    read_rows,
    rows_alone,
    spoiled,
    write_table,
)

Value = TypeVar("Value")

RECORD_COLUMNS = tuple(field.name for field in fields(Record))
CONTENT_OF = attrgetter(*Content._fields)
AUTHORS, YEAR, KEYWORDS = map(Content._fields.index, ("authors", "year", "keywords"))
DUPLICATE_COLUMNS = ("record_id", "duplicate_of", "rule", "evidence", "decided_by")
POSSIBLE_COLUMNS = ("record_id", "other_id", "score", "evidence")
COUNT_COLUMNS = ("box", "item", "n")


class WrittenRecords(NamedTuple):
    """What records.csv holds: how many records, its sha256, what the system says of the file."""

    records: int
    sha256: str
    file: os.stat_result | None


def write_records(review: Review, records: Iterable[Record]) -> int:
    """data/derived/records.csv holds the records, in their order; how many there were."""
    return write_encoded_records(review, map(_indexed_line, records)).records


def _indexed_line(record: Record) -> IndexedLines:
    line = csv_row(record_row(record)) + b"\n"
    return IndexedLines([record.record_id], record.search, line, [len(line)])


def record_row(record: Record) -> Row:
    """The record as a row of records.csv."""
    return [
        record.record_id,
        record.source,
        record.search,
        record.file,
        str(record.ordinal),
        *_content_cells(Content._make(CONTENT_OF(record))),
    ]


def _content_cells(content: Content) -> Row:
    """What a record holds, as the last cells of its row."""
    cells: list[Any] = list(content)
    cells[AUTHORS] = LIST_MARK.join(content.authors)
    cells[YEAR] = "" if content.year is None else str(content.year)
    cells[KEYWORDS] = LIST_MARK.join(content.keywords)
    return cells


class EncodedContents(NamedTuple):
    """What records hold, one after the other: of each the end of its line, from `type` on.

    `sizes` are the bytes of each.
    """

    text: bytes
    sizes: Sequence[int]


def encode_contents(contents: Iterable[Content]) -> EncodedContents:
    """What the records hold as records.csv has it.

    For processes that read exports beside the one that writes.
    """
    return EncodedContents(*csv_rows(map(_content_cells, contents)))


def encode_origin(source: str, search: str, file: str) -> bytes:
    """Where the records of a file come from, for `encode_lines`."""
    return csv_row([source, search, file])


def encode_lines(
    record_ids: Sequence[str], search: str, origin: bytes, first: int, contents: EncodedContents
) -> IndexedLines:
    """The lines of records of a search that stand one after the other in a file.

    `first` is the ordinal of the first.
    """
    begins = [
        b"%b,%b,%d," % (csv_row([record_id]), origin, ordinal)
        for ordinal, record_id in enumerate(record_ids, first)
    ]
    text = memoryview(contents.text)
    bounds = pairwise(accumulate(contents.sizes, initial=0))
    parts = (
        (each, text[begin:end], b"\n") for each, (begin, end) in zip(begins, bounds, strict=True)
    )
    sizes = [len(begin) + size + 1 for begin, size in zip(begins, contents.sizes, strict=True)]
    return IndexedLines(record_ids, search, b"".join(chain.from_iterable(parts)), sizes)


def write_encoded_records(review: Review, lines: Iterable[IndexedLines]) -> WrittenRecords:
    """records.csv holds the lines that `encode_lines` gave, in their order.

    Its index is written, too.
    """
    header = csv_row(RECORD_COLUMNS) + b"\n"
    indexing = Indexing(begin=len(header))
    file = write_pieces(review.path(RECORDS), indexing.pieces(header, lines))
    indexing.write(review)
    return WrittenRecords(len(indexing.ids), indexing.digest, file)


def read_records(review: Review) -> Iterator[Record]:
    """The records of data/derived/records.csv in its order, one at a time.

    Raises MissingInputError before `import` has run.
    """
    yield from _values(review, RECORDS, RECORD_COLUMNS, record_of_row)


def _values(
    review: Review, name: str, columns: Sequence[str], make: Callable[[Row], Value]
) -> Iterator[Value]:
    """What `make` makes of each row; ReviewError with the line where a number is none."""
    for line, row in read_rows(review, name, columns):
        yield made_of(row, make, name, line)


def made_of(row: Row, make: Callable[[Row], Value], name: str, line: int) -> Value:
    """What `make` makes of the row on that line. Raises ReviewError when a number is none."""
    try:
        return make(row)
    except ValueError:
        raise spoiled(name, "a number of this row is none", line=line) from None


def record_of_row(row: Row) -> Record:
    """The record that a row of records.csv holds."""
    return Record(
        record_id=row[0],
        source=row[1],
        search=row[2],
        file=row[3],
        ordinal=int(row[4]),
        type=row[5],
        title=row[6],
        authors=_split(row[7]),
        year=int(row[8]) if row[8] else None,
        journal=row[9],
        volume=row[10],
        issue=row[11],
        pages=row[12],
        doi=row[13],
        pmid=row[14],
        accession=row[15],
        issn=row[16],
        abstract=row[17],
        keywords=_split(row[18]),
        language=row[19],
        url=row[20],
    )


def decode_records(content: bytes) -> str:
    """The text of a part of records.csv. Raises ReviewError when it is not UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise spoiled(RECORDS, "this file is not UTF-8") from None


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(LIST_MARK)) if text else ()


def write_duplicates(
    review: Review, duplicates: Iterable[Duplicate], possible: Iterable[PossibleDuplicate]
) -> None:
    """The links and the pairs left to people stand in data/derived."""
    write_table(
        review,
        POSSIBLE_DUPLICATES,
        POSSIBLE_COLUMNS,
        ([pair.record_id, pair.other_id, f"{pair.score:.3f}", pair.evidence] for pair in possible),
    )
    write_table(
        review,
        DUPLICATES,
        DUPLICATE_COLUMNS,
        (
            [link.record_id, link.duplicate_of, link.rule, link.evidence, link.decided_by]
            for link in duplicates
        ),
    )


def read_duplicates(review: Review) -> list[Duplicate]:
    """The links of data/derived/duplicates.csv. Raises MissingInputError before `dedupe`."""
    return list(map(Duplicate._make, rows_alone(review, DUPLICATES, DUPLICATE_COLUMNS)))


def read_possible_duplicates(review: Review) -> list[PossibleDuplicate]:
    """The pairs left to people. Raises MissingInputError before `dedupe`."""
    return list(_values(review, POSSIBLE_DUPLICATES, POSSIBLE_COLUMNS, _possible))


def _possible(row: Row) -> PossibleDuplicate:
    return PossibleDuplicate(row[0], row[1], float(row[2]), row[3])


def counts_text(counts: Iterable[Count]) -> str:
    """The counted boxes, in their order, as results/counts.csv has them."""
    rows = ([count.box, count.item, str(count.n)] for count in counts)
    return "".join(f"{csv_row(row).decode()}\n" for row in (COUNT_COLUMNS, *rows))


def read_counts(review: Review) -> list[Count]:
    """The counted boxes. Raises MissingInputError before `count`."""
    return list(
        _values(review, COUNTS, COUNT_COLUMNS, lambda row: Count(row[0], row[1], int(row[2])))
    )
