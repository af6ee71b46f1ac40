"""A first round by titles alone: what it excludes is out, everything else awaits its abstract."""

from __future__ import annotations

from dataclasses import replace

from scopingreview.model import Outcome, Record, Standing
from scopingreview.screening.outcomes import Outcomes


def by_title(record: Record) -> Record:
    """The record as people read it in the round: without abstract and keywords."""
    return replace(record, abstract="", keywords=())


def until_abstracts_are_read(outcomes: Outcomes) -> Outcomes:
    """What stands while the round of titles runs: nothing passes, and nothing is in conflict.

    A title excludes when the reviewers agree; when they do not, the abstract decides.
    """
    waiting: dict[int, Outcome] = {}

    def as_it_stands(outcome: Outcome) -> Outcome:
        if outcome.standing is Standing.EXCLUDED:
            return outcome
        # Records of which the same was said share one outcome, and go on sharing it.
        if id(outcome) not in waiting:
            waiting[id(outcome)] = Outcome(
                outcome.record_id,
                outcome.phase,
                Standing.AWAITING,
                decided_by=outcome.decided_by,
            )
        return waiting[id(outcome)]

    return Outcomes({key: as_it_stands(each) for key, each in outcomes.alike.items()})
