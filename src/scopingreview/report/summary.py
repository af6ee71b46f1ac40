"""results/summary.md: the flow in words and tables, what each source gave, what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scopingreview.flow.diagram.boxes import compose
from scopingreview.flow.diagram.in_words import in_one_line
from scopingreview.flow.open_work import find_open_work
from scopingreview.model import (
    Box,
    Finding,
    FlowCounts,
    Protocol,
    Provenance,
    Recalled,
    Search,
    UnitWord,
)
from scopingreview.report.markdown import table, things, were
from scopingreview.screening.review_state import ReviewState
from scopingreview.tables.source_yield import Yields
from scopingreview.tables.written_markup import table_lines
from scopingreview.tables.yield_tables import overlap_table, yield_table

UNITS = {
    UnitWord.STUDIES: ("study", "studies"),
    UnitWord.SOURCES: ("source of evidence", "sources of evidence"),
}


def write_summary(
    state: ReviewState,
    flow: FlowCounts,
    searches: Sequence[Search],
    findings: Iterable[Finding],
    provenance: Provenance,
    yields: Yields,
    known: Sequence[Recalled] = (),
) -> str:
    """The summary as Markdown; the same review gives the same text."""
    lines = [
        f"# {state.protocol.title}",
        "",
        *_question(state.protocol),
        *_state(flow),
        "",
        *results_sentences(state.protocol, flow),
        *_problems(findings),
        "",
        "## Boxes of the flow diagram",
        "",
        *(f"- {in_one_line(block)}" for block in compose(flow, state.protocol.flow).blocks),
        "",
        "## Sources",
        "",
        *_sources(yields),
        "",
        "## Searches",
        "",
        *_searches(state, searches),
        *_overlap(yields),
        *_known_items(known),
        "",
        f"*{provenance}*",
        "",
    ]
    return "\n".join(lines)


def _question(protocol: Protocol) -> Iterator[str]:
    """The question, and its parts a line each."""
    if protocol.question:
        yield from (protocol.question, "")
    if protocol.question_parts:
        yield from (f"- {part.capitalize()}: {text}" for part, text in in_parts(protocol))
        yield ""


def in_parts(protocol: Protocol) -> Iterator[tuple[str, str]]:
    """The parts of the question as people write them, each with its text."""
    for part, text in protocol.question_parts.items():
        yield part.replace("_", " "), text


def _known_items(known: Sequence[Recalled]) -> Iterator[str]:
    """What became of the papers that were known before the search."""
    if not known:
        return
    found = sum(bool(each.record_ids) for each in known)
    lost = sum(bool(each.lost_at) for each in known)
    yield from ("", "## Known items", "")
    yield (
        f"Of {things(len(known), 'paper')} that the team knew before, the searches found "
        f"{found:,}; {lost:,} {were(lost)} lost on the way."
    )
    yield ""
    yield from table(
        ("known item", "found by", "records", "stands"),
        [
            (
                each.item.name,
                ", ".join(each.found_by),
                ", ".join(each.record_ids),
                each.stands,
            )
            for each in known
        ],
    )


def _state(flow: FlowCounts) -> Iterator[str]:
    """Whether the review is finished, and if not what is open."""
    work = find_open_work(flow)
    if not work:
        yield "Every record has been decided on."
        return
    steps = "; ".join(f"{step}: {n:,}" for step, n in work.by_step.items())
    yield f"**In progress: {work}** ({steps})."


def results_sentences(protocol: Protocol, flow: FlowCounts) -> Iterator[str]:
    """The flow as a paragraph for the results section."""
    n = flow.n
    removed = n(Box.INELIGIBLE) + n(Box.REMOVED_OTHER)
    searched = [line for line in flow.lines_of(Box.IDENTIFIED) if line.n]
    dropped = things(n(Box.DUPLICATES), "duplicate") + (
        f" and {removed:,} others" if removed else ""
    )
    yield (
        f"The searches found {things(n(Box.IDENTIFIED), 'record')} in "
        f"{things(len(searched), 'source')}. After {dropped} "
        f"{were(n(Box.DUPLICATES) + removed)} removed, "
        f"{things(n(Box.SCREENED), 'record')} {were(n(Box.SCREENED))} screened by title and "
        f"abstract and {n(Box.EXCLUDED):,} excluded. Of {things(n(Box.SOUGHT), 'report')} sought, "
        f"{n(Box.NOT_RETRIEVED):,} could not be retrieved; {n(Box.ASSESSED):,} "
        f"{were(n(Box.ASSESSED))} read in full and {n(Box.REPORTS_EXCLUDED):,} excluded."
    )
    if Box.OTHER_IDENTIFIED in flow.totals:
        yield (
            f"Other methods led to {things(n(Box.OTHER_IDENTIFIED), 'further record')}; of "
            f"{things(n(Box.OTHER_SOUGHT), 'report')} sought {n(Box.OTHER_ASSESSED):,} "
            f"{were(n(Box.OTHER_ASSESSED))} read in full and "
            f"{n(Box.OTHER_REPORTS_EXCLUDED):,} excluded."
        )
    studies, reports = n(Box.INCLUDED_STUDIES), n(Box.INCLUDED_REPORTS)
    units = UNITS[protocol.flow.unit]
    yield (
        f"{studies:,} {units[studies != 1]} with {things(reports, 'report')} "
        f"{'is' if studies == 1 else 'are'} included."
    )


def _problems(findings: Iterable[Finding]) -> Iterator[str]:
    lines = [f"- {finding.code}: {finding.message}" for finding in findings]
    if lines:
        yield from ("", "## What does not add up", "", *lines)


def _sources(yields: Yields) -> Iterator[str]:
    """What each source was worth; the total counts a report once, however many found it."""
    table = yield_table(yields)
    yield from table_lines(table)
    for note in table.notes:
        yield from ("", note)


def _searches(state: ReviewState, searches: Sequence[Search]) -> Iterator[str]:
    labels = {source.name: source.label for source in state.protocol.sources}
    read = state.read_from
    yield from table(
        ("search", "source", "run on", "hits", "records"),
        [
            (
                search.name,
                labels.get(search.source, search.source),
                search.run_on or "",
                "" if search.hits is None else f"{search.hits:,}",
                read.get(search.name, 0),
            )
            for search in searches
        ],
    )


def _overlap(yields: Yields) -> Iterator[str]:
    """How many unique reports each two sources share, where there are two."""
    if len(yields.sources) > 1:
        table = overlap_table(yields)
        yield from ("", f"## {table.title}", "", *table_lines(table), "", *table.notes)
