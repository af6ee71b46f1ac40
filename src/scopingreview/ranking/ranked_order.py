"""Scores and lots to the order in which records come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from scopingreview.long_array import Numbers


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
    places = min(ahead, len(ranked))
    if not any(map(is_lot, range(places))):
        return list(ranked), set()
    waiting, drawn = set(ranked), set[str]()
    by_rank, by_lot = iter(ranked), iter(lots)
    order: list[str] = []
    for place in range(places):
        is_drawn = is_lot(place)
        chosen = next(each for each in (by_lot if is_drawn else by_rank) if each in waiting)
        waiting.discard(chosen)
        order.append(chosen)
        if is_drawn:
            drawn.add(chosen)
    return [*order, *(each for each in by_rank if each in waiting)], drawn
