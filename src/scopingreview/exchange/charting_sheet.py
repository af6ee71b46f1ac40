"""The charting sheet as a workbook or a CSV file: written to be filled in, read when it comes back.

A workbook keeps what its drop-downs offer, and the version of the form, in a hidden sheet: a list
that stands in the drop-down itself is cut off by Excel at 255 characters.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from scopingreview.charting.grid import CITATION, STUDY, VERSION, ColumnKind, Grid
from scopingreview.charting.grid_entries import FilledGrid, RawCell, letters
from scopingreview.csv_text import rows_of
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.exchange.formula_guard import guarded, unguarded
from scopingreview.exchange.sheet import SEPARATORS
from scopingreview.exchange.workbook import (
    LAST_ROW,
    LONGEST_CELL,
    book_in_pieces,
    fits_a_cell,
    text_cell,
)
from scopingreview.formats.decoding import decode, encoding_of
from scopingreview.formats.excel import DAMAGE, XLS, XLSX
from scopingreview.formats.oddities import Oddities

SHEET, LISTS = "charting", "lists"
FIRST_LIST_ROW = 3  # of the hidden sheet: the form's version, the headings, then the choices
WIDTHS = {STUDY: 22, CITATION: 40}
TICK_WIDTH, USUAL_WIDTH, TEXT_WIDTH = 7, 16, 30
HEADING_HEIGHT = 90  # points: six lines of a wrapped heading
A_DATE = "the spreadsheet made a date of what was typed; type it again with an apostrophe before it"
A_FORMULA = "a formula, whose result may change; type the value itself"


def charting_csv(grid: Grid) -> bytes:
    """The table as CSV, its last column the version of the form; the same bytes for the same."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*grid.headings, VERSION])
    for row in grid.rows:
        writer.writerow([*map(guarded, row), grid.version])
    return text.getvalue().encode("utf-8-sig")


def charting_xlsx(grid: Grid) -> bytes:
    """The table as a workbook with drop-downs, frozen headings and notes; the same bytes again.

    Raises CombinedError naming each value that a cell of Excel cannot hold: it would come back cut.
    """
    from openpyxl import Workbook

    raise_problems(_too_long(grid))
    book = Workbook()
    sheet, lists = book.active, book.create_sheet(LISTS)
    sheet.title = SHEET
    lists.sheet_state = "veryHidden"
    lists["A1"], lists["B1"] = VERSION, text_cell(lists, grid.version).value
    _write_headings(sheet, grid)
    for line, row in enumerate(grid.rows, start=2):
        for place, text in enumerate(row, start=1):
            _put(sheet, line, place, text, locked=place < 3)
    _offer_choices(sheet, lists, grid)
    sheet.freeze_panes = "C2"
    sheet.protection.sheet = True  # without a password: it only keeps ids from slips
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.autoFilter = sheet.protection.sort = False
    return b"".join(book_in_pieces(book))


def _too_long(grid: Grid) -> list[ReviewError]:
    return [
        ReviewError(
            f"{row[0]}: {heading} is longer than a cell of Excel holds "
            f"({LONGEST_CELL:,} characters)",
            hint="Write the sheet as .csv, so that all of it comes back.",
        )
        for row in grid.rows
        for heading, text in zip(grid.headings[2:], row[2:], strict=True)
        if not fits_a_cell(text)
    ]


def _put(sheet: Any, line: int, place: int, text: str, *, locked: bool) -> None:
    """The text as text, whatever it begins with; a cell that is filled in may be changed."""
    from openpyxl.styles import Protection

    cell = sheet.cell(line, place)
    cell.number_format = "@"
    cell.protection = Protection(locked=locked)
    if text:
        made = text_cell(sheet, text)
        cell.value, cell.data_type, cell.quotePrefix = made.value, "s", True


def _write_headings(sheet: Any, grid: Grid) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font

    for place, heading in enumerate(grid.headings, start=1):
        cell = sheet.cell(1, place)
        cell.value, cell.data_type = heading, "s"
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        column = grid.columns[place - 3] if place > 2 else None
        width = WIDTHS.get(heading, USUAL_WIDTH)
        if column and column.kind is ColumnKind.TICK:
            width = TICK_WIDTH
        elif column and not column.choices:
            width = TEXT_WIDTH
        sheet.column_dimensions[letters(place - 1)].width = width
        if column and column.note:
            cell.comment = Comment(column.note, "scopingreview", height=120, width=320)
    sheet.row_dimensions[1].height = HEADING_HEIGHT


def _offer_choices(sheet: Any, lists: Any, grid: Grid) -> None:
    """Each column of choices has a column of the hidden sheet to offer; ticks are offered as x."""
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, column in enumerate(grid.columns, start=3):
        if column.kind is ColumnKind.TICK:
            formula = '"x"'
        elif column.choices:
            listed = lists.max_column + 1
            lists.cell(2, listed).value = column.heading
            for line, wording in enumerate(column.choices, start=FIRST_LIST_ROW):
                lists.cell(line, listed).value = wording
                lists.cell(line, listed).data_type = "s"
            letter, last = letters(listed - 1), FIRST_LIST_ROW + len(column.choices) - 1
            formula = f"{LISTS}!${letter}${FIRST_LIST_ROW}:${letter}${last}"
        else:
            continue
        offer = DataValidation(type="list", formula1=formula, allow_blank=True)
        offer.errorTitle, offer.error = column.heading[:31], "Choose one of the list."
        offer.add(f"{letters(place - 1)}2:{letters(place - 1)}{LAST_ROW}")
        sheet.add_data_validation(offer)


def read_charting_sheet(content: bytes, where: str = "") -> FilledGrid:
    """What the sheet holds, by row and column. Raises ReviewError when it cannot be read at all."""
    if content.startswith(XLS):
        raise ReviewError(
            "an old Excel file (.xls)", where=where, hint="Save it as .xlsx or as CSV."
        )
    if content.startswith(XLSX):
        try:
            return _read_xlsx(content)
        except DAMAGE as error:
            raise ReviewError(
                f"a workbook that cannot be opened ({error})",
                where=where,
                hint="Open it, save it again as .xlsx or CSV, and take that.",
            ) from error
    return _read_csv(content, where)


def _read_csv(content: bytes, where: str) -> FilledGrid:
    text = decode(content, encoding_of(content), Oddities()).removeprefix("\ufeff")
    first = text.partition("\n")[0]
    rows = list(rows_of(text, where, separator=max(SEPARATORS, key=first.count)))
    _, headings = rows[0] if rows else (1, [])
    filled = [(line, [RawCell(unguarded(cell)) for cell in row]) for line, row in rows[1:]]
    return FilledGrid(_version_in_rows(headings, filled), headings, filled)


def _version_in_rows(headings: Sequence[str], rows: Sequence[tuple[int, Sequence[RawCell]]]) -> str:
    if VERSION not in headings:
        return ""
    place = headings.index(VERSION)
    return next((row[place].text for _, row in rows if place < len(row) and row[place].text), "")


def _read_xlsx(content: bytes) -> FilledGrid:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
    rows = [
        (line, [_raw(cell) for cell in row]) for line, row in enumerate(sheet.iter_rows(), start=1)
    ]
    headings = [cell.text for cell in rows[0][1]] if rows else []
    while headings and not headings[-1]:
        headings.pop()
    version, offered = _read_lists(book)
    return FilledGrid(version, headings, rows[1:], offered)


def _raw(cell: Any) -> RawCell:
    value = cell.value
    if value is None:
        return RawCell()
    if cell.data_type == "f":
        return RawCell(str(value), A_FORMULA)
    if cell.data_type == "e":
        return RawCell(str(value), f"the spreadsheet shows an error here: {value}")
    if isinstance(value, datetime | date | time):
        return RawCell(str(value), A_DATE)
    if isinstance(value, bool):
        return RawCell("true" if value else "false")
    if isinstance(value, float):
        return RawCell(str(int(value)) if value.is_integer() else format(value, ".15g"))
    return RawCell(unguarded(str(value).replace("_x000D_", " ")))


def _read_lists(book: Any) -> tuple[str, Mapping[str, Sequence[str]]]:
    """The version of the form and what the drop-downs offered, as the hidden sheet keeps them."""
    if LISTS not in book.sheetnames:
        return "", {}
    lists = book[LISTS]
    columns = (list(_texts(column)) for column in lists.iter_cols(min_col=3, min_row=2))
    offered = {column[0]: tuple(column[1:]) for column in columns if column}
    return str(lists["B1"].value or ""), offered


def _texts(column: Sequence[Any]) -> Iterator[str]:
    yield from (str(cell.value) for cell in column if cell.value is not None)
