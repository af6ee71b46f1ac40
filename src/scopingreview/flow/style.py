"""How the lines of a box should read: the rules P15 and P16, which break no sum."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scopingreview.model import Box, Finding, FlowCounts, Line

REASONS = (Box.EXCLUDED, Box.REPORTS_EXCLUDED, Box.OTHER_REPORTS_EXCLUDED)
SOURCES = (Box.IDENTIFIED, Box.OTHER_IDENTIFIED)


def check_style(flow: FlowCounts, *, planned: bool) -> list[Finding]:
    """What a reader would stumble over; notes, not errors.

    `planned` lines come from a protocol: their order and their zeros are meant.
    """
    return [
        *(finding for box in REASONS for finding in _order(flow, box, planned)),
        *(finding for box in (*REASONS, *SOURCES) for finding in _zeros(flow, box, planned)),
    ]


def _order(flow: FlowCounts, box: Box, planned: bool) -> Iterator[Finding]:
    """P15: reasons in the protocol's order, else in descending count; "other" last."""
    lines = [line for line in flow.lines_of(box) if line.n]
    named = [line for line in lines if not _is_other(line)]
    if lines[: len(named)] != named:
        yield Finding("P15", f"{_name(box)}: the line for other reasons stands last", error=False)
    elif not planned and any(first.n < second.n for first, second in pairwise(named)):
        yield Finding("P15", f"{_name(box)}: the reasons are not in descending order", error=False)


def _is_other(line: Line) -> bool:
    return (line.label or line.item).casefold().startswith("other")


def _zeros(flow: FlowCounts, box: Box, planned: bool) -> Iterator[Finding]:
    """P16: a line of 0 stands only for what was planned."""
    for line in flow.lines_of(box):
        if line.n == 0 and not planned and not _is_other(line):
            yield Finding("P16", f'{_name(box)}: "{line.label or line.item}" has 0', error=False)


def _name(box: Box) -> str:
    return box.replace("_", " ")
