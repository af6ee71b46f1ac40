"""What the rows of a table show of its wholeness: torn rows, numbers left out, made dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scopingreview.formats.layout import Layout
from scopingreview.formats.values.numbers import is_made_by_spreadsheet, year_in

Cells = Sequence[str]

MOST_UNFIT = 0.1  # of the rows; more are no accident of single rows
FEWEST_NUMBERED = 4
DOI = re.compile(r"\s*10\.\d{4,9}/\S")
NUMBER = re.compile(r"\s*\d+\s*")
SHARE_OF_SINGLE_STEPS = 2 / 3
NUMBERS = (
    "volume", "issue", "pages", "first_page", "last_page", "article_number", "pmid", "issn",
)  # fmt: skip


def is_too_long(row: Cells, width: int) -> bool:
    """Whether the row holds something beyond the columns of the header."""
    return len(row) > width and any(cell.strip() for cell in row[width:])


def holds_record(header: Cells, rows: Sequence[Cells]) -> bool:
    """Whether a row has run into the header: its DOI stands there, or a number beyond all rows.

    A number among the columns may name one: citations by year.
    """
    longest = max(map(len, rows), default=len(header))
    return any(map(DOI.match, header)) or any(map(NUMBER.fullmatch, header[longest:]))


class Fits:
    """How many rows have the cells that the header names.

    A short row is a piece of a torn one when it ends before the column of title, authors and
    year that stands last; unless the table leaves out the empty cells at the end of rows, so
    that no row ends in one.
    """

    def __init__(self, names: Sequence[str], layout: Layout) -> None:
        self.width = len(names)
        self.needed = 1 + max(
            next((names.index(tag) for tag in tags if tag in names), 0)
            for tags in (layout.title, layout.authors, layout.year)
        )
        self.year = next((names.index(tag) for tag in layout.year if tag in names), None)
        self.rows = self.too_long = self.too_short = 0
        self.ends_in_empty_cell = False

    def count(self, row: Cells) -> bool:
        """One more row: whether its cells stand in their columns."""
        self.rows += 1
        self.too_long += is_too_long(row, self.width)
        self.too_short += len(row) < self.needed
        self.ends_in_empty_cell |= not row[-1].strip()
        return not (is_too_long(row, self.width) or self._is_shifted(row))

    def _is_shifted(self, row: Cells) -> bool:
        """Whether a cell before the year is missing, so that the next stands in its column.

        Cells missing at the end shift nothing: many tables leave out empty ones.
        """
        if self.year is None or not self.year < len(row) < self.width:
            return False
        cell = row[self.year].strip()
        return bool(cell) and year_in(cell) is None

    def many_do_not(self) -> bool:
        """Whether more than one row, and more than a tenth of all, do not fit."""
        leaves_out = not (self.ends_in_empty_cell or self.too_long)
        unfit = self.too_long + (0 if leaves_out else self.too_short)
        return unfit > 1 and unfit > MOST_UNFIT * self.rows


class RunningNumber:
    """The column that numbers the rows, if there is one, and where it leaves a number out."""

    def __init__(self, names: Sequence[str], first: Sequence[Cells], layout: Layout) -> None:
        """Found by the `first` rows: whole numbers that rise, mostly by one."""
        read = {
            *layout.year, *layout.volume, *layout.issue, *layout.pages, *layout.first_page,
            *layout.last_page, *layout.pmid,
        }  # fmt: skip
        columns = (n for n, name in enumerate(names) if name not in read and _runs(first, n))
        self.column = next(columns, None)
        self.last: int | None = None

    def leaves_out(self, row: Cells) -> bool:
        """Whether numbers between that of the row before and that of this one are missing."""
        if self.column is None or len(row) <= self.column:
            return False
        before, self.last = self.last, _number(row[self.column])
        return before is not None and self.last is not None and self.last > before + 1


def _runs(rows: Sequence[Cells], column: int) -> bool:
    numbers = [_number(row[column]) for row in rows if len(row) > column]
    if len(numbers) < max(FEWEST_NUMBERED, len(rows)) or None in numbers:
        return False
    steps = [after - before for before, after in pairwise(map(int, filter(None, numbers)))]
    return bool(steps) and min(steps) > 0 and steps.count(1) >= SHARE_OF_SINGLE_STEPS * len(steps)


def _number(cell: str) -> int | None:
    text = cell.strip().rstrip(".")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


@dataclass(frozen=True, slots=True)
class SpreadsheetCells:
    """The columns in which a spreadsheet makes dates of numbers, and cuts years."""

    numbers: tuple[int, ...]
    years: tuple[int, ...]

    @classmethod
    def of(cls, names: Sequence[str], layout: Layout) -> SpreadsheetCells:
        """Those of the layout that the header names."""
        numbers = {tag for field in NUMBERS for tag in layout.tags(field)}
        return cls(
            numbers=tuple(n for n, name in enumerate(names) if name in numbers),
            years=tuple(n for n, name in enumerate(names) if name in layout.year),
        )

    def in_row(self, row: Cells) -> bool:
        """Whether the row has such a cell."""
        return any(
            len(row) > n and not row[n].isdecimal() and is_made_by_spreadsheet(row[n].strip())
            for n in self.numbers
        ) or any(
            len(row) > n and is_made_by_spreadsheet(row[n].strip(), of_year=True)
            for n in self.years
        )
