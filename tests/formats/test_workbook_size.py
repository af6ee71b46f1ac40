"""A small workbook that unpacks to a large one, or to empty cells, is refused at once."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from scopingreview import formats
from scopingreview.errors import ReviewError
from scopingreview.formats import workbook_size
from scopingreview.formats.excel import workbook_rows

COLUMNS = ("Authors", "Title", "Year")
SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows: str = "", *, more: bytes = b"") -> bytes:
    """A workbook of one record, with those rows of XML below it, and that much in another part."""
    book, saved, content = Workbook(), BytesIO(), BytesIO()
    assert book.active is not None
    book.active.append(COLUMNS)
    book.active.append(("Invented, Ann", "A quarry", 2001))
    book.save(saved)
    with zipfile.ZipFile(saved) as read, zipfile.ZipFile(content, "w", 8) as written:
        for part in read.infolist():
            text = read.read(part)
            if part.filename == SHEET:
                text = text.replace(b"</sheetData>", f"{rows}</sheetData>".encode())
            written.writestr(part.filename, text)
        if more:
            written.writestr("xl/media/more.bin", more)
    return content.getvalue()


def read(content: bytes, folder: Path) -> list[str]:
    path = folder / "export.xlsx"
    path.write_bytes(content)
    return [record.title for reading in formats.read(path) for record in reading.records]


def test_a_workbook_of_usual_size_is_read(tmp_path: Path):
    assert read(workbook(), tmp_path) == ["A quarry"]


def test_the_names_of_namespaces_are_no_cells(tmp_path: Path):
    part = '<row xmlns:r="http://schemas.openxmlformats.org/x"><c><v>1</v></c></row>'
    assert len(read(workbook(part), tmp_path)) == 2


def test_a_workbook_that_unpacks_to_more_than_can_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(workbook_size, "UNPACKED", 1 << 20)
    bomb = workbook(more=bytes(2 << 20))
    assert len(bomb) < 20_000
    with pytest.raises(ReviewError, match="unpacks to") as refused:
        read(bomb, tmp_path)
    assert "csv" in refused.value.hint
    with pytest.raises(ReviewError, match="unpacks to"):
        list(workbook_rows(bomb))


def test_no_part_unpacks_to_more_than_the_archive_says(tmp_path: Path):
    bomb = workbook("<row><c><v>1</v></c></row>" * 50_000)
    size = zipfile.ZipFile(BytesIO(bomb)).getinfo(SHEET).file_size
    lying = bomb.replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little"))
    assert zipfile.ZipFile(BytesIO(lying)).getinfo(SHEET).file_size == 500
    with pytest.raises(ReviewError, match="cannot be opened"):
        read(lying, tmp_path)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="3"><c r="ZZZZZZ3"><v>1</v></c></row>',
        '<row r="9999999999"><c><v>1</v></c></row>',
        '<row><c r="XFD3"><v>1</v></c></row>' * 30,
    ],
    ids=["a cell beyond the last column", "a row beyond the last", "rows of mostly empty cells"],
)
def test_a_sheet_that_fills_up_with_empty_cells_is_refused(
    rows: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(workbook_size, "ROWS", 1 << 10)
    monkeypatch.setattr(workbook_size, "CELLS", 1 << 17)
    with pytest.raises(ReviewError, match="most of them empty"):
        read(workbook(rows), tmp_path)
