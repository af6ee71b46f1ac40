"""A file is what its content says; its name may lie."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from scopingreview import formats
from scopingreview.errors import ReviewError
from scopingreview.formats.oddities import Kind

HEADER = ("Title", "Authors", "Publication Year", "Abstract")


def write(folder: Path, data: bytes) -> Path:
    path = folder / "export.ris"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"\r\n \n", "empty"),
        (b"%PDF-1.7 x", "a PDF"),
        (b"<!DOCTYPE html><html>Sign in</html>", "a web page"),
        (b'{"records": [{"rest": 1}]}', "JSON"),
        (b"\x1f\x8b\x08rest", "compressed"),
        (b"nurs* AND (shift* OR night*)\n", "no known export format"),
    ],
)
def test_what_is_no_export_is_refused_with_advice(tmp_path, data, what):
    with pytest.raises(ReviewError, match=what) as refused:
        formats.recognise(write(tmp_path, data))
    assert refused.value.hint


def test_the_records_of_a_workbook_may_stand_behind_other_sheets(tmp_path):
    book = Workbook()
    book.active.append(["Search strategy", "nurs* AND (shift* OR night*)"])
    book.create_sheet("empty")
    records = book.create_sheet("records")
    records.append(HEADER)
    records.append(["Rest in wards", "Okoro, A.", 2019, "We asked nurses."])
    book.save(tmp_path / "export.xlsx")
    (reading,) = formats.read(tmp_path / "export.xlsx")
    assert [record.title for record in reading.records] == ["Rest in wards"]
    assert reading.begun == 1


def test_a_second_sheet_of_records_is_told_and_not_read(tmp_path):
    book = Workbook()
    for sheet, title in ((book.active, "Rest in wards"), (book.create_sheet(), "Sleep at home")):
        sheet.append(HEADER)
        sheet.append([title, "Okoro, A.", 2019, "We asked nurses."])
    book.save(tmp_path / "export.xlsx")
    (reading,) = formats.read(tmp_path / "export.xlsx")
    assert [record.title for record in reading.records] == ["Rest in wards"]
    assert [oddity.kind for oddity in reading.oddities] == [Kind.OTHER_SHEET]


def test_a_zip_archive_is_to_be_unpacked(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("articles.csv", "Title,Authors,Year\n")
    with pytest.raises(ReviewError, match=r"cannot be opened|zip archive"):
        formats.recognise(path)


def workbook(folder: Path, rows: Sequence[tuple[object, ...]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    path = folder / "export.xls"
    book.save(path)
    return path


def test_a_workbook_is_read_below_its_preamble(tmp_path):
    rows = [("SEARCH QUERY", "nurse:ti"), (), HEADER, ("Rest", "Okoro A.", 2019, "Sleep."), ()]
    (reading,) = formats.read(workbook(tmp_path, rows))
    (record,) = reading.records
    assert (record.title, record.authors, record.year) == ("Rest", ("Okoro, A.",), 2019)
    assert reading.begun == 1


def test_a_citation_report_is_refused_since_it_lists_only_the_top(tmp_path):
    header = (*HEADER, "Total Citations", "Average per Year")
    with pytest.raises(ReviewError, match="citation report"):
        formats.recognise(workbook(tmp_path, [header, ("Rest", "", 2019, "")]))


def test_a_workbook_without_known_columns_is_refused(tmp_path):
    with pytest.raises(ReviewError, match="known column names"):
        formats.recognise(workbook(tmp_path, [("a", "b"), (1, 2)]))


def test_columns_that_the_reviewer_names_go_before_the_guess(tmp_path):
    path = write(tmp_path, b'Beitrag,Leute,Wann\nRuhe,"Okoro, Ada",2019\n')
    with pytest.raises(ReviewError):
        formats.recognise(path)
    columns = {"title": "Beitrag", "authors": "Leute", "year": "Wann"}
    (reading,) = formats.read(path, columns)
    assert [(r.title, r.authors, r.year) for r in reading.records] == [
        ("Ruhe", ("Okoro, Ada",), 2019)
    ]


def test_a_column_for_a_field_that_no_record_has_is_refused(tmp_path):
    path = write(tmp_path, b'Title,Authors,Year\nRest,"Okoro, Ada",2019\n')
    with pytest.raises(ReviewError, match='Did you mean "title"'):
        list(formats.read(path, {"titel": "Title"}))


def test_a_named_column_that_is_not_there_is_refused(tmp_path):
    path = write(tmp_path, b'Title,Authors,Year\nRest,"Okoro, Ada",2019\n')
    with pytest.raises(ReviewError, match="no column"):
        list(formats.read(path, {"abstract": "Zusammenfassung"}))


def test_a_big_file_is_cut_at_ends_of_records_and_loses_none(tmp_path, monkeypatch):
    monkeypatch.setattr("scopingreview.formats.spans.CHUNK_BYTES", 300)
    monkeypatch.setattr("scopingreview.formats.spans.WINDOW_BYTES", 64)
    record = "TY  - JOUR\r\nTI  - Rest {}\r\nAB  - {}\r\nER  - \r\n\r\n"
    text = "".join(record.format(n, "sleep " * (n % 40)) for n in range(200))
    path = write(tmp_path, text.encode())
    readings = list(formats.read(path))
    assert len(readings) > 20
    assert [r.title for reading in readings for r in reading.records] == [
        f"Rest {n}" for n in range(200)
    ]
    assert sum(reading.begun for reading in readings) == 200
    assert not [oddity for reading in readings for oddity in reading.oddities]
    assert sum(reading.lines for reading in readings) == text.count("\n")
