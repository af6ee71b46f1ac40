"""Declared exceptions to the arithmetic: what each kind must say to be one.

The rows stand in data/screened/adjustments.csv. Their effect on the boxes is in `units`
(extra reports) and `members` (numbers no record can show).
"""

from __future__ import annotations

from collections.abc import Iterator

from scopingreview.errors import ReviewError, nearest
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import Adjustment, AdjustmentKind, Phase
from scopingreview.screening.review_state import ReviewState

OUTCOMES = ("included", "excluded", "not-retrieved")
NEEDS_PREVIOUS = (
    AdjustmentKind.PREVIOUS_STUDY_DROPPED,
    AdjustmentKind.PREVIOUS_REPORT_DROPPED,
    AdjustmentKind.NEW_REPORT_OF_PREVIOUS_STUDY,
)
# How many records each kind names: at least, and at most (None: as many as there are).
RECORDS_NAMED: dict[AdjustmentKind, tuple[int, int | None]] = {
    AdjustmentKind.EXTRA_REPORT: (1, 1),
    AdjustmentKind.COMPANION_REPORT: (1, None),
    AdjustmentKind.PREVIOUS_STUDY_DROPPED: (0, None),
    AdjustmentKind.PREVIOUS_REPORT_DROPPED: (0, None),
    AdjustmentKind.NEW_REPORT_OF_PREVIOUS_STUDY: (1, None),
}


def check_adjustments(data: ReviewData) -> list[ReviewError]:
    """What is wrong with the review's adjustments; nothing when they can be counted."""
    return [error for row in data.adjustments for error in _check(row, data.state)]


def _check(row: Adjustment, state: ReviewState) -> Iterator[ReviewError]:
    least, most = RECORDS_NAMED[row.kind]
    named = len(row.records)
    if not row.why:
        yield ReviewError(f"{row.kind}: no reason given", hint='Say why under "why".')
    if named < least or (most is not None and named > most):
        wanted = str(least) if most == least else f"at least {least}"
        yield ReviewError(
            f"{row.kind} names {named} records, not {wanted}", hint='Join record ids with ";".'
        )
    for record_id in row.records:
        if record_id not in state.canonical:
            hint = nearest(record_id, state.canonical)
            yield ReviewError(f'{row.kind}: unknown record "{record_id}"', hint=hint)
    if row.kind in NEEDS_PREVIOUS and state.protocol.previous is None:
        yield ReviewError(
            f"{row.kind}: this review updates none", hint="Add [previous] to config/review.toml."
        )
    if row.kind is AdjustmentKind.EXTRA_REPORT:
        yield from _check_end(row, state)


def _check_end(row: Adjustment, state: ReviewState) -> Iterator[ReviewError]:
    """An extra report says where it ended, since no decision file can."""
    reasons = state.protocol.phases[Phase.FULL_TEXT].exclusion_reasons
    if row.outcome not in OUTCOMES:
        hint = nearest(row.outcome, OUTCOMES)
        yield ReviewError(f'{row.kind}: unknown outcome "{row.outcome}"', hint=hint)
    elif row.outcome == "excluded" and row.reason not in reasons:
        hint = nearest(row.reason, reasons)
        yield ReviewError(f'{row.kind}: unknown reason "{row.reason}"', hint=hint)
