"""What ranking models read of the records, kept beside data/derived: anyone may delete it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, suppress

from scopingreview.errors import NotWrittenError
from scopingreview.long_array import NewArray, Stretches, ToldArray
from scopingreview.paths import RANKING, Review
from scopingreview.store.arrays import npz_pieces, read_npz, scratch_arrays
from scopingreview.store.files import make_folder, take_away, write_pieces


def read_ranking_features(review: Review, digest: str) -> Mapping[str, Stretches] | None:
    """What was kept of just this; None when nothing was, or it cannot be read."""
    return read_npz(review.ranking_features(digest))


def write_ranking_features(review: Review, digest: str, arrays: Iterable[ToldArray]) -> None:
    """The features are kept as they are told, and what was kept of earlier records is gone.

    A disk that refuses only costs the time to work them out again.
    """
    path = review.ranking_features(digest)
    for old in review.path(RANKING).glob("*.npz"):
        if old != path:
            take_away(old)
    with suppress(NotWrittenError):
        write_pieces(path, npz_pieces(arrays))


def ranking_scratch(review: Review) -> AbstractContextManager[NewArray]:
    """Room for long arrays while features are worked out, or learnt from."""
    with suppress(NotWrittenError):
        make_folder(review.path(RANKING))
    return scratch_arrays(review.path(RANKING))
