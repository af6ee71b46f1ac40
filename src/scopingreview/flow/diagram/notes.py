"""What stands under the diagram: the footnotes it needs, declared exceptions, the source."""

from __future__ import annotations

from collections.abc import Iterator

from scopingreview.flow.diagram.wording import Wording
from scopingreview.flow.open_work import find_open_work
from scopingreview.model import Box, FlowCounts


def progress(flow: FlowCounts, words: Wording) -> str:
    """`In progress: 12 awaiting, 3 in conflict`, or "" when nothing is open."""
    work = find_open_work(flow)
    if not work:
        return ""
    return words["in_progress"].format(
        awaiting=words.number(work.awaiting), conflicts=words.number(work.in_conflict)
    )


def knows_tools(flow: FlowCounts) -> bool:
    """Whether it is known how many records a tool excluded; typed numbers do not say."""
    return Box.EXCLUDED in flow.totals and Box.EXCLUDED_BY_TOOL in flow.totals


def write_notes(flow: FlowCounts, words: Wording) -> Iterator[str]:
    """The notes in the order in which they stand under the diagram; the source comes last."""
    yield from _footnotes(flow, words)
    yield from _removed(flow, words)
    yield from _other_lane(flow, words)
    yield from _declared(flow, words)
    yield words["source"]


def _footnotes(flow: FlowCounts, words: Wording) -> Iterator[str]:
    """What the asterisks of the official template ask for, answered."""
    if flow.lines_of(Box.IDENTIFIED):
        yield words["note_sources"]
    if knows_tools(flow):
        tools = flow.n(Box.EXCLUDED_BY_TOOL)
        humans = flow.n(Box.EXCLUDED) - tools
        yield words["note_excluded"].format(humans=words.number(humans), tools=words.number(tools))


def _removed(flow: FlowCounts, words: Wording) -> Iterator[str]:
    """Which rule removed how many records, or ended screening before they were read."""
    for box in (Box.INELIGIBLE, Box.REMOVED_OTHER, Box.NOT_SCREENED):
        lines = [line for line in flow.lines_of(box) if line.n]
        if lines:
            items = "; ".join(
                f"{line.label or line.item} (n = {words.number(line.n)})" for line in lines
            )
            yield words["note_removed"].format(box=words[box], items=items)


def _other_lane(flow: FlowCounts, words: Wording) -> Iterator[str]:
    """The template's other lane has no box for what is lost between search and retrieval."""
    lost = (Box.OTHER_DUPLICATES, Box.OTHER_REMOVED, Box.OTHER_EXCLUDED)
    if any(map(flow.n, lost)):
        duplicates, removed, excluded = (words.number(flow.n(box)) for box in lost)
        yield words["note_other_lane"].format(
            duplicates=duplicates, removed=removed, excluded=excluded
        )


def _declared(flow: FlowCounts, words: Wording) -> Iterator[str]:
    extra = flow.n(Box.EXTRA_REPORTS) + flow.n(Box.OTHER_EXTRA_REPORTS)
    for key, n in (
        ("note_extra", extra),
        ("note_companion", flow.n(Box.COMPANION_REPORTS)),
        ("note_new_reports", flow.n(Box.NEW_REPORTS_OF_PREVIOUS)),
        ("note_carried", flow.n(Box.CARRIED_OVER)),
    ):
        if n:
            yield words[key].format(n=words.number(n))
    studies, reports = flow.n(Box.PREVIOUS_STUDIES_DROPPED), flow.n(Box.PREVIOUS_REPORTS_DROPPED)
    if studies or reports:
        yield words["note_dropped"].format(
            studies=words.number(studies), reports=words.number(reports)
        )
