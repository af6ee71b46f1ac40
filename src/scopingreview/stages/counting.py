"""The stage `count`: every box from the records, checked, and written for people and programs."""

from __future__ import annotations

from dataclasses import dataclass

from scopingreview import config, report, store
from scopingreview.errors import ReviewError
from scopingreview.flow.count_rows import count_rows
from scopingreview.flow.open_work import find_open_work
from scopingreview.flow.prisma2020 import write_exchange
from scopingreview.model import Count
from scopingreview.paths import EXCHANGE, SUMMARY, Review
from scopingreview.review.counted_flow import CountReport, count_report, load_data
from scopingreview.screening.review_state import ReviewState


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
    files = count_files(review, data.state, counted, two_reasons=two_reasons)
    store.write_counts(review, files.rows)
    store.write_text(review.path(EXCHANGE), files.exchange)
    store.write_text(review.path(SUMMARY), files.summary)
    return counted


def count_files(
    review: Review, state: ReviewState, counted: CountReport, *, two_reasons: bool = False
) -> CountFiles:
    """What the files of the stage say of this flow."""
    flow = counted.flow
    exchange = write_exchange(flow, state.protocol.flow, two_reasons=two_reasons)
    searches = config.load_searches(review, state.protocol)
    summary = report.write_summary(state, flow, searches, counted.findings)
    return CountFiles(tuple(count_rows(flow)), exchange.text, summary)


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
