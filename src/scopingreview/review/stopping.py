"""How much of what is relevant is found in a phase, as a look shows it; nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scopingreview.model import Look, Phase, ScreeningOrder, StoppingBasis, StoppingRule
from scopingreview.ranking.recall_bound import (
    CONFIDENCE,
    audit_size,
    further_irrelevant,
    least_recall,
    least_recall_by_audit,
    single_look,
)
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.stopping import Audit, audits, screened_records

TARGETS = (0.8, 0.9, 0.95, 0.99)
ASSUMED = {
    True: "the next record is at least as likely to be relevant as one drawn at random from what "
    "is left: true of a ranking that is no worse than chance",
    False: "the next record is at least as likely to be relevant as one drawn at random from what "
    "is left: true of a random order",
}
ASSUMED_OF_AUDIT = "none but that the sample was drawn at random, and read whole"


@dataclass(frozen=True, slots=True)
class RecallTarget:
    """A recall, and how far the phase is from it.

    `single_look` is Callaghan and Müller-Hansen's p-value of less recall, for one look at one
    moment. `further_irrelevant` in a row from now would bring the bound there; an audit of
    `audit_size` records of the unread ones would, were all of them irrelevant.
    """

    recall: float
    is_reached: bool
    single_look: float
    further_irrelevant: int
    audit_size: int


@dataclass(frozen=True, slots=True)
class StoppingView:
    """A look at a phase, the targets, the last audit, and what all of it assumes.

    `least_recall` is the bound by what was screened and `audited_recall` by the last audit, None
    before it is finished; the look has that of the team's basis.
    """

    look: Look
    least_recall: float
    audited_recall: float | None
    targets: tuple[RecallTarget, ...]
    audit: Audit | None
    assumption: str


def look_at(state: ReviewState, phase: Phase, *, by: str, now: datetime) -> StoppingView:
    """How much is found in the phase now, by the protocol's target and confidence if it has any."""
    rule = state.protocol.stopping
    target = rule.recall if rule is not None else None
    confidence = rule.confidence if rule is not None else CONFIDENCE
    found = [each.is_relevant for each in screened_records(state, phase)]
    records = len(state.ready_ids(phase))
    by_screening = least_recall(found, records=records, confidence=confidence)
    audit = next(reversed(audits(state, phase)), None)
    by_audit = _audited(audit, confidence)
    look = Look(
        looked_at=now,
        phase=phase,
        by=by,
        basis=_basis(rule),
        screened=len(found),
        relevant=sum(found),
        unread=records - len(found),
        since_last=_since_last(found),
        confidence=confidence,
        least_recall=by_screening if _basis(rule) is StoppingBasis.SCREENING else by_audit or 0.0,
        target=target,
    )
    wanted = sorted({*TARGETS, *([target] if target else [])})
    return StoppingView(
        look,
        by_screening,
        by_audit,
        tuple(_target(each, found, records, by_screening, confidence) for each in wanted),
        audit,
        ASSUMED[state.protocol.phases[phase].order is ScreeningOrder.RELEVANCE],
    )


def _basis(rule: StoppingRule | None) -> StoppingBasis:
    return rule.basis if rule is not None else StoppingBasis.SCREENING


def _audited(audit: Audit | None, confidence: float) -> float | None:
    if audit is None or not audit.is_finished:
        return None
    return least_recall_by_audit(
        before=audit.relevant,
        unread=audit.unread,
        drawn=len(audit.records),
        found=audit.found,
        confidence=confidence,
    )


def _since_last(found: Sequence[bool]) -> int:
    return next((back for back, each in enumerate(reversed(found)) if each), len(found))


def _target(
    recall: float, found: Sequence[bool], records: int, bound: float, confidence: float
) -> RecallTarget:
    relevant = sum(found)
    return RecallTarget(
        recall,
        bound >= recall,
        single_look(found, records=records, recall=recall),
        further_irrelevant(found, records=records, recall=recall, confidence=confidence),
        audit_size(relevant, unread=records - len(found), recall=recall, confidence=confidence),
    )
