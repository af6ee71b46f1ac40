"""What a library desk needs to get hold of reports: every field by which one is ordered."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from scopingreview.exchange.formula_guard import guarded
from scopingreview.exchange.row import one_line
from scopingreview.exchange.workbook import TellCut, book_in_pieces, fits_a_cell, text_cell
from scopingreview.model import Record

COLUMNS = (
    *("record_id", "type", "title", "authors", "year", "journal", "volume", "issue", "pages"),
    *("issn", "doi", "pmid", "language", "url", "found_in", "sought_since", "note"),
)
WIDE, USUAL = 40, 14  # characters
WIDE_COLUMNS = ("title", "authors", "journal", "url", "note")


@dataclass(frozen=True, slots=True)
class Ordered:
    """A report to be got hold of: the sources that found it, and since when it is sought."""

    record: Record
    found_in: tuple[str, ...] = ()
    sought_since: str = ""
    note: str = ""


def _cells(ordered: Ordered) -> list[str]:
    record = ordered.record
    fields = {name: getattr(record, name, "") for name in COLUMNS}
    fields |= {
        "authors": "; ".join(record.authors),
        "year": str(record.year or ""),
        "found_in": "; ".join(ordered.found_in),
        "sought_since": ordered.sought_since,
        "note": ordered.note,
    }
    return [one_line(str(fields[name])) for name in COLUMNS]


def library_csv(reports: Sequence[Ordered]) -> bytes:
    """The reports as a sheet; its mark makes a spreadsheet read it as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([*map(guarded, _cells(each))] for each in reports)
    return text.getvalue().encode("utf-8-sig")


def library_xlsx(reports: Sequence[Ordered], tell_cut: TellCut) -> bytes:
    """The reports as a workbook, the same bytes for the same reports.

    A cell that Excel cannot hold is cut and told.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("to get hold of")
    sheet.freeze_panes = "B2"
    for number, name in enumerate(COLUMNS, start=1):
        width = WIDE if name in WIDE_COLUMNS else USUAL
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append(list(COLUMNS))
    for each in reports:
        cells = _cells(each)
        for name, cell in zip(COLUMNS, cells, strict=True):
            if not fits_a_cell(cell):
                tell_cut(each.record.record_id, name)
        sheet.append([text_cell(sheet, cell) for cell in cells])
    return b"".join(book_in_pieces(book))
