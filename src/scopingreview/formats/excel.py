"""Excel tables (.xlsx through openpyxl, .xls through xlrd): the first sheet of records, by rows.

Sheets before it (notes, the search strategy) have no header and are passed over.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from scopingreview.errors import ReviewError
from scopingreview.formats.chunk import Chunk
from scopingreview.formats.guessed_columns import guess_columns
from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.formats.raw_entry import RawEntry
from scopingreview.formats.sheet_count import rows_below_header, rows_in_xlsx
from scopingreview.formats.table_rows import Header, Row, entries_of, find_header

XLSX, XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# What the two libraries raise on a damaged workbook.
DAMAGE = (
    BadZipFile, ParseError, zlib.error, struct.error, KeyError, ValueError, TypeError, IndexError,
    AttributeError, OSError, EOFError, AssertionError, NotImplementedError, OverflowError,
)  # fmt: skip
SHEETS_TRIED = 8
CITATION_REPORT = {"average per year", "total citations"}


def recognise(chunk: Chunk) -> str:
    """What shows that the bytes are a workbook with a table of records; "" when nothing does."""
    if not chunk.data.startswith((XLSX, XLS)):
        return ""
    _, header = _sheet_of_records(chunk)
    if header is None:
        guess = guess_columns(row for _, row in workbook_rows(chunk.data))
        if guess is not None:
            raise guess.refusal()
        raise ReviewError(
            "a workbook without a row of known column names in any sheet",
            hint="Name the columns: --column title=HEADING, or export as RIS.",
        )
    if set(header.names) >= CITATION_REPORT:
        raise ReviewError(
            "a citation report, which lists only the most cited records and no abstracts",
            hint="In Web of Science choose Export > Plain text file, Full record.",
        )
    return header.shown()


def begun(chunk: Chunk) -> int:
    """Rows of the sheet of records, counted apart from how they are read."""
    sheet, _ = _sheet_of_records(chunk)
    try:
        if chunk.data.startswith(XLSX):
            return rows_in_xlsx(chunk.data, sheet)
        rows = _xls_rows(chunk.data, sheet)
        return rows_below_header([tuple(filter(str.strip, row)) for row in rows])
    except DAMAGE as error:
        raise _damaged(error) from error


def entries(chunk: Chunk, oddities: Oddities) -> Iterator[RawEntry]:
    """The entries of the sheet, one per row."""
    sheet, header = _sheet_of_records(chunk)
    assert header is not None, "only what was recognised is read"
    rows = ((line, row) for line, row in workbook_rows(chunk.data, sheet) if line > header.line)
    yield from entries_of(rows, header, chunk.columns, oddities)
    for later in range(sheet + 1, SHEETS_TRIED):
        if other := find_header(workbook_rows(chunk.data, later), chunk.columns):
            oddities.note(Kind.OTHER_SHEET, other.line)


def _sheet_of_records(chunk: Chunk) -> tuple[int, Header | None]:
    """The number of the first sheet with a header, and the header."""
    for sheet in range(SHEETS_TRIED):
        if header := find_header(workbook_rows(chunk.data, sheet), chunk.columns):
            return sheet, header
    return 0, None


def workbook_rows(data: bytes, sheet: int = 0) -> Iterator[Row]:
    """The rows of that sheet with their numbers; nothing when there is no such sheet.

    Raises ReviewError when the workbook is damaged.
    """
    read = _xlsx_rows if data.startswith(XLSX) else _xls_rows
    try:
        yield from enumerate(read(data, sheet), 1)
    except DAMAGE as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> ReviewError:
    return ReviewError(
        f"a workbook that cannot be opened ({error})",
        hint="Open it, save it again as .xlsx or .csv and add that; or export again.",
    )


def _xlsx_rows(data: bytes, number: int) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    workbook = load_workbook(BytesIO(data), read_only=True, data_only=True)
    for sheet in workbook.worksheets[number : number + 1]:
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            yield [_text(value) for value in row]


def _xls_rows(data: bytes, number: int) -> Iterator[list[str]]:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, logfile=BytesIO())
    except xlrd.XLRDError as error:
        raise ValueError(str(error)) from error
    for sheet in book.sheets()[number : number + 1]:
        for row in range(sheet.nrows):
            yield [_text(value) for value in sheet.row_values(row)]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return re.sub(r"_x000D_", "", str(value))
