"""A document as parts in the order of reading: what each is, not how it looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scopingreview.report.page.page_values import CitedReport
from scopingreview.tables.paper_table import PaperTable


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a section; level 1 is below the title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `aside` is one that speaks of the document and not of the review.

    `shown_in` is the file of a picture that shows what it says: where pictures are numbered, its
    number ends the paragraph.
    """

    text: str
    aside: bool = False
    shown_in: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms with what they are, a line each."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CitedStudies:
    """The included studies by what they are called, each with its reports as citations."""

    studies: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Listed:
    """Citations in full, a line each, that are no part of the reference list."""

    reports: tuple[CitedReport, ...]


@dataclass(frozen=True, slots=True)
class NumberedTable:
    """A table with its caption and notes; one that is `sideways` wants a page that lies.

    A first cell that is a key of `cites` is followed by these reports as citations.
    """

    table: PaperTable
    sideways: bool = False
    cites: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NumberedPicture:
    """A picture, what stands below it, and what it shows in words; sizes in millimetres.

    `file` is the drawing in results/ without its ending, `png` its bytes for print.
    """

    file: str
    png: bytes
    width_mm: float
    height_mm: float
    caption: str
    alternative: str


@dataclass(frozen=True, slots=True)
class References:
    """The reference list stands here."""


Part = (
    Heading
    | Paragraph
    | Terms
    | CitedStudies
    | Listed
    | NumberedTable
    | NumberedPicture
    | References
)


@dataclass(frozen=True, slots=True)
class ReviewDocument:
    """The whole document. `authors` are full names, `made_by` says from what it was made.

    `references` are the reports of its reference list, in order.
    """

    title: str
    authors: tuple[str, ...]
    parts: tuple[Part, ...]
    references: tuple[CitedReport, ...]
    made_by: str

    def numbers(self) -> dict[str, int]:
        """The number of each reference, by the report it is."""
        return {each.record_id: number for number, each in enumerate(self.references, start=1)}
