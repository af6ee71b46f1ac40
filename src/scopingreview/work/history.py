"""One person's rows at one desk: what stands on each record, and in which order it came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from scopingreview.decision_rows import Word, rows_of, word_of
from scopingreview.model import Decision, Verdict


class History:
    """The last row on each unique record, in the order in which the verdicts were given.

    A row that only changes a note or labels keeps the place of its verdict, so that undoing
    goes back through verdicts. `latest` is the time of the newest row, `count` how many records
    are decided.
    """

    def __init__(self, rows: Sequence[Decision], canonical: Mapping[str, str]) -> None:
        """The rows come in order of time; one about an unknown record counts nowhere."""
        self.latest = datetime.min.replace(tzinfo=UTC)
        self.count = 0
        self._canonical = canonical
        self._before, self._since = rows, list[Decision]()
        # Of each record the number of its last row, and what it says: of 50,000 rows of earlier
        # sittings hardly one is looked at.
        self._last: dict[str, tuple[int, Word]] = {}
        newest = -1
        for number, (record_id, word) in enumerate(rows_of(rows)):
            unique_id = canonical.get(record_id)
            if unique_id is not None:
                newest = number
                self._keep(unique_id, number, word)
        if newest >= 0:
            self.latest = rows[newest].decided_at

    def keep(self, row: Decision) -> None:
        """The row is the last on its record."""
        self._since.append(row)
        number = len(self._before) + len(self._since) - 1
        self._keep(self._canonical[row.record_id], number, word_of(row))
        self.latest = max(self.latest, row.decided_at)

    def _keep(self, unique_id: str, number: int, word: Word) -> None:
        before = self._last.get(unique_id)
        if before is not None:
            self.count -= before[1].verdict is not Verdict.WITHDRAWN
            if differs(word, before[1]):
                del self._last[unique_id]
        self.count += word.verdict is not Verdict.WITHDRAWN
        self._last[unique_id] = (number, word)

    def standing(self, unique_id: str) -> Decision | None:
        """The decision on the record; None when there is none or it was taken back."""
        last = self._last.get(unique_id)
        return self._row(last[0]) if last and last[1].verdict is not Verdict.WITHDRAWN else None

    def is_decided(self, unique_id: str) -> bool:
        """Whether a decision stands on the record."""
        last = self._last.get(unique_id)
        return last is not None and last[1].verdict is not Verdict.WITHDRAWN

    def decisions(self) -> Iterator[Decision]:
        """The decisions that stand, the latest first."""
        for number, word in reversed(self._last.values()):
            if word.verdict is not Verdict.WITHDRAWN:
                yield self._row(number)

    def note(self, unique_id: str) -> str:
        """What was written about the record, decided or not."""
        last = self._last.get(unique_id)
        return "" if last is None else last[1].note

    def labels(self, unique_id: str) -> tuple[str, ...]:
        """The labels on the record, decided or not."""
        last = self._last.get(unique_id)
        return () if last is None else last[1].labels

    def _row(self, number: int) -> Decision:
        earlier = len(self._before)
        return self._before[number] if number < earlier else self._since[number - earlier]


def differs(row: Decision | Word, before: Decision | Word) -> bool:
    """Whether the row says another verdict or reason, not only another note or label."""
    return (row.verdict, row.reason) != (before.verdict, before.reason)
