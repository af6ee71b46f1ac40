"""The counted flow: its boxes and their lines, and what a check finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from scopingreview.model.protocol import SourceKind


class Box(StrEnum):
    """The boxes of the flow, by their names in results/counts.csv; `other_` is the second lane.

    `extra_reports`, `companion_reports` and those about the previous version hold declared
    exceptions to the arithmetic; `awaiting` and `conflicts` hold what is still open.
    """

    PREVIOUS_STUDIES = "previous_studies"
    PREVIOUS_REPORTS = "previous_reports"
    IDENTIFIED = "identified"
    DATABASES = "databases"
    REGISTERS = "registers"
    DUPLICATES = "duplicates"
    INELIGIBLE = "ineligible"
    REMOVED_OTHER = "removed_other"
    NOT_SCREENED = "not_screened"
    SCREENED = "screened"
    EXCLUDED = "excluded"
    EXCLUDED_BY_TOOL = "excluded_by_tool"
    SOUGHT = "sought"
    NOT_RETRIEVED = "not_retrieved"
    ASSESSED = "assessed"
    REPORTS_EXCLUDED = "reports_excluded"
    OTHER_IDENTIFIED = "other_identified"
    OTHER_DUPLICATES = "other_duplicates"
    OTHER_REMOVED = "other_removed"
    OTHER_EXCLUDED = "other_excluded"
    OTHER_SOUGHT = "other_sought"
    OTHER_NOT_RETRIEVED = "other_not_retrieved"
    OTHER_ASSESSED = "other_assessed"
    OTHER_REPORTS_EXCLUDED = "other_reports_excluded"
    INCLUDED_REPORTS = "included_reports"
    INCLUDED_STUDIES = "included_studies"
    TOTAL_STUDIES = "total_studies"
    TOTAL_REPORTS = "total_reports"
    EXTRA_REPORTS = "extra_reports"
    OTHER_EXTRA_REPORTS = "other_extra_reports"
    COMPANION_REPORTS = "companion_reports"
    PREVIOUS_STUDIES_DROPPED = "previous_studies_dropped"
    PREVIOUS_REPORTS_DROPPED = "previous_reports_dropped"
    NEW_REPORTS_OF_PREVIOUS = "new_reports_of_previous_studies"
    CARRIED_OVER = "carried_over"
    AWAITING = "awaiting"
    CONFLICTS = "conflicts"
    OTHER_AWAITING = "other_awaiting"
    OTHER_CONFLICTS = "other_conflicts"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a box: `item` is a source or a reason, `label` its wording.

    `kind` is the kind of the source, None for a reason.
    """

    item: str
    n: int
    label: str = ""
    kind: SourceKind | None = None


@dataclass(frozen=True, slots=True)
class FlowCounts:
    """The numbers of the diagram: a total per box, and the lines of those that have them.

    A box that is absent does not belong to this review's diagram, or its number was not given.
    """

    totals: Mapping[Box, int]
    lines: Mapping[Box, tuple[Line, ...]] = field(default_factory=dict)

    def n(self, box: Box) -> int:
        """The number in a box, 0 when it is absent."""
        return self.totals.get(box, 0)

    def lines_of(self, box: Box) -> tuple[Line, ...]:
        """The lines of a box, empty when it has none."""
        return self.lines.get(box, ())


@dataclass(frozen=True, slots=True)
class Count:
    """One number of the flow: `item` is a source or a reason, "" for the total of the box."""

    box: str
    item: str
    n: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check found: `code` is stable (P03, D01 …), `records` are those concerned."""

    code: str
    message: str
    records: tuple[str, ...] = ()
    hint: str = ""
    error: bool = True
