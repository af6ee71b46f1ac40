"""A sheet that a person filled in is taken whole, or everything wrong with it is told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from scopingreview.errors import CombinedError, ReviewError
from scopingreview.store.filled_sheet import values_from_sheet

Row = Mapping[str, str]


def taken(sheet: Path, text: str | bytes) -> list[Row]:
    """The rows of a sheet of record ids and verdicts, and perhaps notes."""
    sheet.write_bytes(text if isinstance(text, bytes) else text.encode())
    return values_from_sheet(
        sheet, columns=(("record_id", "verdict"), ("note",)), make=verdict_of, check=lambda _: []
    )


def verdict_of(row: Row) -> Row:
    if row["verdict"] not in ("include", "exclude"):
        raise ReviewError(f'unknown verdict "{row["verdict"]}"')
    return row


def test_a_sheet_of_a_spreadsheet_is_read_whatever_marks_its_ends(tmp_path: Path):
    text = '\ufeffrecord_id,verdict,note\r\npubmed:1, include ,"small, but\nsound"\r\n,,\r\n'
    (row,) = taken(tmp_path / "sheet.csv", text)
    assert row == {"record_id": "pubmed:1", "verdict": "include", "note": "small, but\nsound"}


def test_a_column_that_may_be_missing_is_empty(tmp_path: Path):
    (row,) = taken(tmp_path / "sheet.csv", "verdict,record_id\ninclude,pubmed:1\n")
    assert row == {"record_id": "pubmed:1", "verdict": "include", "note": ""}


def test_every_wrong_row_is_told_with_its_line(tmp_path: Path):
    text = "record_id,verdict\npubmed:1,incl\npubmed:2,include\npubmed:3\n"
    with pytest.raises(CombinedError) as caught:
        taken(tmp_path / "sheet.csv", text)
    assert [(error.line, error.message) for error in caught.value.errors] == [
        (2, 'unknown verdict "incl"'),
        (4, 'unknown verdict ""'),
    ]


def test_a_text_that_its_commas_cut_is_refused_and_empty_cells_at_the_end_are_not(tmp_path: Path):
    sheet = tmp_path / "sheet.csv"
    assert taken(sheet, "record_id,verdict,note\npubmed:1,include,small,,\n")
    with pytest.raises(
        ReviewError, match=r"sheet.csv:2: 4 cells, where the header has 3\n.*quotes"
    ):
        taken(sheet, "record_id,verdict,note\npubmed:1,include,small, but sound\n")


def test_every_wrong_column_is_told_at_once(tmp_path: Path):
    with pytest.raises(CombinedError) as caught:
        taken(tmp_path / "sheet.csv", "record,verdict,notes\n")
    told = str(caught.value)
    assert 'sheet.csv:1: no column "record_id"' in told
    assert 'unknown column "notes"\n  Did you mean "note"?' in told


def test_a_sheet_in_another_encoding_is_named(tmp_path: Path):
    text = "record_id,verdict,note\npubmed:1,include,für später\n"
    with pytest.raises(ReviewError, match=r"sheet\.csv: this file is not UTF-8"):
        taken(tmp_path / "sheet.csv", text.encode("cp1252"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('record_id,verdict,note\np:1,include,"fine"\np:2,include,"open\np:3,include,\n', 3),
        ('record_id,verdict,note\np:1,include,"two\nlines"\np:2,include,"open, "to"\n', 4),
        ('record_id,verdict,note\np:1,include,"open\np:2,include,"closed"\n', 2),
    ],
)
def test_a_quote_that_is_not_closed_is_told_with_its_line(tmp_path: Path, text: str, line: int):
    """Else the rows after it would become the note of the one it stands in."""
    with pytest.raises(ReviewError, match=rf"sheet.csv:{line}: a quote that opens in this line"):
        taken(tmp_path / "sheet.csv", text)
