"""One person's rows at one desk: what stands on each record, and in which order it came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from scopingreview.decision_rows import Word, rows_of, word_of
from scopingreview.model import Decision, LabelChange, Verdict
from scopingreview.screening.labels import as_labelled_now, own_labels


@dataclass(frozen=True, slots=True)
class Step:
    """A verdict as it was first given; `number` counts the steps of the person from 0."""

    number: int
    decision: Decision


class History:
    """The last row on each unique record, in the order in which the verdicts were given.

    A row that only changes a note or labels keeps the place of its verdict, so that undoing
    goes back through verdicts. `latest` is the time of the newest row, `count` how many records
    are decided, `reasons` how many were excluded for each reason ("" for none).

    Each record has its verdicts as steps, one on the other. A row that says what stood before
    the last step takes that step back, whoever wrote it: an undo of this sitting or of an earlier
    one, or a person who changed their mind twice. A withdrawn row takes all of them back.
    """

    def __init__(self, rows: Sequence[Decision], canonical: Mapping[str, str]) -> None:
        """The rows come in order of time; one about an unknown record counts nowhere."""
        self.latest = datetime.min.replace(tzinfo=UTC)
        self.count = 0
        self.reasons: Counter[str] = Counter()
        self._labels: Counter[str] = Counter()
        self._canonical = canonical
        self._before, self._since = rows, list[Decision]()
        # Of 50,000 rows of earlier sittings hardly one is looked at: they are known by number.
        self._words: list[Word] = []
        self._last: dict[str, int] = {}
        # Steps and the rows that took them. Most records have one step and no entry: it is the row
        # of `_last`, and its number stands in `_only`.
        self._steps: dict[str, list[tuple[int, int]]] = {}
        self._only: dict[str, int] = {}
        # Every step in its order; one that was taken back, or that another lies on, is passed over.
        self._order: list[tuple[int, str]] = []
        self.steps_taken = 0
        newest = self._begin(rows)
        if newest >= 0:
            self.latest = rows[newest].decided_at

    def _begin(self, rows: Sequence[Decision]) -> int:
        """The rows of earlier sittings are kept; the number of the newest, -1 for none.

        A first verdict without labels, as nearly all are, is kept without asking what stood before.
        """
        newest, first = -1, list[Word]()
        known, last, words = self._canonical.get, self._last, self._words
        for number, (record_id, word) in enumerate(rows_of(rows)):
            words.append(word)
            unique_id = known(record_id)
            if unique_id is None:
                continue
            newest = number
            if unique_id in last or word.labels or word.verdict is Verdict.WITHDRAWN:
                self._keep(unique_id, number)
                continue
            first.append(word)
            last[unique_id] = number
            self._only[unique_id] = self.steps_taken
            self._order.append((self.steps_taken, unique_id))
            self.steps_taken += 1
        self.count += len(first)
        self.reasons.update(word.reason for word in first if word.verdict is Verdict.EXCLUDE)
        return newest

    def keep(self, row: Decision) -> None:
        """The row is the last on its record."""
        self._keep(self._canonical[row.record_id], self._numbered(row))
        self.latest = max(self.latest, row.decided_at)

    def _keep(self, unique_id: str, row: int) -> None:
        before = self._word(unique_id)
        steps = self._steps_on(unique_id)
        self._put(unique_id, row)
        word = self._words[row]
        self.count += (word.verdict is not Verdict.WITHDRAWN) - bool(steps)
        self.reasons[word.reason] += word.verdict is Verdict.EXCLUDE
        if before is not None:
            self.reasons[before.reason] -= before.verdict is Verdict.EXCLUDE
        if word.verdict is Verdict.WITHDRAWN:
            steps.clear()
        elif len(steps) > 1 and not differs(word, self._words[steps[-2][1]]):
            steps.pop()
        elif not steps or differs(word, self._words[steps[-1][1]]):
            steps.append((self.steps_taken, row))
            self.steps_taken += 1
        if steps and (not self._order or self._order[-1][0] < steps[-1][0]):
            self._order.append((steps[-1][0], unique_id))

    def _steps_on(self, unique_id: str) -> list[tuple[int, int]]:
        """The steps of the record, each with its row; one more may be added."""
        if unique_id in self._only:
            self._steps[unique_id] = [(self._only.pop(unique_id), self._last[unique_id])]
        return self._steps.setdefault(unique_id, [])

    def _numbered(self, row: Decision) -> int:
        """The row as the last one of this sitting, by its number."""
        self._since.append(row)
        self._words.append(word_of(row))
        return len(self._words) - 1

    def _put(self, unique_id: str, row: int) -> None:
        """The row is the last on its record, and its labels are those that the record bears."""
        before, labels = self._word(unique_id), self._words[row].labels
        self._last[unique_id] = row
        if labels:
            self._labels.update(own_labels(labels))
        if before is not None and before.labels:
            self._labels.subtract(own_labels(before.labels))

    def _word(self, unique_id: str) -> Word | None:
        """What the last row on the record says; None when there is none."""
        row = self._last.get(unique_id)
        return None if row is None else self._words[row]

    def standing(self, unique_id: str) -> Decision | None:
        """The decision on the record; None when there is none or it was taken back."""
        return self._decision(self._last[unique_id]) if self.is_decided(unique_id) else None

    def is_decided(self, unique_id: str) -> bool:
        """Whether a decision stands on the record."""
        word = self._word(unique_id)
        return word is not None and word.verdict is not Verdict.WITHDRAWN

    def step_before(self, unique_id: str) -> Step | None:
        """The verdict that stood on the record before the one that stands; None for none."""
        steps = self._steps.get(unique_id, [])  # a record with one step has no entry
        if len(steps) < 2:
            return None
        number, row = steps[-2]
        return Step(number, self._decision(row))

    def decisions(self) -> Iterator[Decision]:
        """The decisions that stand, the latest first."""
        while self._order and not self._is_last_step(*self._order[-1]):
            self._order.pop()  # nothing can lie on the newest: it was taken back
        for number, unique_id in reversed(self._order):
            if self._is_last_step(number, unique_id):
                yield self._decision(self._last[unique_id])

    def _is_last_step(self, number: int, unique_id: str) -> bool:
        if unique_id in self._only:
            return self._only[unique_id] == number
        steps = self._steps[unique_id]
        return bool(steps) and steps[-1][0] == number

    @property
    def own_labels(self) -> dict[str, int]:
        """The person's labels, by name, and how many records bear each."""
        return {label: times for label, times in sorted(self._labels.items()) if times}

    def relabel(self, change: LabelChange) -> None:
        """Every row has the label under its new name, or without it."""
        bearing = [
            key for key, row in self._last.items() if change.label in self._words[row].labels
        ]
        for unique_id in bearing:
            row = self._decision(self._last[unique_id])
            (changed,) = as_labelled_now([row], [change])
            if changed is not row:
                self._steps_on(unique_id)
                self._put(unique_id, self._numbered(changed))

    def note(self, unique_id: str) -> str:
        """What was written about the record, decided or not."""
        word = self._word(unique_id)
        return "" if word is None else word.note

    def labels(self, unique_id: str) -> tuple[str, ...]:
        """The labels on the record, decided or not."""
        word = self._word(unique_id)
        return () if word is None else word.labels

    def _decision(self, row: int) -> Decision:
        earlier = len(self._before)
        return self._before[row] if row < earlier else self._since[row - earlier]


def differs(row: Decision | Word, before: Decision | Word) -> bool:
    """Whether the row says another verdict or reason, not only another note or label."""
    return (row.verdict, row.reason) != (before.verdict, before.reason)
