"""What stands on the page, as values: nothing here is markup but the pictures."""

from __future__ import annotations

from dataclasses import dataclass

from scopingreview.tables.paper_table import PaperTable

FINISHED = "Every record has been decided on."


@dataclass(frozen=True, slots=True)
class CitedReport:
    """A report as people cite it; `address` is where the web has it, "" where nobody knows."""

    record_id: str
    citation: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class ListedRecords:
    """Those of a box with one heading: a source, a reason, or "" for all of it.

    `n` counts them; `reports` is empty where they are too many to be listed.
    """

    heading: str
    n: int
    reports: tuple[CitedReport, ...]


@dataclass(frozen=True, slots=True)
class OpenedBox:
    """A box of the flow: its name, what it says in one line, and what is in it."""

    name: str
    text: str
    lists: tuple[ListedRecords, ...]

    @property
    def is_too_long(self) -> bool:
        """Whether something in it is counted only."""
        return any(each.n > len(each.reports) for each in self.lists)

    @property
    def export(self) -> str:
        """How whoever wants them all gets them."""
        return f"scopingreview export {self.name}.xlsx --box {self.name}"


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure: its SVG, what stands below it, what it says in words, and its numbers."""

    name: str
    svg: str
    caption: str
    alternative: str
    data: PaperTable


@dataclass(frozen=True, slots=True)
class ListedStudy:
    """An included study: what it is called in the tables, and its reports."""

    label: str
    reports: tuple[CitedReport, ...]


@dataclass(frozen=True, slots=True)
class ListedReason:
    """The reports that were excluded by their full text for one reason."""

    reason: str
    reports: tuple[CitedReport, ...]


@dataclass(frozen=True, slots=True)
class PageTables:
    """The tables of the page by the section they stand in."""

    sources: tuple[PaperTable, ...]
    agreement: tuple[PaperTable, ...]
    charted: tuple[PaperTable, ...]
    versions: tuple[PaperTable, ...]
    appendix: tuple[PaperTable, ...]
    checklists: tuple[PaperTable, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The whole page. `standing` says whether the review is finished, `language` is the flow's.

    `methods` and `results` are paragraphs; `made_by` are terms with what they are.
    """

    title: str
    question: str
    question_parts: tuple[tuple[str, str], ...]
    standing: str
    language: str
    methods: tuple[str, ...]
    results: tuple[str, ...]
    flow_svg: str
    boxes: tuple[OpenedBox, ...]
    tables: PageTables
    figures: tuple[ShownFigure, ...]
    included: tuple[ListedStudy, ...]
    excluded: tuple[ListedReason, ...]
    made_by: tuple[tuple[str, str], ...]
