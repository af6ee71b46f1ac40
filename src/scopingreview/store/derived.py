"""The tables that the chain writes and anyone may delete: records, duplicates, counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from typing import TypeVar

from scopingreview.model import LIST_MARK, Content, Count, Duplicate, PossibleDuplicate, Record
from scopingreview.paths import COUNTS, DUPLICATES, POSSIBLE_DUPLICATES, RECORDS, Review
from scopingreview.scan import csv_row
from scopingreview.store.files import write_pieces
from scopingreview.store.record_index import IndexedLines, Indexing
from scopingreview.store.table import (
    Row,
    read_rows,
    spoiled,
    write_table,
)

Value = TypeVar("Value")

RECORD_COLUMNS = tuple(field.name for field in fields(Record))
DUPLICATE_COLUMNS = ("record_id", "duplicate_of", "rule", "evidence", "decided_by")
POSSIBLE_COLUMNS = ("record_id", "other_id", "score", "evidence")
COUNT_COLUMNS = ("box", "item", "n")


def write_records(review: Review, records: Iterable[Record]) -> int:
    """data/derived/records.csv holds the records, in their order; how many there were."""
    return write_encoded_records(review, map(_indexed_line, records))


def _indexed_line(record: Record) -> IndexedLines:
    line = csv_row(record_row(record)) + b"\n"
    return IndexedLines([record.record_id], record.search, [line])


def record_row(record: Record) -> Row:
    """The record as a row of records.csv."""
    return [
        record.record_id,
        record.source,
        record.search,
        record.file,
        str(record.ordinal),
        *_content_cells(record),
    ]


def _content_cells(content: Record | Content) -> Row:
    """What a record holds, as the last cells of its row."""
    return [
        content.type,
        content.title,
        LIST_MARK.join(content.authors),
        "" if content.year is None else str(content.year),
        content.journal,
        content.volume,
        content.issue,
        content.pages,
        content.doi,
        content.pmid,
        content.accession,
        content.issn,
        content.abstract,
        LIST_MARK.join(content.keywords),
        content.language,
        content.url,
    ]


def encode_content(content: Content) -> bytes:
    """What a record holds, as the end of its line in records.csv: from `type` on.

    For processes that read exports beside the one that writes.
    """
    return csv_row(_content_cells(content))


def encode_origin(source: str, search: str, file: str) -> bytes:
    """Where the records of a file come from, for `encode_lines`."""
    return csv_row([source, search, file])


def encode_lines(
    record_ids: Sequence[str], origin: bytes, first: int, contents: Sequence[bytes]
) -> list[bytes]:
    """The lines of records that stand one after the other: their places and what they hold.

    `first` is the ordinal of the first.
    """
    return [
        b"%b,%b,%d,%b\n" % (csv_row([record_id]), origin, ordinal, content)
        for ordinal, (record_id, content) in enumerate(
            zip(record_ids, contents, strict=True), first
        )
    ]


def write_encoded_records(review: Review, lines: Iterable[IndexedLines]) -> int:
    """records.csv holds the lines that `encode_lines` gave, in their order; how many there were.

    Its index is written, too.
    """
    header = csv_row(RECORD_COLUMNS) + b"\n"
    indexing = Indexing(begin=len(header))
    write_pieces(review.path(RECORDS), indexing.pieces(header, lines))
    indexing.write(review)
    return len(indexing.ids)


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
    return [Duplicate._make(row) for _, row in read_rows(review, DUPLICATES, DUPLICATE_COLUMNS)]


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
