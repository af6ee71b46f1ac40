"""CSV, TSV and semicolon text → entries.

The separator is the one under which the most column names are known; the header may stand below
a preamble. Quotes are obeyed where the rows come out even with them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from scopingreview.formats.chunk import Chunk
from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.formats.raw_entry import RawEntry
from scopingreview.formats.table_rows import HEADER_WITHIN, Header, Row, entries_of, find_header

SEPARATORS = (",", ";", "\t", "|")
LONGEST_CELL = 1 << 28
ROWS_TRIED = 2 * HEADER_WITHIN
BLANK = ',;|\t "'


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a table is written: its separator, whether quotes count, and its header."""

    separator: str
    quoted: bool
    header: Header


def spelling_of(head: str, columns: Mapping[str, str]) -> Spelling | None:
    """How the table that begins like this is written; None when it is no known table."""
    candidates = []
    for separator in SEPARATORS:
        for quoted in (True, False):
            rows = list(islice(_rows(head, separator, quoted=quoted), ROWS_TRIED))
            if header := find_header(rows, columns):
                spelling = Spelling(separator, quoted, header)
                candidates.append((len(header.names), _share_even(rows, header), quoted, spelling))
    return max(candidates, key=lambda candidate: candidate[:3])[3] if candidates else None


def _share_even(rows: Sequence[Row], header: Header) -> float:
    """The share of rows that have as many cells as the header."""
    width = len(header.names)
    below = [row for line, row in rows if line > header.line and any(row)]
    even = sum(len(row) == width or (len(row) == width + 1 and not row[-1]) for row in below)
    return even / len(below) if below else 0.0


def _rows(text: str, separator: str, *, quoted: bool) -> Iterator[Row]:
    """Every row with the line it begins on."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(
        StringIO(text, newline="\n"),
        delimiter=separator,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    line = 1
    for row in reader:
        yield line, row
        line = reader.line_num + 1


def recognise(chunk: Chunk) -> str:
    """What shows that the text is a table; "" when nothing does."""
    spelling = spelling_of(chunk.head, chunk.columns)
    if spelling is None:
        return ""
    return f"columns {', '.join(spelling.header.names[:4])} …"


def begun(chunk: Chunk) -> int:
    """Rows, counted without parsing: below the header, lines outside quotes that hold something."""
    spelling = spelling_of(chunk.head, chunk.columns)
    if spelling is None:
        return 0
    text = "x".join(chunk.text.split('"')[::2]) if spelling.quoted else chunk.text
    lines = text.split("\n")[spelling.header.line :] if chunk.starts_file else text.split("\n")
    return sum(1 for line in lines if spelling.separator in line and line.strip(BLANK))


def entries(chunk: Chunk, oddities: Oddities) -> Iterator[RawEntry]:
    """The entries of the chunk, one per row."""
    spelling = spelling_of(chunk.head, chunk.columns)
    assert spelling is not None, "only what was recognised is read"
    rows = _rows(chunk.text, spelling.separator, quoted=spelling.quoted)
    if chunk.starts_file:
        rows = (row for row in rows if row[0] > spelling.header.line)
    if spelling.quoted and chunk.text.count('"') % 2:
        oddities.note(Kind.OPEN_QUOTE, chunk.text.count("\n") + 1)
    yield from entries_of(rows, spelling.header, chunk.columns, oddities)
