"""What people charted of the included studies, in data/charted: a line a cell, only appended to.

As decisions are kept (`store.screened`): a file that is named after a person is theirs alone, the
adjudicators' consensus stands beside, the last line of a slot stands, and nothing is rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter

from scopingreview.errors import ReviewError
from scopingreview.model import Cell, Slot
from scopingreview.paths import CHARTED, CONSENSUS, Review
from scopingreview.store.file_names import files_in
from scopingreview.store.log import read_log_values, read_logs_of_people
from scopingreview.store.table import Row, append_rows, moment, stamp

CELL_COLUMNS = ("charted_at", "study_id", "field", "row", "value", "quote", "page", "form")
SETTLED_CELL_COLUMNS = (*CELL_COLUMNS, "decided_by")
ROW = re.compile(r"|[1-9][0-9]{0,3}")


def append_cells(review: Review, cells: Sequence[Cell]) -> None:
    """The cells (of one person) end that person's file: all of them or none, and on disk."""
    append_rows(review.charted(cells[0].charted_by), CELL_COLUMNS, map(_cell_row, cells))


def append_settled_cells(review: Review, cells: Sequence[Cell]) -> None:
    """The adjudicators' cells end data/charted/consensus.csv: all of them or none."""
    rows = ([*_cell_row(cell), cell.charted_by] for cell in cells)
    append_rows(review.charted(CONSENSUS), SETTLED_CELL_COLUMNS, rows)


def _cell_row(cell: Cell) -> Row:
    return [
        stamp(cell.charted_at),
        cell.study_id,
        cell.slot.field,
        cell.slot.row,
        cell.value,
        cell.quote,
        cell.page,
        cell.form,
    ]


def read_cells(review: Review) -> list[Cell]:
    """Every cell that anyone charted, in order of time; the adjudicators' are not here."""
    found = files_in(review.path(CHARTED), ".csv")
    paths = [path for path in found if path.stem != CONSENSUS]
    cells = read_logs_of_people(review, paths, CELL_COLUMNS, _cell)
    return sorted(cells, key=attrgetter("charted_at"))


def read_settled_cells(review: Review) -> list[Cell]:
    """The adjudicators' cells, in order of time."""
    name = review.relative(review.charted(CONSENSUS))
    cells = read_log_values(
        review, name, SETTLED_CELL_COLUMNS, lambda row: _cell(row[:-1], by=row[-1])
    )
    return sorted(cells, key=attrgetter("charted_at"))


def _cell(row: Row, *, by: str) -> Cell:
    if not ROW.fullmatch(row[3]):
        raise ReviewError(f'"row" is a whole number from 1 on or nothing, not "{row[3]}"')
    return Cell(moment(row[0]), row[1], Slot(row[2], row[3]), row[4], by, *row[5:])
