"""Which records wait for whom."""

from __future__ import annotations

from collections.abc import Mapping

from scopingreview.model import Outcome, Retrieval, RetrievalStatus, Standing
from scopingreview.screening.allocation import Team
from scopingreview.screening.outcomes import Votes


def owed(
    needed: Mapping[str, int], votes: Mapping[str, Votes], *, reviewer: str, team: Team
) -> list[str]:
    """The records that wait for this reviewer, in the order given.

    `needed` says how many decisions each open record needs.
    """
    if reviewer not in team.people:
        return []
    return [
        unique_id
        for unique_id, number in needed.items()
        if len(decided_by := votes.get(unique_id, {})) < number
        and reviewer not in decided_by
        and reviewer in team.waits_for(unique_id, decided_by, number)
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
