"""How far the review is, who owes what, and what is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scopingreview import config, store
from scopingreview.chain import STAGES, is_current
from scopingreview.model import ConflictKind, Phase, RetrievalStatus, Search, Standing
from scopingreview.paths import DUPLICATES, RECORDS, Review
from scopingreview.review.exports import register_command, unregistered
from scopingreview.review.prisma_s import MissingDetail, missing_details
from scopingreview.review.state import ReviewState, load_state
from scopingreview.screening import made_under_other_criteria
from scopingreview.screening.pilot import PilotRound


@dataclass(frozen=True, slots=True)
class ReviewerProgress:
    """How many records one reviewer has decided on in a phase and how many wait for them."""

    reviewer: str
    decided: int
    owed: int


@dataclass(frozen=True, slots=True)
class PhaseProgress:
    """How many unique records stand where in a phase; `open` are those the phase is about.

    `awaiting_another` of those awaiting have a decision and need another, `over_reason` of those
    in conflict differ in the reason only. `other_criteria` counts decisions made before the
    criteria were amended. `pilot` tells the rounds of the pilot, `locked` that it still runs.
    """

    phase: Phase
    open: int
    included: int
    excluded: int
    awaiting: int
    awaiting_another: int
    in_conflict: int
    over_reason: int
    other_criteria: int
    locked: bool
    pilot: tuple[str, ...]
    reviewers: tuple[ReviewerProgress, ...]


@dataclass(frozen=True, slots=True)
class SearchProgress:
    """One search and how many records were read from its exports; None before import.

    `undocumented` is what PRISMA-S asks to be told of it and is not written down yet.
    """

    search: Search
    records: int | None
    undocumented: tuple[MissingDetail, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """The review at one moment; counts are None before the stage that makes them has run."""

    title: str
    searches: tuple[SearchProgress, ...]
    unregistered: tuple[str, ...]
    records: int | None
    unique_records: int | None
    possible_duplicates: int | None
    phases: tuple[PhaseProgress, ...]
    to_retrieve: int
    stale_stages: tuple[str, ...]
    next_step: str


def work_out_progress(review: Review) -> Progress:
    """How far the review is. Raises ReviewError for files that cannot be read."""
    protocol = config.load_protocol(review)
    searches = config.load_searches(review, protocol)
    loose = unregistered(review, searches)
    stale = [stage.name for stage in STAGES if not is_current(review, stage)]
    linked = review.path(RECORDS).is_file() and review.path(DUPLICATES).is_file()
    state = load_state(review, protocol) if linked else None
    read = Counter(record.search for record in state.records.values()) if state else None
    return Progress(
        title=protocol.title,
        searches=tuple(
            SearchProgress(s, read[s.name] if read else None, missing_details(review, s))
            for s in searches
        ),
        unregistered=tuple(loose),
        records=len(state.records) if state else None,
        unique_records=len(state.unique_ids) if state else None,
        possible_duplicates=len(store.read_possible_duplicates(review)) if state else None,
        phases=tuple(_phase_progress(state, phase) for phase in Phase) if state else (),
        to_retrieve=len(to_retrieve(state)) if state else 0,
        stale_stages=tuple(stale),
        next_step=_next_step(searches, loose, stale, state),
    )


def to_retrieve(state: ReviewState) -> list[str]:
    """The reports included by title and abstract whose full text is still missing."""
    sought = state.standing_at(Phase.TITLE_ABSTRACT, Standing.INCLUDED)
    steps = state.retrievals
    return [
        unique_id
        for unique_id in sought
        if unique_id not in steps or steps[unique_id].status is RetrievalStatus.SOUGHT
    ]


def describe_round(each: PilotRound) -> str:
    """One round in a line: its size, and how it ended or that it runs."""
    told = f"pilot {each.number}: {len(each.records):,} records"
    if each.agreement is None:
        return f"{told}, running"
    return f"{told}, {each.agreement:.0%} agreement, {'passed' if each.passed else 'not enough'}"


def _phase_progress(state: ReviewState, phase: Phase) -> PhaseProgress:
    outcomes, rules, pilot = (
        state.outcomes[phase],
        state.protocol.phases[phase],
        state.pilots[phase],
    )
    standing = Counter(outcome.standing for outcome in outcomes.values())
    open_ids = state.ready_ids(phase)
    awaiting = [outcomes[key] for key in open_ids if outcomes[key].standing is Standing.AWAITING]
    conflicts = [outcomes[key] for key in state.standing_at(phase, Standing.IN_CONFLICT)]
    stamped = any(decision.criteria for decision in state.decisions[phase])
    return PhaseProgress(
        phase=phase,
        open=len(open_ids),
        included=standing[Standing.INCLUDED],
        excluded=standing[Standing.EXCLUDED],
        awaiting=len(awaiting),
        awaiting_another=sum(bool(outcome.decided_by) for outcome in awaiting),
        in_conflict=len(conflicts),
        over_reason=sum(each.conflict is ConflictKind.REASON for each in conflicts),
        other_criteria=len(made_under_other_criteria(state.votes[phase], rules)) if stamped else 0,
        locked=pilot.locked,
        pilot=tuple(describe_round(each) for each in pilot.rounds),
        reviewers=tuple(
            ReviewerProgress(
                reviewer=person.name,
                decided=sum(person.name in votes for votes in state.votes[phase].values()),
                owed=len(state.owed(phase, person.name)),
            )
            for person in state.protocol.reviewers
        ),
    )


def _next_step(
    searches: Sequence[Search],
    loose: Sequence[str],
    stale: Sequence[str],
    state: ReviewState | None,
) -> str:
    """The command that takes the review on: first what is missing, then who owes most."""
    if loose:
        return register_command(loose[0])
    if not searches:
        return "scopingreview add EXPORT --source SOURCE --hits N"
    if state is None or {"import", "dedupe"} & set(stale):
        return "scopingreview run"
    for phase in Phase:
        if phase is Phase.FULL_TEXT and (missing := to_retrieve(state)):
            return f"scopingreview retrieve ({len(missing):,} to get hold of)"
        pilot = state.pilots[phase]
        if pilot.locked and pilot.running is None and state.ready_ids(phase):
            return f"scopingreview pilot {phase} --open --as NAME"
        owed = {p.name: len(state.owed(phase, p.name)) for p in state.protocol.reviewers}
        if any(owed.values()):
            name = max(owed, key=lambda name: owed[name])
            return f"scopingreview screen {phase} --as {name} ({owed[name]:,} left)"
        conflicts = state.standing_at(phase, Standing.IN_CONFLICT)
        if conflicts:
            people = state.protocol.adjudicators
            name = people[0].name if people else "NAME"
            return f"scopingreview conflicts {phase} --as {name} ({len(conflicts):,} to settle)"
    return "scopingreview run" if stale else "scopingreview check"
