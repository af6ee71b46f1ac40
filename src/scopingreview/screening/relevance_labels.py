"""What a reviewer's ranking may learn from: their own word, and what is known to all.

Nobody's ranking tells them of a word that is still hidden from them: another's decision counts
when the record stands included or excluded, as `trace` shows it then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scopingreview.model import Decision, EventKind, Phase, Standing, Verdict
from scopingreview.screening.review_state import ReviewState

SETTLED = {Standing.INCLUDED: True, Standing.EXCLUDED: False}


def relevance_labels(
    state: ReviewState, phase: Phase, reviewer: str, *, known: Iterable[str] = ()
) -> dict[str, bool]:
    """Whether each unique record is relevant that this reviewer may know of.

    Records `known` to be relevant before anyone screened, what stands in the phase, and above both
    the reviewer's own decisions.
    """
    labels = dict.fromkeys(known, True)
    votes = state.votes[phase]
    for unique_id, outcome in state.outcomes[phase].items():
        if outcome.standing in SETTLED and outcome.decided_by:
            labels[unique_id] = SETTLED[outcome.standing]
    for unique_id, by_person in votes.items():
        if reviewer in by_person:
            labels[unique_id] = speaks_for(by_person[reviewer])
    return labels


def known_relevant(state: ReviewState, phase: Phase) -> list[str]:
    """The unique records that were named as relevant before they were screened."""
    return [
        state.canonical[record_id]
        for event in state.events
        if event.kind is EventKind.KNOWN_RELEVANT and event.phase is phase
        for record_id in event.records
        if record_id in state.canonical
    ]


def speaks_for(decision: Decision) -> bool:
    """Whether a ranking learns the decision as relevant: a maybe is a record to look at again."""
    return decision.verdict in (Verdict.INCLUDE, Verdict.MAYBE)


def changed_label(
    labels: Mapping[str, bool], unique_id: str, decision: Decision
) -> dict[str, bool]:
    """The labels after one more decision; one that is taken back takes its label along."""
    changed = dict(labels)
    if decision.verdict is Verdict.WITHDRAWN:
        changed.pop(unique_id, None)
    else:
        changed[unique_id] = speaks_for(decision)
    return changed
