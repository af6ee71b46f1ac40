"""Tables as one workbook, a sheet each: numbers are numbers there, and text is never a formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scopingreview.exchange.workbook import book_in_pieces, fits_a_cell, text_cell
from scopingreview.tables.paper_table import Cell, Column, ColumnKind, PaperTable, RowLook, on_paper

LONGEST_NAME = 31  # of a sheet, in Excel
USUAL_WIDTH, WIDTH_OF_TEXT, WIDEST = 12, 18, 60
SHOWN_AS = {
    ColumnKind.NUMBER: "#,##0",
    ColumnKind.PERCENT: "0.0%",
    ColumnKind.RATIO: "0.0",
    ColumnKind.COEFFICIENT: "0.00",
}


@dataclass(frozen=True, slots=True)
class CutCell:
    """A cell that Excel cannot hold whole: its table, its row in the sheet, from 1, its column."""

    table: str
    row: int
    column: str


def cut_cells(tables: Sequence[PaperTable]) -> Iterator[CutCell]:
    """The cells of which the workbook of these tables has only the beginning."""
    for table in tables:
        for number, row in enumerate(table.rows, start=_first_row(table)):
            for column, cell in zip(table.columns, row.cells, strict=False):
                if isinstance(cell, str) and not fits_a_cell(on_paper(column, cell)):
                    yield CutCell(table.name, number, column.heading)


def _first_row(table: PaperTable) -> int:
    """The first below the heads, in the sheet."""
    return 3 + table.has_groups


def workbook(tables: Sequence[PaperTable], *, made_by: str = "") -> bytes:
    """The tables as an Excel workbook, the same bytes for the same tables.

    What a cell cannot hold is cut, with a mark; `cut_cells` says where.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table in tables:
        _add_sheet(book, table, made_by)
    return b"".join(book_in_pieces(book))


def _add_sheet(book: Any, table: PaperTable, made_by: str) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(table.name[:LONGEST_NAME])
    sheet.freeze_panes = f"B{_first_row(table)}"
    for number, column in enumerate(table.columns, start=1):
        is_text = column.kind is ColumnKind.TEXT
        width = min(WIDEST, WIDTH_OF_TEXT * max(column.weight, 1)) if is_text else USUAL_WIDTH
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_cell(sheet, table.title, bold=True)])
    if table.has_groups:
        groups = (column.group for column in table.columns)
        shown = _once(groups)
        sheet.append([_cell(sheet, group, bold=True) for group in shown])
    sheet.append([_cell(sheet, column.heading, bold=True) for column in table.columns])
    for row in table.rows:
        bold = row.look is not RowLook.PLAIN
        columns = table.columns[: len(row.cells)]
        sheet.append(
            [
                _cell(sheet, cell, column, bold=bold)
                for column, cell in zip(columns, row.cells, strict=True)
            ]
        )
    for note in (*table.notes, *filter(None, [made_by])):
        sheet.append([_cell(sheet, note)])


def _once(groups: Any) -> list[str]:
    """The head of a group above its first column only."""
    shown, before = [], ""
    for group in groups:
        shown.append(group if group != before else "")
        before = group
    return shown


def _cell(sheet: object, cell: Cell, column: Column | None = None, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    if cell is None or isinstance(cell, str):
        text = on_paper(column or Column("", ""), cell) if cell is not None or column else ""
        written: Any = text_cell(sheet, text)
        if column is not None:
            written.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        written = WriteOnlyCell(sheet, value=cell)
        written.number_format = SHOWN_AS[column.kind] if column else "General"
        written.alignment = Alignment(vertical="top")
    if bold:
        written.font = Font(bold=True)
    return written
