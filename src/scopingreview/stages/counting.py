"""The stage `count`: every box from the records, checked, and written for people and programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scopingreview import config, report, store
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.flow.adjustments import check_adjustments
from scopingreview.flow.count_rows import count_rows
from scopingreview.flow.diagram.notes import open_work, open_work_by_phase
from scopingreview.flow.members import count_flow
from scopingreview.flow.prisma2020 import write_exchange
from scopingreview.flow.record_checks import check_trails
from scopingreview.flow.style import check_style
from scopingreview.flow.sums import check_sums
from scopingreview.model import Count, Finding, FlowCounts, Phase, ReviewData
from scopingreview.paths import ADJUSTMENTS, COUNTS, EXCHANGE, SUMMARY, Review
from scopingreview.review.exports import refuse_spoiled_exports
from scopingreview.review.state import ReviewState, load_state
from scopingreview.screening.studies import current_studies


@dataclass(frozen=True, slots=True)
class CountReport:
    """The counted flow, what does not add up in it, and what is still open by phase."""

    flow: FlowCounts
    findings: tuple[Finding, ...]
    open_work: dict[str, int]


@dataclass(frozen=True, slots=True)
class CountFiles:
    """What the stage writes: the rows of counts.csv, the exchange file, the summary."""

    rows: tuple[Count, ...]
    exchange: str
    summary: str


def run_count(review: Review, *, final: bool = False, two_reasons: bool = False) -> CountReport:
    """results/counts.csv, prisma2020.csv and summary.md hold the flow as the files have it now.

    With `final` nothing is written while anything awaits or is disputed, or does not add up, or an
    export is not as it was added: ReviewError says what. `two_reasons` is for old versions of the
    R package.
    """
    data = load_data(review)
    counted = count_report(data)
    if final:
        refuse_spoiled_exports(review, config.load_searches(review, data.protocol))
        _refuse_unfinished(counted)
    files = count_files(review, data, counted, two_reasons=two_reasons)
    store.write_counts(review, files.rows)
    store.write_text(review.path(EXCHANGE), files.exchange)
    store.write_text(review.path(SUMMARY), files.summary)
    return counted


def load_data(review: Review, state: ReviewState | None = None) -> ReviewData:
    """What the flow is counted from, as the review's files have it now.

    Raises CombinedError naming every adjustment that cannot be counted.
    """
    state = state or load_state(review)
    data = ReviewData(
        protocol=state.protocol,
        records=tuple(state.records.values()),
        canonical=state.canonical,
        outcomes=state.outcomes,
        retrievals=state.retrievals,
        decisions=tuple(decision for said in state.decisions.values() for decision in said),
        adjustments=tuple(store.read_adjustments(review)),
        needed={phase: _decisions_needed(state, phase) for phase in Phase},
        studies=current_studies(store.read_study_links(review), state.canonical),
    )
    problems = check_adjustments(data)
    raise_problems([ReviewError(e.message, where=ADJUSTMENTS, hint=e.hint) for e in problems])
    return data


def _decisions_needed(state: ReviewState, phase: Phase) -> dict[str, int]:
    """How many must decide on each record: pilots and allocation ask for more or fewer."""
    protocol = state.protocol
    needed = state.pilots[phase].decisions_needed(
        state.outcomes[phase], protocol.phases[phase], seed=protocol.seed
    )
    if phase is Phase.TITLE_ABSTRACT:
        needed |= dict.fromkeys(state.unscreened, 0)
    return needed


def count_report(data: ReviewData) -> CountReport:
    """The flow of the review and whether it adds up."""
    flow = count_flow(data)
    findings = (*check_sums(flow), *check_style(flow, planned=True))
    return CountReport(flow, findings, open_work_by_phase(flow))


def count_files(
    review: Review, data: ReviewData, counted: CountReport, *, two_reasons: bool = False
) -> CountFiles:
    """What the files of the stage say of this flow."""
    flow = counted.flow
    exchange = write_exchange(flow, data.protocol.flow, two_reasons=two_reasons)
    searches = config.load_searches(review, data.protocol)
    summary = report.write_summary(data, flow, searches, counted.findings)
    return CountFiles(tuple(count_rows(flow)), exchange.text, summary)


def check_flow(review: Review, state: ReviewState | None = None) -> list[Finding]:
    """Everything the flow can find wrong: the sums, and the records behind them."""
    data = load_data(review, state)
    counted = count_report(data)
    lost = write_exchange(counted.flow, data.protocol.flow).findings
    return [*counted.findings, *check_trails(data), *lost, *_stale(review, counted.flow)]


def _stale(review: Review, flow: FlowCounts) -> Iterator[Finding]:
    """D12: counts on file that the data no longer say."""
    if review.path(COUNTS).is_file() and store.read_counts(review) != count_rows(flow):
        yield Finding(
            "D12",
            f"{COUNTS} is not what the data say now",
            hint="scopingreview run; `scopingreview count --check` shows the difference.",
            error=False,
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
