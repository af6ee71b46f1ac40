"""A table of the document: three rules, a head that repeats on every page, widths that fit.

The rows are put together as elements: through python-docx a table of 300 rows takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from scopingreview.report.document.docx_styles import TABLE_TEXT
from scopingreview.report.document.docx_text import element, run_of, shown
from scopingreview.tables.paper_table import (
    Cell,
    Column,
    ColumnKind,
    PaperTable,
    RowLook,
    TableRow,
    on_paper,
)

TWIPS_PER_MM = 1440 / 25.4
# How wide letters of the table's text are in bold, in millimetres; those of other scripts as wide
# as they come.
LETTERS_MM = {
    **dict.fromkeys("il.,;:'!|()[]jtfI -", 1.0),
    **dict.fromkeys("mwMW%@–—", 2.5),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&", 2.1),
    **dict.fromkeys("abcdeghknopqrsuvxyz0123456789", 1.5),
}
OTHER_MM = 2.8
PADDING_MM = 2.4
LONGEST_WORD_MM, LONGEST_LINE_MM = 27.0, 100.0  # beyond these a cell breaks
MOST_UNBROKEN = 1500  # letters of a row that may not break over pages
THICK, THIN = "12", "4"  # eighths of a point


@dataclass(frozen=True, slots=True)
class _Grid:
    """The columns and how wide each is, in twentieths of a point."""

    columns: tuple[Column, ...]
    widths: tuple[int, ...]


def table_element(table: PaperTable, room_mm: float, cells: Sequence[Sequence[str]]) -> Any:
    """The table, as wide as the room; `cells` are what its rows say."""
    grid = _Grid(table.columns, tuple(_widths(table, cells, room_mm)))
    made = element("w:tbl")
    made.append(_properties(table, sum(grid.widths)))
    columns = element("w:tblGrid")
    for width in grid.widths:
        columns.append(element("w:gridCol", w=str(width)))
    made.append(columns)
    if table.has_groups:
        made.append(_groups(table, grid))
    made.append(_headings(grid))
    for row, texts in zip(table.rows, cells, strict=True):
        made.append(_row(row, texts, grid))
    return made


def texts_of(table: PaperTable, row: TableRow) -> list[str]:
    """What the cells of the row say on paper."""
    columns = table.columns[: len(row.cells)]
    return [_text(column, cell) for column, cell in zip(columns, row.cells, strict=True)]


def _text(column: Column, cell: Cell) -> str:
    return shown(cell) if isinstance(cell, str) else on_paper(column, cell)


def _properties(table: PaperTable, width: int) -> Any:
    properties = element("w:tblPr")
    properties.append(element("w:tblW", w=str(width), type="dxa"))
    borders = element("w:tblBorders")
    for side in ("top", "bottom"):
        borders.append(_rule(side, THICK))
    properties.append(borders)
    properties.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=str(round(TWIPS_PER_MM)), type="dxa"))
    properties.append(margins)
    properties.append(element("w:tblLook", firstRow="1", firstColumn="1"))
    properties.append(element("w:tblCaption", val=shown(table.title)))
    return properties


def _rule(side: str, size: str) -> Any:
    return element(f"w:{side}", val="single", sz=size, space="0", color="000000")


def _groups(table: PaperTable, grid: _Grid) -> Any:
    row, place = _begun_row(head=True), 0
    for group, span in table.spans():
        width = sum(grid.widths[place : place + span])
        rule = THIN if group else ""
        row.append(
            _cell(shown(group), width, span=span, bold=True, align="center", below=rule, keeps=True)
        )
        place += span
    return row


def _headings(grid: _Grid) -> Any:
    row = _begun_row(head=True)
    for column, width in zip(grid.columns, grid.widths, strict=True):
        align = _side(column)
        row.append(
            _cell(
                shown(column.heading),
                width,
                bold=True,
                align=align,
                below=THIN,
                low=True,
                keeps=True,
            )
        )
    return row


def _row(row: TableRow, texts: Sequence[str], grid: _Grid) -> Any:
    made = _begun_row(unbroken=sum(map(len, texts)) <= MOST_UNBROKEN)
    if row.look is RowLook.SECTION:
        width, span = sum(grid.widths), len(grid.columns)
        made.append(_cell(texts[0], width, span=span, bold=True, keeps=True))
        return made
    total = row.look is RowLook.TOTAL
    for column, width, text in zip(grid.columns, grid.widths, texts, strict=True):
        above = THIN if total else ""
        made.append(_cell(text, width, bold=total, align=_side(column), above=above))
    return made


def _begun_row(*, head: bool = False, unbroken: bool = True) -> Any:
    row, properties = element("w:tr"), element("w:trPr")
    if unbroken:
        properties.append(element("w:cantSplit"))
    if head:
        properties.append(element("w:tblHeader"))
    row.append(properties)
    return row


def _side(column: Column) -> str:
    return "left" if column.kind is ColumnKind.TEXT else "right"


def _cell(
    text: str,
    width: int,
    *,
    span: int = 1,
    bold: bool = False,
    align: str = "left",
    above: str = "",
    below: str = "",
    low: bool = False,
    keeps: bool = False,
) -> Any:
    """A cell; `above` and `below` are rules; `low` sits at its foot, `keeps` with the next row."""
    cell, properties = element("w:tc"), element("w:tcPr")
    properties.append(element("w:tcW", w=str(width), type="dxa"))
    if span > 1:
        properties.append(element("w:gridSpan", val=str(span)))
    if above or below:
        borders = element("w:tcBorders")
        for side, size in (("top", above), ("bottom", below)):
            if size:
                borders.append(_rule(side, size))
        properties.append(borders)
    if low:
        properties.append(element("w:vAlign", val="bottom"))
    cell.append(properties)
    cell.append(_paragraph(text, bold=bold, align=align, keeps=keeps))
    return cell


def _paragraph(text: str, *, bold: bool, align: str, keeps: bool) -> Any:
    paragraph, properties = element("w:p"), element("w:pPr")
    properties.append(element("w:pStyle", val=TABLE_TEXT.replace(" ", "")))
    if keeps:
        properties.append(element("w:keepNext"))
    if align != "left":
        properties.append(element("w:jc", val=align))
    paragraph.append(properties)
    if text:
        paragraph.append(run_of(text, bold=bold))
    return paragraph


def least_width_mm(table: PaperTable, cells: Sequence[Sequence[str]]) -> float:
    """How wide a page must be for no word of the table to break."""
    return sum(need for need, _ in _needs(table, cells))


def _widths(table: PaperTable, cells: Sequence[Sequence[str]], room_mm: float) -> Iterator[int]:
    """Every column as wide as its longest word; what is left goes where text is long."""
    found = [*_needs(table, cells)]
    needed = sum(need for need, _ in found)
    left, asked = room_mm - needed, sum(want - need for need, want in found)
    if left <= 0 or not asked:
        widths = [need * room_mm / needed for need, _ in found]
    else:
        widths = [need + (want - need) * left / asked for need, want in found]
    ends = [0, *(round(each * TWIPS_PER_MM) for each in accumulate(widths))]
    yield from (end - begin for begin, end in pairwise(ends))


def _needs(table: PaperTable, cells: Sequence[Sequence[str]]) -> Iterator[tuple[float, float]]:
    """How wide each column must be and would like to be, in millimetres."""
    rows = [
        each for row, each in zip(table.rows, cells, strict=True) if row.look is not RowLook.SECTION
    ]
    for place, column in enumerate(table.columns):
        texts = [each[place] for each in rows]
        words = " ".join([shown(column.heading), *texts]).split()
        need = min(max(map(_wide, words), default=0.0), LONGEST_WORD_MM)
        want = min(max(map(_wide, texts), default=0.0), LONGEST_LINE_MM)
        yield need + PADDING_MM, max(need, want) + PADDING_MM


def _wide(text: str) -> float:
    return sum(LETTERS_MM.get(letter, OTHER_MM) for letter in text)
