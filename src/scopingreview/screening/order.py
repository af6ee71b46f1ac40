"""The order in which one reviewer meets the records of a phase."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from scopingreview.model import Phase, ScreeningOrder


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
