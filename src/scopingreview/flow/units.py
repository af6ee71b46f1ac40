"""What the boxes ask: one unit per unique record, with all that is known of it.

Policies of the protocol (stopping rule, late duplicates) and declared extra reports are settled
here, once, so that a box needs one plain rule; what a limit removes and what passes unscreened
is settled in `screening.eligibility`. Nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from scopingreview.flow.lanes import Lanes
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import (
    Adjustment,
    AdjustmentKind,
    LateDuplicates,
    LimitLine,
    Outcome,
    Phase,
    RetrievalStatus,
    Standing,
    StoppingRule,
    Unscreened,
)
from scopingreview.screening.eligibility import Lane
from scopingreview.screening.review_state import ReviewState

STOPPING_RULE = "stopping rule"
DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unique record in its lane: the rule that removes it, its outcomes, its retrieval.

    `removed_by` names a limit or the stopping rule, "" for none; `by_automation` says that a
    machine removed or excluded it, `unread` that screening ended before anyone read it. An `extra`
    report shares its record with another report and was never screened; `of_previous_study` reports
    a study the earlier version had.
    """

    record_id: str
    lane: Lane
    title_abstract: Outcome
    full_text: Outcome
    retrieval: RetrievalStatus | None = None
    removed_by: str = ""
    by_automation: bool = False
    unread: bool = False
    extra: bool = False
    of_previous_study: bool = False

    @property
    def is_read(self) -> bool:
        """Whether anyone decided on its full text; it must have been retrieved for that."""
        return was_judged(self.full_text)

    @property
    def is_retrieved(self) -> bool:
        """Whether its full text is at hand."""
        return self.retrieval is RetrievalStatus.RETRIEVED or self.is_read


def was_judged(outcome: Outcome) -> bool:
    """Whether anyone decided, even if the phase still awaits someone else."""
    return outcome.standing is not Standing.AWAITING or bool(outcome.decided_by)


def find_units(data: ReviewData, lanes: Lanes) -> list[Unit]:
    """Every unit of the review: unique records in the order of the records, then the others."""
    state, previous = data.state, _reports_of_previous_studies(data)
    return [
        *(
            _unit(state, unique_id, lanes.of_group[unique_id], previous)
            for unique_id in state.unique_ids
        ),
        *(
            _late_unit(record_id, phase, lanes)
            for record_id, phase in late_duplicates(state, lanes).items()
        ),
        *_extra_units(data, lanes.of_group),
    ]


def late_duplicates(state: ReviewState, lanes: Lanes) -> dict[str, Phase]:
    """Duplicates that count as excluded for that reason, with the phase that found them.

    Empty unless the protocol says `late_duplicates = "reason"`. The phase is the last in which
    someone decided on the record under its own id.
    """
    if state.protocol.flow.late_duplicates is not LateDuplicates.REASON:
        return {}
    late: dict[str, Phase] = {}
    for decision in state.all_decisions():
        record_id = decision.record_id
        if state.canonical.get(record_id, record_id) == record_id or record_id in lanes.keepers:
            continue
        if late.get(record_id) is not Phase.FULL_TEXT:
            late[record_id] = decision.phase
    return late


def _unit(state: ReviewState, record_id: str, lane: Lane, previous: frozenset[str]) -> Unit:
    retrieval = state.retrievals.get(record_id)
    unit = Unit(
        record_id,
        lane,
        _outcome(state, Phase.TITLE_ABSTRACT, record_id),
        _outcome(state, Phase.FULL_TEXT, record_id),
        retrieval.status if retrieval else None,
        of_previous_study=record_id in previous,
    )
    limit = state.eligibility.removed.get(record_id)
    if limit:
        by_automation = state.protocol.limits.count_as is LimitLine.AUTOMATION
        return replace(unit, removed_by=limit, by_automation=by_automation)
    if not was_judged(unit.title_abstract) and state.eligibility.is_untouched(record_id):
        return _stop(unit, state.eligibility.unread_count_as)
    return unit


def _stop(unit: Unit, rule: Unscreened) -> Unit:
    """What a stopping rule makes of a record that nobody has touched: without one it awaits."""
    if rule is Unscreened.NOT_SCREENED:
        return replace(unit, unread=True)
    if rule is Unscreened.AUTO:
        return replace(unit, removed_by=STOPPING_RULE, by_automation=True)
    if rule is Unscreened.EXCLUDED_BY_TOOL:
        outcome = Outcome(unit.record_id, Phase.TITLE_ABSTRACT, Standing.EXCLUDED)
        return replace(unit, title_abstract=outcome, by_automation=True)
    return unit


def describe_stopping(stopping: StoppingRule) -> str:
    """The rule and the tool by which screening ended, and the day."""
    tool = f"{stopping.tool} {stopping.version}".strip()
    target = ""
    if stopping.recall is not None:
        target = f"recall of {stopping.recall:.0%} at {stopping.confidence:.0%} confidence"
    by = " with ".join(filter(None, (stopping.rule, target, tool)))
    met = f", met at the look of {stopping.look}" if stopping.look else ""
    return f"{by}{met}, decided on {stopping.decided_on:%Y-%m-%d}"


def _late_unit(record_id: str, phase: Phase, lanes: Lanes) -> Unit:
    """A duplicate that people found while screening: excluded in that phase, for that reason."""
    excluded = Outcome(record_id, phase, Standing.EXCLUDED, DUPLICATE)
    lane = lanes.of_record[record_id]
    if phase is Phase.TITLE_ABSTRACT:
        return Unit(record_id, lane, excluded, _awaiting(Phase.FULL_TEXT, record_id))
    passed = Outcome(record_id, Phase.TITLE_ABSTRACT, Standing.INCLUDED)
    return Unit(record_id, lane, passed, excluded, RetrievalStatus.RETRIEVED)


def _extra_units(data: ReviewData, of_group: Mapping[str, Lane]) -> Iterator[Unit]:
    """The reports beyond the first that one record led to, each where its adjustment says."""
    for adjustment in data.adjustments:
        if adjustment.kind is AdjustmentKind.EXTRA_REPORT:
            unique = data.state.canonical[adjustment.records[0]]
            for number in range(adjustment.n):
                yield _extra_unit(f"{unique}+{number + 2}", of_group[unique], adjustment)


def _extra_unit(record_id: str, lane: Lane, adjustment: Adjustment) -> Unit:
    passed = Outcome(record_id, Phase.TITLE_ABSTRACT, Standing.INCLUDED)
    if adjustment.outcome == "not-retrieved":
        unread = _awaiting(Phase.FULL_TEXT, record_id)
        return Unit(record_id, lane, passed, unread, RetrievalStatus.NOT_RETRIEVED, extra=True)
    standing = Standing.INCLUDED if adjustment.outcome == "included" else Standing.EXCLUDED
    read = Outcome(record_id, Phase.FULL_TEXT, standing, adjustment.reason)
    return Unit(record_id, lane, passed, read, RetrievalStatus.RETRIEVED, extra=True)


def _outcome(state: ReviewState, phase: Phase, record_id: str) -> Outcome:
    return state.outcomes[phase].get(record_id) or _awaiting(phase, record_id)


def _awaiting(phase: Phase, record_id: str) -> Outcome:
    return Outcome(record_id, phase, Standing.AWAITING)


def _reports_of_previous_studies(data: ReviewData) -> frozenset[str]:
    return frozenset(
        data.state.canonical[record_id]
        for adjustment in data.adjustments
        if adjustment.kind is AdjustmentKind.NEW_REPORT_OF_PREVIOUS_STUDY
        for record_id in adjustment.records
    )
