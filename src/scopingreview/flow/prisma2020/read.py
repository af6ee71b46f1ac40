"""The flow that a PRISMA2020 file says: ours, the package's template, or typed by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.flow.prisma2020.rows import (
    COLUMNS,
    DECLARED,
    LANE_ROWS,
    LIST_TEMPLATES,
    NUMBERS,
    ROWS,
)
from scopingreview.model import Box, FlowCounts, Line, SourceKind

BLANKS = ("", "NA", "xxx")
# Boxes that are the sum of a list: those of other methods are rows of their own in the file.
SUMMED = {
    "dbr_excluded": Box.REPORTS_EXCLUDED,
    "other_excluded": Box.OTHER_REPORTS_EXCLUDED,
    "other": Box.OTHER_IDENTIFIED,
}
KEYS = (*(row.key for row in ROWS if row.key), *DECLARED)


def read_exchange(text: str, *, where: str = "") -> FlowCounts:
    """The flow of a PRISMA2020 file; rows, numbers and lists may be missing.

    Previous studies and other methods belong to the flow when they hold any number but 0.
    Raises CombinedError naming every cell that is no number and every unknown key.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    for column in ("data", "n"):
        if column not in (reader.fieldnames or ()):
            raise ReviewError(
                f'no column "{column}"',
                where=where,
                line=1,
                hint=f"A PRISMA2020 file has the columns {', '.join(COLUMNS)}.",
            )
    found = _Reading(where)
    for row in reader:
        found.take(row, reader.line_num)
    raise_problems(found.problems)
    return found.flow()


class _Reading:
    """What has been read of a file so far, and what is wrong with it."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[ReviewError] = []
        self.totals: dict[Box, int] = {}
        self.lines: dict[str, list[Line]] = {}
        self.seen: set[str] = set()

    def take(self, row: Mapping[str, str | None], line: int) -> None:
        """Read one row."""
        key, value = (row.get("data") or "").strip(), (row.get("n") or "").strip()
        if key in ("", "NA"):
            return
        if key not in KEYS:
            self._complain(f'unknown key "{key}"', line, nearest(key, KEYS))
        elif key in self.seen:
            self._complain(f'"{key}" stands here a second time', line)
        elif value not in BLANKS and "xxx" not in value:
            self._read(key, value, line)
        self.seen.add(key)

    def _read(self, key: str, value: str, line: int) -> None:
        box = NUMBERS.get(key) or DECLARED.get(key)
        if key in LIST_TEMPLATES:
            self.lines[key] = self._list(value, line)
        elif box is not None or key in LANE_ROWS:
            n = self._number(value, line)
            if n is not None and box is not None:
                self.totals[box] = n
            elif n is not None:
                label = next(row.label for row in ROWS if row.key == key)
                self.lines.setdefault("other", []).append(Line(key, n, label, LANE_ROWS[key]))

    def _list(self, value: str, line: int) -> list[Line]:
        """`Name, 12; Name, 3` as lines; a bare number is the total of unnamed reasons."""
        lines = []
        for part in filter(None, (part.strip() for part in value.split(";"))):
            name, comma, number = part.rpartition(",")
            n = self._number(number if comma else part, line)
            if n is not None:
                name = name.strip().replace("‚", ",")
                lines.append(Line(name, n, name))
        return lines

    def _number(self, text: str, line: int) -> int | None:
        plain = text.strip().replace(",", "")
        if plain.removeprefix("-").isdecimal():
            return int(plain)
        self._complain(f'"{text.strip()}" is no count', line, "Write a whole number, like 1,290.")
        return None

    def _complain(self, message: str, line: int, hint: str = "") -> None:
        self.problems.append(ReviewError(message, where=self.where, line=line, hint=hint))

    def flow(self) -> FlowCounts:
        """What was read, as the counts of a review."""
        totals, lines = dict(self.totals), self._source_lines()
        if Box.DATABASES in totals or Box.REGISTERS in totals:
            totals[Box.IDENTIFIED] = totals.get(Box.DATABASES, 0) + totals.get(Box.REGISTERS, 0)
        for key, box in SUMMED.items():
            if key in self.lines:
                totals[box] = sum(line.n for line in self.lines[key])
                lines[box] = tuple(line for line in self.lines[key] if line.item)
        _drop_unused(totals, lines)
        return FlowCounts(
            {box: totals[box] for box in Box if box in totals},
            {box: lines[box] for box in Box if lines.get(box)},
        )

    def _source_lines(self) -> dict[Box, tuple[Line, ...]]:
        kinds = (
            ("database_specific_results", SourceKind.DATABASE),
            ("register_specific_results", SourceKind.REGISTER),
        )
        found = [
            Line(line.item, line.n, line.label, kind)
            for key, kind in kinds
            for line in self.lines.get(key, ())
        ]
        return {Box.IDENTIFIED: tuple(found)} if found else {}


def _drop_unused(totals: dict[Box, int], lines: dict[Box, tuple[Line, ...]]) -> None:
    """The template's zeros for what a review does not have are not part of it."""
    groups = (
        [box for box in totals if box.startswith("other_")],
        [box for box in totals if box.startswith("previous_")],
    )
    for group in groups:
        if not any(totals[box] for box in group):
            for box in group:
                del totals[box]
                lines.pop(box, None)
    if Box.PREVIOUS_STUDIES not in totals:
        totals.pop(Box.TOTAL_STUDIES, None)
        totals.pop(Box.TOTAL_REPORTS, None)
    if not totals.get(Box.REGISTERS) and Box.DATABASES in totals:
        totals.pop(Box.REGISTERS, None)
