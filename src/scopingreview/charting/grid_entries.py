"""What a filled-in table says: an entry for each cell, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scopingreview.charting.cell_values import understood
from scopingreview.charting.grid import CITATION, STUDY, TICK, VERSION, ColumnKind, Grid, GridColumn
from scopingreview.errors import ReviewError, nearest
from scopingreview.model import Form, Slot

TICKED = {TICK, "✓", "✔", "1", "yes", "true", "wahr", "vrai", "verdadero"}
NOT_TICKED = {"", "0", "no", "false", "-"}
BETWEEN = ";"


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as its file has it; `fault` says why it cannot be taken: a formula, a date."""

    text: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class FilledGrid:
    """A table as it came back: by which form it was made, its headings, its rows by number.

    `offered` are the choices that its drop-downs had, by heading, where the file keeps them.
    """

    version: str
    headings: Sequence[str]
    rows: Sequence[tuple[int, Sequence[RawCell]]]
    offered: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GridEntry:
    """What a row says of one slot: what stands in its columns; None where the table has none.

    `line` and `place` are its row and column, for messages. A blank says nothing, unless blanks
    are to be cleared.
    """

    line: int
    place: str
    study: str
    slot: Slot
    text: str | None
    page: str | None
    quote: str | None


def letters(column: int) -> str:
    """The name a spreadsheet gives to its column, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class GridReading:
    """Reads one table against the form; what is wrong with it gathers in `problems`."""

    def __init__(self, form: Form, filled: FilledGrid, grids: Sequence[Grid]) -> None:
        """`grids` are the tables as the form would make them now: with ticks, and without."""
        self.form = form
        self.filled = filled
        self.problems: list[ReviewError] = []
        self.known = {c.heading.casefold(): c for grid in reversed(grids) for c in grid.columns}
        self.known |= {
            name.casefold(): column
            for grid in grids
            for column in grid.columns
            if column.kind is ColumnKind.VALUE
            for name in self._other_headings(column)
        }
        self.columns: dict[int, GridColumn] = {}
        self.study_column: int | None = None
        self._read_headings()
        if filled.version and filled.version != grids[0].version:
            self._compare_forms(grids)

    def _other_headings(self, column: GridColumn) -> Iterator[str]:
        """The key of the field, and its label without the unit."""
        unit = self.form.field(column.slot.field).unit
        if not column.slot.row:
            yield column.slot.field
        if unit:
            yield column.heading.removesuffix(f" ({unit})")

    def _read_headings(self) -> None:
        seen: dict[str, int] = {}
        for place, text in enumerate(self.filled.headings):
            heading = " ".join(text.split())
            folded = heading.casefold()
            if folded in seen:
                first = letters(seen[folded])
                self._tell(1, place, f'"{heading}" stands in column {first} already')
            elif folded == STUDY:
                self.study_column = place
            elif folded in self.known:
                self.columns[place] = self.known[folded]
            elif folded not in ("", CITATION, VERSION):
                names = [STUDY, *(column.heading for column in self.known.values())]
                self._tell(1, place, f'no field is called "{heading}"', nearest(heading, names))
            seen.setdefault(folded or f" {place}", place)
        if self.study_column is None:
            self.problems.append(ReviewError(f'there is no column "{STUDY}"', line=1))

    def _compare_forms(self, grids: Sequence[Grid]) -> None:
        """The table was made for another form: what differs is told."""
        lists = {c.heading.casefold(): c for grid in grids for c in grid.columns}
        differs = [
            f"{heading}: {_differing(offered, lists[heading.casefold()].choices)}"
            for heading, offered in self.filled.offered.items()
            if heading.casefold() in lists
            and list(offered) != list(lists[heading.casefold()].choices)
        ]
        has = {column.slot for column in self.columns.values()}
        listed = (c for c in grids[-1].columns if c.kind is ColumnKind.VALUE and not c.slot.row)
        new = [column.heading for column in listed if column.slot not in has]
        differs += [f"it has no column for: {', '.join(new)}"] if new else []
        told = "; ".join(differs) or "a wording, a type or a unit"
        self.problems.append(
            ReviewError(
                f"the form has changed since this sheet was written (it was {self.filled.version}, "
                f"it is {grids[0].version}): {told}",
                hint="Write a new sheet and copy what was filled in; or, when the change makes no "
                "difference to it, take it with --old-form.",
            )
        )

    def _tell(self, line: int, place: int, message: str, hint: str = "") -> None:
        named = self.filled.headings[place].strip() if place < len(self.filled.headings) else ""
        where = f"column {letters(place)}" + (f" ({named})" if named and line > 1 else "")
        self.problems.append(ReviewError(f"{where}: {message}", line=line, hint=hint))

    # ── rows ─────────────────────────────────────────────────────────────────────────────────

    def entries(self) -> list[GridEntry]:
        """What the rows say; cells that cannot be taken are told and left out."""
        found: list[GridEntry] = []
        rows_of_study: dict[str, int] = {}
        for line, cells in self.filled.rows:
            if self.study_column is None or not any(cell.text or cell.fault for cell in cells):
                continue
            study = _cell(cells, self.study_column).text.strip()
            if not study:
                self._tell(line, self.study_column, "which study is this row of?")
                continue
            if study in rows_of_study:
                first = rows_of_study[study]
                self._tell(line, self.study_column, f"{study} has row {first} already")
                continue
            rows_of_study[study] = line
            self._check_width(line, cells)
            found += self._entries_of_row(line, study, cells)
        return found

    def _check_width(self, line: int, cells: Sequence[RawCell]) -> None:
        for place in range(len(self.filled.headings), len(cells)):
            if cells[place].text or cells[place].fault:
                hint = "A text that holds a comma stands in quotes."
                self._tell(line, place, "this cell stands under no heading", hint)

    def _entries_of_row(self, line: int, study: str, cells: Sequence[RawCell]) -> list[GridEntry]:
        by_slot: dict[Slot, list[int]] = {}
        for place, column in self.columns.items():
            by_slot.setdefault(column.slot, []).append(place)
        found = []
        for slot, places in by_slot.items():
            faulty = [place for place in places if _cell(cells, place).fault]
            for place in faulty:
                self._tell(line, place, _cell(cells, place).fault)
            if not faulty:
                found.append(self._entry(line, study, slot, places, cells))
        return [entry for entry in found if entry is not None]

    def _entry(
        self, line: int, study: str, slot: Slot, places: Sequence[int], cells: Sequence[RawCell]
    ) -> GridEntry | None:
        text: dict[ColumnKind, str] = {}
        problems = len(self.problems)
        for place in places:
            column, cell = self.columns[place], _cell(cells, place).text.strip()
            if column.kind is ColumnKind.TICK:
                ticked = self._option_ticked(line, place, cell)
                before = text.get(ColumnKind.VALUE, "")
                text[ColumnKind.VALUE] = BETWEEN.join(filter(None, [before, ticked]))
            else:
                text[column.kind] = cell
        self._check_value(line, places[0], slot, text.get(ColumnKind.VALUE, ""))
        if len(self.problems) > problems:
            return None
        value, page, quote = (
            text.get(each) for each in (ColumnKind.VALUE, ColumnKind.PAGE, ColumnKind.QUOTE)
        )
        return GridEntry(line, f"column {letters(places[0])}", study, slot, value, page, quote)

    def _option_ticked(self, line: int, place: int, cell: str) -> str:
        if cell.casefold() in TICKED:
            return self.columns[place].option
        if cell.casefold() not in NOT_TICKED:
            self._tell(line, place, f'"{cell}" is no tick', f"Write {TICK}, or leave it blank.")
        return ""

    def _check_value(self, line: int, place: int, slot: Slot, text: str) -> None:
        try:
            understood(self.form.field(slot.field), text)
        except ReviewError as error:
            self._tell(line, place, error.message, error.hint)


def _cell(cells: Sequence[RawCell], place: int) -> RawCell:
    return cells[place] if place < len(cells) else RawCell()


def _differing(before: Sequence[str], now: Sequence[str]) -> str:
    gone = [word for word in before if word not in now]
    new = [word for word in now if word not in before]
    told = [f"no longer {', '.join(gone)}" if gone else "", f"now {', '.join(new)}" if new else ""]
    return ", ".join(filter(None, told)) or "another order"
