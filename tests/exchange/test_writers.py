"""Sheets, workbooks and RIS: safe in a spreadsheet, and the same when they come back."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from scopingreview.exchange import LONGEST_CELL, as_csv, as_ris, as_xlsx, is_sheet, read_sheet
from scopingreview.exchange.formula_guard import guarded, unguarded
from scopingreview.exchange.row import Row
from scopingreview.exchange.workbook import CUT
from scopingreview.model import Verdict
from tests.reviews import record

TRICKY = ["=1+1", "+49 30", "-5 °C and below", "@home", "'=1+1", "'tis", "=cmd|' /C calc'!A0"]
REASONS = {"population": "Not nurses", "topic": "Off topic"}


def whole(pieces: Iterable[bytes]) -> bytes:
    return b"".join(pieces)


def xlsx(rows: Iterable[Row], **how: Any) -> Iterator[bytes]:
    """The rows as a workbook of which no cell is cut."""
    cut: list[str] = []
    yield from as_xlsx(rows, lambda *cell: cut.extend(cell), **how)
    assert not cut


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20)


@given(st.one_of(st.sampled_from(TRICKY), st.text()))
def test_a_guarded_cell_is_no_formula_and_comes_back_unchanged(text: str):
    cell = guarded(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(cell) == text


def test_a_title_that_looks_like_a_formula_is_text_in_both_kinds_of_sheet():
    rows = [Row(record("pubmed:1", title="=1+1"))]
    (cells,) = csv.DictReader(io.StringIO(whole(as_csv(rows)).decode("utf-8-sig")))
    assert cells["title"] == "'=1+1"
    book = load_workbook(io.BytesIO(whole(xlsx(rows, reasons={}, criteria=["- adults"]))))
    cell = next(c for c in book["records"][2] if c.value == "=1+1")
    assert cell.data_type == "s"
    assert cell.quotePrefix


@pytest.mark.parametrize("note", TRICKY)
def test_a_decision_goes_out_and_comes_back_the_same(note: str):
    rows = [Row(record("pubmed:1"), ("exclude", "population", "later;methods", note))]
    for pieces in (as_csv(rows), xlsx(rows, reasons={"population": "Not nurses"}, criteria=[])):
        content = whole(pieces)
        assert is_sheet(content)
        (said,) = read_sheet(content)
        assert said.record_ids == ("pubmed:1",)
        assert said.verdicts == {"": Verdict.EXCLUDE}
        assert said.reasons == ("population",)
        assert (said.labels, said.note) == (("later", "methods"), note)


@settings(max_examples=20, deadline=None)
@given(titles=st.lists(TEXT, min_size=1, max_size=4), note=TEXT)
def test_every_record_comes_back_once_whatever_its_title(titles: list[str], note: str):
    rows = [
        Row(record(f"pubmed:{number}", title=title), ("maybe", "", "", note))
        for number, title in enumerate(titles)
    ]
    for pieces in (as_csv(rows), xlsx(rows, reasons={}, criteria=[])):
        found = read_sheet(whole(pieces))
        assert [said.record_ids[0] for said in found] == [row.record.record_id for row in rows]
        assert {said.note for said in found} == {note.strip()}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_sheet_is_read_however_a_spreadsheet_saved_it(separator: str, encoding: str):
    lines = ["Record_ID;Verdict;Note", "pubmed:1;Include;für später", "pubmed:2;;"]
    content = "\r\n".join(lines).replace(";", separator).encode(encoding)
    assert is_sheet(content)
    first, second = read_sheet(content)
    assert (first.verdicts[""], first.note, first.line) == (Verdict.INCLUDE, "für später", 2)
    assert second.verdicts == {}


def test_a_word_that_is_no_verdict_is_told_and_not_taken():
    (said,) = read_sheet(b"record_id,verdict\npubmed:1,perhaps\n")
    assert (dict(said.verdicts), said.unclear) == ({}, "perhaps")


def test_the_workbook_offers_the_verdicts_and_the_reasons():
    pieces = xlsx([Row(record("pubmed:1"))], reasons=REASONS, criteria=["Nurses"])
    book = load_workbook(io.BytesIO(whole(pieces)))
    offers = {str(v.sqref): v.formula1 for v in book["records"].data_validations.dataValidation}
    assert offers["B2:B1048576"] == '"include,exclude,maybe"'
    assert offers["C2:C1048576"] == "criteria!$A$2:$A$3"
    assert list(book["criteria"].iter_rows(min_row=2, max_row=3, values_only=True)) == [
        ("population", "Not nurses"),
        ("topic", "Off topic"),
    ]


LONG = {
    "letters": "a" * 40_000,
    "one too many": "a" * (LONGEST_CELL + 1),
    "emoji, of two units each": "🧠" * 20_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_what_a_cell_of_excel_cannot_hold_is_cut_with_a_mark_and_told_and_csv_has_it_all(text: str):
    rows = [Row(record("pubmed:1", abstract=text)), Row(record("pubmed:2", abstract="short"))]
    cut: list[tuple[str, str]] = []
    content = whole(as_xlsx(rows, lambda *cell: cut.append(cell)))
    assert cut == [("pubmed:1", "abstract")]
    sheet = load_workbook(io.BytesIO(content))["records"]
    heading = [cell.value for cell in sheet[1]].index("abstract")
    written = sheet[2][heading].value
    assert len(written.encode("utf-16-le")) // 2 in (LONGEST_CELL, LONGEST_CELL - 1)
    kept = written.removesuffix(CUT)
    assert kept != written
    assert text.startswith(kept)
    assert sheet[3][heading].value == "short"
    csv.field_size_limit(10**6)
    first, _ = csv.DictReader(io.StringIO(whole(as_csv(rows)).decode("utf-8-sig")))
    assert first["abstract"] == text


def test_the_longest_text_that_a_cell_holds_is_whole():
    text = "a" * LONGEST_CELL
    sheet = load_workbook(io.BytesIO(whole(xlsx([Row(record("pubmed:1", abstract=text))]))))
    assert text in [cell.value for cell in sheet["records"][2]]


def test_authors_stay_out_where_the_phase_is_blind_to_them():
    rows = [Row(record("pubmed:1", authors=("Curie, M.",)))]
    assert b"Curie" in whole(as_csv(rows))
    for pieces in (as_csv(rows, authors=False), as_ris(rows, authors=False)):
        assert b"Curie" not in whole(pieces)


def test_what_is_sent_out_as_ris_is_read_by_a_reader_that_is_not_ours():
    sent = record("pubmed:1", title="On nurses", authors=("Bell, Ada", "Cruz, Dan"), year=2019)
    (read,) = rispy.loads(whole(as_ris([Row(sent)])).decode())
    assert (read["title"], read["authors"], read["year"]) == (
        "On nurses",
        ["Bell, Ada", "Cruz, Dan"],
        "2019",
    )


def test_ris_carries_the_id_where_other_tools_keep_it():
    ris = whole(as_ris([Row(record("pubmed:1", title="On\nnurses", type="thesis"))])).decode()
    assert ris.startswith("TY  - THES\nID  - pubmed:1\nTI  - On nurses\n")
    assert "N1  - scopingreview: pubmed:1\nER  - \n" in ris
