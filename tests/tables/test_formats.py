"""A table in every format: what an outside text holds is text there, inert and readable."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pylatexenc.latexwalker import LatexWalker

from scopingreview.tables.paper_table import (
    Cell,
    Column,
    ColumnKind,
    PaperTable,
    RowLook,
    TableRow,
    rows_as_data,
    rows_of_cells,
)
from scopingreview.tables.written_delimited import table_csv
from scopingreview.tables.written_markup import table_html, table_latex, table_markdown
from scopingreview.tables.written_workbook import cut_cells, workbook

TEXT, PERCENT, RATIO = ColumnKind.TEXT, ColumnKind.PERCENT, ColumnKind.RATIO
HOSTILE = [
    "<script>alert(1)</script>",
    '<a href="javascript:alert(1)">x</a>',
    '=HYPERLINK("http://x.invalid")',
    "@SUM(A1)",
    "a\x00b\x1b[31m\u202ec",
    "שלום עולם",
    "🧠 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    r"100 % of _A_ & B #1 $x$ {y} ~z ^w \input{/etc/passwd} [0pt]",
    "ER  - \nTY  - JOUR",
    "a | b\n- c `d` *e*",
]


def table(*rows: list[Cell], notes: tuple[str, ...] = ()) -> PaperTable:
    columns = (
        Column("study", "Study", TEXT),
        Column("n", "n", group="Found"),
        Column("share_percent", "share", PERCENT, group="Found"),
        Column("ratio", "Number needed to read", RATIO),
    )
    return PaperTable("example", "An example", columns, rows_of_cells(rows), notes)


NUMBERS = table(["A", 1204, 0.7934, 4.531], ["B", None, None, None])


class Reader(HTMLParser):
    """The tags that a page holds, and all its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in ("href", "src") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_numbers_are_bare_in_data_and_rounded_on_paper():
    assert table_csv(NUMBERS).splitlines()[1:] == ["A,1204,79.3,4.53", "B,,,"]
    assert "| A | 1,204 | 79.3% | 4.5 |" in table_markdown(NUMBERS)
    assert "| B | – | – | – |" in table_markdown(NUMBERS)


def test_the_section_of_a_row_stands_in_a_column_of_its_own_in_data():
    columns = (Column("answer", "", TEXT), Column("n", "n"))
    rows = (TableRow(("Level",), RowLook.SECTION), TableRow(("Team", 2)))
    sectioned = PaperTable("counts", "Counts", columns, rows)
    assert table_csv(sectioned) == "section,answer,n\nLevel,Team,2\n"
    assert rows_as_data(sectioned) == [{"section": "Level", "answer": "Team", "n": 2}]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_page_holds_no_tag_that_a_text_brought(text: str):
    reader, plain = Reader(), Reader()
    reader.feed(table_html(table([text, 1, 0.5, 1.0], notes=(text,)), made_by=text))
    plain.feed(table_html(table(["A", 1, 0.5, 1.0], notes=("A",)), made_by="A"))
    assert reader.tags == plain.tags
    assert "\x00" not in reader.text
    assert "\u202e" not in reader.text


def test_a_page_loads_nothing():
    html = table_html(NUMBERS)
    assert "default-src 'none'" in html
    assert not re.search(r"https?://|<script|@import|url\(", html)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_is_run_by_a_spreadsheet(text: str):
    (_, row, *others) = csv.reader(io.StringIO(table_csv(table([text, 1, 0.5, 1.0]))))
    assert not others
    assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workbook_keeps_every_text_a_text_and_every_number_a_number(text: str):
    book = load_workbook(io.BytesIO(workbook([table([text, 1204, 0.5, 1.0])])))
    (cells,) = book["example"].iter_rows(min_row=4, max_row=4)
    assert cells[0].data_type == "s"
    assert (cells[1].data_type, cells[1].value) == ("n", 1204)


def commands(latex: str) -> list[str]:
    """Every command that is called; pylatexenc refuses what does not parse."""
    walker = LatexWalker(latex, tolerant_parsing=False)
    nodes, _, _ = walker.get_latex_nodes()
    assert nodes
    return re.findall(r"(?<!\\)(?:\\\\)*\\([A-Za-z]+)", latex)


@pytest.mark.parametrize("text", HOSTILE)
def test_latex_calls_no_command_that_a_text_brought(text: str):
    said = commands(table_latex(table([text, 1, 0.5, 1.0], notes=(text,)), made_by="A"))
    plain = commands(table_latex(table(["A", 1, 0.5, 1.0], notes=("A",)), made_by="A"))
    allowed = {"textbackslash", "textasciitilde", "textasciicircum", "textless", "textgreater"}
    assert set(said) - allowed == set(plain)
    assert "input{" not in table_latex(table([text, 1, 0.5, 1.0])).replace(r"input\{", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_breaks_no_row_of_a_markdown_table(text: str):
    lines = table_markdown(table([text, 1, 0.5, 1.0])).splitlines()
    (row,) = [line for line in lines if line.endswith("| 1 | 50.0% | 1.0 |")]
    assert len(re.findall(r"(?<!\\)\|", row)) == 5
    assert not re.search(r"(?<!\\)[<`*\[]", row)


@given(st.lists(st.tuples(st.text(), st.integers(0, 10**9)), max_size=4))
def test_any_text_comes_back_from_csv_as_one_row_each(rows: list[tuple[str, int]]):
    cells: list[list[Cell]] = [[text, n, 0.5, 1.0] for text, n in rows]
    written = table_csv(table(*cells))
    back = list(csv.reader(io.StringIO(written, newline="")))
    assert [int(row[1]) for row in back[1:]] == [n for _, n in rows]


def test_the_same_tables_are_the_same_workbook():
    one, two = workbook([NUMBERS]), workbook([NUMBERS])
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as book:
        assert {part.date_time[0] for part in book.infolist()} == {1980}
        assert book.read("docProps/core.xml").count(b">1980-01-01T00:00:00Z<") == 2


def test_the_cells_that_a_workbook_cuts_are_told_by_table_row_and_column():
    long = "word " * 7000
    tables = [NUMBERS, table(["A", 1, 0.5, 1.0], [long, 1, 0.5, 1.0], ["😀" * 16_384, 1, 0.5, 1.0])]
    told = list(cut_cells(tables))
    assert [(cell.table, cell.column) for cell in told] == [("example", "Study")] * 2
    book = load_workbook(io.BytesIO(workbook(tables[1:])))
    cut = [row for (row,) in book["example"].iter_rows(max_col=1) if "[cut here" in str(row.value)]
    assert [cell.row for cell in told] == [cell.row for cell in cut]
    assert list(cut_cells([NUMBERS, table(["x" * 32_767, 1, 0.5, 1.0])])) == []


def test_a_table_without_rows_is_written_too():
    empty = table()
    assert table_csv(empty).count("\n") == 1
    assert "longtable" in table_latex(empty)
    assert "<tbody>" in table_html(empty)
    assert load_workbook(io.BytesIO(workbook([empty])))["example"]["A1"].value == "An example"
