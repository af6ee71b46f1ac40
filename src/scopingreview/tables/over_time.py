"""What a review found and did over years and weeks; one in which nothing was has its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from scopingreview.model import Phase, Record, Search, Standing, Verdict
from scopingreview.screening.review_state import ReviewState

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PublicationYears:
    """How many included reports were published in each year of the search window, in its order.

    `searched_until` is the first of the days on which the sources were searched for the last
    time, None when no search says its day. `unknown` reports do not say their year.
    """

    counts: tuple[tuple[int, int], ...]
    searched_until: date | None
    unknown: int

    @property
    def total(self) -> int:
        """All the reports, those without a year too."""
        return self.unknown + sum(n for _, n in self.counts)

    def is_unfinished(self, year: int) -> bool:
        """Whether some source was not searched to the end of that year."""
        return self.searched_until is not None and self.searched_until < date(year, 12, 31)


@dataclass(frozen=True, slots=True)
class DecisionWeeks:
    """How many decisions were made in each week, by its Monday (UTC), and in which phase.

    A decision that was taken back was made all the same; the line that takes it back is none.
    """

    weeks: tuple[tuple[date, Mapping[Phase, int]], ...]


def publication_years(
    state: ReviewState, searches: Sequence[Search], *, first_year: int | None = None
) -> PublicationYears:
    """The included reports over the whole window: from `first_year` to the year of the last search.

    Without one it begins at the limit of the protocol, or with the first report. A report from
    outside of the window widens it.
    """
    included = state.standing_at(Phase.FULL_TEXT, Standing.INCLUDED)
    years = Counter(year_of(state.as_read(key)) for key in included)
    known = [year for year in years if year]
    last_days: dict[str, date] = {}
    for search in searches:
        if search.run_on:
            last_days[search.source] = max(search.run_on, last_days.get(search.source, date.min))
    begin = first_year or state.protocol.limits.first_year or min(known, default=None)
    edges = [*known, *([begin] if begin else [])]
    ends = [*edges, *(day.year for day in last_days.values() if edges)]
    window = range(min(edges), max(ends) + 1) if edges else range(0)
    return PublicationYears(
        counts=tuple((year, years[year]) for year in window),
        searched_until=min(last_days.values(), default=None),
        unknown=years[None],
    )


def year_of(record: Record) -> int | None:
    """The year of a record; None for one that is missing or no year of publishing."""
    return record.year if record.year and record.year > 0 else None


def decision_weeks(state: ReviewState) -> DecisionWeeks:
    """The reviewers' and adjudicators' decisions, week after week from the first to the last."""
    made: Counter[tuple[date, Phase]] = Counter()
    for phase in Phase:
        for decision in (*state.decisions[phase], *state.consensus[phase]):
            if decision.verdict is not Verdict.WITHDRAWN:
                made[_monday(decision.decided_at.astimezone(UTC).date()), phase] += 1
    mondays = _every_week([monday for monday, _ in made])
    return DecisionWeeks(
        tuple((monday, {phase: made[monday, phase] for phase in Phase}) for monday in mondays)
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _every_week(mondays: Iterable[date]) -> Iterator[date]:
    there = sorted(set(mondays))
    monday = there[0] if there else date.max
    while there and monday <= there[-1]:
        yield monday
        monday += WEEK
