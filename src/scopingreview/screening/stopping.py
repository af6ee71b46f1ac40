"""How much is found so far, in the order in which it was screened; and whether that closes a phase.

Unread is unread: what the stopping rule leaves is "not screened", and no one's exclusion.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from scopingreview.model import Decision, Event, EventKind, Phase, Standing
from scopingreview.screening.allocation import random_number
from scopingreview.screening.review_state import ReviewState


@dataclass(frozen=True, slots=True)
class ScreenedRecord:
    """A unique record that stands in a phase: since when, and whether it is relevant."""

    record_id: str
    settled_at: datetime
    is_relevant: bool


@dataclass(frozen=True, slots=True)
class Audit:
    """A random sample of what was unread at one moment, drawn to see what screening left.

    `unread` is how many there were then, and `relevant` how many relevant records stood; `seen`
    are those of the sample that stand by now, `found` the relevant ones among them.
    """

    drawn_at: datetime
    records: tuple[str, ...]
    unread: int
    relevant: int
    seen: int
    found: int

    @property
    def is_finished(self) -> bool:
        """Whether every record of the sample stands."""
        return self.seen == len(self.records)


def screened_records(state: ReviewState, phase: Phase) -> list[ScreenedRecord]:
    """The records that stand included or excluded, in the order in which they came to.

    A record on which people differ, or whose second vote is missing, does not stand yet: it is
    among those left.
    """
    open_ids = set(state.ready_ids(phase))
    times: dict[str, datetime] = {}
    for decision in _counting(state, phase):
        unique_id = state.canonical.get(decision.record_id, "")
        times[unique_id] = max(decision.decided_at, times.get(unique_id, decision.decided_at))
    screened = [
        ScreenedRecord(unique_id, times[unique_id], outcome.standing is Standing.INCLUDED)
        for unique_id, outcome in state.outcomes[phase].items()
        if outcome.standing in (Standing.INCLUDED, Standing.EXCLUDED)
        and unique_id in open_ids
        and unique_id in times
    ]
    return sorted(screened, key=lambda each: each.settled_at)


def _counting(state: ReviewState, phase: Phase) -> Iterable[Decision]:
    yield from state.counting(phase, state.decisions[phase])
    yield from state.counting(phase, state.consensus[phase])


def draw_audit(
    unread: Iterable[str], size: int, *, seed: str, phase: Phase, number: int
) -> list[str]:
    """`size` of the unread records at random; the next audit of the phase draws others."""
    words = (seed, phase, "audit", str(number))
    return sorted(unread, key=lambda unique_id: random_number(*words, unique_id))[:size]


def audits(state: ReviewState, phase: Phase) -> list[Audit]:
    """Every audit of the phase, in order of time."""
    drawn = [e for e in state.events if e.kind is EventKind.AUDIT_DRAWN and e.phase is phase]
    return [_audit(state, phase, event) for event in drawn] if drawn else []


def _audit(state: ReviewState, phase: Phase, event: Event) -> Audit:
    screened = screened_records(state, phase)
    before = [each for each in screened if each.settled_at <= event.recorded_at]
    sample = set(event.records)
    seen = [
        each
        for each in screened
        if each.record_id in sample and each.settled_at > event.recorded_at
    ]
    return Audit(
        drawn_at=event.recorded_at,
        records=event.records,
        unread=len(state.ready_ids(phase)) - len(before),
        relevant=sum(each.is_relevant for each in before),
        seen=len(seen),
        found=sum(each.is_relevant for each in seen),
    )


def wait_for_audit(state: ReviewState, phase: Phase, queue: Sequence[str]) -> list[str]:
    """The records of the queue that an audit has drawn, in its order: they come before others."""
    drawn = dict.fromkeys(
        record_id
        for event in state.events
        if event.kind is EventKind.AUDIT_DRAWN and event.phase is phase
        for record_id in event.records
    )
    waiting = set(filter(drawn.__contains__, queue))
    return [each for each in drawn if each in waiting]
