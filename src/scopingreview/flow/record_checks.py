"""Whether the records behind the boxes hold together: the rules D01 to D10 and D16 on the data.

They are stronger than any sum: two mistakes that cancel out in a box still show here, with the
records they concern. D12 (the same numbers everywhere) is about files and stands in `review`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from scopingreview.flow.box_rules import DECIDED, RULES
from scopingreview.flow.lanes import Lanes, find_lanes
from scopingreview.flow.places import LAST_FIRST
from scopingreview.flow.review_data import ReviewData
from scopingreview.flow.units import (
    Unit,
    find_units,
    late_duplicates,
    was_judged,
)
from scopingreview.flow.unscreened_checks import check_limits, check_unread
from scopingreview.model import (
    Box,
    Finding,
    FlowCounts,
    Phase,
    RecordTable,
    RetrievalStatus,
    Standing,
)
from scopingreview.screening.eligibility import is_retracted
from scopingreview.screening.review_state import ReviewState

JOINED_REASONS = ("duplicate", "companion")


@dataclass(frozen=True, slots=True)
class _CheckedReview:
    """A review with what the rules ask of it more than once."""

    state: ReviewState
    lanes: Lanes
    units: Sequence[tuple[str, Unit]]
    flow: FlowCounts


def check_records(data: ReviewData, flow: FlowCounts) -> list[Finding]:
    """Everything that does not hold in the records and decisions, in the order of the codes.

    `flow` is what was counted of them.
    """
    checked = _CheckedReview(data.state, find_lanes(data.state), find_units(data), flow)
    return [finding for rule in CHECKS for finding in rule(checked)]


def _one_place(checked: _CheckedReview) -> Iterator[Finding]:
    """D01: every record has one last place, or waits."""
    waiting: list[str] = []
    boxes: dict[Unit, list[Box]] = {}
    for record_id, unit in checked.units:
        if unit not in boxes:
            boxes[unit] = [box for box in LAST_FIRST if RULES[box](unit) is not None]
        held = boxes[unit]
        if len(held) > 1:
            names = " and ".join(box.replace("_", " ") for box in held)
            yield Finding("D01", f"{record_id} stands in {names}", (record_id,))
        if held and held[0] in (Box.AWAITING, Box.CONFLICTS):
            waiting.append(record_id)
    if waiting:
        yield Finding(
            "D01",
            f"{len(waiting):,} records are undecided",
            tuple(waiting),
            hint="They block `count --final`; `scopingreview status` says who owes what.",
            error=False,
        )


def _links_are_flat(checked: _CheckedReview) -> Iterator[Finding]:
    """D02: the duplicates removed are the records less the groups; no link leads to a link."""
    state = checked.state
    unknown = [one for one, unique in state.canonical.items() if unique not in state.canonical]
    chained = [
        one
        for one, unique in state.canonical.items()
        if state.canonical.get(unique, unique) != unique
    ]
    for records, what in ((unknown, "no record"), (chained, "another duplicate")):
        if records:
            message = f"{len(records):,} duplicates point to {what}"
            yield Finding("D02", message, tuple(records), hint="scopingreview dedupe")
    if unknown or chained:
        return
    flow = checked.flow
    removed = flow.n(Box.DUPLICATES) + flow.n(Box.OTHER_DUPLICATES)
    late = len(late_duplicates(state, checked.lanes))
    groups = len(set(state.canonical.values()))
    if removed + late != len(state.records) - groups:
        yield Finding(
            "D02",
            f"{removed + late:,} duplicates, but {len(state.records):,} records are "
            f"{groups:,} reports",
        )


def _sources_reconcile(checked: _CheckedReview) -> Iterator[Finding]:
    """D03: what only one source had and what several shared make up what was identified."""
    state = checked.state
    sources = state.found_in
    parts = Counter(len(sources[unique_id]) > 1 for unique_id in state.canonical.values())
    flow = checked.flow
    identified = flow.n(Box.IDENTIFIED) + flow.n(Box.OTHER_IDENTIFIED)
    if parts.total() != identified or identified != _records_read(state):
        yield Finding(
            "D03",
            f"{parts[False]:,} records of single sources and {parts[True]:,} shared ones are not "
            f"the {identified:,} identified",
        )


def _records_read(state: ReviewState) -> int:
    """How many records there are by their own ids; in a file they are kept by no other."""
    if isinstance(state.originals, RecordTable):
        return len(state.records)
    return len({record.record_id for record in state.records.values()})


def _groups_decide(checked: _CheckedReview) -> Iterator[Finding]:
    """D04: outcomes belong to groups; no other member has one of its own."""
    state = checked.state
    for phase, outcomes in state.outcomes.items():
        strays = [key for key in outcomes if state.canonical.get(key) != key]
        if strays:
            message = f"{phase}: {len(strays):,} outcomes stand on records that are not unique"
            yield Finding("D04", message, tuple(strays), hint="scopingreview dedupe")


def _screened_late(checked: _CheckedReview) -> Iterator[Finding]:
    """D05: duplicates that people decided on before they were linked are listed."""
    state = checked.state
    late = state.decided_late
    if late:
        yield Finding(
            "D05",
            f"{len(late):,} duplicates were decided on under their own id",
            tuple(late),
            hint="Their decisions count for their group; `late_duplicates` in [flow] says how "
            "the diagram shows them.",
            error=False,
        )


def _settled_rightly(checked: _CheckedReview) -> Iterator[Finding]:
    """D06: what is settled was settled by as many as the protocol wants, or an adjudicator."""
    for phase in Phase:
        yield from _too_few(checked.state, phase)
        yield from _no_adjudicator(checked.state, phase)
        yield from _open_conflicts(checked.state, phase)


def _too_few(state: ReviewState, phase: Phase) -> Iterator[Finding]:
    needed = state.needed[phase]
    few = [
        record_id
        for record_id, outcome in state.outcomes[phase].alike.items()
        if outcome.standing in DECIDED and len(outcome.decided_by) < needed[record_id]
    ]
    if few:
        message = f"{phase}: {len(few):,} records are settled by fewer reviewers than it takes"
        yield Finding("D06", message, tuple(few))


def _no_adjudicator(state: ReviewState, phase: Phase) -> Iterator[Finding]:
    people = {"", *(person.name for person in state.protocol.adjudicators)}
    for record_id, outcome in state.outcomes[phase].alike.items():
        if outcome.standing in DECIDED and outcome.adjudicated_by not in people:
            yield Finding(
                "D06",
                f"{phase}: {record_id} was settled by {outcome.adjudicated_by}, "
                "who is no adjudicator",
                (record_id,),
            )


def _open_conflicts(state: ReviewState, phase: Phase) -> Iterator[Finding]:
    conflicts = state.standing_at(phase, Standing.IN_CONFLICT)
    if conflicts:
        yield Finding(
            "D06",
            f"{phase}: {len(conflicts):,} conflicts are not settled",
            tuple(conflicts),
            hint=f"scopingreview conflicts {phase} --as NAME",
            error=False,
        )


def _read_when_retrieved(checked: _CheckedReview) -> Iterator[Finding]:
    """D07: a full text that was decided on was retrieved; one not retrieved says what was tried."""
    retrievals = checked.state.retrievals
    for outcome in checked.state.outcomes[Phase.FULL_TEXT].values():
        step = retrievals.get(outcome.record_id)
        status = step.status if step else None
        if not was_judged(outcome) or status is RetrievalStatus.RETRIEVED:
            continue
        missing = status is RetrievalStatus.NOT_RETRIEVED
        yield Finding(
            "D07",
            f"{outcome.record_id} was decided on in full text but is "
            f"{'marked as not retrieved' if missing else 'not marked as retrieved'}",
            (outcome.record_id,),
            hint=f"scopingreview retrieve --record {outcome.record_id} --status retrieved",
            error=missing,
        )
    for record_id, step in retrievals.items():
        if step.status is RetrievalStatus.NOT_RETRIEVED and not (step.note or step.where):
            yield Finding(
                "D07",
                f"{record_id} was not retrieved, and nothing says what was tried",
                (record_id,),
                hint="scopingreview retrieve --record ID --status not-retrieved --note …",
                error=False,
            )


def _reasons_known(checked: _CheckedReview) -> Iterator[Finding]:
    """D08: an exclusion at full text has a reason of the protocol's list."""
    state = checked.state
    reasons = state.protocol.phases[Phase.FULL_TEXT].exclusion_reasons
    for outcome in state.outcomes[Phase.FULL_TEXT].values():
        if outcome.standing is Standing.EXCLUDED and outcome.reason not in reasons:
            why = f'for "{outcome.reason}"' if outcome.reason else "without a reason"
            yield Finding(
                "D08",
                f"{outcome.record_id} is excluded in full text {why}",
                (outcome.record_id,),
                hint="The reasons stand in config/review.toml under [full_text.exclusion_reasons].",
            )


def _joined_reports_named(checked: _CheckedReview) -> Iterator[Finding]:
    """D09: a report excluded as a duplicate or companion names the report it belongs to."""
    state = checked.state
    notes: dict[str, str] = {}
    for decision in state.decisions[Phase.FULL_TEXT]:
        unique = state.canonical.get(decision.record_id, decision.record_id)
        notes[unique] = f"{notes.get(unique, '')} {decision.note}"
    for outcome in state.outcomes[Phase.FULL_TEXT].values():
        joined = outcome.standing is Standing.EXCLUDED and outcome.reason in JOINED_REASONS
        named = [w.strip(".,;()") for w in notes.get(outcome.record_id, "").split()]
        if joined and not any(word in state.canonical for word in named):
            yield Finding(
                "D09",
                f"{outcome.record_id} is excluded as a {outcome.reason}, but of which report?",
                (outcome.record_id,),
                hint="Write that report's record id into the note of the decision.",
            )


def _nobody_read(checked: _CheckedReview) -> Iterator[Finding]:
    """D13, D14: only a rule met at a look settles what nobody has read, and that is told."""
    return check_unread(checked.state)


def _limits(checked: _CheckedReview) -> Iterator[Finding]:
    """D14, D15: a limit that judges is told, and one that contradicts people is found."""
    return check_limits(checked.state)


def _nothing_lost(checked: _CheckedReview) -> Iterator[Finding]:
    """D10: what is included in one phase appears in the next, and nothing else does."""
    state = checked.state
    texts = state.outcomes[Phase.FULL_TEXT]
    included = state.standing_at(Phase.TITLE_ABSTRACT, Standing.INCLUDED)
    lost = [unique_id for unique_id in included if unique_id not in texts]
    if lost:
        message = f"{len(lost):,} records included by title are missing from full text"
        yield Finding("D10", message, tuple(lost))
    by_title = {record_id: unit.title_abstract.standing for record_id, unit in checked.units}
    sent_back = state.sent_back[Phase.FULL_TEXT]
    if sent_back:
        yield Finding(
            "D10",
            f"{len(sent_back):,} records were sent back to be decided on anew",
            tuple(sent_back),
            hint="data/screened/events.csv says by whom, when and why.",
            error=False,
        )
    # A stricter round by title may exclude what was read already.
    again = state.rescreened_ids(Phase.TITLE_ABSTRACT)
    counting = state.counting(Phase.FULL_TEXT, state.decisions[Phase.FULL_TEXT])
    decided = (state.canonical.get(each.record_id, "") for each in counting)
    for unique_id in dict.fromkeys(decided):
        standing = by_title.get(unique_id)
        if standing not in (None, Standing.INCLUDED) and unique_id not in again:
            yield Finding(
                "D10",
                f"{unique_id} was decided on in full text but is {standing} by title",
                (unique_id,),
                hint="Its full-text decisions count nowhere until it is included by title. If that "
                f"is meant: scopingreview send-back {unique_id} --to title-abstract --reason …",
            )


def _retracted(checked: _CheckedReview) -> Iterator[Finding]:
    """D16: an included report of which any copy is marked as retracted is told.

    A later search brings the mark on a duplicate, which nobody screens.
    """
    state = checked.state
    included = set(state.standing_at(Phase.FULL_TEXT, Standing.INCLUDED))
    copies = (link.record_id for link in state.duplicates if link.duplicate_of in included)
    marked = [key for key in (*included, *copies) if is_retracted(state.records[key])]
    if marked:
        reports = sorted({state.canonical[key] for key in marked})
        sources = ", ".join(sorted({state.records[key].source for key in marked}))
        yield Finding(
            "D16",
            f"included, but marked as retracted or withdrawn by {sources}: {len(reports):,}",
            tuple(reports),
            hint="Read the notice. To exclude it, decide again by full text, for a reason of the "
            "protocol; scopingreview trace ID shows the copies.",
            error=False,
        )


CHECKS: tuple[Callable[[_CheckedReview], Iterable[Finding]], ...] = (
    _one_place,
    _links_are_flat,
    _sources_reconcile,
    _groups_decide,
    _screened_late,
    _settled_rightly,
    _read_when_retrieved,
    _reasons_known,
    _joined_reports_named,
    _nothing_lost,
    _nobody_read,
    _limits,
    _retracted,
)
