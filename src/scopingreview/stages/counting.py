"""The stage `count`: every box from the records, checked, and written for people and programs."""

from __future__ import annotations

from dataclasses import dataclass

from scopingreview import config, report, store
from scopingreview.errors import ReviewError
from scopingreview.flow.counting import count_flow
from scopingreview.flow.notes import open_work, open_work_by_phase
from scopingreview.flow.sums import check_sums
from scopingreview.flow.table import count_rows
from scopingreview.model import Finding, FlowCounts, ReviewData
from scopingreview.paths import SUMMARY, Review
from scopingreview.stages.state import ReviewState, load_state


@dataclass(frozen=True, slots=True)
class CountReport:
    """The counted flow, what does not add up in it, and what is still open by phase."""

    flow: FlowCounts
    findings: tuple[Finding, ...]
    open_work: dict[str, int]


def run_count(review: Review, *, final: bool = False) -> CountReport:
    """results/counts.csv and summary.md hold the flow as the review's files have it now.

    With `final` nothing is written while anything awaits or is disputed, or does not add up:
    ReviewError says what.
    """
    protocol = config.load_protocol(review)
    state = load_state(review, protocol)
    data = review_data(state)
    flow = count_flow(data)
    findings = check_sums(flow)
    counted = CountReport(flow, tuple(findings), open_work_by_phase(flow))
    if final:
        _refuse_unfinished(counted)
    store.write_counts(review, count_rows(flow))
    searches = config.load_searches(review, protocol)
    store.write_text(review, SUMMARY, report.write_summary(data, flow, searches, findings))
    return counted


def review_data(state: ReviewState) -> ReviewData:
    """What the flow is counted from."""
    return ReviewData(
        protocol=state.protocol,
        records=tuple(state.records.values()),
        canonical=state.canonical,
        outcomes=state.outcomes,
        retrievals=state.retrievals,
        decisions=tuple(decision for said in state.decisions.values() for decision in said),
    )


def _refuse_unfinished(counted: CountReport) -> None:
    awaiting, conflicts = open_work(counted.flow)
    if awaiting or conflicts:
        steps = ", ".join(f"{step}: {n:,}" for step, n in counted.open_work.items())
        raise ReviewError(
            f"the review is not finished: {awaiting:,} awaiting, {conflicts:,} in conflict",
            hint=f"Still open: {steps}. See: scopingreview status",
        )
    errors = [finding for finding in counted.findings if finding.error]
    if errors:
        raise ReviewError(
            f"the boxes do not add up: {errors[0].code} {errors[0].message}",
            hint=f"scopingreview explain {errors[0].code}",
        )
