"""The recall figure of a phase that is screened in the order of relevance, or was looked at."""

from __future__ import annotations

from scopingreview.figures.figure import Figure
from scopingreview.figures.recall_curve import RecallCurve, recall_figure
from scopingreview.model import Phase, ScreeningOrder
from scopingreview.ranking.recall_bound import CONFIDENCE, least_recall
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.stopping import screened_records


def is_followed(state: ReviewState, phase: Phase) -> bool:
    """Whether the team follows how much of the phase is found: by its order or by looks."""
    by_relevance = state.protocol.phases[phase].order is ScreeningOrder.RELEVANCE
    return by_relevance or any(look.phase is phase for look in state.looks)


def recall_of(state: ReviewState, phase: Phase) -> Figure:
    """What was found in the phase as screening went on."""
    found = [each.is_relevant for each in screened_records(state, phase)]
    records = len(state.ready_ids(phase))
    found_at = tuple(number for number, each in enumerate(found, 1) if each)
    rule = state.protocol.stopping
    confidence = rule.confidence if rule is not None else CONFIDENCE
    return recall_figure(
        RecallCurve("screening", found_at, len(found)),
        phase,
        records=records,
        least_recall=least_recall(found, records=records, confidence=confidence),
        confidence=confidence,
    )
