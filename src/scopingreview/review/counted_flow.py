"""The flow of a review as its files have it now: counted, added up, and checked."""

from __future__ import annotations

from dataclasses import dataclass

from scopingreview import store
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.flow.adjustments import check_adjustments
from scopingreview.flow.members import count_flow
from scopingreview.flow.open_work import find_open_work
from scopingreview.flow.prisma2020 import write_exchange
from scopingreview.flow.record_checks import check_records
from scopingreview.flow.review_data import ReviewData
from scopingreview.flow.sums import check_style, check_sums
from scopingreview.model import Finding, FlowCounts
from scopingreview.paths import ADJUSTMENTS, Review
from scopingreview.review.state import load_state
from scopingreview.screening.outcomes import current_studies
from scopingreview.screening.review_state import ReviewState


@dataclass(frozen=True, slots=True)
class CountReport:
    """The counted flow, what does not add up in it, and how many records are open by step."""

    flow: FlowCounts
    findings: tuple[Finding, ...]
    open_work: dict[str, int]


def load_data(review: Review, state: ReviewState | None = None) -> ReviewData:
    """What the flow is counted from, as the review's files have it now.

    `state` is that of the review when it is read already. Raises CombinedError naming every
    adjustment that cannot be counted, and what `load_state` raises.
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


def check_flow(data: ReviewData, counted: CountReport) -> list[Finding]:
    """Everything the flow can find wrong: the sums, and the records behind them."""
    lost = write_exchange(counted.flow, data.state.protocol.flow).findings
    return [*counted.findings, *check_records(data, counted.flow), *lost]
