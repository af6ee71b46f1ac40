"""Rows of cells → entries: finding the header and telling rows from rubble.

For tables of any origin; `delimited` and `excel` bring the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from scopingreview.formats.column_beliefs import beliefs_of
from scopingreview.formats.column_names import KNOWN, TITLES, header_name, layout_of, name_written
from scopingreview.formats.layout import Layout
from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.formats.raw_entry import RawEntry
from scopingreview.formats.row_checks import (
    Fits,
    RunningNumber,
    SpreadsheetCells,
    holds_record,
)
from scopingreview.formats.values.sources import BVS, EMBASE, OVID, PUBMED, source_fields

HEADER_WITHIN = 60
ROWS_LOOKED_AT = 1000  # to see whether a column holds what its name says
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
    """The column names, as layouts spell them and as the file does, and the line they stand on."""

    names: tuple[str, ...]
    written: tuple[str, ...]
    line: int

    def shown(self) -> str:
        """The first names, for a person."""
        return f"columns {', '.join(self.written[:4])} …"


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
            best, most = Header(names, tuple(map(name_written, row)), line), known
    return best


def known_names(names: Iterable[str], columns: Mapping[str, str]) -> frozenset[str]:
    """The names that some layout or the reviewer's own mapping knows."""
    return (KNOWN | {header_name(column) for column in columns.values()}) & set(names)


def entries_of(
    rows: Iterable[Row],
    header: Header,
    columns: Mapping[str, str],
    oddities: Oddities,
) -> Iterator[RawEntry]:
    """An entry per row below the header; `rows` are (line, cells)."""
    rows = _rows_of_records(rows, header, oddities)
    looked_at = list(islice(rows, ROWS_LOOKED_AT))
    cells = [row for _, row in looked_at]
    layout = _layout_borne_out(header, cells, columns, oddities)
    if holds_record(header.written, cells):
        oddities.note(Kind.HEADER_AND_ROW, header.line)
    fits = Fits(header.names, layout)
    numbers = RunningNumber(header.names, cells, layout)
    number_name = "" if numbers.column is None else header.written[numbers.column]
    spreadsheet = SpreadsheetCells.of(header.names, layout)
    for line, row in chain(looked_at, rows):
        if not fits.count(row):
            oddities.note(Kind.WRONG_CELLS, line)
        if numbers.leaves_out(row):
            oddities.note(Kind.NUMBERS_MISSING, line, number_name)
        if spreadsheet.in_row(row):
            oddities.note(Kind.SPREADSHEET, line)
        yield _entry(line, row, header, layout)
    if fits.many_do_not():
        oddities.note(Kind.ROWS_DO_NOT_FIT, header.line)


def _rows_of_records(rows: Iterable[Row], header: Header, oddities: Oddities) -> Iterator[Row]:
    """The rows that are records: no blank ones, no text below the table, no header again."""
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if all(
            header_name(cell) == name for cell, name in zip(row[:3], header.names, strict=False)
        ):
            oddities.note(Kind.HEADER_AGAIN, line)
        elif len(row) == 1 < len(header.names) - 2:
            oddities.note(Kind.TEXT_OUTSIDE, line)
        else:
            yield line, row


def _layout_borne_out(
    header: Header, rows: Sequence[Sequence[str]], columns: Mapping[str, str], oddities: Oddities
) -> Layout:
    """The layout of the header as far as these rows bear it out; what is odd about it is noted."""
    beliefs = beliefs_of(layout_of(header.names, columns), header.names, rows, columns)
    for name, field in beliefs.not_believed:
        written = header.written[header.names.index(name)]
        told = f'"{written}" as {field.replace("_", " ")}'
        oddities.note(Kind.NOT_BELIEVED, header.line, told)
    if not set(beliefs.layout.abstract) & set(header.names):
        oddities.note(Kind.NO_ABSTRACTS, header.line)
    if beliefs.layout.run_together:
        oddities.note(Kind.AUTHORS_RUN_TOGETHER, header.line)
    return beliefs.layout


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
