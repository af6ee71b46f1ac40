"""Who decided what on a record in conflict: hidden, unless the protocol allows it; then logged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scopingreview.decision_rows import on_records
from scopingreview.model import Decision, EventKind, Phase, Standing, Verdict
from scopingreview.screening.review_state import ReviewState


@dataclass(frozen=True, slots=True)
class ShownVote:
    """A vote as others may see it; `by` is "" as long as the record is blind."""

    verdict: Verdict
    reason: str
    note: str
    by: str = ""


def votes_shown(state: ReviewState, phase: Phase, unique_id: str) -> list[ShownVote]:
    """The votes on a record for whoever settles it, in an order that tells nothing of people."""
    named = unique_id in unblinded(state, phase)
    shown = [
        ShownVote(vote.verdict, vote.reason, vote.note, vote.decided_by if named else "")
        for vote in state.votes[phase].get(unique_id, {}).values()
    ]
    return sorted(shown, key=lambda vote: (vote.verdict, vote.reason, vote.note, vote.by))


def votes_told(shown: Iterable[ShownVote]) -> str:
    """The votes in words, each kind once: `2 x exclude topic, 1 x include`."""
    votes = Counter(" ".join(filter(None, [vote.verdict, vote.reason, vote.by])) for vote in shown)
    return ", ".join(f"{times} x {vote}" for vote, times in votes.items())


def decisions_shown(state: ReviewState, phase: Phase, unique_id: str) -> list[Decision]:
    """The reviewers' decisions on a record as anyone may see them, in order of time.

    None while somebody's word is still awaited; without names while the record is in conflict
    and nobody has unblinded it.
    """
    outcome = state.outcomes[phase].get(unique_id)
    decisions = list(
        on_records(state.decisions[phase], lambda key: state.canonical.get(key) == unique_id)
    )
    if outcome is None or outcome.standing is Standing.AWAITING:
        return []
    if outcome.standing is Standing.IN_CONFLICT and unique_id not in unblinded(state, phase):
        return [replace(decision, decided_by="") for decision in decisions]
    return decisions


def unblinded(state: ReviewState, phase: Phase) -> set[str]:
    """The unique records of which it was asked, and logged, who decided what."""
    return {
        state.canonical[record_id]
        for event in state.events
        if event.kind is EventKind.UNBLINDED and event.phase is phase
        for record_id in event.records
        if record_id in state.canonical
    }
