"""Drawing lots that fall the same way on every machine and never depend on the order of asking."""

from __future__ import annotations

import hashlib

BITS = 52  # what a float holds of a number below 1, with room for the half that keeps it off 0


def lot(*words: str) -> float:
    """A number between 0 and 1 (never either) that these words draw, others another."""
    digest = hashlib.sha256("\x1f".join(words).encode()).digest()
    return ((int.from_bytes(digest[:8]) >> (64 - BITS)) + 0.5) / (1 << BITS)
