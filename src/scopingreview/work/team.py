"""Taking a reviewer out of the screening, and back: a line a phase, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import Event, EventKind, Outcome, Phase
from scopingreview.paths import Review
from scopingreview.review.charting import load_charting
from scopingreview.screening.check import check_person
from scopingreview.screening.review_state import ReviewState


@dataclass(frozen=True, slots=True)
class TeamChange:
    """What somebody's going or coming does to a phase.

    `decisions` are the records that the person has decided on in it. `owed` is how many records
    wait for each reviewer, before and after. `standings` are the unique records that stand
    elsewhere now, by where they stood and stand (`in conflict → awaiting`). `short` is how many
    reviewers are missing for a record to be decided on at all.
    """

    phase: Phase
    decisions: int
    owed: Mapping[str, tuple[int, int]]
    standings: Mapping[str, tuple[str, ...]]
    short: int


def leaving(
    state: ReviewState,
    name: str,
    *,
    by: str,
    reason: str,
    set_aside: bool,
    phases: Sequence[Phase],
    now: datetime,
) -> list[Event]:
    """The events that take the reviewer out of the phases; nothing is written.

    With `set_aside` what they decided counts no longer, until they come back. Raises CombinedError
    for unknown people, without a reason, and when nothing would change.
    """
    raise_problems(_problems(state, name, by, reason))
    kind = EventKind.REVIEWER_SET_ASIDE if set_aside else EventKind.REVIEWER_LEFT
    events = [
        _event(phase, kind, name, by, reason, now)
        for phase in phases
        if (last := state.away[phase].get(name)) is None or last.kind is not kind
    ]
    if not events:
        raise ReviewError(f"{name} has left already", hint="See: scopingreview reviewer")
    return events


def returning(
    state: ReviewState, name: str, *, by: str, reason: str, phases: Sequence[Phase], now: datetime
) -> list[Event]:
    """The events that take the reviewer back into the phases they left; nothing is written.

    What they decided counts again. Raises CombinedError as `leaving` does.
    """
    raise_problems(_problems(state, name, by, reason))
    kind = EventKind.REVIEWER_RETURNED
    left = [phase for phase in phases if name in state.away[phase]]
    if not left:
        active = any(person.active for person in state.protocol.reviewers if person.name == name)
        hint = "" if active else "config/review.toml says active = false: take that line out."
        raise ReviewError(f"{name} has not left", hint=hint)
    return [_event(phase, kind, name, by, reason, now) for phase in left]


def _event(phase: Phase, kind: EventKind, name: str, by: str, reason: str, now: datetime) -> Event:
    return Event(now, phase, kind, by, people=(name,), note=reason)


def _problems(state: ReviewState, name: str, by: str, reason: str) -> list[ReviewError]:
    everyone = (*state.protocol.reviewers, *state.protocol.adjudicators)
    problems = check_person(name, state.protocol.reviewers, "reviewer")
    problems += check_person(by, everyone, "reviewer")
    if not reason.strip():
        problems.append(ReviewError("this needs a reason: it is kept with the review"))
    return problems


def what_changes(state: ReviewState, name: str, events: Sequence[Event]) -> list[TeamChange]:
    """What the events do to each phase; those that stay as they are left out."""
    after = replace(state, events=(*state.events, *events))
    changes = [_change(state, after, name, phase) for phase in Phase]
    concerned = {event.phase for event in events}
    return [each for each in changes if each.phase in concerned or each.standings]


def charting_owed(
    review: Review, state: ReviewState, events: Sequence[Event]
) -> dict[str, tuple[int, int]]:
    """How many studies wait to be charted by each reviewer, before the events and after them.

    Empty without [charting] in the protocol.
    """
    before = load_charting(review, state)
    after = load_charting(review, replace(state, events=(*state.events, *events)))
    if before is None or after is None:
        return {}
    people = [person.name for person in state.protocol.reviewers]
    return {each: (len(before.owed(each)), len(after.owed(each))) for each in people}


def _standing(outcome: Outcome | None) -> str:
    return outcome.standing if outcome else "not in this phase"


def _change(before: ReviewState, after: ReviewState, name: str, phase: Phase) -> TeamChange:
    standings: dict[str, list[str]] = {}
    there, now = before.outcomes[phase], after.outcomes[phase]
    for unique_id in dict.fromkeys((*there, *now)):
        was, becomes = (_standing(each.get(unique_id)) for each in (there, now))
        if was != becomes:
            standings.setdefault(f"{was} → {becomes}", []).append(unique_id)
    people = [person.name for person in before.protocol.reviewers]
    decided = {before.canonical.get(each.record_id) for each in before.decisions[phase]
               if each.decided_by == name}  # fmt: skip
    return TeamChange(
        phase=phase,
        decisions=len(decided - {None}),
        owed={
            each: (len(before.owed(phase, each)), len(after.owed(phase, each))) for each in people
        },
        standings={change: tuple(ids) for change, ids in standings.items()},
        short=max(
            0, before.protocol.phases[phase].reviewers_needed - len(after.team(phase).people)
        ),
    )
