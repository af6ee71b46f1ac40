"""A column is believed as far as its values bear it out, and a table is counted by its lines."""

from pathlib import Path

import pytest

from scopingreview import formats
from scopingreview.errors import ReviewError
from scopingreview.formats import Reading, delimited
from scopingreview.formats.column_names import KNOWN, header_name
from scopingreview.formats.oddities import Kind
from scopingreview.formats.row_count import rows_in
from scopingreview.formats.values.numbers import is_made_by_spreadsheet, year_in
from scopingreview.formats.values.plain_kinds import is_database, is_standard_number


def read(folder: Path, text: str, columns: dict[str, str] | None = None) -> Reading:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8", newline="")
    (reading,) = formats.read(path, columns)
    return reading


def names_of(reading: Reading, kind: Kind) -> tuple[str, ...]:
    return next((oddity.names for oddity in reading.oddities if oddity.kind is kind), ())


@pytest.mark.parametrize(
    "heading",
    [
        "Publication Year",
        "publication_year",
        "Publication.Year",
        "publicationYear",
        "PUBLICATION-YEAR",
    ],
)
def test_a_heading_is_known_by_its_letters(heading: str):
    assert header_name(heading) == "publication year"


def test_a_heading_that_asks_is_not_the_field_it_asks_about():
    assert header_name("Abstract?") not in KNOWN


def test_every_known_heading_is_found_again():
    assert {header_name(name) for name in KNOWN} == KNOWN


def test_a_column_that_is_not_believed_is_named_in_the_report(tmp_path: Path):
    reading = read(tmp_path, "Title,Author_list,Year,Source-Title\nRest,Oz A,2019,PubMed\n")
    assert names_of(reading, Kind.NOT_BELIEVED) == ('"source-title" as journal',)
    assert reading.records[0].journal == ""


def test_a_column_that_the_reviewer_names_is_believed(tmp_path: Path):
    text = "Title,Authors,Year,Source\nRest,Oz A,2019,PubMed\n"
    reading = read(tmp_path, text, {"journal": "Source"})
    assert names_of(reading, Kind.NOT_BELIEVED) == ()
    assert reading.records[0].journal == "PubMed"


def test_nothing_is_told_of_a_column_that_another_makes_needless(tmp_path: Path):
    text = "Title,Authors,Year,Journal,Source\nRest,Oz A,2019,Ward,PubMed\n"
    assert names_of(read(tmp_path, text), Kind.NOT_BELIEVED) == ()


def test_numbers_of_rows_in_no_order_are_no_issues(tmp_path: Path):
    numbers = [n * 7 % 30 for n in range(30)]
    rows = "".join(f"Rest {n},Oz A,2019,4,{n}\n" for n in numbers)
    reading = read(tmp_path, "Title,Authors,Year,Volume,Issue\n" + rows)
    assert {record.issue for record in reading.records} == {""}


def test_issues_that_come_again_are_believed(tmp_path: Path):
    rows = "".join(f"Rest {n},Oz A,2019,4,{n % 12 + 1}\n" for n in range(30))
    reading = read(tmp_path, "Title,Authors,Year,Volume,Issue\n" + rows)
    assert reading.records[3].issue == "4"


def test_a_few_rising_issues_are_believed(tmp_path: Path):
    rows = "".join(f"Rest {n},Oz A,2019,Ward {n},{n}\n" for n in (1, 2, 3))
    reading = read(tmp_path, "Title,Authors,Year,Journal,Issue\n" + rows)
    assert [record.issue for record in reading.records] == ["1", "2", "3"]


def test_a_gap_in_the_numbers_of_the_rows_is_told_with_its_line(tmp_path: Path):
    rows = "".join(f"{n},Rest {n},Oz A,2019\n" for n in (1, 2, 3, 5, 6))
    reading = read(tmp_path, "#,Title,Authors,Year\n" + rows)
    (oddity,) = [each for each in reading.oddities if each.kind is Kind.NUMBERS_MISSING]
    assert (oddity.lines, oddity.names) == ((5,), ("#",))


@pytest.mark.parametrize(
    "text",
    [
        "3-Apr",
        "03. Apr",
        "Jan-02",
        "02.Mär",
        "févr.-12",
        "2019-02-01",
        "1/2/2019",
        "1.20E+01",
        "3,1E+07",
    ],
)
def test_a_date_made_of_a_number_is_told(text: str):
    assert is_made_by_spreadsheet(text)


@pytest.mark.parametrize(
    "text",
    ["3-4", "Mar-Apr", "Suppl 2", "S1-S9", "12E5", "1-2", "May 1", "2019-2020", "Spring", "e12"],
)
def test_an_issue_or_a_page_is_no_made_date(text: str):
    assert not is_made_by_spreadsheet(text)


@pytest.mark.parametrize(("text", "year"), [("May-19", 2019), ("Mär-98", 1998), ("Foo-19", None)])
def test_a_spreadsheet_cuts_a_year_to_two_digits(text: str, year: int | None):
    assert year_in(text) == year


@pytest.mark.parametrize(
    "text",
    [
        "PubMed",
        "MEDLINE (Ovid)",
        "PubMed; Scopus",
        "Web of Science 2020-01-03",
        "Embase.com",
        "hand search",
    ],
)
def test_a_database_is_no_journal(text: str):
    assert is_database(text)


@pytest.mark.parametrize(
    "text",
    [
        "Database (Oxford)",
        "Cochrane Database Syst Rev",
        "Science",
        "Scopus of Wards",
        "The Lancet",
        "2019",
    ],
)
def test_a_journal_is_no_database(text: str):
    assert not is_database(text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("1111-222X", True),
        ("1111-2222 (Print) and 1111-2223", True),
        ("2019-2020", False),
        ("11-12", False),
    ],
)
def test_an_issn_is_no_issue(text: str, is_one: bool):
    assert is_standard_number(text) is is_one


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Title,Authors\na,b\nc,d\n", 2),
        ('Title,"Notes, if any"\n"a\nb",c\n', 1),
        ('Title;Authors\n"a; ""b""";c\n\nd;e', 2),
        ("Search: a, b and c\n\nTitle,Authors,Year\na,b,1\nc,d,2\n", 2),
        ("Title,Authors\na,b\nTitle,Authors\nc,d\n", 2),
        ('Title\tAuthors\n5" pipe\tb\n"c\td\n', 2),
        ("", 0),
    ],
)
def test_rows_are_counted_without_knowing_a_column(text: str, rows: int):
    assert rows_in(text) == rows


def test_a_table_torn_by_its_line_ends_does_not_agree_with_its_count(tmp_path: Path):
    torn = "Title,Authors,Year\n" + "Rest,Oz A,2019,said\nso and\nthen, so\n" * 4
    reading = read(tmp_path, torn)
    assert Kind.ROWS_DO_NOT_FIT in {oddity.kind for oddity in reading.oddities}


def test_a_single_row_too_long_does_not_stop(tmp_path: Path):
    rows = "".join(f"Rest {n},Oz A,2019\n" for n in range(12))
    reading = read(tmp_path, f"Title,Authors,Year\n{rows}Naps,Ek B,2018,and more\n")
    assert Kind.ROWS_DO_NOT_FIT not in {oddity.kind for oddity in reading.oddities}


def test_a_cell_longer_than_any_is_told_with_its_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(delimited, "LONGEST_CELL", 100_000)
    rows = "A,T,2001\n" * 200
    with pytest.raises(ReviewError, match="no row of a table") as refused:
        read(tmp_path, f"Authors,Title,Year\n{rows}B,{'x' * 200_000},2002\n")
    assert (refused.value.where, refused.value.line) == (str(tmp_path / "table.csv"), 202)
