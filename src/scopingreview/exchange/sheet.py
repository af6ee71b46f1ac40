"""Our own sheet on its way back: CSV or Excel, as a spreadsheet saved it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scopingreview.csv_text import rows_of
from scopingreview.errors import ReviewError
from scopingreview.exchange.foreign_decision import Said
from scopingreview.exchange.formula_guard import unguarded
from scopingreview.model import Record, Verdict

NEEDED = ("record_id", "verdict")
SEPARATORS = (",", ";", "\t")

Line = tuple[int, Sequence[str]]


def is_sheet(content: bytes) -> bool:
    """Whether the file is a table with the columns of a sheet of ours."""
    try:
        _, header = next(_lines(content), (1, []))
    except ReviewError:
        if _is_workbook(content):
            raise
        return False  # another tool's text
    return set(NEEDED) <= {name.strip().casefold() for name in header}


def read_sheet(content: bytes, where: str = "") -> list[Said]:
    """What each row says; a row without a verdict is undecided.

    Raises ReviewError, about `where`, for a table that cannot be taken whole.
    """
    lines = _lines(content, where)
    _, names = next(lines, (1, []))
    header = [name.strip().casefold() for name in names]
    return [_said(line, _named(header, row, where, line)) for line, row in lines if any(row)]


def _named(header: Sequence[str], row: Sequence[str], where: str, line: int) -> dict[str, str]:
    """The cells by their columns; those that a short row lacks are empty.

    Raises ReviewError for cells that stand in no column.
    """
    if any(row[len(header) :]):
        raise ReviewError(
            f"{len(row)} cells, where the header has {len(header)}",
            where=where,
            line=line,
            hint="A text that holds a comma stands in quotes.",
        )
    return dict.fromkeys(NEEDED, "") | dict(zip(header, map(unguarded, row), strict=False))


def _said(line: int, row: dict[str, str]) -> Said:
    word = row["verdict"].strip().casefold()
    known = word in set(Verdict)
    return Said(
        line=line,
        record=Record("", title=row.get("title", ""), doi=row.get("doi", "")),
        record_ids=tuple(filter(None, [row["record_id"].strip()])),
        verdicts={"": Verdict(word)} if known else {},
        reasons=tuple(filter(None, [row.get("reason", "").strip()])),
        labels=tuple(filter(None, map(str.strip, row.get("labels", "").split(";")))),
        note=row.get("note", "").strip(),
        unclear="" if known else word,
    )


def _lines(content: bytes, where: str = "") -> Iterator[Line]:
    """The rows with their lines. Raises ReviewError for a workbook that is damaged."""
    from scopingreview.formats.excel import workbook_rows  # the formats wait until a file is read

    return workbook_rows(content) if _is_workbook(content) else _text_lines(content, where)


def _is_workbook(content: bytes) -> bool:
    from scopingreview.formats.excel import XLS, XLSX

    return content.startswith((XLSX, XLS))


def _text_lines(content: bytes, where: str) -> Iterator[Line]:
    """The rows with the line each ends on, whichever separator the spreadsheet chose."""
    from scopingreview.formats.decoding import decode, encoding_of
    from scopingreview.formats.oddities import Oddities

    text = decode(content, encoding_of(content), Oddities())
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    return rows_of(text, where, separator=separator)
