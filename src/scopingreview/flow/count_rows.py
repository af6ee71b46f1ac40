"""The flow as the rows of results/counts.csv, and back again with the protocol's wording."""

from __future__ import annotations

from collections.abc import Iterable

from scopingreview.errors import CombinedError, ReviewError, nearest
from scopingreview.flow.members import planned_lines
from scopingreview.model import Box, Count, FlowCounts, Line, Protocol


def count_rows(flow: FlowCounts) -> list[Count]:
    """A row per box and per line of it, in the order of the diagram; the total comes first."""
    rows: list[Count] = []
    for box, total in flow.totals.items():
        rows.append(Count(box, "", total))
        rows += [Count(box, line.item, line.n) for line in flow.lines_of(box)]
    return rows


def flow_from_rows(rows: Iterable[Count], protocol: Protocol) -> FlowCounts:
    """The flow that the rows say; an item the protocol does not know is its own wording.

    Raises CombinedError for every row whose box is unknown.
    """
    rows = list(rows)
    known = set(Box)
    errors = [
        ReviewError(f'unknown box "{row.box}"', hint=nearest(row.box, Box))
        for row in rows
        if row.box not in known
    ]
    if errors:
        raise CombinedError(errors)
    totals = {Box(row.box): row.n for row in rows if not row.item}
    lines: dict[Box, list[Line]] = {}
    for row in rows:
        if row.item:
            lines.setdefault(Box(row.box), []).append(_line(row, protocol))
    return FlowCounts(totals, {box: tuple(found) for box, found in lines.items()})


def _line(row: Count, protocol: Protocol) -> Line:
    planned = {line.item: line for line in planned_lines(Box(row.box), protocol)}
    line = planned.get(row.item, Line(row.item, 0, row.item))
    return Line(row.item, row.n, line.label, line.kind)
