"""What the boxes ask: a unit for each unique record, with all that is known of it.

Thousands of records are in the same case; they share one unit, and whoever has a rule for units
applies it once a case.

Policies of the protocol (stopping rule, late duplicates) and declared extra reports are settled
here, once, so that a box needs one plain rule; what a limit removes and what passes unscreened
is settled in `screening.eligibility`. Nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import repeat

from scopingreview.flow.lanes import Lanes, find_lanes
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import (
    Adjustment,
    AdjustmentKind,
    LateDuplicates,
    LimitLine,
    Limits,
    Outcome,
    Phase,
    RetrievalStatus,
    Standing,
    StoppingRule,
    Unscreened,
)
from scopingreview.screening.cases import once_a_case
from scopingreview.screening.eligibility import Lane
from scopingreview.screening.review_state import ReviewState

STOPPING_RULE = "stopping rule"
DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A unique record in its lane: the rule that removes it, its outcomes, its retrieval.

    Whichever record it is: those in the same case share a unit, and its outcomes bear any id.

    `removed_by` names a limit or the stopping rule, "" for none; `by_automation` says that a
    machine removed or excluded it, `unread` that screening ended before anyone read it. An `extra`
    report shares its record with another report and was never screened; `of_previous_study` reports
    a study the earlier version had.
    """

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


@lru_cache(maxsize=1)  # boxes, places and checks ask one after the other
def find_units(data: ReviewData) -> Sequence[tuple[str, Unit]]:
    """Every unit of the review, each with its record's id.

    Unique records in the order of the records, then late duplicates and extra reports.
    """
    lanes = find_lanes(data.state)
    return [
        *_units(data, lanes.of_group),
        *(
            (record_id, _late_unit(phase, lanes.of_record[record_id]))
            for record_id, phase in late_duplicates(data.state, lanes).items()
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


def _units(data: ReviewData, of_group: Mapping[str, Lane]) -> Iterator[tuple[str, Unit]]:
    """The unique records; one unit is made of all those in the same case."""
    state, previous = data.state, _reports_of_previous_studies(data)
    by_title, by_text = (state.outcomes[phase].alike for phase in Phase)
    unique_ids, unread_text = state.unique_ids, _awaiting(Phase.FULL_TEXT)
    statuses = {key: step.status for key, step in state.retrievals.items()}
    limits, is_untouched = state.eligibility.removed, state.eligibility.is_untouched
    rule = state.eligibility.unread_count_as
    awaits_rule = rule is not Unscreened.AWAIT  # else all the same whether anybody touched it

    def unit_of(unique_id: str) -> Unit:
        titles, texts = by_title[unique_id], by_text.get(unique_id, unread_text)
        lane, is_previous = of_group[unique_id], unique_id in previous
        status = statuses.get(unique_id)
        unit = Unit(lane, titles, texts, status, of_previous_study=is_previous)
        if unique_id in limits:
            return _remove(unit, limits[unique_id], state.protocol.limits)
        if awaits_rule and not was_judged(titles) and is_untouched(unique_id):
            return _stop(unit, rule)
        return unit

    # By identity: what an enum is looked up by takes longer than all of the rest.
    cases = zip(
        map(id, map(of_group.__getitem__, unique_ids)),
        map(id, map(by_title.__getitem__, unique_ids)),
        map(id, map(by_text.get, unique_ids, repeat(unread_text))),
        map(id, map(statuses.get, unique_ids)),
        map(limits.get, unique_ids),
        map(previous.__contains__, unique_ids),
        map(is_untouched, unique_ids) if awaits_rule else repeat(False),
        strict=False,
    )
    return zip(unique_ids, once_a_case(unique_ids, cases, unit_of), strict=True)


def _remove(unit: Unit, limit: str, limits: Limits) -> Unit:
    by_automation = limits.count_as is LimitLine.AUTOMATION
    return replace(unit, removed_by=limit, by_automation=by_automation)


def _stop(unit: Unit, rule: Unscreened) -> Unit:
    """What a stopping rule makes of a record that nobody has touched: without one it awaits."""
    if rule is Unscreened.NOT_SCREENED:
        return replace(unit, unread=True)
    if rule is Unscreened.AUTO:
        return replace(unit, removed_by=STOPPING_RULE, by_automation=True)
    if rule is Unscreened.EXCLUDED_BY_TOOL:
        outcome = Outcome("", Phase.TITLE_ABSTRACT, Standing.EXCLUDED)
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


def _late_unit(phase: Phase, lane: Lane) -> Unit:
    """A duplicate that people found while screening: excluded in that phase, for that reason."""
    excluded = Outcome("", phase, Standing.EXCLUDED, DUPLICATE)
    if phase is Phase.TITLE_ABSTRACT:
        return Unit(lane, excluded, _awaiting(Phase.FULL_TEXT))
    passed = Outcome("", Phase.TITLE_ABSTRACT, Standing.INCLUDED)
    return Unit(lane, passed, excluded, RetrievalStatus.RETRIEVED)


def _extra_units(data: ReviewData, of_group: Mapping[str, Lane]) -> Iterator[tuple[str, Unit]]:
    """The reports beyond the first that one record led to, each where its adjustment says."""
    for adjustment in data.adjustments:
        if adjustment.kind is AdjustmentKind.EXTRA_REPORT:
            unique = data.state.canonical[adjustment.records[0]]
            for number in range(adjustment.n):
                yield f"{unique}+{number + 2}", _extra_unit(of_group[unique], adjustment)


def _extra_unit(lane: Lane, adjustment: Adjustment) -> Unit:
    passed = Outcome("", Phase.TITLE_ABSTRACT, Standing.INCLUDED)
    if adjustment.outcome == "not-retrieved":
        unread = _awaiting(Phase.FULL_TEXT)
        return Unit(lane, passed, unread, RetrievalStatus.NOT_RETRIEVED, extra=True)
    standing = Standing.INCLUDED if adjustment.outcome == "included" else Standing.EXCLUDED
    read = Outcome("", Phase.FULL_TEXT, standing, adjustment.reason)
    return Unit(lane, passed, read, RetrievalStatus.RETRIEVED, extra=True)


def _awaiting(phase: Phase) -> Outcome:
    return Outcome("", phase, Standing.AWAITING)


def _reports_of_previous_studies(data: ReviewData) -> frozenset[str]:
    return frozenset(
        data.state.canonical[record_id]
        for adjustment in data.adjustments
        if adjustment.kind is AdjustmentKind.NEW_REPORT_OF_PREVIOUS_STUDY
        for record_id in adjustment.records
    )
