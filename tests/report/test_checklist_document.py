"""A checklist as a Word document: its parts, its bytes, and that outside text is text."""

from __future__ import annotations

import io
import sys
import zipfile
from xml.etree import ElementTree

import pytest

from scopingreview.errors import MissingPackageError
from scopingreview.report.document.checklist_document import checklist_document
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


def test_it_says_what_it_is_and_then_lies_for_the_items():
    document = docx.Document(io.BytesIO(checklist_document(a_table(), made_by="by us")))
    told = [paragraph.text for paragraph in document.paragraphs]
    assert told[:3] == ["A checklist", "A note.", "by us"]
    [table] = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Item", "Answer"],
        ["Methods", "Methods"],
        ["1", "As planned"],
        ["2", ""],
    ]
    lies = [section.page_width > section.page_height for section in document.sections]
    assert lies == [False, True]


def test_the_same_table_gives_the_same_bytes():
    first = checklist_document(a_table(), made_by="by us")
    assert first == checklist_document(a_table(), made_by="by us")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_others_wrote_is_text(text: str):
    def parts(content: bytes) -> list[str]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tree = ElementTree.fromstring(archive.read("word/document.xml"))
        return [each.tag for each in tree.iter()]

    assert parts(checklist_document(a_table(text), made_by="")) == parts(
        checklist_document(a_table(), made_by="")
    )


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingPackageError, match="docx") as refused:
        checklist_document(a_table(), made_by="")
    assert "scopingreview[docx]" in refused.value.hint
