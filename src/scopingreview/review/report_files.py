"""The files of the report that a review has now, and where those in results/ differ.

The page is always made. A document, DOCX or Markdown, is made where somebody asks for it, and kept
right as long as it stands in results/. One in which people have written is theirs: it is told, and
never written over.
"""

from __future__ import annotations

import struct
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace

from scopingreview.errors import MissingPackageError, ReviewError, raise_problems
from scopingreview.exchange import Row, as_bibtex, bibtex_keys
from scopingreview.figures.painted_print import paint_print
from scopingreview.flow.diagram.boxes import compose
from scopingreview.flow.diagram.in_words import sentences
from scopingreview.flow.diagram.page import Sheet, render, size_of
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import Finding
from scopingreview.model.result_rules import ReportFormat
from scopingreview.paths import (
    FIGURE,
    FIGURES,
    REFERENCES,
    REPORT,
    REPORT_DOCX,
    REPORT_MARKDOWN,
    Review,
)
from scopingreview.progress_note import Tell, to_nobody
from scopingreview.report.document.composed_document import compose_document
from scopingreview.report.document.document_parts import NumberedPicture, ReviewDocument
from scopingreview.report.document.own_mark import docx_lines, is_as_written, same_text
from scopingreview.report.document.written_docx import docx_bytes
from scopingreview.report.document.written_markdown import document_markdown
from scopingreview.report.page.page_values import ReportPage
from scopingreview.report.page.written_page import page_html
from scopingreview.review.counted_flow import load_data
from scopingreview.review.reporting import ReportData, load_report_data, page_of
from scopingreview.review.results import Difference, findings_of
from scopingreview.review.settled import record_of
from scopingreview.review.tabulating import load_rules, study_labels

FILES = {
    ReportFormat.HTML: (REPORT,),
    ReportFormat.MARKDOWN: (REPORT_MARKDOWN, REFERENCES),
    ReportFormat.DOCX: (REPORT_DOCX,),
}
WRITTEN_IN = (REPORT_MARKDOWN, REPORT_DOCX)  # what people open to write in
DPI = 300
MM_PER_POINT = 25.4 / 72
CAPTION_OF_THE_FLOW = "PRISMA 2020 flow diagram of the records of this review."


def formats_of(
    review: Review, told: ReportData, asked: Collection[ReportFormat] = ()
) -> list[ReportFormat]:
    """As what the report is written: what a person or the protocol asks for, and what is there."""
    wanted = {ReportFormat.HTML, *asked, *load_rules(review, told.charting).report.formats}
    return [each for each in FILES if each in wanted or review.path(FILES[each][0]).is_file()]


def refuse_to_overwrite(review: Review, formats: Collection[ReportFormat]) -> None:
    """Raises ReviewError for every document of these in which somebody has written."""
    names = [name for each in formats for name in FILES[each] if name in WRITTEN_IN]
    there = [name for name in names if review.path(name).is_file()]
    raise_problems(
        [
            ReviewError(
                "somebody has changed this document since it was written",
                where=name,
                hint="What is in results/ is made anew: keep yours elsewhere, under another name, "
                "and take it out of results/.",
            )
            for name in there
            if not is_as_written(review.path(name).read_bytes())
        ]
    )


def report_files(
    told: ReportData,
    formats: Collection[ReportFormat],
    tell: Tell = to_nobody,
    *,
    printed: bool = True,
) -> dict[str, bytes]:
    """What the files of the report hold, by name; not `printed`, pictures are a dot each.

    Raises MissingPackageError for a DOCX where python-docx is not installed.
    """
    page = page_of(told)
    files = {REPORT: page_html(page).encode()}
    if ReportFormat.MARKDOWN in formats:
        files |= _markdown_files(told, page)
    if ReportFormat.DOCX in formats:
        tell("writing the document for Word")
        files[REPORT_DOCX] = docx_bytes(_document(told, page, printed=printed))
    return files


def _markdown_files(told: ReportData, page: ReportPage) -> dict[str, bytes]:
    """The Markdown and the bibliography: the included reports, then those that were excluded."""
    document = _document(told, page, printed=False)
    excluded = (report.record_id for group in page.excluded for report in group.reports)
    names = [*(report.record_id for report in document.references), *excluded]
    state = told.data.state
    rows = [
        Row(replace(state.as_read(record_of(told.data, name)), record_id=name)) for name in names
    ]
    keys = dict(zip(names, bibtex_keys(names), strict=True))
    beside = REFERENCES.rpartition("/")[2]
    return {
        REPORT_MARKDOWN: document_markdown(document, bibliography=beside, keys=keys).encode(),
        REFERENCES: b"".join(as_bibtex(rows, citing=True)),
    }


def _document(told: ReportData, page: ReportPage, *, printed: bool) -> ReviewDocument:
    return compose_document(
        page,
        authors=told.people.authors,
        flow=_flow_picture(told, printed=printed),
        figures=tuple(_figure_pictures(told, printed=printed)),
        cites=_reports_by_study(told, page),
        made_by=str(told.made_by),
    )


def _reports_by_study(told: ReportData, page: ReportPage) -> dict[str, list[str]]:
    """The reports of each study by its name in tables; extra ones go with their record."""
    if told.charting is None:
        return {}
    of_record = defaultdict(list)
    for study in page.included:
        for report in study.reports:
            of_record[record_of(told.data, report.record_id)].append(report.record_id)
    return {
        label: [name for record in told.charting.studies[key].reports for name in of_record[record]]
        for key, label in study_labels(told.data.state, told.charting).items()
    }


def _flow_picture(told: ReportData, *, printed: bool) -> NumberedPicture:
    rules = told.data.state.protocol.flow
    width, height = size_of(told.flow, rules)
    return NumberedPicture(
        file=_beside(FIGURE),
        png=render(told.flow, rules, "png", sheet=Sheet(dpi=DPI)) if printed else blank_png("flow"),
        width_mm=width * MM_PER_POINT,
        height_mm=height * MM_PER_POINT,
        caption=CAPTION_OF_THE_FLOW,
        alternative=" ".join(sentences(compose(told.flow, rules))),
    )


def _figure_pictures(told: ReportData, *, printed: bool) -> Iterator[NumberedPicture]:
    font = told.figures.rules.font
    for figure in told.figures.figures:
        drawing = figure.drawing
        yield NumberedPicture(
            file=_beside(f"{FIGURES}/{figure.name}"),
            png=paint_print(drawing, "png", dpi=DPI, font=font, metadata=figure.name)
            if printed
            else blank_png(figure.name),
            width_mm=drawing.width * MM_PER_POINT,
            height_mm=drawing.height * MM_PER_POINT,
            caption=figure.caption,
            alternative=figure.alternative,
        )


def blank_png(name: str) -> bytes:
    """A picture of one white dot, and no other than this name's: for whoever compares the text."""
    header, dot = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0), zlib.compress(b"\x00\xff")
    words = b"Description\x00" + name.encode("latin-1", "replace")
    chunks = ((b"IHDR", header), (b"tEXt", words), (b"IDAT", dot), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _beside(name: str) -> str:
    """The file as a document in results/ leads to it."""
    return name.partition("/")[2]


def false_reports(
    review: Review, data: ReviewData | None = None, asked: Collection[ReportFormat] = ()
) -> list[Difference]:
    """The files of the report that are not what `report` would write now."""
    told = load_report_data(review, data or load_data(review))
    files = report_files(told, formats_of(review, told, asked), printed=False)
    return [*_false(review, files)]


def _false(review: Review, files: dict[str, bytes]) -> Iterator[Difference]:
    for name, expected in files.items():
        path = review.path(name)
        found = path.read_bytes() if path.is_file() else b""
        if name == REPORT_DOCX:
            if not same_text(found, expected):
                yield _differing_docx(found, expected)
        elif found != expected:
            yield Difference(name, found.decode(errors="replace"), expected.decode())


def _differing_docx(found: bytes, expected: bytes) -> Difference:
    """What the two say, or, where that is the same, that they look otherwise."""
    said, given = docx_lines(found), docx_lines(expected)
    if found and said == given:
        said += "It looks otherwise.\n"
    return Difference(REPORT_DOCX, said or "It is no document.\n" if found else "", given)


def check_reports(review: Review, data: ReviewData) -> Iterator[Finding]:
    """D12 of the report; nothing before it was first written.

    A DOCX is in no commit and may lack; where python-docx lacks, it is not looked at, and said.
    """
    if not review.path(REPORT).is_file():
        return
    told = load_report_data(review, data)
    formats = formats_of(review, told)
    if not review.path(REPORT_DOCX).is_file():
        formats = [each for each in formats if each is not ReportFormat.DOCX]
    try:
        files = report_files(told, formats, printed=False)
    except MissingPackageError as error:
        formats = [each for each in formats if each is not ReportFormat.DOCX]
        files = report_files(told, formats, printed=False)
        yield Finding("D12", f"{REPORT_DOCX} is not looked at: {error.message}", error=False)
    yield from findings_of([*_false(review, files)])
