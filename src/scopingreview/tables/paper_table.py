"""A table as a value: what it is called, its columns, its rows; each format shows it its own way.

Numbers stay numbers until a format writes them; text stays text, whatever it looks like.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from scopingreview.visible import without_unseen

NOTHING = "–"

Cell = str | int | float | None


class ColumnKind(StrEnum):
    """What stands in a column, and so how it is set and rounded."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    RATIO = "ratio"
    COEFFICIENT = "coefficient"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `key` heads it in data, `heading` on paper, below the head of its `group`.

    A percent is kept as a part, 0 to 1. `weight` says how much room long text wants beside others,
    0 that the text is short.
    """

    key: str
    heading: str
    kind: ColumnKind = ColumnKind.NUMBER
    group: str = ""
    weight: float = 0.0


class RowLook(StrEnum):
    """What a row is: one of many, the head of those below it, or what they come to."""

    PLAIN = "plain"
    SECTION = "section"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A cell for each column; the head of a section has one cell, which spans them all."""

    cells: tuple[Cell, ...]
    look: RowLook = RowLook.PLAIN


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table for a paper: `name` is its file, `title` its caption, `notes` stand below it."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def has_groups(self) -> bool:
        """Whether some columns stand together under a head of their own."""
        return any(column.group for column in self.columns)

    def spans(self) -> Iterator[tuple[str, int]]:
        """The heads of the groups and how many columns each spans; "" above a lone column."""
        for group, columns in groupby(self.columns, key=lambda column: column.group):
            together = list(columns)
            if group:
                yield group, len(together)
            else:
                yield from (("", 1) for _ in together)


def rows_as_data(table: PaperTable) -> list[dict[str, Cell]]:
    """The rows by the keys of their columns, with the section each is in where there are any."""
    section = ""
    found: list[dict[str, Cell]] = []
    for row in table.rows:
        if row.look is RowLook.SECTION:
            section = str(row.cells[0])
            continue
        keys = (column.key for column in table.columns)
        beside: dict[str, Cell] = {"section": section} if section else {}
        found.append(beside | dict(zip(keys, row.cells, strict=True)))
    return found


def rows_of_cells(rows: Sequence[Sequence[Cell]], *, totals: int = 0) -> tuple[TableRow, ...]:
    """Plain rows; the last `totals` of them are what the others come to."""
    first_total = len(rows) - totals
    return tuple(
        TableRow(tuple(row), RowLook.TOTAL if number >= first_total else RowLook.PLAIN)
        for number, row in enumerate(rows)
    )


def one_line(text: str) -> str:
    """The text in one line, without what would act or hide."""
    return " ".join(without_unseen(text).split())


def on_paper(column: Column, cell: Cell) -> str:
    """The cell as people read it: `1,204`, `79.3%`, `4.5`, a dash for no value."""
    if cell is None:
        return NOTHING
    if isinstance(cell, str):
        return one_line(cell)
    if column.kind is ColumnKind.PERCENT:
        return f"{cell * 100:.1f}%"
    if column.kind is ColumnKind.RATIO:
        return f"{cell:,.1f}"
    if column.kind is ColumnKind.COEFFICIENT:
        return f"{cell:.2f}"
    return f"{cell:,}"


def as_data(column: Column, cell: Cell) -> str:
    """The cell as programs read it: `1204`, `79.3`, `4.53`, nothing for no value."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return one_line(cell)
    if column.kind is ColumnKind.PERCENT:
        return f"{cell * 100:.1f}"
    rounded = column.kind in (ColumnKind.RATIO, ColumnKind.COEFFICIENT)
    return f"{cell:.2f}" if rounded else str(cell)
