"""A checklist as a document for Word: what it is on the first page, the items on pages that lie."""

from __future__ import annotations

from dataclasses import replace

from scopingreview.report.document.document_parts import (
    NumberedTable,
    Paragraph,
    Part,
    ReviewDocument,
)
from scopingreview.report.document.written_docx import docx_bytes
from scopingreview.tables.paper_table import PaperTable


def checklist_document(table: PaperTable, *, made_by: str) -> bytes:
    """The checklist as a DOCX file. Raises MissingPackageError without python-docx."""
    parts: tuple[Part, ...] = (
        *(Paragraph(note) for note in table.notes),
        Paragraph(made_by, aside=True),
        NumberedTable(replace(table, notes=()), sideways=True),
    )
    return docx_bytes(ReviewDocument(table.title, (), parts, (), made_by))
