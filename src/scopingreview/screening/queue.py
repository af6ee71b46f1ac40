"""Which records wait for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scopingreview.model import Outcome, PhaseRules, Retrieval, RetrievalStatus, Standing
from scopingreview.screening.outcomes import Votes


def owed(
    unique_ids: Iterable[str], votes: Mapping[str, Votes], *, reviewer: str, rules: PhaseRules
) -> list[str]:
    """The records that wait for this reviewer, in the order given.

    A record waits for everyone until as many as the protocol asks for have decided on it.
    """
    return [
        unique_id
        for unique_id in unique_ids
        if reviewer not in votes.get(unique_id, {})
        and len(votes.get(unique_id, {})) < rules.reviewers_needed
    ]


def reports_to_assess(
    outcomes: Mapping[str, Outcome], retrievals: Mapping[str, Retrieval]
) -> list[str]:
    """The reports that can be read: included by title and abstract, and retrieved."""
    return [
        unique_id
        for unique_id, outcome in outcomes.items()
        if outcome.standing is Standing.INCLUDED
        and unique_id in retrievals
        and retrievals[unique_id].status is RetrievalStatus.RETRIEVED
    ]
