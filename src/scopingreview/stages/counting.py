"""The stage `count`: every box from the records, checked, and written for people and programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scopingreview import config, report, store
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.flow.adjustments import check_adjustments
from scopingreview.flow.count_rows import count_rows
from scopingreview.flow.members import count_flow
from scopingreview.flow.open_work import find_open_work
from scopingreview.flow.prisma2020 import write_exchange
from scopingreview.flow.record_checks import check_records
from scopingreview.flow.review_data import ReviewData
from scopingreview.flow.sums import check_style, check_sums
from scopingreview.model import Count, Finding, FlowCounts
from scopingreview.paths import ADJUSTMENTS, COUNTS, EXCHANGE, SUMMARY, Review
from scopingreview.review.state import ReviewState, load_state
from scopingreview.screening.outcomes import current_studies


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

    With `final` nothing is written while anything awaits or is disputed, or does not add up:
    ReviewError says what. `two_reasons` is for old versions of the R package.
    """
    data = load_data(review)
    counted = count_report(data)
    if final:
        _refuse_unfinished(counted)
    files = count_files(review, data, counted, two_reasons=two_reasons)
    store.write_counts(review, files.rows)
    store.write_text(review, EXCHANGE, files.exchange)
    store.write_text(review, SUMMARY, files.summary)
    return counted


def load_data(review: Review, state: ReviewState | None = None) -> ReviewData:
    """What the flow is counted from, as the review's files have it now.

    Raises CombinedError naming every adjustment that cannot be counted.
    """
    state = state or load_state(review)
    data = ReviewData(
        state=state,
        adjustments=tuple(store.read_adjustments(review)),
        studies=current_studies(store.read_study_links(review), state.canonical),
    )
    problems = check_adjustments(data)
    raise_problems([ReviewError(e.message, where=ADJUSTMENTS, hint=e.hint) for e in problems])
    return data


def count_report(data: ReviewData) -> CountReport:
    """The flow of the review and whether it adds up."""
    flow = count_flow(data)
    findings = (*check_sums(flow), *check_style(flow, planned=True))
    return CountReport(flow, findings, dict(find_open_work(flow).by_step))


def count_files(
    review: Review, data: ReviewData, counted: CountReport, *, two_reasons: bool = False
) -> CountFiles:
    """What the files of the stage say of this flow."""
    flow = counted.flow
    exchange = write_exchange(flow, data.state.protocol.flow, two_reasons=two_reasons)
    searches = config.load_searches(review, data.state.protocol)
    summary = report.write_summary(data.state, flow, searches, counted.findings)
    return CountFiles(tuple(count_rows(flow)), exchange.text, summary)


def check_flow(review: Review, state: ReviewState | None = None) -> list[Finding]:
    """Everything the flow can find wrong: the sums, and the records behind them."""
    data = load_data(review, state)
    counted = count_report(data)
    lost = write_exchange(counted.flow, data.state.protocol.flow).findings
    return [*counted.findings, *check_records(data), *lost, *_stale(review, counted.flow)]


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
    work = find_open_work(counted.flow)
    if work:
        steps = ", ".join(f"{step}: {n:,}" for step, n in work.by_step.items())
        raise ReviewError(
            f"the review is not finished: {work}",
            hint=f"Still open: {steps}. See: scopingreview status",
        )
    errors = [finding for finding in counted.findings if finding.error]
    if errors:
        raise ReviewError(
            f"the boxes do not add up: {errors[0].code} {errors[0].message}",
            hint=f"scopingreview explain {errors[0].code}",
        )
