"""Opening a round of the trial before a phase, or overriding it: a logged event each."""

from __future__ import annotations

from datetime import datetime

from scopingreview import store
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import Event, EventKind, Phase, PilotRules
from scopingreview.paths import PROTOCOL, Review
from scopingreview.screening import draw_sample
from scopingreview.screening.check import check_person
from scopingreview.screening.review_state import ReviewState


def open_round(
    review: Review, state: ReviewState, phase: Phase, *, by: str, now: datetime
) -> Event:
    """A fresh sample for the whole team is on file, as an event.

    No record of it has been decided on, in an earlier round or otherwise. Raises ReviewError
    when the protocol has no pilot, a round is running, or the phase is open already.
    """
    rules = _rules(state, phase, by)
    pilot = state.pilots[phase]
    if pilot.running is not None:
        raise ReviewError(
            f"round {pilot.running.number} of the {phase} pilot is not finished",
            hint=f"See who still owes decisions: scopingreview pilot {phase}",
        )
    taken = {key for key, votes in state.votes[phase].items() if votes}
    sample = draw_sample(
        state.ready_ids(phase), rules.size, seed=state.protocol.seed, phase=phase, taken=taken
    )
    people = state.team(phase).people
    if not sample or len(people) < 2:
        lacking = "records that nobody has seen" if len(people) > 1 else "reviewers"
        raise ReviewError(
            f"there are not enough {lacking} for a round of the {phase} pilot",
            hint=f"Begin without: scopingreview pilot {phase} --override REASON --as {by}",
        )
    event = Event(
        now, phase, EventKind.PILOT_OPENED, by, records=tuple(sample), people=tuple(people)
    )
    store.append_event(review, event)
    return event


def override_pilot(
    review: Review, state: ReviewState, phase: Phase, *, by: str, reason: str, now: datetime
) -> Event:
    """The phase is open although no round has passed; who opened it and why is on file.

    Raises ReviewError without a reason, or when nothing is locked.
    """
    _rules(state, phase, by)
    if not reason.strip():
        raise ReviewError("an override needs a reason: it is kept with the review")
    event = Event(now, phase, EventKind.PILOT_OVERRIDDEN, by, note=reason)
    store.append_event(review, event)
    return event


def _rules(state: ReviewState, phase: Phase, by: str) -> PilotRules:
    """The pilot's rules, when there is something to open or to override."""
    rules = state.protocol.phases[phase].pilot
    if rules is None:
        table = phase.replace("-", "_")
        raise ReviewError(
            f"the protocol has no pilot for {phase}",
            where=PROTOCOL,
            hint=f"Ask for one with a table [{table}.pilot] (size = 25, agreement = 0.75).",
        )
    everyone = (*state.protocol.reviewers, *state.protocol.adjudicators)
    raise_problems(check_person(by, everyone, "reviewer"))
    if not state.pilots[phase].locked:
        raise ReviewError(
            f"the {phase} pilot is over: the phase is open",
            hint=f"Screen on: scopingreview screen {phase} --as {by}",
        )
    return rules
