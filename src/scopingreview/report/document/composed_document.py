"""What stands in the document, and in which order: methods, results, lists, appendices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
from scopingreview.report.page.page_values import FINISHED, ReportPage
from scopingreview.tables.paper_table import PaperTable

CHARACTERISTICS = "characteristics"
FOR_PEOPLE = (
    "The paragraphs of the methods are written from the protocol and the files of the review. What "
    "those cannot know, such as why it was done so, is for you to write, as are introduction and "
    "discussion."
)


def compose_document(
    page: ReportPage,
    *,
    authors: Sequence[str],
    flow: NumberedPicture,
    figures: Sequence[NumberedPicture],
    cites: Mapping[str, Sequence[str]],
    made_by: str,
) -> ReviewDocument:
    """The document of what stands on the page; its boxes and their records are the page's alone.

    `cites` are the reports of each study by what the table of characteristics calls it.
    """
    return ReviewDocument(
        title=page.title,
        authors=tuple(authors),
        parts=(
            *_beginning(page),
            *_methods(page),
            *_results(page, flow, cites),
            *_figures(figures),
            *_after_the_results(page),
        ),
        references=tuple(report for study in page.included for report in study.reports),
        made_by=made_by,
    )


def _beginning(page: ReportPage) -> Iterator[Part]:
    if page.question:
        yield Paragraph(page.question)
    if page.question_parts:
        yield Terms(tuple((name.capitalize(), text) for name, text in page.question_parts))
    if page.standing != FINISHED:
        yield Paragraph(page.standing, aside=True)


def _methods(page: ReportPage) -> Iterator[Part]:
    yield Heading(1, "Methods")
    yield from map(Paragraph, page.methods)
    yield Paragraph(FOR_PEOPLE, aside=True)


def _results(
    page: ReportPage, flow: NumberedPicture, cites: Mapping[str, Sequence[str]]
) -> Iterator[Part]:
    tables = page.tables
    yield Heading(1, "Results")
    for number, text in enumerate(page.results):
        yield Paragraph(text, shown_in="" if number else flow.file)
    yield flow
    yield from _section("Sources and what each was worth", tables.sources)
    yield from _section("Agreement", tables.agreement)
    yield from _included(page, cites)
    yield from _section("Versions of the review", tables.versions)


def _included(page: ReportPage, cites: Mapping[str, Sequence[str]]) -> Iterator[Part]:
    """The studies are cited in the table of their characteristics, or listed where it lacks."""
    charted = page.tables.charted
    yield Heading(2, "Included studies")
    if not page.included:
        yield Paragraph("No study is included so far.")
    elif all(table.name != CHARACTERISTICS for table in charted):
        yield CitedStudies(
            {
                study.label: tuple(report.record_id for report in study.reports)
                for study in page.included
            }
        )
    for table in charted:
        yield _numbered(table, cites if table.name == CHARACTERISTICS else {})


def _section(heading: str, tables: Sequence[PaperTable], level: int = 2) -> Iterator[Part]:
    if shown := [table for table in tables if table.rows]:
        yield Heading(level, heading)
        yield from map(_numbered, shown)


def _numbered(table: PaperTable, cites: Mapping[str, Sequence[str]] | None = None) -> NumberedTable:
    return NumberedTable(table, table.name == CHARACTERISTICS, cites or {})


def _figures(figures: Sequence[NumberedPicture]) -> Iterator[Part]:
    if figures:
        yield Heading(2, "Figures")
        yield from figures


def _after_the_results(page: ReportPage) -> Iterator[Part]:
    if page.included:
        yield Heading(1, "References")
        yield References()
    yield Heading(1, "Reports excluded by their full text")
    if not page.excluded:
        yield Paragraph("No report was excluded by its full text.")
    for group in page.excluded:
        yield Heading(2, f"{group.reason or 'No reason given'} (n = {len(group.reports):,})")
        yield Listed(group.reports)
    yield from _section("Appendix", page.tables.appendix, level=1)
    yield Heading(1, "How this document was made")
    yield Terms(page.made_by)
