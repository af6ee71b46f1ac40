"""Sheets as people use them: written, filled in by a spreadsheet with its ways, taken back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from scopingreview import store
from scopingreview.paths import CHARTED, Review
from tests.charted_reviews import FORM, charted_review, lines
from tests.conftest import Answer, Run
from tests.reviews import FULL_TEXT, change_protocol, decide, found_with, record, retrieved

STUDIES = 51


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return charted_review(tmp_path / "r")


@pytest.fixture
def large(tmp_path: Path) -> Review:
    """51 included studies, and pubmed:99, which is excluded."""
    keys = [f"pubmed:{n}" for n in (*range(1, STUDIES + 1), 99)]
    review = found_with(tmp_path / "large", [record(key) for key in keys])
    for name in ("ab", "cd"):
        for key in keys:
            store.append_decision(review, decide(key, "include", name))
            out = key == "pubmed:99"
            said = ("exclude", "population") if out else ("include", "")
            decision = decide(key, said[0], name, FULL_TEXT, said[1])
            store.append_decision(review, decision)
    store.append_retrievals(review, [retrieved(key) for key in keys])
    path = review.path("config/review.toml")
    path.write_text(path.read_text(encoding="utf-8") + FORM, encoding="utf-8")
    return review


def chart(run: Run, review: Review, *words: object, by: str = "ab") -> Answer:
    return run("chart", "--as", by, *words, "-C", review.root)


def edit(path: Path, change: Callable[[Any], None]) -> None:
    book = load_workbook(path)
    change(book["charting"])
    book.save(path)


def test_a_workbook_offers_what_can_be_charted(run: Run, review: Review, tmp_path: Path):
    sheet = tmp_path / "a.xlsx"
    answer = chart(run, review, "--sheet", sheet)
    assert answer.status == 0, answer.err
    assert answer.out == f"{sheet}: 3 studies to chart\n"
    book = load_workbook(sheet)
    charting, lists = book["charting"], book["lists"]
    assert lists.sheet_state == "veryHidden"
    assert charting.freeze_panes == "C2"
    headings = [cell.value for cell in charting[1]]
    assert headings[:7] == [
        *("study_id", "citation", "Level: Individual", "Level: Team"),
        *("Level: Organisation, whole", "Level: not reported", "Level: unclear"),
    ]
    assert charting["C1"].comment.text == "Whom it addresses."
    assert charting["A2"].value == "pubmed:1"
    assert charting["A2"].protection.locked
    assert not charting["C2"].protection.locked
    offers = {
        str(v.sqref).split(":")[0]: v.formula1 for v in charting.data_validations.dataValidation
    }
    assert offers["C2"] == '"x"'
    design = offers[f"{charting.cell(2, headings.index('Design') + 1).coordinate}"]
    assert design.startswith("lists!$")
    column = design.split("$")[1]
    offered = [cell.value for cell in lists[column] if cell.value]
    assert offered == ["Design", "Randomised trial", "Case report", "not reported", "unclear"]


def test_what_was_filled_in_is_charted_and_the_blanks_say_nothing(
    run: Run, review: Review, tmp_path: Path
):
    assert chart(run, review, "--study", "pubmed:2", "--field", "design=case").status == 0
    sheet = tmp_path / "a.xlsx"
    chart(run, review, "--sheet", sheet)

    def fill_in(cells: Any) -> None:
        place = {cell.value: cell.column for cell in cells[1]}
        cells.cell(2, place["Level: Team"]).value = "x"
        cells.cell(2, place["Level: Individual"]).value = "X"
        cells.cell(2, place["Sample (people)"]).value = 40
        cells.cell(2, place["Country"]).value = "UK; sweden"
        cells.cell(2, place["Arms 1: Name"]).value = "Naps"
        cells.cell(2, place["Comment"]).value = " trailing "
        cells.cell(3, place["Design"]).value = None

    edit(sheet, fill_in)
    answer = chart(run, review, "--from", sheet)
    assert answer.status == 0, answer.err
    assert answer.out == "5 written, 0 stood already\n"
    assert lines(review)[1:] == [
        "pubmed:1 level individual;team",
        "pubmed:1 n 40",
        "pubmed:1 country SWE;GBR",
        "pubmed:1 arms.name 1 Naps",
        "pubmed:1 comment trailing",
    ]
    assert "pubmed:1: still blank: Design, Year" in answer.err
    assert chart(run, review, "--from", sheet).out == "0 written, 5 stood already\n"


def test_only_with_clear_a_blank_takes_a_value_back(run: Run, review: Review, tmp_path: Path):
    chart(run, review, "--study", "pubmed:2", "--field", "design=case", "--field", "n=4")
    sheet = tmp_path / "a.csv"
    sheet.write_text("study_id,Design\npubmed:2,\n", encoding="utf-8")
    assert chart(run, review, "--from", sheet).out == "0 written, 0 stood already\n"
    assert chart(run, review, "--from", sheet, "--clear").out == "1 written, 0 stood already\n"
    assert lines(review)[-1] == "pubmed:2 design"


def test_the_codes_of_the_prompt_say_in_a_sheet_what_they_say_there(
    run: Run, review: Review, tmp_path: Path
):
    sheet = tmp_path / "a.csv"
    sheet.write_text("study_id,Comment,Sample,Level\npubmed:2,:nr,:?,:nr\n", encoding="utf-8")
    assert chart(run, review, "--from", sheet).out == "3 written, 0 stood already\n"
    assert lines(review) == [
        "pubmed:2 comment not reported",
        "pubmed:2 n unclear",
        "pubmed:2 level not reported",
    ]


def test_a_code_of_the_prompt_is_no_tick(run: Run, review: Review, tmp_path: Path):
    sheet = tmp_path / "a.csv"
    sheet.write_text("study_id,Level: Team\npubmed:2,:nr\n", encoding="utf-8")
    answer = chart(run, review, "--from", sheet)
    assert 'a.csv:2: column B (Level: Team): ":nr" is no tick' in answer.err


def test_text_that_looks_like_a_formula_stays_text(run: Run, review: Review, tmp_path: Path):
    text = '=HYPERLINK("javascript:alert(1)","<script>")'
    chart(run, review, "--study", "pubmed:1", "--field", f"comment={text}")
    for name in ("a.xlsx", "a.csv"):
        sheet = tmp_path / name
        chart(run, review, "--sheet", sheet)
        assert chart(run, review, "--from", sheet).out == "0 written, 1 stood already\n"
    book = load_workbook(tmp_path / "a.xlsx")["charting"]
    cell = next(cell for cell in book[2] if cell.value == text)
    assert cell.data_type == "s"
    assert cell.quotePrefix
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"))))
    assert f"'{text}" in rows[1]


def test_a_value_that_would_come_back_cut_is_refused_as_a_workbook_and_whole_in_csv(
    run: Run, review: Review, tmp_path: Path
):
    chart(run, review, "--study", "pubmed:1", "--field", f"comment={'long ' * 8000}".strip())
    answer = chart(run, review, "--sheet", tmp_path / "a.xlsx")
    assert (answer.status, answer.err) == (
        1,
        "error: pubmed:1: Comment is longer than a cell of Excel holds (32,767 characters)\n"
        "  Write the sheet as .csv, so that all of it comes back.\n",
    )
    assert not (tmp_path / "a.xlsx").exists()
    chart(run, review, "--sheet", tmp_path / "a.csv")
    assert chart(run, review, "--from", tmp_path / "a.csv").out == "0 written, 1 stood already\n"


def test_titles_and_values_of_any_script_come_through(run: Run, review: Review, tmp_path: Path):
    text = "שלום <b> 👩‍👩‍👧 a_b & 5% #1 \\x"
    chart(run, review, "--study", "pubmed:1", "--field", f"comment={text}")
    for name in ("a.xlsx", "a.csv"):
        sheet = tmp_path / name
        chart(run, review, "--sheet", sheet)
        assert chart(run, review, "--from", sheet, by="cd").status == 0
    assert lines(review, "cd") == [f"pubmed:1 comment {text}"]


# What somebody, or their spreadsheet, can do to a cell: where, what, and what is told of it.
FAULTS: list[tuple[int, str, object, str]] = [
    (3, "Design", "Randomized trail", 'Did you mean "Randomised trial"?'),
    (4, "Design", "rct;case", "is no option"),
    (5, "Design", "=1+1", "a formula"),
    (6, "Design", datetime(2024, 3, 4), "made a date"),
    (7, "Design", "Randomised trial, cluster", "is no option"),
    (8, "Sample (people)", "1,200", "Write 1200, or 1.200"),
    (9, "Sample (people)", "1 200", "Write digits alone"),
    (10, "Sample (people)", "forty", "is no number"),
    (11, "Sample (people)", 0, "0 is less than 1"),
    (12, "Sample (people)", "-3", "-3 is less than 1"),
    (13, "Sample (people)", datetime(1900, 2, 9), "made a date"),
    (14, "Sample (people)", "=SUM(A1:A3)", "a formula"),
    (15, "Sample (people)", "12-14", "is no number"),
    (16, "Year", 20222, '"20222" is no year'),
    (17, "Year", "22", '"22" is no year'),
    (18, "Year", datetime(2022, 1, 1), "made a date"),
    (19, "Year", "2022/23", "is no year"),
    (20, "Year", 2022.5, "is no year"),
    (21, "Year", "c. 2010", "is no year"),
    (22, "Country", "Germony", 'Did you mean "Germany"?'),
    (23, "Country", "Korea", '"Korea" is no country'),
    (24, "Country", "Sweden, Norway", "is no country"),
    (25, "Country", "Sweden; unclear", '"unclear" stands alone'),
    (26, "Country", "=A1", "a formula"),
    (27, "Level: Team", "maybe", '"maybe" is no tick'),
    (28, "Level: Team", 2, '"2" is no tick'),
    (29, "Level: Individual", "=TRUE()", "a formula"),
    (30, "Level: unclear", "xx", '"xx" is no tick'),
    (31, "Arms 1: Size", "many", "is no number"),
    (32, "Arms 2: Size", "1e3", "is no number"),
    (33, "Arms", "two of them", "is a group"),
    (34, "Arms 1: Name", "=B2", "a formula"),
    (35, "Comment", "#REF!", ""),
    (36, "study_id", "pubmed:123456", 'there is no study "pubmed:123456"'),
    (37, "study_id", "pubmed:2", "pubmed:2 has row 3 already"),
    (38, "study_id", "pubmed:99", "is excluded by its full text"),
    (39, "study_id", None, "which study is this row of?"),
    (40, "study_id", "pubmed:39 ", ""),
    (41, "Comment", datetime(2024, 5, 6), "made a date"),
    (42, "Design", "Unclear", ""),
]


def test_every_planted_fault_is_told_with_its_row_and_column_and_nothing_is_written(
    run: Run, large: Review, tmp_path: Path
):
    sheet = tmp_path / "a.xlsx"
    chart(run, large, "--sheet", sheet)
    before = sheet.read_bytes()
    assert load_workbook(sheet)["charting"].max_row == STUDIES + 1

    def spoil(cells: Any) -> None:
        place = {cell.value: cell.column for cell in cells[1]}
        for row in range(2, STUDIES + 2):
            cells.cell(row, place["Design"]).value = "Case report"
            cells.cell(row, place["Comment"]).value = "fine"
        for row, heading, value, _ in FAULTS:
            cells.cell(row, place[heading]).value = value
        cells.cell(35, place["Comment"]).data_type = "e"
        cells.cell(1, place["Year"] + 1).value = "Contry"  # a column renamed

    edit(sheet, spoil)
    answer = chart(run, large, "--from", sheet)
    assert answer.status == 1
    assert not large.path(CHARTED).exists()
    column = {cell.value: cell.column_letter for cell in load_workbook(sheet)["charting"][1]}
    column["Country"] = column["Contry"]
    assert f'{sheet}:1: column {column["Contry"]}: no field is called "Contry"' in answer.err
    told = [(row, name, says) for row, name, _, says in FAULTS if says and name != "Country"]
    assert len(told) > 30
    for row, heading, says in told:
        said = [line for line in answer.err.split("error: ") if line.startswith(f"{sheet}:{row}:")]
        assert any(says in line for line in said), (row, heading, says, said)
        if heading != "study_id":
            assert any(f"column {column[heading]} ({heading})" in line for line in said), said

    def mend(cells: Any) -> None:
        place = {cell.value: cell.column for cell in cells[1]}
        cells.cell(1, place["Contry"]).value = "Country"

    edit(sheet, mend)
    again = chart(run, large, "--from", sheet)
    for row, heading, _, says in FAULTS:
        if heading == "Country":
            said = [x for x in again.err.split("error: ") if x.startswith(f"{sheet}:{row}:")]
            assert any(says in line for line in said), (row, said)
    assert not large.path(CHARTED).exists()
    sheet.write_bytes(before)
    assert chart(run, large, "--from", sheet).out == "0 written, 0 stood already\n"


def test_a_mended_sheet_is_charted_and_comes_out_the_same(run: Run, large: Review, tmp_path: Path):
    first, second, third = (tmp_path / f"{n}.xlsx" for n in "123")
    chart(run, large, "--sheet", first)

    def fill_in(cells: Any) -> None:
        place = {cell.value: cell.column for cell in cells[1]}
        for row in range(2, STUDIES + 2):
            cells.cell(row, place["Design"]).value = ("Case report", "Randomised trial")[row % 2]
            cells.cell(row, place["Sample (people)"]).value = row * 3
            cells.cell(row, place["Level: Team"]).value = "x"
            cells.cell(row, place["Country"]).value = "Norway; Sweden"

    edit(first, fill_in)
    assert chart(run, large, "--from", first).out == "204 written, 0 stood already\n"
    chart(run, large, "--sheet", second)
    assert chart(run, large, "--from", second, by="cd").out == "204 written, 0 stood already\n"
    chart(run, large, "--sheet", third, by="cd")
    assert second.read_bytes() == third.read_bytes()


def test_a_sheet_of_an_older_form_is_refused_with_what_changed(
    run: Run, review: Review, tmp_path: Path
):
    sheet = tmp_path / "a.xlsx"
    chart(run, review, "--sheet", sheet)
    edit(sheet, lambda cells: cells.__setitem__("D2", "x"))
    change_protocol(review, 'case = "Case report"', 'case = "Case report", survey = "Survey"')
    answer = chart(run, review, "--from", sheet)
    assert answer.status == 1
    assert "the form has changed since this sheet was written" in answer.err
    assert "Design: now Survey" in answer.err
    assert lines(review) == []
    assert chart(run, review, "--from", sheet, "--old-form").out.startswith("1 written")


def test_page_and_quote_have_columns_when_they_are_asked_for(
    run: Run, review: Review, tmp_path: Path
):
    sheet = tmp_path / "a.csv"
    sheet.write_text(
        "study_id;Design;Design [page];Design [quote]\npubmed:1;rct;4;at random\n", encoding="utf-8"
    )
    assert chart(run, review, "--from", sheet).status == 0
    assert lines(review) == ["pubmed:1 design rct at random 4"]
    chart(run, review, "--sheet", tmp_path / "b.csv", "--evidence")
    assert "at random" in (tmp_path / "b.csv").read_text(encoding="utf-8-sig")


def test_what_is_no_sheet_is_told(run: Run, review: Review, tmp_path: Path):
    assert chart(run, review, "--sheet", tmp_path / "a.ods").status == 2
    spoiled = tmp_path / "a.xlsx"
    spoiled.write_bytes(b"PK\x03\x04 no workbook")
    assert "a workbook that cannot be opened" in chart(run, review, "--from", spoiled).err
    empty = tmp_path / "a.csv"
    empty.write_text("", encoding="utf-8")
    assert 'there is no column "study_id"' in chart(run, review, "--from", empty).err
    assert chart(run, review, "--from", tmp_path / "none.csv").status == 1
