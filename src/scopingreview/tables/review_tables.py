"""Tables that any review has, charted or not: the searches as they were run, what was excluded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from scopingreview.model import Search, Source
from scopingreview.tables.paper_table import (
    Column,
    ColumnKind,
    PaperTable,
    RowLook,
    TableRow,
    rows_of_cells,
)

TEXT = ColumnKind.TEXT


@dataclass(frozen=True, slots=True)
class ExcludedRow:
    """A report excluded by its full text: its citation, the reason that counts, and the others."""

    citation: str
    reason: str
    further: tuple[str, ...] = ()


def searches_table(
    searches: Sequence[Search], sources: Mapping[str, Source], records: Mapping[str, int]
) -> PaperTable:
    """A row for each search; `records` are those read of each, by the name of the search."""
    return PaperTable(
        name="searches",
        title="The searches",
        columns=(
            Column("source", "Source", TEXT),
            Column("platform", "Platform", TEXT),
            Column("run_on", "Run on", TEXT),
            Column("coverage", "Coverage", TEXT),
            Column("limits", "Limits", TEXT),
            Column("hits", "Hits"),
            Column("records", "Records"),
        ),
        rows=rows_of_cells(
            [
                [
                    *(_label(search, sources), search.platform or None),
                    search.run_on.isoformat() if search.run_on else None,
                    *(search.coverage or None, search.limits or None),
                    *(search.hits, records.get(search.name, 0)),
                ]
                for search in searches
            ]
        ),
        notes=("Hits: what the source said it found. Records: what its exports held.",),
    )


def strategies_table(
    searches: Sequence[Search], sources: Mapping[str, Source], strategies: Mapping[str, str]
) -> PaperTable:
    """Every search as it was typed (PRISMA-S item 8, the appendix that JBI asks for).

    `strategies` are the texts by the name of the search; one without a text says so.
    """
    rows: list[TableRow] = []
    for search in searches:
        on = f", {search.run_on.isoformat()}" if search.run_on else ""
        where = f" ({search.platform})" if search.platform else ""
        head = f"{_label(search, sources)}{where}{on}: {_hits(search)}"
        rows.append(TableRow((head,), RowLook.SECTION))
        lines = [line for line in strategies.get(search.name, "").splitlines() if line.strip()]
        rows += [TableRow((line,)) for line in lines or ["The strategy was not kept."]]
    return PaperTable(
        name="search_strategies",
        title="The search strategies as they were run",
        columns=(Column("strategy", "Strategy, line by line", TEXT, weight=1.0),),
        rows=tuple(rows),
    )


def _label(search: Search, sources: Mapping[str, Source]) -> str:
    source = sources.get(search.source)
    return source.label if source else search.source


def _hits(search: Search) -> str:
    if search.hits is None:
        return "hits not noted"
    return "1 hit" if search.hits == 1 else f"{search.hits:,} hits"


def excluded_table(excluded: Iterable[ExcludedRow]) -> PaperTable:
    """The reports excluded by their full text, below their reasons, in the order they come in."""
    rows: list[TableRow] = []
    for reason, of_reason in groupby(excluded, key=lambda each: each.reason):
        found = list(of_reason)
        rows.append(
            TableRow((f"{reason or 'No reason given'} (n = {len(found):,})",), RowLook.SECTION)
        )
        rows += [TableRow((each.citation, "; ".join(each.further) or None)) for each in found]
    n = sum(row.look is RowLook.PLAIN for row in rows)
    return PaperTable(
        name="excluded_reports",
        title=f"Reports excluded by their full text, with the reason that counts (n = {n:,})",
        columns=(
            Column("report", "Report", TEXT, weight=4.0),
            Column("further_reasons", "Also", TEXT, weight=1.0),
        ),
        rows=tuple(rows),
    )
