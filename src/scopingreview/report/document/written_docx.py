"""The document for Word, through python-docx: the same bytes for the same parts.

Outside text is text in it and nothing else: there is no field, no link and no macro that it could
begin, and what XML forbids is shown by a sign.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from functools import singledispatchmethod
from typing import TYPE_CHECKING

from scopingreview.errors import MissingPackageError
from scopingreview.report.document.document_parts import (
    CitedStudies,
    Heading,
    Listed,
    NumberedPicture,
    NumberedTable,
    Paragraph,
    Part,
    References,
    ReviewDocument,
    Terms,
)
from scopingreview.report.document.docx_styles import (
    ASIDE,
    PICTURE,
    REFERENCE,
    TABLE_NOTE,
    number_pages,
    room_mm,
    set_page,
    set_styles,
)
from scopingreview.report.document.docx_tables import least_width_mm, table_element, texts_of
from scopingreview.report.document.docx_text import add_field, mark_place, shown
from scopingreview.report.document.own_mark import digest_of
from scopingreview.tables.paper_table import RowLook

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as DocxParagraph

NOT_IN_A_NAME, LONGEST_NAME = re.compile(r"\W"), 40  # of a bookmark, in Word
HIGHEST_PICTURE = 0.85  # of a page: its caption stands below it
# A zip file keeps when each part was written: the same parts are the same bytes.
WRITTEN = (1980, 1, 1, 0, 0, 0)
TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def docx_bytes(document: ReviewDocument) -> bytes:
    """The document as a DOCX file. Raises MissingPackageError without python-docx."""
    try:
        import docx
    except ModuleNotFoundError as error:
        raise MissingPackageError(
            f"a document for Word needs {error.name}, which is not installed",
            hint="pip install 'scopingreview[docx]'; without it everything can be written but a "
            '.docx: not with --docx, and not where [report] of the protocol names "docx".',
        ) from None
    made = docx.Document()
    set_styles(made)
    _set_properties(made, document)
    _Writer(made, document).write()
    made.core_properties.identifier = digest_of(made.part.blob)
    content = io.BytesIO()
    made.save(content)
    return _without_times(content)


def _without_times(document: io.BytesIO) -> bytes:
    """The document with one time for all of its parts, whenever it was written."""
    content = io.BytesIO()
    with zipfile.ZipFile(document) as read, zipfile.ZipFile(content, "w") as written:
        for part in read.infolist():
            fixed = zipfile.ZipInfo(part.filename, WRITTEN)
            text = TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z", read.read(part))
            written.writestr(fixed, text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _set_properties(made: Document, document: ReviewDocument) -> None:
    properties = made.core_properties
    properties.title = shown(document.title)[:255]
    properties.author = shown("; ".join(document.authors))[:255]
    properties.language = "en"
    properties.comments = shown(document.made_by)[:255]
    properties.last_modified_by = "scopingreview"
    for key, each in list(made.part.package.rels.items()):
        if each.reltype.endswith("/thumbnail"):  # of the template, an empty page
            del made.part.package.rels[key]


class _Writer:
    """The parts as they are written, one after the other, on pages that stand or lie."""

    def __init__(self, made: Document, document: ReviewDocument) -> None:
        self._made = made
        self._document = document
        self._numbers = document.numbers()
        self._counted: Counter[str] = Counter()
        pictures = [part.file for part in document.parts if isinstance(part, NumberedPicture)]
        self._pictures = {file: number for number, file in enumerate(pictures, start=1)}
        self._led_to = {part.shown_in for part in document.parts if isinstance(part, Paragraph)}
        self._style_ids = {style.name: style.style_id for style in made.styles}
        self._sideways = False

    def write(self) -> None:
        """All of it."""
        first = self._made.sections[0]
        set_page(first, sideways=False)
        number_pages(first)
        self._add_paragraph(shown(self._document.title), "Title")
        if self._document.authors:
            self._add_paragraph(shown(", ".join(self._document.authors)), "Subtitle")
        parts = self._document.parts
        for place, part in enumerate(parts):
            self._turn(self._lies(parts[place:]))
            self._add(part)

    def _turn(self, sideways: bool) -> None:
        """The next part stands on a page that lies, or does not."""
        from docx.enum.section import WD_SECTION

        if sideways != self._sideways:
            set_page(self._made.add_section(WD_SECTION.NEW_PAGE), sideways=sideways)
            self._sideways = sideways

    @singledispatchmethod
    def _add(self, part: Part) -> None:
        raise NotImplementedError(type(part))

    @_add.register
    def _(self, part: Heading) -> None:
        self._add_paragraph(shown(part.text), f"Heading {part.level}")

    @_add.register
    def _(self, part: Paragraph) -> None:
        text, number = shown(part.text), self._pictures.get(part.shown_in)
        style = ASIDE if part.aside else "Normal"
        paragraph = self._add_paragraph(text.removesuffix(".") if number else text, style)
        if number:
            paragraph.add_run(" (")
            add_field(paragraph, f"REF {_place(part.shown_in)} \\h", f"Figure {number}")
            paragraph.add_run(").")

    @_add.register
    def _(self, part: Terms) -> None:
        for term, text in part.pairs:
            paragraph = self._add_paragraph()
            paragraph.add_run(f"{shown(term)}: ").bold = True
            paragraph.add_run(shown(text))

    @_add.register
    def _(self, part: CitedStudies) -> None:
        for label, reports in part.studies.items():
            self._add_paragraph(f"{shown(label)} {self._cited(reports)}", "List Bullet")

    @_add.register
    def _(self, part: Listed) -> None:
        for report in part.reports:
            self._add_paragraph(shown(report.citation), "List Bullet")

    @_add.register
    def _(self, _part: References) -> None:
        for number, report in enumerate(self._document.references, start=1):
            self._add_paragraph(f"{number}.\t{shown(report.citation)}", REFERENCE)

    @_add.register
    def _(self, part: NumberedTable) -> None:
        table = part.table
        cells = self._cells(part)
        self._add_caption("Table", table.title)
        room, _ = room_mm(sideways=self._sideways)
        end = self._made.element.body.sectPr
        end.addprevious(table_element(table, room, cells))
        for note in table.notes or ("",):  # a table is parted from what comes by a paragraph
            self._add_paragraph(shown(note), TABLE_NOTE)

    @_add.register
    def _(self, part: NumberedPicture) -> None:
        from docx.shared import Mm

        wide, high = room_mm(sideways=self._sideways)
        scale = min(1.0, wide / part.width_mm, HIGHEST_PICTURE * high / part.height_mm)
        paragraph = self._add_paragraph(style=PICTURE)
        size = {"width": Mm(part.width_mm * scale), "height": Mm(part.height_mm * scale)}
        picture = paragraph.add_run().add_picture(io.BytesIO(part.png), **size)
        described = picture._inline.docPr
        described.set("descr", shown(part.alternative))
        described.set("name", part.file.rpartition("/")[2])
        place = _place(part.file) if part.file in self._led_to else ""
        self._add_caption("Figure", part.caption, keeps=False, place=place)

    def _add_paragraph(self, text: str = "", style: str = "Normal") -> DocxParagraph:
        """A paragraph of that style; python-docx would look through all of them each time."""
        paragraph = self._made.add_paragraph(text)
        paragraph._p.style = self._style_ids[style]
        return paragraph

    def _add_caption(self, kind: str, text: str, *, keeps: bool = True, place: str = "") -> None:
        """`Table 1. What it is`: the number is a field, so that Word counts on and lists them.

        It is called `place` where text leads to it.
        """
        self._counted[kind] += 1
        paragraph = self._add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = keeps
        paragraph.add_run(f"{kind} ").bold = True
        add_field(paragraph, rf"SEQ {kind} \* ARABIC", str(self._counted[kind]), bold=True)
        if place:
            mark_place(paragraph, place, self._counted[kind])
        paragraph.add_run(". ").bold = True
        paragraph.add_run(shown(text))

    def _cells(self, part: NumberedTable) -> list[list[str]]:
        """What the rows say; a study is followed by the numbers of its reports."""
        rows, cites = [], {shown(label): reports for label, reports in part.cites.items()}
        for row in part.table.rows:
            first, *others = texts_of(part.table, row)
            reports = cites.get(first, ()) if row.look is RowLook.PLAIN else ()
            rows.append([f"{first} {self._cited(reports)}".rstrip(), *others])
        return rows

    def _cited(self, reports: Iterable[str]) -> str:
        numbers = sorted(self._numbers[report] for report in reports if report in self._numbers)
        return f"[{', '.join(map(str, numbers))}]" if numbers else ""

    def _lies(self, parts: tuple[Part, ...]) -> bool:
        """Whether the first of these parts stands on a page that lies: as wide tables do.

        The head of a section stands where what it heads does.
        """
        first = next((part for part in parts if not isinstance(part, Heading)), None)
        if not isinstance(first, NumberedTable):
            return False
        room, _ = room_mm(sideways=False)
        return first.sideways or least_width_mm(first.table, self._cells(first)) > room


def _place(file: str) -> str:
    """What the caption of a picture is called in the document: letters, digits and `_`."""
    return f"figure_{NOT_IN_A_NAME.sub('_', file)}"[:LONGEST_NAME]
