"""The order of relevance in one person's sitting: what it is learnt from, what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scopingreview import store
from scopingreview.model import Decision, Rank, RankingRules
from scopingreview.paths import Review
from scopingreview.screening.relevance_labels import changed_label
from scopingreview.work.history import History
from scopingreview.work.ranked_queue import Lesson, RankedQueue, Ranking
from scopingreview.work.record_list import RecordList


class Relevance:
    """A ranked queue, the labels that its person may learn from, and the order that stands.

    `ranking` is the order by which the record on the table came.
    """

    def __init__(
        self,
        queue: RankedQueue,
        labels: Mapping[str, bool],
        *,
        first: Sequence[str],
        rules: RankingRules,
        seed: str,
    ) -> None:
        """`first` are the records that wait and are known to be relevant; `seed` the protocol's."""
        self.queue = queue
        self.ranking: Ranking | None = None
        self._labels = dict(labels)
        self._first = list(first)
        self._rules, self._seed = rules, seed

    def begin(self, history: History) -> Sequence[str]:
        """The queue as the sitting begins with it; the first order is waited for."""
        lesson = Lesson(self._labels, history.count, first=self._first)
        self.ranking = self.queue.rank(lesson)
        return self.ranking.order

    def keep_rank(self, review: Review, decision: Decision) -> None:
        """Where the record stood is on disk, if the protocol asks; not of one that had no rank."""
        ranking = self.ranking
        if ranking is None or not self._rules.keep_ranks or decision.record_id not in ranking.ranks:
            return
        store.append_rank(
            review,
            Rank(
                decided_at=decision.decided_at,
                phase=decision.phase,
                record_id=decision.record_id,
                reviewer=decision.decided_by,
                rank=ranking.ranks[decision.record_id],
                among=len(ranking.ranks),
                shown_by=ranking.shown_by(decision.record_id),
                model=self._rules.model,
                learnt_from=ranking.learnt_from,
                seed=self._seed,
            ),
        )

    def bring_order(self, records: RecordList) -> None:
        """What was learnt meanwhile is the order of what is still to come."""
        latest = self.queue.latest()
        if latest is not None:
            records.rearrange(latest.order, among=latest.ranks)
            self.ranking = latest

    def learn(self, decision: Decision, unique_id: str) -> None:
        """The decision counts for what is learnt next."""
        self._labels = changed_label(self._labels, unique_id, decision)

    def go_on(self, history: History, records: RecordList) -> None:
        """The thread learns from all labels, while the record on the table is read."""
        first = [each for each in self._first if history.standing(each) is None]
        self.queue.learn(
            Lesson(self._labels, history.count + 1, first=first, on_table=records.current)
        )
