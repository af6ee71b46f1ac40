"""One person's rows at one desk: what stands on each record, and in which order it came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

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

    def __init__(self, rows: Iterable[Decision], canonical: Mapping[str, str]) -> None:
        """The rows come in order of time; one about an unknown record counts nowhere."""
        self.latest = datetime.min.replace(tzinfo=UTC)
        self.count = 0
        self.reasons: Counter[str] = Counter()
        self._labels: Counter[str] = Counter()
        self._canonical = canonical
        self._rows: dict[str, Decision] = {}
        self._steps: dict[str, list[Step]] = {}
        # Every step in its order; one that was taken back, or that another lies on, is passed over.
        self._order: list[tuple[int, str]] = []
        self.steps_taken = 0
        for row in rows:
            if row.record_id in canonical:
                self.keep(row)

    def keep(self, row: Decision) -> None:
        """The row is the last on its record."""
        unique_id = self._canonical[row.record_id]
        before = self._rows.get(unique_id)
        self._rows[unique_id] = row
        self._labels.update(own_labels(row.labels))
        self._labels.subtract(own_labels(before.labels) if before else ())
        self.latest = max(self.latest, row.decided_at)
        steps = self._steps.setdefault(unique_id, [])
        self.count += (row.verdict is not Verdict.WITHDRAWN) - bool(steps)
        self.reasons[row.reason] += row.verdict is Verdict.EXCLUDE
        if before is not None:
            self.reasons[before.reason] -= before.verdict is Verdict.EXCLUDE
        if row.verdict is Verdict.WITHDRAWN:
            steps.clear()
        elif len(steps) > 1 and not differs(row, steps[-2].decision):
            steps.pop()
        elif not steps or differs(row, steps[-1].decision):
            steps.append(Step(self.steps_taken, row))
            self.steps_taken += 1
        if steps and (not self._order or self._order[-1][0] < steps[-1].number):
            self._order.append((steps[-1].number, unique_id))

    def standing(self, unique_id: str) -> Decision | None:
        """The decision on the record; None when there is none or it was taken back."""
        row = self._rows.get(unique_id)
        return None if row is None or row.verdict is Verdict.WITHDRAWN else row

    def step_before(self, unique_id: str) -> Step | None:
        """The verdict that stood on the record before the one that stands; None for none."""
        steps = self._steps.get(unique_id, [])
        return steps[-2] if len(steps) > 1 else None

    def decisions(self) -> Iterator[Decision]:
        """The decisions that stand, the latest first."""
        while self._order and not self._is_last_step(*self._order[-1]):
            self._order.pop()  # nothing can lie on the newest: it was taken back
        for number, unique_id in reversed(self._order):
            if self._is_last_step(number, unique_id):
                yield self._rows[unique_id]

    def _is_last_step(self, number: int, unique_id: str) -> bool:
        steps = self._steps[unique_id]
        return bool(steps) and steps[-1].number == number

    @property
    def own_labels(self) -> dict[str, int]:
        """The person's labels, by name, and how many records bear each."""
        return {label: times for label, times in sorted(self._labels.items()) if times}

    def relabel(self, change: LabelChange) -> None:
        """Every row has the label under its new name, or without it."""
        for unique_id, row in self._rows.items():
            (changed,) = as_labelled_now([row], [change])
            if changed is not row:
                self._rows[unique_id] = changed
                self._labels.update(own_labels(changed.labels))
                self._labels.subtract(own_labels(row.labels))

    def note(self, unique_id: str) -> str:
        """What was written about the record, decided or not."""
        row = self._rows.get(unique_id)
        return "" if row is None else row.note

    def labels(self, unique_id: str) -> tuple[str, ...]:
        """The labels on the record, decided or not."""
        row = self._rows.get(unique_id)
        return () if row is None else row.labels


def differs(row: Decision, before: Decision) -> bool:
    """Whether the row says another verdict or reason, not only another note or label."""
    return (row.verdict, row.reason) != (before.verdict, before.reason)
