"""Which records wait for whom, and the order in which one reviewer meets them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress

from scopingreview.model import (
    Phase,
    Retrieval,
    RetrievalStatus,
    ScreeningOrder,
    Standing,
)
from scopingreview.screening.allocation import Team
from scopingreview.screening.outcomes import Outcomes, Votes
from scopingreview.screening.standing_votes import by_case


def waiting(
    needed: Mapping[str, int], votes: Mapping[str, Votes], team: Team
) -> dict[str, Sequence[str]]:
    """For whom each record waits, in the order given; those that wait for nobody are left out.

    `needed` says how many decisions each open record needs.
    """
    nobody: Votes = {}

    def waits_for(unique_id: str, number: int) -> Sequence[str]:
        return team.waits_for(unique_id, tuple(votes.get(unique_id, nobody)), number)

    names = list(by_case(needed, votes, waits_for))
    if team.weights:  # who is dealt a record differs from one to the next
        return {key: waits_for(key, needed[key]) for key in compress(needed, names)}
    return dict(compress(zip(needed, names, strict=True), names))


def reports_to_assess(outcomes: Outcomes, retrievals: Mapping[str, Retrieval]) -> list[str]:
    """The reports that can be read: included by title and abstract, and retrieved."""
    return [
        unique_id
        for unique_id in outcomes.standing(Standing.INCLUDED)
        if unique_id in retrievals and retrievals[unique_id].status is RetrievalStatus.RETRIEVED
    ]


def order_seed(seed: str, phase: Phase, reviewer: str) -> str:
    """What makes one reviewer's random order theirs: the review, the phase and the reviewer."""
    return f"{seed}\n{phase}\n{reviewer}"


def in_order(
    unique_ids: Iterable[str],
    order: ScreeningOrder,
    *,
    seed: str,
    year_of: Callable[[str], int | None],
) -> list[str]:
    """The records in the order asked for; they come in the order of import.

    A record's place in the random order follows from the seed and its id alone, so the same
    reviewer meets the same order after every restart, and records that a later search adds
    fall between the others without moving them. Records without a year come last of the newest.
    """
    if order is ScreeningOrder.RANDOM:
        seeded = hashlib.sha256(seed.encode())
        return sorted(unique_ids, key=lambda unique_id: _draw(seeded, unique_id))
    if order is ScreeningOrder.NEWEST:
        return sorted(unique_ids, key=lambda unique_id: -(year_of(unique_id) or 0))
    return list(unique_ids)


def _draw(seeded: hashlib._Hash, unique_id: str) -> bytes:
    drawn = seeded.copy()
    drawn.update(f"\n{unique_id}".encode())
    return drawn.digest()
