"""One person's rows at one desk: what stands on each record, and in which order it came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import compress, count, repeat
from operator import ne

from scopingreview.decision_rows import NOWHERE, Word, columns_of, word_of
from scopingreview.model import Decision, LabelChange, Verdict
from scopingreview.screening.labels import as_labelled_now, own_labels


@dataclass(frozen=True, slots=True)
class Step:
    """A verdict as it was first given; `row` is the number of the person's row, from 0."""

    row: int
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
        # Of 50,000 rows of earlier sittings hardly one is looked at: they are known by number, what
        # each says and which unique record it is about.
        record_ids, said, places = columns_of(rows)
        self._words = list(map(said.__getitem__, places))
        self._about = list(map(canonical.get, record_ids, repeat(NOWHERE)))
        self._last: dict[str, int] = {}
        # The rows that took the steps of each record. Most have one step and no entry: it is the
        # row of `_last`.
        self._steps: dict[str, list[int]] = {}
        # Every step in its order; one that was taken back, or that another lies on, is passed over.
        self._order: list[int] = []
        self._begin(said, places)

    @property
    def rows(self) -> int:
        """How many rows there are, which is the number of the next."""
        return len(self._words)

    def _begin(self, said: Sequence[Word], places: Sequence[int]) -> None:
        """The rows of earlier sittings are kept.

        A record of which the same was said each time, and without labels, as of nearly all, is kept
        without asking of each row what stood before.
        """
        about, words = self._about, self._words
        last = dict(zip(about, count()))
        marked = [bool(word.labels) or word.verdict is Verdict.WITHDRAWN for word in said]
        one_by_one = {NOWHERE, *compress(about, map(marked.__getitem__, places))}
        first: dict[str, int] = {}
        if len(last) < self.rows:
            for row in compress(count(), map(ne, map(last.get, about), count())):
                if differs(words[row], words[last[about[row]]]):
                    one_by_one.add(about[row])
                else:
                    first.setdefault(about[row], row)
        for unique_id in one_by_one:
            last.pop(unique_id, None)
            first.pop(unique_id, None)
        one_by_one.discard(NOWHERE)
        steps = list((last | first if first else last).values())
        self.count = len(steps)
        for place, times in Counter(map(places.__getitem__, last.values())).items():
            if said[place].verdict is Verdict.EXCLUDE:
                self.reasons[said[place].reason] += times
        self._last, self._steps = last, {unique_id: [row] for unique_id, row in first.items()}
        for row in compress(count(), map(one_by_one.__contains__, about)):
            self._keep(about[row], row)
        self._order = sorted([*steps, *self._order])
        newest = next((row for row in reversed(range(self.rows)) if about[row] != NOWHERE), None)
        if newest is not None:
            self.latest = self._before[newest].decided_at

    def keep(self, row: Decision) -> None:
        """The row is the last on its record."""
        unique_id = self._canonical[row.record_id]
        self._keep(unique_id, self._numbered(row, unique_id))
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
        elif len(steps) > 1 and not differs(word, self._words[steps[-2]]):
            steps.pop()
        elif not steps or differs(word, self._words[steps[-1]]):
            steps.append(row)
        if steps and (not self._order or self._order[-1] < steps[-1]):
            self._order.append(steps[-1])

    def _steps_on(self, unique_id: str) -> list[int]:
        """The rows that took the steps of the record; one more may be added."""
        if unique_id not in self._steps:
            self._steps[unique_id] = [self._last[unique_id]] if unique_id in self._last else []
        return self._steps[unique_id]

    def _numbered(self, row: Decision, unique_id: str) -> int:
        """The row as the last one of this sitting, by its number."""
        self._since.append(row)
        self._words.append(word_of(row))
        self._about.append(unique_id)
        return self.rows - 1

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
        row = self._last.get(unique_id)
        return row is not None and self._words[row].verdict is not Verdict.WITHDRAWN

    def decided_among(self, unique_ids: Iterable[str]) -> set[str]:
        """Those of the records on which a decision stands."""
        return set(filter(self.is_decided, filter(self._last.__contains__, unique_ids)))

    def step_before(self, unique_id: str) -> Step | None:
        """The verdict that stood on the record before the one that stands; None for none."""
        steps = self._steps.get(unique_id, [])  # a record with one step has no entry
        if len(steps) < 2:
            return None
        return Step(steps[-2], self._decision(steps[-2]))

    def decisions(self) -> Iterator[Decision]:
        """The decisions that stand, the latest first."""
        while self._order and not self._is_last_step(self._order[-1]):
            self._order.pop()  # nothing can lie on the newest: it was taken back
        for row in reversed(self._order):
            if self._is_last_step(row):
                yield self._decision(self._last[self._about[row]])

    def _is_last_step(self, row: int) -> bool:
        steps = self._steps.get(self._about[row])
        return steps is None or steps[-1:] == [row]

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
                self._put(unique_id, self._numbered(changed, unique_id))

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
