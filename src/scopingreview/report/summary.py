"""results/summary.md: the flow in words and tables, what each source gave, what is still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from scopingreview.flow.diagram.boxes import compose
from scopingreview.flow.diagram.in_words import in_one_line
from scopingreview.flow.open_work import find_open_work
from scopingreview.model import (
    Box,
    Finding,
    FlowCounts,
    Phase,
    Provenance,
    Search,
    Source,
    Standing,
    UnitWord,
)
from scopingreview.report.markdown import table, things, were
from scopingreview.screening.eligibility import source_of
from scopingreview.screening.review_state import ReviewState

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
) -> str:
    """The summary as Markdown; the same review gives the same text."""
    lines = [
        f"# {state.protocol.title}",
        "",
        *_state(flow),
        "",
        *_words(state, flow),
        *_problems(findings),
        "",
        "## Boxes of the flow diagram",
        "",
        *(f"- {in_one_line(block)}" for block in compose(flow, state.protocol.flow).blocks),
        "",
        "## Sources",
        "",
        *_sources(state),
        "",
        "## Searches",
        "",
        *_searches(state, searches),
        *_overlap(state),
        "",
        f"*{provenance}*",
        "",
    ]
    return "\n".join(lines)


def _state(flow: FlowCounts) -> Iterator[str]:
    """Whether the review is finished, and if not what is open."""
    work = find_open_work(flow)
    if not work:
        yield "Every record has been decided on."
        return
    steps = "; ".join(f"{step}: {n:,}" for step, n in work.by_step.items())
    yield f"**In progress: {work}** ({steps})."


def _words(state: ReviewState, flow: FlowCounts) -> Iterator[str]:
    """The flow as a paragraph for the results section."""
    n = flow.n
    removed = n(Box.INELIGIBLE) + n(Box.REMOVED_OTHER)
    dropped = things(n(Box.DUPLICATES), "duplicate") + (
        f" and {removed:,} others" if removed else ""
    )
    yield (
        f"The searches found {things(n(Box.IDENTIFIED), 'record')} in "
        f"{things(len(flow.lines_of(Box.IDENTIFIED)), 'source')}. After {dropped} "
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
    units = UNITS[state.protocol.flow.unit]
    yield (
        f"{studies:,} {units[studies != 1]} with {things(reports, 'report')} "
        f"{'is' if studies == 1 else 'are'} included."
    )


def _problems(findings: Iterable[Finding]) -> Iterator[str]:
    lines = [f"- {finding.code}: {finding.message}" for finding in findings]
    if lines:
        yield from ("", "## What does not add up", "", *lines)


def _sources(state: ReviewState) -> Iterator[str]:
    """Per source: its records, those that no other source had, and those that were included."""
    yield from table(
        ("source", "kind", "records", "only here", "included reports"),
        [
            (each.source.label, each.source.kind, each.records, each.only_here, each.included)
            for each in _yields(state)
        ],
    )


@dataclass(frozen=True, slots=True)
class _SourceYield:
    """How many records a source gave, unique records that only it had, reports included of it."""

    source: Source
    records: int
    only_here: int
    included: int


def _yields(state: ReviewState) -> list[_SourceYield]:
    groups = state.found_in
    records = Counter(map(source_of, state.records))
    only_here: Counter[str] = Counter()
    for names, number in Counter(groups.values()).items():
        if len(names) == 1:
            only_here.update(dict.fromkeys(names, number))
    included: Counter[str] = Counter()
    for unique_id in state.standing_at(Phase.FULL_TEXT, Standing.INCLUDED):
        included.update(groups[unique_id])
    return [
        _SourceYield(source, records[source.name], only_here[source.name], included[source.name])
        for source in state.protocol.sources
    ]


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


def _overlap(state: ReviewState) -> Iterator[str]:
    """How many unique records two sources share, for every pair that shares any."""
    shared: Counter[tuple[str, str]] = Counter()
    order = {source.name: place for place, source in enumerate(state.protocol.sources)}
    for names, number in Counter(state.found_in.values()).items():
        ordered = sorted(names, key=lambda name: order[name])
        shared.update(dict.fromkeys(combinations(ordered, 2), number))
    if shared:
        labels = {source.name: source.label for source in state.protocol.sources}
        pairs = sorted(shared, key=lambda pair: (order[pair[0]], order[pair[1]]))
        yield from ("", "## Records found in two sources", "")
        yield from table(
            ("source", "and source", "unique records in both"),
            [(labels[a], labels[b], shared[a, b]) for a, b in pairs],
        )
