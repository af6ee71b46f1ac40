"""Who screens a phase now: the protocol's reviewers, less those whom an event took out of it.

Leaving is a line, and so is coming back; the last one about a person and a phase stands. What
somebody decided stays on file whatever happens: it counts on, or is set aside with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scopingreview.decision_rows import DecisionRows
from scopingreview.errors import ReviewError
from scopingreview.model import Decision, Event, EventKind, Phase

LEAVING = (EventKind.REVIEWER_LEFT, EventKind.REVIEWER_SET_ASIDE)


def away_from(events: Iterable[Event], phase: Phase) -> dict[str, Event]:
    """Those who left the phase and have not come back, each with the event that says so.

    Events come in order of time.
    """
    away: dict[str, Event] = {}
    for event in events:
        if event.phase is not phase:
            continue
        for name in event.people if event.kind in LEAVING else ():
            away[name] = event
        for name in event.people if event.kind is EventKind.REVIEWER_RETURNED else ():
            away.pop(name, None)
    return away


def set_aside(away: Mapping[str, Event]) -> frozenset[str]:
    """Those of them whose decisions count no longer."""
    return frozenset(n for n, each in away.items() if each.kind is EventKind.REVIEWER_SET_ASIDE)


def decisions_of_others(decisions: Sequence[Decision], names: frozenset[str]) -> Sequence[Decision]:
    """The decisions without those that these people took."""
    if isinstance(decisions, DecisionRows):
        return decisions.by_others(names) if names else decisions
    return [each for each in decisions if each.decided_by not in names]


def check_present(away: Mapping[str, Event], name: str) -> list[ReviewError]:
    """Empty when the person may decide in the phase; else when they left it, and the way back."""
    event = away.get(name)
    if event is None:
        return []
    return [
        ReviewError(
            f"{name} left {event.phase} screening on {event.recorded_at:%Y-%m-%d}: {event.note}",
            hint=f"Back again? scopingreview reviewer return {name} --reason … --as {event.by}",
        )
    ]
