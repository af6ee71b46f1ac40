"""CSV, TSV and semicolon text → entries.

How a table is written is tried out: the separator and the quotes under which most column names
are known and the rows come out even with the header. The header may stand below a preamble.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from scopingreview.errors import ReviewError
from scopingreview.formats.chunk import MOST_OF_RECORD, Chunk
from scopingreview.formats.guessed_columns import GuessedColumns, guess_columns
from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.formats.raw_entry import RawEntry
from scopingreview.formats.row_checks import is_too_long
from scopingreview.formats.row_count import SEPARATORS, rows_in
from scopingreview.formats.table_rows import (
    HEADER_WITHIN,
    Header,
    Row,
    entries_of,
    find_header,
    known_names,
)

if TYPE_CHECKING:
    from _csv import Reader

LONGEST_CELL = MOST_OF_RECORD
ROWS_TRIED = 2 * HEADER_WITHIN
SHORT_ROW_FITS = 0.5


@dataclass(frozen=True, slots=True)
class Quotes:
    """How cells are quoted: by which sign ("" by none), and what shows it in a file.

    `escaped` when a backslash stands before a quote inside a cell (R writes so), `after_blank`
    when a blank stands between the separator and the quote, `around_rows` when a spreadsheet
    took whole rows for one cell and quoted them again.
    """

    sign: str
    shown_by: re.Pattern[str]
    escaped: bool = False
    after_blank: bool = False
    around_rows: bool = False


# In order of trust: of those that fit as well as another, the first is taken.
QUOTES = (
    Quotes('"', re.compile("")),
    Quotes('"', re.compile(r'\\"'), escaped=True),
    Quotes('"', re.compile(r'[,;\t|] +"'), after_blank=True),
    Quotes(
        '"', re.compile(r'^"(?:[^"\n]|"")*[,;\t|](?:[^"\n]|"")*"$', re.MULTILINE), around_rows=True
    ),
    Quotes("'", re.compile(r"(?:^|[,;\t|])'[^'\n]*'(?=[,;\t|\n])", re.MULTILINE)),
    Quotes("", re.compile('"')),
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a table is written: its separator, its quotes, and its header."""

    separator: str
    quotes: Quotes
    header: Header


def spelling_of(head: str, columns: Mapping[str, str]) -> Spelling | None:
    """How the table that begins like this is written; None when it is no known table."""
    best, best_fit = None, (0.0, 0)
    for quotes in QUOTES:
        if quotes.shown_by.search(head):
            for separator in SEPARATORS:
                spelling, fit = _tried(head, separator, quotes, columns)
                if spelling is not None and fit > best_fit:
                    best, best_fit = spelling, fit
    return best


def _tried(
    head: str, separator: str, quotes: Quotes, columns: Mapping[str, str]
) -> tuple[Spelling | None, tuple[float, int]]:
    """The table as that spelling reads it, and how well it fits; None without a header."""
    rows = list(islice(_rows(head, separator, quotes), ROWS_TRIED))
    header = find_header(rows, columns)
    if header is None or any(line == header.line and _is_cut(row, quotes) for line, row in rows):
        return None, (0.0, 0)
    below = [row for line, row in rows if line > header.line and any(row)]
    header = _with_row_names(header, below)
    spelling = Spelling(separator, quotes, header)
    known = len(known_names(header.names, columns))
    return spelling, (known * _share_that_fits(below, spelling), known)


def _is_cut(row: Sequence[str], quotes: Quotes) -> bool:
    """Whether quotes are not obeyed although one opens a cell and another closes a later one."""
    if quotes.sign:
        return False
    unpaired = [cell.strip() for cell in row if cell.count('"') % 2]
    opens = next((n for n, cell in enumerate(unpaired) if cell.startswith('"')), len(unpaired))
    return any(cell.endswith('"') for cell in unpaired[opens + 1 :])


def _with_row_names(header: Header, below: Sequence[Sequence[str]]) -> Header:
    """The header with a name for the numbers that R writes before every row without one."""
    width = len(header.names)
    numbered = all(
        len(row) == width + 1 and row[0] == str(number) for number, row in enumerate(below, 1)
    )
    if not (below and numbered):
        return header
    return replace(header, names=("", *header.names), written=("", *header.written))


def _share_that_fits(below: Sequence[Sequence[str]], spelling: Spelling) -> float:
    """The share of rows that have as many cells as the header; a shorter row counts half."""
    width = len(spelling.header.names)
    wrong = sum(is_too_long(row, width) or _is_cut(row, spelling.quotes) for row in below)
    short = sum(len(row) < width for row in below)
    return 1 - (wrong + SHORT_ROW_FITS * short) / len(below) if below else 1.0


def _rows(text: str, separator: str, quotes: Quotes) -> Iterator[Row]:
    """Every row with the line it begins on."""
    csv.field_size_limit(LONGEST_CELL)
    reader = _reader(text, separator, quotes)
    line = 1
    for row in _whole(reader):
        if quotes.around_rows and len(row) == 1 and separator in row[0]:
            row = next(iter(_reader(row[0].replace("\n", " "), separator, quotes)))
        yield line, row
        line = reader.line_num + 1


def _whole(reader: Reader) -> Iterator[list[str]]:
    """The rows. Raises ReviewError at a cell that is too long to be one."""
    try:
        yield from reader
    except csv.Error as error:
        raise ReviewError(
            f"a row that is no row of a table ({error})",
            line=reader.line_num,
            hint="Is there a quote that opens in it and is never closed? Export it again.",
        ) from error


def _reader(text: str, separator: str, quotes: Quotes) -> Reader:
    return csv.reader(
        _lines(text),
        delimiter=separator,
        quoting=csv.QUOTE_MINIMAL if quotes.sign else csv.QUOTE_NONE,
        quotechar=quotes.sign or '"',
        doublequote=not quotes.escaped,
        escapechar="\\" if quotes.escaped else None,
        skipinitialspace=quotes.after_blank,
    )


def _lines(text: str) -> Iterator[str]:
    """Its lines with their ends: as a file in memory gives them, for a fifth of the memory."""
    begin = 0
    while end := text.find("\n", begin) + 1:
        yield text[begin:end]
        begin = end
    if begin < len(text):
        yield text[begin:]


def recognise(chunk: Chunk) -> str:
    """What shows that the text is a table; "" when nothing does."""
    spelling = spelling_of(chunk.head, chunk.columns)
    if spelling is None:
        return ""
    return spelling.header.shown()


def guess(head: str) -> GuessedColumns | None:
    """A guess at the columns of a table that is not recognised, under any separator."""
    guesses = [
        guess_columns(row for _, row in _rows(head, separator, QUOTES[0]))
        for separator in SEPARATORS
    ]
    found = [each for each in guesses if each is not None]
    return max(found, key=lambda each: len(each.columns), default=None)


def begun(chunk: Chunk) -> int:
    """Rows, counted apart from how the reader takes the table to be written."""
    return rows_in(chunk.text)


def entries(chunk: Chunk, oddities: Oddities) -> Iterator[RawEntry]:
    """The entries of the chunk, one per row."""
    spelling = spelling_of(chunk.head, chunk.columns)
    assert spelling is not None, "only what was recognised is read"
    rows = _rows(chunk.text, spelling.separator, spelling.quotes)
    if chunk.starts_file:
        rows = (row for row in rows if row[0] > spelling.header.line)
    if spelling.quotes.sign == '"' and not spelling.quotes.escaped and chunk.text.count('"') % 2:
        oddities.note(Kind.OPEN_QUOTE, chunk.text.count("\n") + 1)
    yield from entries_of(rows, spelling.header, chunk.columns, oddities)
