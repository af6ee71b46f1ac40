"""The document as Markdown for Quarto and pandoc, citing from the bibliography beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import singledispatchmethod

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
from scopingreview.report.document.own_mark import marked_text
from scopingreview.tables.markdown_text import in_attribute, in_cell, in_markdown
from scopingreview.tables.paper_table import PaperTable
from scopingreview.tables.written_markup import table_lines

TEXT_MM = 160.0  # how wide the text of a page usually is


def document_markdown(
    document: ReviewDocument, *, bibliography: str, keys: Mapping[str, str]
) -> str:
    """The document; `bibliography` is the file beside it, `keys` the key there of each report."""
    writer = _Writer(keys)
    blocks = [block for part in document.parts for block in writer.blocks(part)]
    head = "\n".join(_front_matter(document, bibliography))
    return marked_text("\n\n".join([head, *blocks, ""]))


def _front_matter(document: ReviewDocument, bibliography: str) -> Iterator[str]:
    """The head of the file: what stands in it is Markdown once more, in the quotes of YAML."""
    yield "---"
    yield f"title: {_quoted(document.title)}"
    if document.authors:
        yield "author:"
        yield from (f"  - {_quoted(author)}" for author in document.authors)
    yield "lang: en"
    yield f"bibliography: {bibliography}"
    yield "link-citations: true"
    yield f"made-by: {_quoted(document.made_by)}"
    yield "---"


def _quoted(text: str) -> str:
    return json.dumps(in_markdown(text), ensure_ascii=False)


class _Writer:
    """The parts as blocks of Markdown, which blank lines part."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys = keys

    @singledispatchmethod
    def blocks(self, part: Part) -> Iterator[str]:
        """The blocks of the part."""
        raise NotImplementedError(type(part))

    @blocks.register
    def _(self, part: Heading) -> Iterator[str]:
        yield f"{'#' * part.level} {in_markdown(part.text)}"

    @blocks.register
    def _(self, part: Paragraph) -> Iterator[str]:
        text = in_markdown(part.text)
        yield f"*{text}*" if part.aside else text

    @blocks.register
    def _(self, part: Terms) -> Iterator[str]:
        yield "\n".join(
            f"- **{in_markdown(term)}:** {in_markdown(text)}" for term, text in part.pairs
        )

    @blocks.register
    def _(self, part: CitedStudies) -> Iterator[str]:
        yield "\n".join(
            f"- {in_markdown(label)} {self._cited(reports)}".rstrip()
            for label, reports in part.studies.items()
        )

    @blocks.register
    def _(self, part: Listed) -> Iterator[str]:
        yield "\n".join(f"- {in_markdown(report.citation)}" for report in part.reports)

    @blocks.register
    def _(self, _part: References) -> Iterator[str]:
        yield "::: {#refs}\n:::"

    @blocks.register
    def _(self, part: NumberedTable) -> Iterator[str]:
        table = part.table
        yield "\n".join(self._with_citations(table, part.cites))
        yield f": {in_markdown(table.title)} {{#tbl-{_label(table.name)}}}"
        yield from map(in_markdown, table.notes)

    @blocks.register
    def _(self, part: NumberedPicture) -> Iterator[str]:
        label = _label(part.file.rpartition("/")[2])
        width = min(100, round(100 * part.width_mm / TEXT_MM))
        words = in_attribute(part.alternative)  # Quarto asks for the one, pandoc for the other
        yield (
            f"![{in_markdown(part.caption)}]({part.file}.svg)"
            f"{{#fig-{label} width={width}% fig-alt={words} alt={words}}}"
        )

    def _with_citations(
        self, table: PaperTable, cites: Mapping[str, Sequence[str]]
    ) -> Iterator[str]:
        """The lines of the table; a first cell that names a study is followed by its citations."""
        cited = {f"| {in_cell(label)} |": reports for label, reports in cites.items()}
        for line in table_lines(table):
            begins = next((each for each in cited if line.startswith(each)), "")
            if begins:
                citations = self._cited(cited[begins])
                line = f"{begins.removesuffix(' |')} {citations} |{line.removeprefix(begins)}"
            yield line

    def _cited(self, reports: Iterable[str]) -> str:
        keys = [self._keys[report] for report in reports if report in self._keys]
        return f"[{'; '.join(f'@{{{key}}}' for key in keys)}]" if keys else ""


def _label(name: str) -> str:
    return name.replace("_", "-")
