"""A labelled review screened over again in a model's order, and how good that order is."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from scopingreview.ranking.ranker import Learnt, Ranker, can_learn


@dataclass(frozen=True, slots=True)
class Replay:
    """One screening: `known` texts to begin with, then `order`, which ends with the last relevant.

    `found` says of each text of the order whether it is relevant; `records` is how many there
    were to screen beside the known ones.
    """

    known: tuple[int, ...]
    order: tuple[int, ...]
    found: tuple[bool, ...]
    records: int

    @property
    def loss(self) -> float:
        """The area above the recall curve: 0 for a perfect order, about 0.5 for a random one.

        As ASReview's insights have it: (best area - area) / (best area - worst area).
        """
        relevant, records = sum(self.found), self.records
        if not 0 < relevant < records:
            return 0.0
        area = int(np.cumsum(self.found).sum()) + relevant * (records - len(self.found))
        best = relevant * records - relevant * (relevant - 1) / 2
        worst = relevant * (relevant + 1) / 2
        return (best - area) / (best - worst)

    def recall_after(self, share: float) -> float:
        """The recall when this share of the records is screened."""
        screened = int(share * self.records + 1e-9)
        return sum(self.found[:screened]) / sum(self.found) if any(self.found) else 1.0

    def screened_for(self, recall: float) -> int:
        """How many records are screened when this recall is reached."""
        wanted = ceil(recall * sum(self.found) - 1e-9)
        return int(np.argmax(np.cumsum(self.found) >= wanted)) + 1 if wanted else 0

    def work_saved(self, recall: float = 0.95) -> float:
        """The share of records unread at this recall, beyond what a random order leaves: WSS.

        Cohen et al. 2006, doi:10.1197/jamia.M1929: unread / records - (1 - recall).
        """
        if not self.records:
            return 0.0
        return (self.records - self.screened_for(recall)) / self.records - (1 - recall)


def replay(ranker: Ranker, is_relevant: Sequence[bool], *, known: Sequence[int]) -> Replay:
    """The screening that begins with the known texts, the model learning after each one."""
    labels = {place: is_relevant[place] for place in known}
    missing = sum(is_relevant) - sum(labels.values())
    order: list[int] = []
    learnt: Learnt | None = None
    while missing:
        learnt = ranker.learn(labels, after=learnt) if can_learn(ranker.model, labels) else None
        place = _next(ranker, labels, learnt)
        labels[place] = is_relevant[place]
        missing -= is_relevant[place]
        order.append(place)
    found = tuple(is_relevant[place] for place in order)
    return Replay(tuple(known), tuple(order), found, len(is_relevant) - len(labels) + len(order))


def _next(ranker: Ranker, labels: dict[int, bool], learnt: Learnt | None) -> int:
    if learnt is None:
        return next(place for place in range(len(ranker)) if place not in labels)
    scores = ranker.scores_by(learnt)
    scores[list(labels)] = -np.inf
    return int(np.argmax(scores))


def drawn_relevant(is_relevant: Sequence[bool], number: int, *, seed: int) -> list[int]:
    """The places of so many relevant texts, drawn by the seed; fewer where there are no more."""
    relevant = [place for place, each in enumerate(is_relevant) if each]
    return random.Random(seed).sample(relevant, min(number, len(relevant)))
