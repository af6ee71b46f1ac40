"""A table of unknown headings is refused with a guess that can be copied, and read with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from scopingreview import formats
from scopingreview.errors import ReviewError

ROWS = [
    ("Beitrag", "Leute", "Wann", "Worum es geht", "Kennung"),
    ("Naps of nurses at night", "Ek, Bo; Ong, Al", "2011", "We asked. " * 40, "10.1000/1"),
    ("Rest on wards, and breaks", "Ek, Bo", "2012", "We slept. " * 40, "doi:10.1000/2"),
    ("Burnout of those who care", "Roe, Jo", "2013", "We woke. " * 40, "10.1000/3"),
]
GUESS = (
    "--column title=Beitrag --column authors=Leute --column year=Wann --column doi=Kennung "
    '--column abstract="Worum es geht"'
)


def refusal(path: Path) -> ReviewError:
    with pytest.raises(ReviewError) as error:
        formats.recognise(path)
    return error.value


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_table_of_unknown_headings_is_told_with_a_guess(tmp_path: Path, separator: str):
    path = tmp_path / "list.csv"
    lines = [separator.join(f'"{cell}"' for cell in row) for row in ROWS]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    error = refusal(path)
    assert "a table of unknown columns: Beitrag, Leute, Wann, Worum es geht, Kennung" in str(error)
    assert error.hint.endswith(GUESS)


def test_a_workbook_is_told_so_too(tmp_path: Path):
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    assert refusal(tmp_path / "list.xlsx").hint.endswith(GUESS)


def test_the_guess_is_what_reads_the_table(tmp_path: Path):
    path = tmp_path / "list.csv"
    path.write_text(
        "Beitrag;Leute;Wann\nNaps of nurses at night;Ek, Bo;2011\nRest on the wards;Ong, Al;2012\n",
        encoding="utf-8",
    )
    assert "--column title=Beitrag --column authors=Leute --column year=Wann" in refusal(path).hint
    columns = {"title": "Beitrag", "authors": "Leute", "year": "Wann"}
    records = [each for reading in formats.read(path, columns) for each in reading.records]
    assert [(each.title, each.authors, each.year) for each in records] == [
        ("Naps of nurses at night", ("Ek, Bo",), 2011),
        ("Rest on the wards", ("Ong, Al",), 2012),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dear all, here is the list.\nIt has commas, and more.\nRegards, Bo\n",
        "a,b\n1,2\n3,4\n",
        "one line\n",
    ],
)
def test_what_is_no_table_of_records_gets_no_guess(tmp_path: Path, text: str):
    path = tmp_path / "letter.txt"
    path.write_text(text, encoding="utf-8")
    assert "--column" not in refusal(path).hint


def test_headings_that_are_known_speak_for_themselves(tmp_path: Path):
    path = tmp_path / "list.csv"
    path.write_text("Beitrag,Year\nNaps of nurses at night,x\nRest on the wards now,y\n", "utf-8")
    assert refusal(path).hint.endswith("--column title=Beitrag --column year=Year")
