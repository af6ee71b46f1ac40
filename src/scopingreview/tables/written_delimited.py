"""A table as CSV, for programs and spreadsheets: numbers bare, no text that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from scopingreview.exchange.formula_guard import guarded
from scopingreview.tables.paper_table import PaperTable, RowLook, as_data


def table_csv(table: PaperTable) -> str:
    """The table below its keys; the section that a row is in stands in a column of its own."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows(_lines(table))
    return text.getvalue()


def _lines(table: PaperTable) -> Iterator[list[str]]:
    has_sections = any(row.look is RowLook.SECTION for row in table.rows)
    yield [*(["section"] if has_sections else []), *(column.key for column in table.columns)]
    section = ""
    for row in table.rows:
        if row.look is RowLook.SECTION:
            section = guarded(str(row.cells[0]))
            continue
        cells = [
            guarded(as_data(column, cell)) if isinstance(cell, str) else as_data(column, cell)
            for column, cell in zip(table.columns, row.cells, strict=True)
        ]
        yield [*([section] if has_sections else []), *cells]
