"""One person's rows at one desk: what stands on each record, and in which order it came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from scopingreview.model import Decision, Verdict


class History:
    """The last row on each unique record, in the order in which the verdicts were given.

    A row that only changes a note or labels keeps the place of its verdict, so that undoing
    goes back through verdicts. `latest` is the time of the newest row, `count` how many records
    are decided.
    """

    def __init__(self, rows: Iterable[Decision], canonical: Mapping[str, str]) -> None:
        """The rows come in order of time; one about an unknown record counts nowhere."""
        self.latest = datetime.min.replace(tzinfo=UTC)
        self.count = 0
        self._canonical = canonical
        self._rows: dict[str, Decision] = {}
        for row in rows:
            if row.record_id in canonical:
                self.keep(row)

    def keep(self, row: Decision) -> None:
        """The row is the last on its record."""
        unique_id = self._canonical[row.record_id]
        before = self._rows.get(unique_id)
        self.count -= self.standing(unique_id) is not None
        self.count += row.verdict is not Verdict.WITHDRAWN
        if before is not None and differs(row, before):
            del self._rows[unique_id]
        self._rows[unique_id] = row
        self.latest = max(self.latest, row.decided_at)

    def standing(self, unique_id: str) -> Decision | None:
        """The decision on the record; None when there is none or it was taken back."""
        row = self._rows.get(unique_id)
        return None if row is None or row.verdict is Verdict.WITHDRAWN else row

    def decisions(self) -> Iterator[Decision]:
        """The decisions that stand, the latest first."""
        for row in reversed(self._rows.values()):
            if row.verdict is not Verdict.WITHDRAWN:
                yield row

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
