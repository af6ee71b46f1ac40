"""What ranking models read of the records, kept beside data/derived: anyone may delete it."""

from __future__ import annotations

from contextlib import suppress

from scopingreview.errors import NotWrittenError
from scopingreview.paths import RANKING, Review
from scopingreview.store.files import take_away, write_bytes


def read_ranking_features(review: Review, digest: str) -> bytes | None:
    """What was kept of just this; None when nothing was, or it cannot be read."""
    try:
        return review.ranking_features(digest).read_bytes()
    except OSError:
        return None  # it is worked out again: that takes longer and changes nothing


def write_ranking_features(review: Review, digest: str, content: bytes) -> None:
    """The features are kept, and what was kept of earlier records is gone.

    A disk that refuses only costs the time to work them out again.
    """
    path = review.ranking_features(digest)
    for old in review.path(RANKING).glob("*.npz"):
        if old != path:
            take_away(old)
    with suppress(NotWrittenError):
        write_bytes(path, content)
