"""The pace of one sitting: since when, how fast, and when it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

BREAK = 300  # seconds: who takes longer over a record than five minutes was away


@dataclass(slots=True)
class Pace:
    """How long a person has been at work; `limit` (records) and `minutes` end it, None does not.

    `since` is when the record on the table came there, `working_seconds` what was spent on the
    records decided so far, breaks left out.
    """

    begun: datetime
    limit: int | None = None
    minutes: int | None = None
    since: datetime = field(init=False)
    working_seconds: float = 0
    decisions: int = 0

    def __post_init__(self) -> None:
        self.since = self.begun

    def seconds_on_table(self, now: datetime) -> int:
        """How long the record on the table has been there."""
        return max(0, round((now - self.since).total_seconds()))

    def decided(self, now: datetime) -> None:
        """A decision was taken and the next record came on the table."""
        self.working_seconds += min(self.seconds_on_table(now), BREAK)
        self.decisions += 1
        self.since = now

    def moved(self, now: datetime) -> None:
        """Another record came on the table without a decision; its time counts as work."""
        self.working_seconds += min(self.seconds_on_table(now), BREAK)
        self.since = now

    def is_over(self, decided: int, now: datetime) -> bool:
        """Whether the sitting has reached the number of records or of minutes it was to have.

        `decided` is how many records were decided on in it.
        """
        if self.limit is not None and decided >= self.limit:
            return True
        return self.minutes is not None and now - self.begun >= timedelta(minutes=self.minutes)

    def per_hour(self) -> int | None:
        """Decisions an hour so far, breaks left out; None before there is anything to tell."""
        if self.decisions < 3 or self.working_seconds < 5:
            return None
        return round(3600 * self.decisions / self.working_seconds)


def hours_left(left: int, per_hour: int | None) -> str:
    """How long the rest will take at this pace, in words; "" when there is no pace yet."""
    if not left or not per_hour:
        return ""
    minutes = max(1, 60 * left / per_hour)
    return f"about {minutes:.0f} min" if minutes < 90 else f"about {minutes / 60:.0f} h"
