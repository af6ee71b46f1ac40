"""`tables`: the tables of the review, for a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from scopingreview.cli.console import USUAL_WRITING, Console, WritingSetting
from scopingreview.cli.cut_cells import CutCells
from scopingreview.cli.flow import CheckOnly, show_differences
from scopingreview.errors import UsageError, nearest

if TYPE_CHECKING:
    from scopingreview.review.tabulating import Tabulated
    from scopingreview.tables.paper_table import PaperTable


def tables(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="Show this table, and write nothing.")
    ] = "",
    check: CheckOnly = False,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Make the tables of the review, or show one.

    Reads data/derived, data/screened, data/charted and the strategies. Writes each table into
    results/tables as CSV, Markdown, LaTeX and HTML, and all of them as a workbook. Which there are,
    [tables] in config/review.toml says.

    Example: scopingreview tables source_yield
    """
    from scopingreview.review.tabulating import WORKBOOK, false_tables, table_files, tabulated
    from scopingreview.stages.tabulating import run_tables
    from scopingreview.tables.written_workbook import cut_cells

    console, review = setting.console(), setting.review()
    if check:
        show_differences(false_tables(review), console, remedy="scopingreview tables")
        return
    if name:
        _show(_named(name, tabulated(review)), console)
        return
    made = run_tables(review)
    files = list(table_files(made))
    console.document({"files": files, "tables": [_as_data(table) for table in made.tables]})
    for file in files:
        console.say(file)
    cut = CutCells()
    for cell in cut_cells(made.tables):
        cut.append(f"{cell.table} row {cell.row}", cell.column)
    cut.show(console, file=WORKBOOK)
    console.next_step("scopingreview figures")


def _named(name: str, found: Tabulated) -> PaperTable:
    by_name = {table.name: table for table in found.tables}
    if name not in by_name:
        raise UsageError(f'there is no table "{name}"', hint=nearest(name, by_name))
    return by_name[name]


def _show(table: PaperTable, console: Console) -> None:
    from scopingreview.tables.paper_table import RowLook, on_paper

    console.document({"tables": [_as_data(table)]})
    console.say(table.title)
    console.say()
    rows = []
    for row in table.rows:
        if row.look is RowLook.SECTION:
            rows.append([str(row.cells[0]), *[""] * (len(table.columns) - 1)])
        else:
            cells = zip(table.columns, row.cells, strict=True)
            rows.append([on_paper(column, cell) for column, cell in cells])
    console.table(_heads(table), rows)
    for note in table.notes:
        console.note(note)


def _heads(table: PaperTable) -> list[str]:
    """A head for each column: the first of a group is called as the group."""
    heads, group = [], ""
    for column in table.columns:
        begins_one = column.group and column.group != group
        heads.append(column.group if begins_one else column.heading)
        group = column.group
    return heads


def _as_data(table: PaperTable) -> dict[str, Any]:
    from scopingreview.tables.paper_table import rows_as_data

    return {
        "name": table.name,
        "title": table.title,
        "rows": rows_as_data(table),
        "notes": list(table.notes),
    }
