"""Scores and lots to the order in which records come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from scopingreview.ranking.sparse_rows import Numbers


def rank(
    scores: Numbers | None, labelled: Iterable[int], tie_order: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The places of the texts without a label by their scores; ties as they come in `tie_order`.

    `tie_order` holds the places that are to be ranked, in the order that stands without scores.
    """
    is_labelled = np.zeros(int(tie_order.max(initial=-1)) + 1, dtype=bool)
    known = [place for place in labelled if place < len(is_labelled)]
    is_labelled[known] = True
    left = tie_order[~is_labelled[tie_order]]
    if scores is None:
        return left
    return left[np.argsort(-scores[left], kind="stable")]


def with_lots(
    ranked: Sequence[str], lots: Iterable[str], *, is_lot: Callable[[int], bool], ahead: int
) -> tuple[list[str], set[str]]:
    """The ranked records with some drawn by lot among the first `ahead`, and which these are.

    `lots` are records in a random order, those that are not ranked among them; `is_lot` says of
    each place (from 0) whether it is drawn. The rest stay in their order.
    """
    places = [place for place in range(min(ahead, len(ranked))) if is_lot(place)]
    if not places:
        return list(ranked), set()
    waiting = set(ranked)
    drawn = list(islice((each for each in lots if each in waiting), len(places)))
    taken = set(drawn)
    order = [each for each in ranked if each not in taken]
    for place, unique_id in zip(places, drawn, strict=True):
        order.insert(place, unique_id)
    return order, taken
