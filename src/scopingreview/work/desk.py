"""Where somebody decides: the reviewers' desk, the adjudicators', and the one for training."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from scopingreview import store
from scopingreview.errors import ReviewError
from scopingreview.model import Decision, Event, Person, Phase, Standing
from scopingreview.paths import Review
from scopingreview.screening import criteria_version
from scopingreview.screening.outcomes import standing_decisions
from scopingreview.screening.review_state import ReviewState

PILOT_RUNS = "The pilot of this phase runs: until it has passed, only its records are decided on."
NOT_RETRIEVED = (
    "Full text is read of reports that were included by title and abstract and retrieved: "
    "scopingreview retrieve --record ID --status retrieved"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """On which records, among whose votes, into which file somebody decides.

    `open_ids` are the unique records that can be decided on here, `closed` says why others
    cannot. `says` is what a person must know of the desk while they decide, in a few words: that
    it is the pilot, or conflicts; "" for a phase as such. What is decided where `counts` is false
    (in training) adds up to nothing. `votes` are the standing decisions of this desk by unique
    record and person, `decisions` all that were ever taken here in order of time, and `criteria`
    is the version of the criteria that decisions are taken under now. Who is `away` has left it.
    """

    phase: Phase
    role: str
    counts: bool
    people: Sequence[Person]
    open_ids: Collection[str]
    closed: str
    votes: Mapping[str, Mapping[str, Decision]]
    decisions: Sequence[Decision]
    says: str
    append: Callable[[Review, Sequence[Decision]], None]
    criteria: str
    away: Mapping[str, Event] = field(default_factory=dict)


def screening_desk(state: ReviewState, phase: Phase) -> Desk:
    """The reviewers' desk: every record that has reached the phase."""
    return Desk(
        phase=phase,
        role="reviewer",
        counts=True,
        people=state.protocol.reviewers,
        open_ids=set(state.open_ids(phase)),
        closed=PILOT_RUNS if state.pilots[phase].locked else NOT_RETRIEVED,
        votes=state.votes[phase],
        says=_round_of_pilot(state, phase),
        decisions=state.counting(phase, state.decisions[phase]),
        append=store.append_decisions,
        criteria=criteria_version(state.protocol.phases[phase]),
        away=state.away[phase],
    )


def training_desk(state: ReviewState, phase: Phase, decisions: Sequence[Decision]) -> Desk:
    """The desk of the training round that was opened last; `decisions` are everybody's in training.

    Raises ReviewError when none was opened.
    """
    from scopingreview.screening.training import decisions_of, running_training

    training = running_training(state.events, phase)
    if training is None:
        raise ReviewError(
            f"no training of {phase} was opened",
            hint=f"scopingreview pilot {phase} --key FILE --open --as NAME",
        )
    made = decisions_of(training, decisions, state.canonical)
    known = (state.canonical[key] for key in training.records if key in state.canonical)
    return Desk(
        phase=phase,
        role="reviewer",
        counts=False,
        people=state.protocol.reviewers,
        open_ids=dict.fromkeys(known),
        closed="Only the records of the training are decided on here.",
        votes=standing_decisions(made, state.canonical),
        decisions=made,
        says="TRAINING",
        append=store.append_training,
        criteria=criteria_version(state.protocol.phases[phase]),
    )


def adjudication_desk(state: ReviewState, phase: Phase) -> Desk:
    """The adjudicators' desk: the records on which the reviewers differ, and nothing else."""
    outcomes = state.outcomes[phase].items()
    return Desk(
        phase=phase,
        role="adjudicator",
        counts=True,
        people=state.protocol.adjudicators,
        open_ids={
            unique_id: None
            for unique_id, outcome in outcomes
            if outcome.standing is Standing.IN_CONFLICT or outcome.adjudicated_by
        },
        closed="An adjudicator settles what the reviewers disagree on, and nothing else.",
        votes=state.settled[phase],
        says="conflicts",
        decisions=state.counting(phase, state.consensus[phase]),
        append=store.append_consensus,
        criteria=criteria_version(state.protocol.phases[phase]),
    )


def _round_of_pilot(state: ReviewState, phase: Phase) -> str:
    running = state.pilots[phase].running
    return f"PILOT, round {running.number}" if running else ""
