"""A checklist as a Word document: its parts, its bytes, and that outside text is text."""

from __future__ import annotations

import io
import sys
import zipfile
from xml.etree import ElementTree

import pytest

from scopingreview.errors import ReviewError
from scopingreview.report.checklist_document import checklist_document
from scopingreview.tables.paper_table import Column, ColumnKind, PaperTable, RowLook, TableRow
from tests.report.test_page import HOSTILE

docx = pytest.importorskip("docx", reason="the extra scopingreview[docx] is not installed")

TEXT = ColumnKind.TEXT


def a_table(text: str = "As planned") -> PaperTable:
    return PaperTable(
        "x",
        "A checklist",
        (Column("item", "Item", TEXT), Column("answer", "Answer", TEXT, weight=2.0)),
        (TableRow(("Methods",), RowLook.SECTION), TableRow(("1", text)), TableRow(("2", ""))),
        ("A note.",),
    )


def test_it_has_a_heading_a_table_that_repeats_its_head_and_lies_sideways():
    document = docx.Document(io.BytesIO(checklist_document(a_table(), made_by="by us")))
    assert [(p.style.name, p.text) for p in document.paragraphs] == [
        ("Heading 1", "A checklist"),
        ("Normal", "A note."),
        ("Normal", "by us"),
    ]
    [table] = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Item", "Answer"],
        ["Methods", "Methods"],
        ["1", "As planned"],
        ["2", ""],
    ]
    heads = [row._tr.xpath("./w:trPr/w:tblHeader") for row in table.rows]
    assert [bool(each) for each in heads] == [True, False, False, False]
    section = document.sections[0]
    assert section.page_width > section.page_height


def test_the_same_table_gives_the_same_bytes_and_no_time():
    first = checklist_document(a_table())
    assert first == checklist_document(a_table())
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"python-docx" not in archive.read("docProps/core.xml")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_others_wrote_is_text(text: str):
    def parts(content: bytes) -> list[str]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tree = ElementTree.fromstring(archive.read("word/document.xml"))
        return [each.tag for each in tree.iter()]

    assert parts(checklist_document(a_table(text))) == parts(checklist_document(a_table()))


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(ReviewError, match="python-docx") as refused:
        checklist_document(a_table())
    assert "scopingreview[docx]" in refused.value.hint
