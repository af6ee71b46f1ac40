"""How far the review is, who owes what, and what is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from scopingreview import config, store
from scopingreview.charting import (
    ChartingStanding,
    ChartingState,
    form_version,
    meant_by_code,
)
from scopingreview.decision_rows import words_said
from scopingreview.model import (
    ConflictKind,
    EventKind,
    Phase,
    Recalled,
    RetrievalStatus,
    Search,
    Standing,
    Unscreened,
)
from scopingreview.paths import DUPLICATES, RECORDS, Review
from scopingreview.report.markdown import things
from scopingreview.review.charting import load_charting
from scopingreview.review.counted_flow import load_data
from scopingreview.review.freshness import Freshness
from scopingreview.review.prisma_s import MissingDetail, missing_details
from scopingreview.review.raw_exports import register_command, unregistered
from scopingreview.review.recall import recall
from scopingreview.review.state import load_state
from scopingreview.review.told_searches import as_told
from scopingreview.screening.pilot import Pilot, PilotRound
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.standing_votes import decided_by_person


@dataclass(frozen=True, slots=True)
class ReviewerProgress:
    """How many records one reviewer has decided on in a phase and how many wait for them.

    `gone` says when and why they left the phase, "" while they are in it.
    """

    reviewer: str
    decided: int
    owed: int
    gone: str = ""


@dataclass(frozen=True, slots=True)
class PhaseProgress:
    """How many unique records stand where in a phase; `open` are those the phase is about.

    `awaiting_another` of those awaiting have a decision and need another, `over_reason` of those
    in conflict differ in the reason only. `other_criteria` counts decisions made before the
    criteria were amended. `by_titles_alone`: abstracts wait for the next round. `pilot` tells the
    rounds of the pilot, `locked` that it still runs, `overridden` who opened the phase although no
    round had passed. `not_screened` records were left unread by the stopping rule: nobody owes
    them, and they are not among those awaiting.
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
    by_titles_alone: bool
    locked: bool
    pilot: tuple[str, ...]
    overridden: str
    not_screened: int
    reviewers: tuple[ReviewerProgress, ...]


@dataclass(frozen=True, slots=True)
class SearchProgress:
    """One search and how many records were read from its exports; None before they were.

    `undocumented` is what the guidelines ask for and is not written down yet.
    """

    search: Search
    records: int | None
    undocumented: tuple[MissingDetail, ...] = ()


@dataclass(frozen=True, slots=True)
class CharterProgress:
    """How many studies one charter has charted, and how many wait for them."""

    charter: str
    charted: int
    owed: int


@dataclass(frozen=True, slots=True)
class ChartingProgress:
    """How many included studies stand where; `to_settle` are cells in which charters differ.

    `pilot_runs`: only the pilot's studies are open. `other_form` counts the cells that were
    charted under another form, `codes` those that hold a code of the prompt as a text.
    """

    studies: int
    charted: int
    in_conflict: int
    awaiting: int
    to_settle: int
    pilot_runs: bool
    other_form: int
    codes: int
    charters: tuple[CharterProgress, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """The review at one moment; counts are None before the stage that makes them has run.

    `charting` is None where the protocol has no form.
    """

    title: str
    searches: tuple[SearchProgress, ...]
    unregistered: tuple[str, ...]
    withdrawn: tuple[Search, ...] = ()
    records: int | None = None
    unique_records: int | None = None
    possible_duplicates: int | None = None
    phases: tuple[PhaseProgress, ...] = ()
    to_retrieve: int = 0
    charting: ChartingProgress | None = None
    known_items: tuple[Recalled, ...] = ()
    stale_stages: tuple[str, ...] = ()
    next_step: str = ""


def work_out_progress(review: Review) -> Progress:
    """How far the review is. Raises ReviewError for files that cannot be read."""
    protocol = config.load_protocol(review)
    everything = config.load_all_searches(review, protocol)
    searches = [search for search in everything if not search.withdrawn]
    imported = review.path(RECORDS).is_file()
    linked = imported and review.path(DUPLICATES).is_file()
    state = load_state(review, protocol) if linked else None
    read = _read_from(review, state) if imported else None
    kinds = {source.name: source.kind for source in protocol.sources}
    stale_stages = tuple(Freshness(review).stale_stages())
    counts = _counts_by_search(searches, read, import_is_due="import" in stale_stages)
    progress = Progress(
        title=protocol.title,
        searches=tuple(
            SearchProgress(search, records, missing_details(review, told, kinds[search.source]))
            for search, told, records in zip(
                searches, as_told(searches, protocol), counts, strict=True
            )
        ),
        withdrawn=tuple(search for search in everything if search.withdrawn),
        unregistered=tuple(unregistered(review, everything)),
        records=None if read is None else sum(read.values()),
        stale_stages=stale_stages,
    )
    if state is not None:
        progress = replace(
            progress,
            unique_records=len(state.unique_ids),
            possible_duplicates=len(store.read_possible_duplicates(review)),
            phases=tuple(_phase_progress(state, phase) for phase in Phase),
            to_retrieve=len(to_retrieve(state)),
            charting=_charting_progress(load_charting(review, state)),
            known_items=tuple(_recalled(review, state)),
        )
    return replace(progress, next_step=_next_step(progress, state))


def _read_from(review: Review, state: ReviewState | None) -> Mapping[str, int]:
    """How many records each search gave at the last import; without `state`, before dedupe."""
    return state.read_from if state else store.RecordFile(review).read_from


def _counts_by_search(
    searches: Sequence[Search], read: Mapping[str, int] | None, *, import_is_due: bool
) -> list[int | None]:
    """How many records each search gave, None where it was not imported yet.

    One of which none were read has none once all that is registered was imported.
    """
    if read is None:
        return [None] * len(searches)
    unread = None if import_is_due else 0
    return [read.get(search.name, unread) for search in searches]


def _recalled(review: Review, state: ReviewState) -> list[Recalled]:
    known = config.load_known_items(review)
    return recall(load_data(review, state), known) if known else []


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
    size = f"pilot {each.number}: {len(each.records):,} records"
    if each.agreement is None:
        return f"{size}, running"
    return f"{size}, {each.agreement:.0%} agreement, {'passed' if each.passed else 'not enough'}"


def describe_override(pilot: Pilot) -> str:
    """Who opened the phase although no round had passed, when and why; "" for nobody."""
    event = pilot.overridden
    if event is None or any(each.passed for each in pilot.rounds):
        return ""
    return f"pilot overridden by {event.by} on {event.recorded_at:%Y-%m-%d}: {event.note}"


def _phase_progress(state: ReviewState, phase: Phase) -> PhaseProgress:
    outcomes = state.outcomes[phase]
    pilot, open_ids = state.pilots[phase], state.ready_ids(phase)
    alike = outcomes.alike
    stopped = _stopped(state, phase)
    awaiting = [
        alike[key]
        for key in open_ids
        if alike[key].standing is Standing.AWAITING and key not in stopped
    ]
    conflicts = [outcomes[key] for key in state.standing_at(phase, Standing.IN_CONFLICT)]
    stamped = any(word.criteria for word in words_said(state.decisions[phase]))
    return PhaseProgress(
        phase=phase,
        open=len(open_ids),
        included=len(outcomes.standing(Standing.INCLUDED)),
        excluded=len(outcomes.standing(Standing.EXCLUDED)),
        awaiting=len(awaiting),
        awaiting_another=sum(bool(outcome.decided_by) for outcome in awaiting),
        in_conflict=len(conflicts),
        over_reason=sum(each.conflict is ConflictKind.REASON for each in conflicts),
        other_criteria=len(state.made_under_other_criteria(phase)) if stamped else 0,
        by_titles_alone=state.by_titles_alone(phase),
        locked=pilot.locked,
        pilot=tuple(map(describe_round, pilot.rounds)),
        overridden=describe_override(pilot),
        not_screened=len(stopped),
        reviewers=_reviewers_progress(state, phase, stopped),
    )


def _stopped(state: ReviewState, phase: Phase) -> Collection[str]:
    """The records that nobody has read and nobody owes any more, by the stopping rule."""
    eligibility = state.eligibility
    if phase is Phase.FULL_TEXT or eligibility.unread_count_as is Unscreened.AWAIT:
        return ()
    return frozenset(eligibility.unread)


def _reviewers_progress(
    state: ReviewState, phase: Phase, stopped: Collection[str]
) -> tuple[ReviewerProgress, ...]:
    decided = decided_by_person(state.votes[phase])
    return tuple(
        ReviewerProgress(
            person.name,
            decided[person.name],
            len(set(state.owed(phase, person.name)).difference(stopped)),
            describe_leaving(state, phase, person.name),
        )
        for person in state.protocol.reviewers
    )


def describe_leaving(state: ReviewState, phase: Phase, reviewer: str) -> str:
    """When the reviewer left the phase, why, and whether their decisions count; "" while there."""
    event = state.away[phase].get(reviewer)
    if event is None:
        return ""
    counts = event.kind is not EventKind.REVIEWER_SET_ASIDE
    aside = "" if counts else "; what they decided is set aside"
    return f"left on {event.recorded_at:%Y-%m-%d}: {event.note}{aside}"


def _charting_progress(charting: ChartingState | None) -> ChartingProgress | None:
    if charting is None:
        return None
    standing = Counter(charting.standing(key) for key in charting.studies)
    version = form_version(charting.form)
    cells = [c for by in charting.charted.values() for of in by.values() for c in of.values()]
    return ChartingProgress(
        studies=len(charting.studies),
        charted=standing[ChartingStanding.CHARTED],
        in_conflict=standing[ChartingStanding.IN_CONFLICT],
        awaiting=standing[ChartingStanding.AWAITING],
        to_settle=sum(len(charting.unsettled(key)) for key in charting.studies),
        pilot_runs=charting.pilot_runs,
        other_form=sum(cell.form not in ("", version) for cell in cells),
        codes=sum(meant_by_code(cell.value) is not None for cell in cells),
        charters=tuple(
            CharterProgress(
                person.name,
                sum(person.name in names for names in charting.complete.values()),
                len(charting.owed(person.name)),
            )
            for person in charting.charters
        ),
    )


def _next_step(progress: Progress, state: ReviewState | None) -> str:
    """The command that takes the review on: first what is missing, then who owes most."""
    if progress.unregistered:
        return register_command(progress.unregistered[0])
    if not progress.searches:
        return "scopingreview add EXPORT --source SOURCE --hits N"
    if state is None or not {"import", "dedupe"}.isdisjoint(progress.stale_stages):
        return "scopingreview run"
    if progress.possible_duplicates:
        pairs = things(progress.possible_duplicates, "pair")
        return f"scopingreview dedupe --review --as NAME ({pairs})"
    for each in progress.phases:
        if each.phase is Phase.FULL_TEXT and progress.to_retrieve:
            return f"scopingreview retrieve ({progress.to_retrieve:,} to get hold of)"
        if step := _next_in(each, state):
            return step
    if progress.charting and (step := _next_in_charting(progress.charting, state)):
        return step
    return "scopingreview run" if progress.stale_stages else "scopingreview check"


def _next_in(progress: PhaseProgress, state: ReviewState) -> str:
    """The command that takes the phase on; "" when it waits for nobody."""
    phase = progress.phase
    if progress.locked and state.pilots[phase].running is None and progress.open:
        return f"scopingreview pilot {phase} --open --as NAME"
    most = max(progress.reviewers, key=lambda each: each.owed, default=None)
    if most and most.owed:
        return f"scopingreview screen {phase} --as {most.reviewer} ({most.owed:,} left)"
    if progress.in_conflict:
        people = state.protocol.adjudicators
        name = people[0].name if people else "NAME"
        return f"scopingreview conflicts {phase} --as {name} ({progress.in_conflict:,} to settle)"
    if progress.by_titles_alone and progress.awaiting:
        return (
            f'scopingreview rescreen {phase} --reason "titles are read" --as NAME '
            f"({progress.awaiting:,} to read by abstract)"
        )
    return ""


def _next_in_charting(progress: ChartingProgress, state: ReviewState) -> str:
    """The command that takes the charting on; "" when it waits for nobody."""
    most = max(progress.charters, key=lambda each: each.owed, default=None)
    if most and most.owed:
        return f"scopingreview chart --as {most.charter} ({most.owed:,} left)"
    if progress.to_settle:
        people = state.protocol.adjudicators
        name = people[0].name if people else "NAME"
        return f"scopingreview chart --consensus --as {name} ({progress.to_settle:,} to settle)"
    return ""
