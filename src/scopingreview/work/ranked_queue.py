"""The queue of a reviewer in the order of relevance: learnt anew after each decision, meanwhile.

A thread learns while the reviewer reads; the next record is chosen by what was learnt last, so
that nobody waits. An order follows from the labels it was learnt from, the seed and nothing else;
how many these were is kept with the decision, where the protocol asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from scopingreview.model import ShownBy
from scopingreview.ranking.ranked_order import rank, with_lots
from scopingreview.ranking.ranker import Learnt, Ranker, can_learn
from scopingreview.screening.allocation import random_number

AHEAD = 50  # records among which the share by lot is drawn; each decision draws anew


class Ranks:
    """The rank of each record that waits, from 1, the likeliest; by its id."""

    def __init__(self, place_of: Mapping[str, int], places: NDArray[np.int64]) -> None:
        """`place_of` says which place is a record's, `places` are those that wait, in order."""
        self._place_of = place_of
        self._ranks = np.zeros(len(place_of), np.int32)  # a dict of a million takes 100 MB
        self._ranks[places] = np.arange(1, len(places) + 1)
        self._number = len(places)

    def __len__(self) -> int:
        return self._number

    def __contains__(self, unique_id: object) -> bool:
        return self._rank(unique_id) > 0

    def __getitem__(self, unique_id: str) -> int:
        if rank := self._rank(unique_id):
            return rank
        raise KeyError(unique_id)

    def _rank(self, unique_id: object) -> int:
        place = self._place_of.get(unique_id)  # type: ignore[call-overload]
        return 0 if place is None else int(self._ranks[place])


@dataclass(frozen=True)
class Ranking:
    """The records that wait, in the order in which they come.

    What is known to be relevant comes first and has no rank.
    `by_lot` are those that the random share brought forward. `learnt` is None while there is
    nothing to learn from; `learnt_from` is how many labels it follows from.
    """

    order: tuple[str, ...]
    by_lot: frozenset[str]
    ranks: Ranks
    learnt: Learnt | None
    learnt_from: int

    def shown_by(self, unique_id: str) -> ShownBy:
        """Why the record came where it did."""
        return ShownBy.LOT if unique_id in self.by_lot else ShownBy.RANK


@dataclass(frozen=True, slots=True)
class Lesson:
    """What to learn an order from.

    `labels` say of unique records whether they are relevant; `first` are those that come before
    all others, `on_table` the one that is being read, which comes no more. `number` is that of the
    next record among all that the person decides on, from 0: what its lot is drawn with.
    """

    labels: Mapping[str, bool]
    number: int
    first: Sequence[str] = ()
    on_table: str | None = None


class RankedQueue:
    """The order of a reviewer's records, and the thread that learns it."""

    def __init__(
        self,
        ranker: Ranker,
        unique_ids: Sequence[str],
        queue: Sequence[str],
        *,
        random_share: float,
        seed: str,
    ) -> None:
        """Nothing is learnt yet.

        `unique_ids` are the records of the ranker's texts; a text more than these is the review
        question. `queue` are those that wait for the reviewer, in their random order.
        """
        self.ranker = ranker
        self.unique_ids = unique_ids
        self._place_of = {unique_id: place for place, unique_id in enumerate(unique_ids)}
        self._queue = np.array([self._place_of[each] for each in queue], dtype=np.int64)
        self._random_share, self._seed = random_share, seed
        self._lock = Lock()
        self._wanted: Lesson | None = None
        self._future: Future[None] | None = None
        self._latest: Ranking | None = None

    def place_of(self, unique_id: str) -> int:
        """The place of a record among the ranker's texts."""
        return self._place_of[unique_id]

    @cached_property
    def _thread(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="ranking")

    def learn(self, lesson: Lesson) -> None:
        """The thread learns this next; lessons that it did not get to are left out."""
        with self._lock:
            self._wanted = lesson
            if self._future is None or self._future.done():
                self._raise_failure()
                self._future = self._thread.submit(self._learn_what_is_wanted)

    def latest(self) -> Ranking | None:
        """What was learnt since it was asked for last; None when nothing was."""
        with self._lock:
            if self._future is not None and self._future.done():
                self._raise_failure()
            latest, self._latest = self._latest, None
            return latest

    def settle(self) -> None:
        """Wait until all is learnt, for whoever compares orders."""
        if self._future is not None:
            self._future.result()

    def close(self) -> None:
        """The thread ends with what it is at."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _raise_failure(self) -> None:
        if self._future is not None:
            self._future.result()

    def _learn_what_is_wanted(self) -> None:
        while True:
            with self._lock:
                lesson, self._wanted = self._wanted, None
            if lesson is None:
                return
            ranking = self.rank(lesson)
            with self._lock:
                self._latest = ranking

    def rank(self, lesson: Lesson) -> Ranking:
        """The order that follows from the lesson."""
        known = {
            self._place_of[unique_id]: is_relevant
            for unique_id, is_relevant in lesson.labels.items()
            if unique_id in self._place_of
        }
        learnt_from = len(known)
        learnt = self._learnt(known)
        scores = None if learnt is None else self.ranker.scores_by(learnt)
        places = rank(scores, known, self._queue)
        if lesson.on_table is not None and lesson.on_table in self._place_of:
            places = places[places != self._place_of[lesson.on_table]]
        ranked = [self.unique_ids[place] for place in places.tolist()]
        order, by_lot = with_lots(
            ranked,
            (self.unique_ids[place] for place in self._queue.tolist()),
            is_lot=lambda ahead: self._is_lot(lesson.number + ahead),
            ahead=AHEAD,
        )
        first = [each for each in lesson.first if each != lesson.on_table]
        ranks = Ranks(self._place_of, places)
        return Ranking((*first, *order), frozenset(by_lot), ranks, learnt, learnt_from)

    def _learnt(self, known: Mapping[int, bool]) -> Learnt | None:
        labels = dict(known)
        if len(self.ranker) > len(self.unique_ids) and True not in labels.values():
            labels[len(self.unique_ids)] = True  # the question stands in for a relevant record
        return self.ranker.learn(labels) if can_learn(self.ranker.model, labels) else None

    def _is_lot(self, number: int) -> bool:
        if not self._random_share:
            return False
        return random_number(self._seed, "random share", str(number)) < self._random_share
