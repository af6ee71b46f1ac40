"""Excel tables (.xlsx through openpyxl, .xls through xlrd): the first sheet of records, by rows.

Sheets before it (notes, the search strategy) have no header and are passed over.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from scopingreview.errors import ReviewError
from scopingreview.formats.chunk import Chunk
from scopingreview.formats.guessed_columns import guess_columns
from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.formats.raw_entry import RawEntry
from scopingreview.formats.sheet_count import rows_below_header, rows_in_xlsx
from scopingreview.formats.table_rows import Header, Row, entries_of, find_header
from scopingreview.formats.workbook_size import bounded, check_unpacked

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from xlrd.sheet import Sheet as XlsSheet

# A sheet: its rows, from the first, whenever it is called.
Sheet = Callable[[], Iterator[list[str]]]

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
    _check(chunk.data)
    _, header = _sheet_of_records(_sheets(chunk.data), chunk)
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
    sheets = _sheets(chunk.data)
    sheet, _ = _sheet_of_records(sheets, chunk)
    try:
        if chunk.data.startswith(XLSX):
            return rows_in_xlsx(chunk.data, sheet)
        return rows_below_header([tuple(filter(str.strip, row)) for row in sheets[sheet]()])
    except DAMAGE as error:
        raise _damaged(error) from error


def entries(chunk: Chunk, oddities: Oddities) -> Iterator[RawEntry]:
    """The entries of the sheet, one per row."""
    sheets = _sheets(chunk.data)
    sheet, header = _sheet_of_records(sheets, chunk)
    assert header is not None, "only what was recognised is read"
    rows = ((line, row) for line, row in _numbered(sheets[sheet]) if line > header.line)
    yield from entries_of(rows, header, chunk.columns, oddities)
    for later in sheets[sheet + 1 : SHEETS_TRIED]:
        if other := find_header(_numbered(later), chunk.columns):
            oddities.note(Kind.OTHER_SHEET, other.line)


def _sheet_of_records(sheets: Sequence[Sheet], chunk: Chunk) -> tuple[int, Header | None]:
    """The number of the first sheet with a header, and the header."""
    for number, sheet in enumerate(sheets[:SHEETS_TRIED]):
        if header := find_header(_numbered(sheet), chunk.columns):
            return number, header
    return 0, None


def workbook_rows(data: bytes) -> Iterator[Row]:
    """The rows of the first sheet with their numbers.

    Raises ReviewError when the workbook is damaged or too large to be unpacked.
    """
    _check(data)
    for sheet in _sheets(data)[:1]:
        yield from _numbered(sheet)


def _check(data: bytes) -> None:
    """Nothing, when the workbook can be unpacked; whoever recognises one looks, once."""
    if data.startswith(XLSX):
        try:
            check_unpacked(data)
        except DAMAGE as error:
            raise _damaged(error) from error


def _numbered(sheet: Sheet) -> Iterator[Row]:
    try:
        yield from enumerate(bounded(sheet()), 1)
    except DAMAGE as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> ReviewError:
    return ReviewError(
        f"a workbook that cannot be opened ({error})",
        hint="Open it, save it again as .xlsx or .csv and add that; or export again.",
    )


def _sheets(data: bytes) -> list[Sheet]:
    """The sheets of the workbook, which is opened once however often each is read."""
    try:
        return _xlsx_sheets(data) if data.startswith(XLSX) else _xls_sheets(data)
    except DAMAGE as error:
        raise _damaged(error) from error


def _xlsx_sheets(data: bytes) -> list[Sheet]:
    from openpyxl import load_workbook

    workbook = load_workbook(BytesIO(data), read_only=True, data_only=True)
    return [partial(_xlsx_rows, sheet) for sheet in workbook.worksheets]


def _xlsx_rows(sheet: ReadOnlyWorksheet) -> Iterator[list[str]]:
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        yield [_text(value) for value in row]


def _xls_sheets(data: bytes) -> list[Sheet]:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, logfile=BytesIO())
    except xlrd.XLRDError as error:
        raise ValueError(str(error)) from error
    return [partial(_xls_rows, sheet) for sheet in book.sheets()]


def _xls_rows(sheet: XlsSheet) -> Iterator[list[str]]:
    for row in range(sheet.nrows):
        yield [_text(value) for value in sheet.row_values(row)]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value).replace("_x000D_", "")
