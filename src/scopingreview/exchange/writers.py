"""Records as a CSV sheet, an Excel workbook, or RIS, for people who screen elsewhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scopingreview.exchange.formula_guard import GUARD, guarded
from scopingreview.model import Record, Verdict
from scopingreview.visible import without_unseen

DECISION = ("verdict", "reason", "labels", "note")
DESCRIPTION = ("title", "authors", "year", "journal", "doi", "pmid", "abstract", "keywords", "type",
               "language", "url")  # fmt: skip
ID_MARK = "scopingreview: "
"""Before a record's id in a note: notes survive every tool, ids of ours do not."""

WIDTHS = {"record_id": 22, "title": 60, "authors": 30, "journal": 24, "abstract": 100, "note": 30}
USUAL_WIDTH = 12
RIS_TYPES = {
    "thesis": "THES",
    "book": "BOOK",
    "book chapter": "CHAP",
    "conference paper": "CPAPER",
    "conference abstract": "ABST",
    "report": "RPRT",
    "dataset": "DATA",
    "preprint": "UNPB",
    "web page": "ELEC",
    "patent": "PAT",
}


class OutFormat(StrEnum):
    """What records can be written as."""

    CSV = "csv"
    XLSX = "xlsx"
    RIS = "ris"


@dataclass(frozen=True, slots=True)
class Row:
    """One record to write and what stands of it already, by column of the decision."""

    record: Record
    decision: Sequence[str] = ("", "", "", "")


def _columns(*, authors: bool) -> list[str]:
    shown = [name for name in DESCRIPTION if authors or name != "authors"]
    return ["record_id", *DECISION, *shown]


def _cells(row: Row, *, authors: bool) -> list[str]:
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
    }
    if not authors:
        del described["authors"]
    cells = [record.record_id, *row.decision, *described.values()]
    return list(map(without_unseen, cells))


def as_csv(rows: Iterable[Row], *, authors: bool = True) -> bytes:
    """The records as a sheet, a row each; its mark makes a spreadsheet read it as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_columns(authors=authors))
    writer.writerows([guarded(cell) for cell in _cells(row, authors=authors)] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(
    rows: Iterable[Row],
    *,
    reasons: Mapping[str, str],
    criteria: Iterable[str],
    authors: bool = True,
) -> bytes:
    """The records as a workbook that offers the verdicts and the reasons; criteria beside them.

    `reasons` are the protocol's, key and wording. Every cell is text, whatever it begins with.
    """
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook(write_only=True)
    columns = _columns(authors=authors)
    sheet = book.create_sheet("records")
    sheet.freeze_panes = "B2"
    for letter, name in zip("ABCDEFGHIJKLMNOP", columns, strict=False):
        sheet.column_dimensions[letter].width = WIDTHS.get(name, USUAL_WIDTH)
    offered = [verdict for verdict in Verdict if verdict is not Verdict.WITHDRAWN]
    lists = {"B": ",".join(offered), "C": f"criteria!$A$2:$A${len(reasons) + 1}" if reasons else ""}
    for letter, choices in lists.items():
        if choices:
            formula = choices if "!" in choices else f'"{choices}"'
            offer = DataValidation(type="list", formula1=formula, allow_blank=True)
            offer.add(f"{letter}2:{letter}1048576")
            sheet.data_validations.append(offer)
    sheet.append(columns)
    for row in rows:
        sheet.append([_text_cell(sheet, cell) for cell in _cells(row, authors=authors)])
    beside = book.create_sheet("criteria")
    beside.column_dimensions["B"].width = WIDTHS["title"]
    lines = [("reason", "wording"), *reasons.items(), ("", ""), ("criteria", "")]
    for line in (*lines, *(("", criterion) for criterion in criteria)):
        beside.append([_text_cell(beside, cell) for cell in line])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _text_cell(sheet: object, text: str) -> object:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    # Typed as text a formula is safe as it is; only what looks guarded must not lose its guard.
    shown = guarded(text) if text.startswith(GUARD) else text
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub(" ", shown))
    if text:
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def as_ris(rows: Iterable[Row], *, authors: bool = True) -> bytes:
    """The records as RIS; each carries its id in ID and, for tools that drop it, in a note."""
    return "".join(
        f"{tag}  - {' '.join(without_unseen(value).split())}\n" if tag != "ER" else "ER  - \n\n"
        for row in rows
        for tag, value in _ris_lines(row.record, authors=authors)
    ).encode()


def _ris_lines(record: Record, *, authors: bool) -> Iterator[tuple[str, str]]:
    yield "TY", RIS_TYPES.get(record.type, "JOUR")
    first, _, last = record.pages.partition("-")
    lines = [
        ("ID", record.record_id),
        ("TI", record.title),
        *(("AU", author) for author in record.authors if authors),
        ("PY", str(record.year or "")),
        ("T2", record.journal),
        ("VL", record.volume),
        ("IS", record.issue),
        ("SP", first),
        ("EP", last),
        ("SN", record.issn),
        ("DO", record.doi),
        ("AB", record.abstract),
        *(("KW", keyword) for keyword in record.keywords),
        ("LA", record.language),
        ("UR", record.url),
        ("N1", f"{ID_MARK}{record.record_id}"),
    ]
    yield from ((tag, value) for tag, value in lines if value)
    yield "ER", ""
