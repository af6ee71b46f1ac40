"""The versions of a living review as tables: their counts side by side, and what changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from scopingreview.flow.review_versions import VersionFlow
from scopingreview.model import Box
from scopingreview.tables.paper_table import (
    Cell,
    Column,
    ColumnKind,
    PaperTable,
    RowLook,
    TableRow,
    rows_of_cells,
)

TEXT = ColumnKind.TEXT
ALWAYS: dict[Box, str] = {
    Box.IDENTIFIED: "Records identified",
    Box.DUPLICATES: "Duplicate records removed",
    Box.SCREENED: "Records screened",
    Box.EXCLUDED: "Records excluded",
    Box.SOUGHT: "Reports sought",
    Box.NOT_RETRIEVED: "Reports not retrieved",
    Box.ASSESSED: "Reports assessed",
    Box.REPORTS_EXCLUDED: "Reports excluded",
    Box.INCLUDED_REPORTS: "New reports included",
    Box.INCLUDED_STUDIES: "New studies included",
}
# In the order of the flow; shown when some version has them.
WORDS: dict[Box, str] = {
    Box.PREVIOUS_REPORTS: "Reports of the version before",
    Box.PREVIOUS_STUDIES: "Studies of the version before",
    Box.IDENTIFIED: ALWAYS[Box.IDENTIFIED],
    Box.CARRIED_OVER: "Carried over from the version before, among them",
    Box.DUPLICATES: ALWAYS[Box.DUPLICATES],
    Box.INELIGIBLE: "Records removed by automation tools",
    Box.REMOVED_OTHER: "Records removed for other reasons",
    Box.NOT_SCREENED: "Records not screened",
    **{box: ALWAYS[box] for box in (Box.SCREENED, Box.EXCLUDED, Box.SOUGHT, Box.NOT_RETRIEVED)},
    **{box: ALWAYS[box] for box in (Box.ASSESSED, Box.REPORTS_EXCLUDED)},
    Box.OTHER_IDENTIFIED: "Records identified by other methods",
    Box.OTHER_DUPLICATES: "Duplicates among them",
    Box.OTHER_SOUGHT: "Reports sought of other methods",
    Box.OTHER_NOT_RETRIEVED: "Reports of other methods not retrieved",
    Box.OTHER_ASSESSED: "Reports of other methods assessed",
    Box.OTHER_REPORTS_EXCLUDED: "Reports of other methods excluded",
    **{box: ALWAYS[box] for box in (Box.INCLUDED_REPORTS, Box.INCLUDED_STUDIES)},
    Box.NEW_REPORTS_OF_PREVIOUS: "New reports of earlier studies",
    Box.PREVIOUS_REPORTS_DROPPED: "Earlier reports no longer included",
    Box.PREVIOUS_STUDIES_DROPPED: "Earlier studies no longer included",
    Box.TOTAL_REPORTS: "All reports included",
    Box.TOTAL_STUDIES: "All studies included",
    Box.AWAITING: "Still awaiting a decision",
    Box.CONFLICTS: "In conflict",
}
# What a base review, which stands on nothing, has in their place.
BASE = {Box.TOTAL_REPORTS: Box.INCLUDED_REPORTS, Box.TOTAL_STUDIES: Box.INCLUDED_STUDIES}


def versions_table(versions: Sequence[VersionFlow]) -> PaperTable:
    """The boxes of the flow (rows) of each version (columns)."""
    rows: list[list[Cell]] = []
    for box, words in WORDS.items():
        cells = [_count(each, box) for each in versions]
        if box in ALWAYS or any(cells):
            rows.append([words, *cells])
    return PaperTable(
        name="versions",
        title="The versions of the review",
        columns=(
            Column("box", "", TEXT),
            *(Column(each.version.name, each.version.name) for each in versions),
        ),
        rows=rows_of_cells(rows),
        notes=(
            *(f"{each.version.name}: {_extent(each)}." for each in versions),
            "An update counts what was found since the version before it, and what that had left "
            "open or has been decided anew.",
        ),
    )


def _count(each: VersionFlow, box: Box) -> int | None:
    totals = each.flow.totals
    return totals.get(box, totals[BASE[box]] if box in BASE else None)


def _extent(each: VersionFlow) -> str:
    version = each.version
    closed = f", decided until {version.closed_on:%Y-%m-%d}" if version.closed_on else ""
    return f"searched until {version.searched_until:%Y-%m-%d}{closed}"


def changes_table(versions: Sequence[VersionFlow], cite: Callable[[str], str]) -> PaperTable:
    """What each update added and took away, report by report; `cite` gives a report's citation."""
    rows: list[TableRow] = []
    for before, each in pairwise(versions):
        since = f"{each.version.name}, since {before.version.name}"
        for words, reports in (("included", each.added), ("no longer included", each.dropped)):
            head = f"{since}: {words} (n = {len(reports):,})"
            rows.append(TableRow((head,), RowLook.SECTION))
            rows += [TableRow((citation,)) for citation in sorted(map(cite, reports))]
    return PaperTable(
        name="version_changes",
        title="What changed from version to version",
        columns=(Column("report", "Report", TEXT, weight=1.0),),
        rows=tuple(rows),
    )
