"""Records as a CSV sheet or an Excel workbook: to be filled in, or with what was settled."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from string import ascii_uppercase
from typing import Any

from scopingreview.exchange.formula_guard import guarded
from scopingreview.exchange.row import Row, in_batches
from scopingreview.exchange.workbook import (
    LAST_ROW,
    TellCut,
    book_in_pieces,
    fits_a_cell,
    text_cell,
)
from scopingreview.model import Settled, Verdict
from scopingreview.visible import without_unseen

DECISION = ("verdict", "reason", "labels", "note")
DESCRIPTION = ("title", "authors", "year", "journal", "doi", "pmid", "abstract", "keywords", "type",
               "language", "url", "taken_from")  # fmt: skip
PLACE = ("volume", "issue", "pages", "issn")
"""What a reference needs besides, and nobody who decides on a record."""

SETTLED = ("box", "phase", "settled", "reason", "reason_wording", "further_reasons", "found_in",
           "study", "duplicate_of")  # fmt: skip
"""In place of the decision where others get what was settled: no column is called `verdict`, or
the sheet could be taken back as one reviewer's decisions."""

WIDTHS = {"record_id": 22, "title": 60, "authors": 30, "journal": 24, "abstract": 100, "note": 30}
USUAL_WIDTH = 12


class OutFormat(StrEnum):
    """What records can be written as."""

    CSV = "csv"
    XLSX = "xlsx"
    RIS = "ris"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"


def _columns(*, settled: bool, authors: bool) -> list[str]:
    shown = [name for name in DESCRIPTION if authors or name != "authors"]
    if settled:
        after = shown.index("journal") + 1
        shown[after:after] = PLACE
    return ["record_id", *(SETTLED if settled else DECISION), *shown]


def _cells(row: Row, *, settled: bool, authors: bool) -> list[str]:
    record = row.record
    described = {
        "title": record.title,
        "authors": "; ".join(record.authors),
        "year": str(record.year or ""),
        "journal": record.journal,
        "doi": record.doi,
        "pmid": record.pmid,
        "abstract": record.abstract,
        "keywords": "; ".join(record.keywords),
        "type": record.type,
        "language": record.language,
        "url": record.url,
        "taken_from": row.taken_from,
        **{name: getattr(record, name) for name in PLACE},
    }
    beside = _settled_cells(row.settled) if settled else row.decision
    columns = _columns(settled=settled, authors=authors)[1 + len(beside) :]
    cells = [record.record_id, *beside, *(described[name] for name in columns)]
    return list(map(without_unseen, cells))


def _settled_cells(settled: Settled | None) -> list[str]:
    if settled is None:
        return [""] * len(SETTLED)
    return [
        settled.box,
        settled.phase,
        settled.standing,
        settled.reason,
        settled.wording,
        "; ".join(settled.further),
        "; ".join(settled.found_in),
        settled.study,
        settled.duplicate_of,
    ]


def as_csv(rows: Iterable[Row], *, settled: bool = False, authors: bool = True) -> Iterator[bytes]:
    """The records as a sheet, in pieces, a row each.

    The mark at its beginning makes a spreadsheet read it as UTF-8.
    """
    yield BOM_UTF8 + _csv_lines([_columns(settled=settled, authors=authors)])
    for batch in in_batches(rows):
        cells = (_cells(row, settled=settled, authors=authors) for row in batch)
        yield _csv_lines(map(guarded, row) for row in cells)


def _csv_lines(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def as_xlsx(
    rows: Iterable[Row],
    tell_cut: TellCut,
    *,
    reasons: Mapping[str, str] | None = None,
    criteria: Iterable[str] = (),
    settled: bool = False,
    authors: bool = True,
) -> Iterator[bytes]:
    """The records as a workbook, in pieces, the same bytes for the same records.

    To be filled in, it offers the verdicts and the reasons, and has the criteria beside them;
    `reasons` are the protocol's, key and wording. What is `settled` is offered nothing. Every
    cell is text, whatever it begins with; one that Excel cannot hold is cut and told.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    columns = _columns(settled=settled, authors=authors)
    sheet = book.create_sheet("records")
    sheet.freeze_panes = "B2"
    for letter, name in zip(ascii_uppercase, columns, strict=False):
        sheet.column_dimensions[letter].width = WIDTHS.get(name, USUAL_WIDTH)
    if not settled:
        _offer(sheet, reasons or {})
    sheet.append(columns)
    for row in rows:
        cells = _cells(row, settled=settled, authors=authors)
        for name, cell in zip(columns, cells, strict=True):
            if not fits_a_cell(cell):
                tell_cut(row.record.record_id, name)
        sheet.append([cell and text_cell(sheet, cell) for cell in cells])
    if not settled:
        _add_criteria(book.create_sheet("criteria"), reasons or {}, criteria)
    yield from book_in_pieces(book)


def _offer(sheet: Any, reasons: Mapping[str, str]) -> None:
    """The cells of verdict and reason have a list to choose from."""
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = [verdict for verdict in Verdict if verdict is not Verdict.WITHDRAWN]
    lists = {"B": ",".join(offered), "C": f"criteria!$A$2:$A${len(reasons) + 1}" if reasons else ""}
    for letter, choices in lists.items():
        if choices:
            formula = choices if "!" in choices else f'"{choices}"'
            offer = DataValidation(type="list", formula1=formula, allow_blank=True)
            offer.add(f"{letter}2:{letter}{LAST_ROW}")
            sheet.data_validations.append(offer)


def _add_criteria(sheet: Any, reasons: Mapping[str, str], criteria: Iterable[str]) -> None:
    sheet.column_dimensions["B"].width = WIDTHS["title"]
    lines = [("reason", "wording"), *reasons.items(), ("", ""), ("criteria", "")]
    for line in (*lines, *(("", criterion) for criterion in criteria)):
        sheet.append([text_cell(sheet, cell) for cell in line])
