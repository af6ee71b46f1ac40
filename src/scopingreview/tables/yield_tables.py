"""What each source was worth, as tables: a row for each source, and which found the same."""

from __future__ import annotations

from scopingreview.tables.paper_table import (
    Cell,
    Column,
    ColumnKind,
    PaperTable,
    RowLook,
    TableRow,
    rows_of_cells,
)
from scopingreview.tables.source_yield import Reached, SourceYield, Yields

PERCENT, RATIO, TEXT = ColumnKind.PERCENT, ColumnKind.RATIO, ColumnKind.TEXT
PHASES = (
    ("reports", "Unique reports"),
    ("screened_in", "Screened in"),
    ("included", "Included"),
)
NEVER_A_SUM = (
    "A report that several sources found counts for each of them and once in the total: shares "
    "add up to more than 100%."
)


def yield_table(yields: Yields) -> PaperTable:
    """A row for each source: records, then what it found, alone and as a share, at every phase."""
    columns = [
        Column("source", "Source", TEXT),
        Column("kind", "Kind", TEXT),
        Column("records", "Records"),
    ]
    for key, group in PHASES:
        columns += [
            Column(key, "n", group=group),
            Column(f"{key}_only_here", "only here", group=group),
            Column(f"{key}_share_percent", "share", PERCENT, group=group),
        ]
    columns += [
        Column("precision_percent", "Precision", PERCENT),
        Column("number_needed_to_read", "Number needed to read", RATIO),
    ]
    return PaperTable(
        name="source_yield",
        title="What each source was worth",
        columns=tuple(columns),
        rows=tuple(_rows(yields)),
        notes=(
            "Share: the part of all reports that got as far. Only here: found by no other source. "
            "Precision: included of the unique reports. Number needed to read: unique reports for "
            "each one included.",
            NEVER_A_SUM,
        ),
    )


def _rows(yields: Yields) -> list[TableRow]:
    """The sources of each lane, below a head of their own when there are two, and its total."""
    lanes = [total.lane for total in yields.totals if total.lane]
    rows = []
    for total in yields.totals:
        if total.lane and len(lanes) > 1:
            rows.append(TableRow((str(total.lane).capitalize(),), RowLook.SECTION))
        of_lane = [each for each in yields.sources if each.lane is total.lane]
        rows += [TableRow(tuple(_cells(each))) for each in of_lane]
        rows.append(TableRow(tuple(_cells(total)), RowLook.TOTAL))
    return rows


def _cells(each: SourceYield) -> list[Cell]:
    kind = str(each.source.kind) if each.source else ""
    cells: list[Cell] = [each.label, kind, each.records]
    for reached in (each.reports, each.screened_in, each.included):
        cells += _reached(reached)
    return [*cells, each.precision, each.number_needed_to_read]


def _reached(reached: Reached) -> list[Cell]:
    return [reached.found, reached.only_here, reached.share]


def overlap_table(yields: Yields) -> PaperTable:
    """How many unique reports each two sources share; on the diagonal, all that the source has."""
    names = [each.source.name for each in yields.sources if each.source]
    labels = [each.label for each in yields.sources]
    return PaperTable(
        name="source_overlap",
        title="Unique reports found in two sources",
        columns=(
            Column("source", "Source", TEXT),
            *(Column(name, label) for name, label in zip(names, labels, strict=True)),
        ),
        rows=rows_of_cells(
            [[label, *row] for label, row in zip(labels, yields.overlap, strict=True)]
        ),
        notes=("On the diagonal: every unique report that the source has.",),
    )


def combination_table(yields: Yields) -> PaperTable:
    """The reports by exactly which sources found them: each report stands in one row."""
    labels = {each.source.name: each.label for each in yields.sources if each.source}
    rows: list[list[Cell]] = [
        [", ".join(labels[name] for name in each.sources), each.reports, each.included]
        for each in yields.combinations
    ]
    included = sum(each.included for each in yields.combinations)
    return PaperTable(
        name="source_combinations",
        title="Unique reports by the sources that found them",
        columns=(
            Column("sources", "Found in exactly", TEXT, weight=1.0),
            Column("reports", "Unique reports"),
            Column("included", "Included"),
        ),
        rows=rows_of_cells([*rows, ["All", yields.all_reports, included]], totals=1),
    )
