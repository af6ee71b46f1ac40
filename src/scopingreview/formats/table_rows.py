"""Rows of cells → entries: finding the header and telling rows from rubble.

For tables of any origin; `delimited` and `excel` bring the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from scopingreview.formats.column_names import KNOWN, TITLES, header_name, layout_of
from scopingreview.formats.layout import Layout
from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.formats.raw_entry import RawEntry
from scopingreview.formats.values.sources import BVS, EMBASE, OVID, PUBMED, source_fields

HEADER_WITHIN = 60
MOST_UNFIT = 0.1  # of the rows; more are no accident of single rows
# Tables that keep journal, year, volume and pages in one sentence: its column and its form.
SENTENCES = {
    "PubMed CSV": ("citation", PUBMED),
    "PubMed CSV (before 2020)": ("details", PUBMED),
    "Embase.com CSV": ("source", EMBASE),
    "Ovid Excel": ("so", OVID),
    "BVS CSV": ("source", BVS),
}


@dataclass(frozen=True, slots=True)
class Header:
    """The column names and the line they stand on."""

    names: tuple[str, ...]
    line: int


Row = tuple[int, Sequence[str]]


def find_header(rows: Iterable[Row], columns: Mapping[str, str]) -> Header | None:
    """The row that names the columns: of the first rows the one with most known names.

    None when no row names a title and one column more.
    """
    wanted = {header_name(column) for column in columns.values()}
    best, most = None, 1
    for line, row in islice(rows, HEADER_WITHIN):
        names = tuple(header_name(cell) for cell in row)
        known = len(known_names(names, columns))
        if known > most and (TITLES | wanted) & set(names):
            best, most = Header(names, line), known
    return best


def known_names(names: Iterable[str], columns: Mapping[str, str]) -> frozenset[str]:
    """The names that some layout or the reviewer's own mapping knows."""
    return (KNOWN | {header_name(column) for column in columns.values()}) & set(names)


def is_too_long(row: Sequence[str], width: int) -> bool:
    """Whether the row holds something beyond the columns of the header."""
    return len(row) > width and any(cell.strip() for cell in row[width:])


def entries_of(
    rows: Iterable[Row],
    header: Header,
    columns: Mapping[str, str],
    oddities: Oddities,
) -> Iterator[RawEntry]:
    """An entry per row below the header; `rows` are (line, cells)."""
    layout = layout_of(header.names, columns)
    width = len(header.names)
    if not set(layout.abstract) & set(header.names):
        oddities.note(Kind.NO_ABSTRACTS, header.line)
    if layout.run_together:
        oddities.note(Kind.AUTHORS_RUN_TOGETHER, header.line)
    fits = _Fits(width, needed=_cells_needed(layout, header.names))
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if tuple(header_name(cell) for cell in row[:3]) == header.names[:3]:
            oddities.note(Kind.HEADER_AGAIN, line)
            continue
        if len(row) == 1 < width - 2:
            oddities.note(Kind.TEXT_OUTSIDE, line)
            continue
        if is_too_long(row, width):
            oddities.note(Kind.WRONG_CELLS, line)
        fits.count(row)
        yield _entry(line, row, header, layout)
    if fits.many_do_not():
        oddities.note(Kind.ROWS_DO_NOT_FIT, header.line)


@dataclass(slots=True)
class _Fits:
    """How many rows have the cells that the header names.

    A short row is a piece of a torn one when it ends before the column of title, authors and
    year that stands last; unless the table leaves out the empty cells at the end of rows, so
    that no row ends in one.
    """

    width: int
    needed: int
    rows: int = 0
    too_long: int = 0
    too_short: int = 0
    ends_in_empty_cell: bool = False

    def count(self, row: Sequence[str]) -> None:
        """One more row."""
        self.rows += 1
        self.too_long += is_too_long(row, self.width)
        self.too_short += len(row) < self.needed
        self.ends_in_empty_cell |= not row[-1].strip()

    def many_do_not(self) -> bool:
        """Whether more than one row, and more than a tenth of all, do not fit."""
        leaves_out = not (self.ends_in_empty_cell or self.too_long)
        unfit = self.too_long + (0 if leaves_out else self.too_short)
        return unfit > 1 and unfit > MOST_UNFIT * self.rows


def _cells_needed(layout: Layout, names: Sequence[str]) -> int:
    """How many cells a row has at least that reaches title, authors and year."""
    fields = (layout.title, layout.authors, layout.year)
    places = (next((names.index(tag) for tag in tags if tag in names), 0) for tags in fields)
    return max(places) + 1


def _entry(line: int, row: Sequence[str], header: Header, layout: Layout) -> RawEntry:
    fields: dict[str, list[str]] = {}
    for name, cell in zip(header.names, row, strict=False):
        if value := _unguarded(cell):
            parts = value.split("\n\n") if layout.name == "Ovid Excel" else [value]
            fields.setdefault(name, []).extend(parts)
    if layout.name in SENTENCES:
        column, forms = SENTENCES[layout.name]
        fields = source_fields(fields, (column,), forms)
    return RawEntry(line, fields, layout)


def _unguarded(cell: str) -> str:
    """The cell without the guard that keeps spreadsheets from reading a number: `="0123"`."""
    cell = cell.strip()
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell
