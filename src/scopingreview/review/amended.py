"""What changed while people screened, in sentences for the methods: criteria, pilot, people."""

from __future__ import annotations

from collections.abc import Iterator

from scopingreview.decision_rows import people_in, words_said
from scopingreview.model import Event, Phase
from scopingreview.report.markdown import things
from scopingreview.report.methods import PHASES
from scopingreview.report.told_people import ToldPeople
from scopingreview.screening.criteria import AFTER_VERSION, amendments
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.team import set_aside


def amended(state: ReviewState, phase: Phase) -> Iterator[str]:
    """How its criteria were amended, what was decided under others, and a pilot overridden."""
    for event in amendments(state.events, phase).values():
        reason = _reason(event.note.partition(AFTER_VERSION)[2])
        yield f"The criteria of {PHASES[phase]} were amended on {_day(event)}{reason}."
    stamped = any(word.criteria for word in words_said(state.decisions[phase]))
    if stamped and (again := len(state.made_under_other_criteria(phase))):
        were = "stands was" if again == 1 else "stand were"
        yield (
            f"{things(again, 'decision')} by {PHASES[phase]} that {were} made under other criteria "
            "than those of today."
        )
    pilot = state.pilots[phase]
    if pilot.overridden and not any(each.passed for each in pilot.rounds):
        yield (
            f"The pilot of {PHASES[phase]} was overridden on "
            f"{_day(pilot.overridden)}{_reason(pilot.overridden.note)}."
        )


def departed(state: ReviewState, phase: Phase, people: ToldPeople) -> Iterator[str]:
    """Who left after they had decided, and whether that counts; why they left is nobody's."""
    aside, decided = set_aside(state.away[phase]), people_in(state.decisions[phase])
    for name, event in state.away[phase].items():
        if name in decided:
            counts = "no longer counts" if name in aside else "counts on"
            yield (
                f"{people.full.get(name, name)} left the screening by {PHASES[phase]} on "
                f"{_day(event)}; what they had decided {counts}."
            )


def _day(event: Event) -> str:
    return f"{event.recorded_at:%Y-%m-%d}"


def _reason(text: str) -> str:
    """Behind a colon; "" for none, as in a public copy."""
    text = text.strip().rstrip(".")
    return f": {text}" if text else ""
