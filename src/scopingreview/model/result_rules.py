"""Which tables, figures and reports a review has: [tables], [figures], [report] of its protocol."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FieldPair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TableRules:
    """Which tables are made; fields by their names in the form.

    None stands for the usual ones: `counts` of every field that can be counted, in one table,
    `characteristics` of every field but optional texts, and the first two fields of options
    crossed. `leave_out` names tables that are not made.
    """

    characteristics: tuple[str, ...] | None = None
    counts: tuple[str, ...] | None = None
    crosses: tuple[FieldPair, ...] | None = None
    leave_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureRules:
    """Which figures are drawn, and how wide, in millimetres; fields by their names in the form.

    None stands for the usual ones: every field of options as bars, a matrix of the first two, an
    UpSet of each of which a study has several answers, and no gap map. `first_year` begins the
    window of the years.
    """

    width_mm: float = 190.0
    first_year: int | None = None
    bars: tuple[str, ...] | None = None
    matrices: tuple[FieldPair, ...] | None = None
    gap_maps: tuple[FieldPair, ...] = ()
    upsets: tuple[str, ...] | None = None
    leave_out: tuple[str, ...] = ()


class PeopleShown(StrEnum):
    """How the report names people: by full names, by the names of their files, or not at all."""

    NAMES = "names"
    INITIALS = "initials"
    HIDDEN = "hidden"


class ReportFormat(StrEnum):
    """What the report is written as: the page always, a document where somebody wants one."""

    HTML = "html"
    DOCX = "docx"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class ReportRules:
    """As what the report is written besides the page, and how it names people."""

    formats: tuple[ReportFormat, ...] = ()
    people: PeopleShown = PeopleShown.NAMES


@dataclass(frozen=True, slots=True)
class ResultRules:
    """Which tables, figures and reports the team wants."""

    tables: TableRules = TableRules()
    figures: FigureRules = FigureRules()
    report: ReportRules = ReportRules()
