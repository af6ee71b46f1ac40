"""A checklist as a Word document: a heading, the table lying sideways, its notes.

The library stamps neither the document nor its archive here: the same table gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scopingreview.errors import ReviewError
from scopingreview.tables.paper_table import PaperTable, RowLook, on_paper, one_line

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

NO_TIME = datetime(1980, 1, 1, tzinfo=UTC)
NO_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
BELOW = 8  # points: what stands in cells and below the table
NARROWEST = 0.8  # of a wrapped column of weight 1


def checklist_document(table: PaperTable, *, made_by: str = "") -> bytes:
    """The checklist as .docx. Raises ReviewError when python-docx is not installed."""
    try:
        import docx
    except ModuleNotFoundError as error:
        raise ReviewError(
            "Word documents need python-docx, which is not installed",
            hint="pip install 'scopingreview[docx]'; .md and .html need nothing more.",
        ) from error
    document = docx.Document()
    _lay_sideways(document)
    document.add_heading(one_line(table.title), level=1)
    _add_table(document, table)
    for note in (*table.notes, *([made_by] if made_by else [])):
        _add_small(document.add_paragraph(), note)
    _name_it(document, table.title)
    packed = io.BytesIO()
    document.save(packed)
    return _without_times(packed.getvalue())


def _lay_sideways(document: Document) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(15)


def _add_table(document: Document, table: PaperTable) -> None:
    made = document.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    made.autofit = False
    _fill(made, [column.heading for column in table.columns], bold=True)
    _repeat_head(made.rows[0])
    for row in table.rows:
        if row.look is RowLook.SECTION:
            _fill(made, [str(row.cells[0]), *[""] * (len(table.columns) - 1)], bold=True)
            cells = made.rows[-1].cells
            cells[0].merge(cells[-1])
        else:
            cells_and_columns = zip(table.columns, row.cells, strict=True)
            _fill(made, [on_paper(column, cell) for column, cell in cells_and_columns])
    _set_widths(made, table)


def _fill(made: Table, texts: Sequence[str], *, bold: bool = False) -> None:
    row = made.add_row()  # type: ignore[no-untyped-call]  # the library leaves it so
    for cell, text in zip(row.cells, texts, strict=True):
        if text:
            _add_small(cell.paragraphs[0], text, bold=bold)


def _add_small(paragraph: Any, text: str, *, bold: bool = False) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(one_line(text))
    run.font.size, run.bold = Pt(BELOW), bold


def _repeat_head(row: Any) -> None:
    """The row is the head of the table on every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _set_widths(made: Table, table: PaperTable) -> None:
    """Each column has its share of the line, the same in every row."""
    from docx.shared import Mm

    weights = [column.weight or NARROWEST for column in table.columns]
    for column, weight in zip(made.columns, weights, strict=True):
        width = Mm(267 * weight / sum(weights))
        column.width = width
        for cell in column.cells:
            if cell._tc.grid_span == 1:
                cell.width = width


def _name_it(document: Document, title: str) -> None:
    """The properties of the document say what it is, and nothing of who or when."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = one_line(title), "", ""
    properties.created = properties.modified = NO_TIME
    properties.revision = 1


def _without_times(packed: bytes) -> bytes:
    """The same archive with one time for every part of it."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as archive,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for name in archive.namelist():
            part = zipfile.ZipInfo(name, NO_ZIP_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(part, archive.read(name))
    return made.getvalue()
