"""A labelled review screened over again in a model's order, and how good that order is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scopingreview.ranking.ranker import Learnt, Ranker, can_learn


def replay(ranker: Ranker, is_relevant: Sequence[bool], *, known: Sequence[int]) -> list[int]:
    """The order in which a review would be screened that begins with the known texts.

    The model learns after each one. Ends with the last relevant text: what comes after it tells
    nothing of the model.
    """
    labels = {place: is_relevant[place] for place in known}
    missing = sum(is_relevant) - sum(labels.values())
    order, learnt = list(known), None
    while missing:
        learnt = ranker.learn(labels, after=learnt) if can_learn(ranker.model, labels) else None
        place = _next(ranker, labels, learnt)
        labels[place] = is_relevant[place]
        missing -= is_relevant[place]
        order.append(place)
    return order


def _next(ranker: Ranker, labels: dict[int, bool], learnt: Learnt | None) -> int:
    if learnt is None:
        return next(place for place in range(len(ranker)) if place not in labels)
    scores = ranker.scores_by(learnt)
    scores[list(labels)] = -np.inf
    return int(np.argmax(scores))


def loss(found: Sequence[bool], *, records: int) -> float:
    """The area above the recall curve: 0 for a perfect order, about 0.5 for a random one.

    `found` says of each record screened whether it was relevant, up to the last relevant one at
    least; `records` is how many there are to screen. As ASReview's insights have it.
    """
    relevant = sum(found)
    if not 0 < relevant < records:
        return 0.0
    curve = np.cumsum(found)
    area = float(curve.sum()) + relevant * (records - len(found))
    best = relevant * records - relevant * (relevant - 1) / 2
    worst = relevant * (relevant + 1) / 2
    return (best - area) / (best - worst)


def work_saved(found: Sequence[bool], *, records: int, recall: float = 0.95) -> float:
    """The share of records left unread when this recall is reached, beyond what chance leaves.

    WSS@95 (Cohen et al. 2006, doi:10.1197/jamia.M1929): records left / records - (1 - recall).
    """
    wanted = int(np.ceil(recall * sum(found) - 1e-9))
    read = int(np.argmax(np.cumsum(found) >= wanted)) + 1
    return (records - read) / records - (1 - recall)
