"""What each source was worth: what it found, what only it found, and what of that was included.

Reports that the same sources found are counted together, so that all is worked out of some dozens
of numbers, however many reports there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scopingreview.model import Phase, Source, Standing
from scopingreview.screening.eligibility import Lane, source_lanes
from scopingreview.screening.review_state import ReviewState

PHASES = 3  # how far a report gets: found, included by title and abstract, included


@dataclass(frozen=True, slots=True)
class Reached:
    """How many reports got as far: found by this source, by no other, and of all sources."""

    found: int
    only_here: int
    of_all: int

    @property
    def share(self) -> float | None:
        """The part of all reports that the source found, 0 to 1; None when there are none."""
        return self.found / self.of_all if self.of_all else None


@dataclass(frozen=True, slots=True)
class SourceYield:
    """What one source gave, or several together: a report that two of them found counts once.

    `records` are entries of exports, duplicates among them; everything else counts reports (unique
    records). `only_here` of several together counts what a single one of them found and no other
    source at all.
    """

    label: str
    lane: Lane | None
    records: int
    reports: Reached
    screened_in: Reached
    included: Reached
    source: Source | None = None

    @property
    def precision(self) -> float | None:
        """The part of its reports that was included, 0 to 1; None when it has none."""
        return self.included.found / self.reports.found if self.reports.found else None

    @property
    def number_needed_to_read(self) -> float | None:
        """How many of its reports had to be screened for one that was included.

        None when none was. Source: Bachmann 2002, doi:10.1197/jamia.m1020.
        """
        return self.reports.found / self.included.found if self.included.found else None


@dataclass(frozen=True, slots=True)
class Combination:
    """The reports that exactly these sources found (their names, in order of trust)."""

    sources: tuple[str, ...]
    reports: int
    included: int


@dataclass(frozen=True, slots=True)
class Yields:
    """What every source was worth.

    `sources` stand in order of trust, those of other methods behind; `totals` are of each lane
    that there is, and of both when there are two. `overlap` says of each source (rows) how many
    of its reports each source (columns) has too, its own reports on the diagonal. Every report is
    in one of the `combinations`, the largest first.
    """

    sources: tuple[SourceYield, ...]
    totals: tuple[SourceYield, ...]
    overlap: tuple[tuple[int, ...], ...]
    combinations: tuple[Combination, ...]

    @property
    def all_reports(self) -> int:
        """Every report that was found, once."""
        return sum(each.reports for each in self.combinations)


def source_yields(state: ReviewState) -> Yields:
    """What each source of the protocol gave to the review as it stands."""
    lanes = source_lanes(state.protocol)
    sources = sorted(state.protocol.sources, key=lambda each: lanes[each.name] is Lane.OTHER)
    names = [source.name for source in sources]
    if not names:
        return Yields((), (), (), ())
    count = _Counting(Counter(state.source_of.values()), _reports(state))
    return Yields(
        sources=tuple(
            count.of([source.name], source.label, lanes[source.name], source) for source in sources
        ),
        totals=tuple(_totals(count, sources, lanes)),
        overlap=tuple(tuple(count.in_both(one, other) for other in names) for one in names),
        combinations=_combinations(count.reports, names),
    )


def _reports(state: ReviewState) -> dict[frozenset[str], list[int]]:
    """By the sources that found them: how many reports, how many of them got how far."""
    passed = (
        state.unique_ids,
        state.standing_at(Phase.TITLE_ABSTRACT, Standing.INCLUDED),
        state.standing_at(Phase.FULL_TEXT, Standing.INCLUDED),
    )
    reports: dict[frozenset[str], list[int]] = {}
    for phase, unique_ids in enumerate(passed):
        found = Counter(map(state.found_in.__getitem__, unique_ids))
        for names, number in found.items():
            reports.setdefault(names, [0] * len(passed))[phase] = number
    return reports


@dataclass(frozen=True, slots=True)
class _Counting:
    """Adds up: `records` of each source, `reports` as `_reports` counts them."""

    records: Mapping[str, int]
    reports: Mapping[frozenset[str], Sequence[int]]

    def of(
        self, names: Sequence[str], label: str, lane: Lane | None, source: Source | None = None
    ) -> SourceYield:
        """What these sources gave together."""
        total = sum(self.records.get(name, 0) for name in names)
        phases = (self._reached(phase, frozenset(names)) for phase in range(PHASES))
        reports, screened_in, included = phases
        return SourceYield(label, lane, total, reports, screened_in, included, source)

    def _reached(self, phase: int, names: frozenset[str]) -> Reached:
        found = only_here = of_all = 0
        for sources, numbers in self.reports.items():
            here = bool(sources & names)
            found += numbers[phase] * here
            only_here += numbers[phase] * (here and len(sources) == 1)
            of_all += numbers[phase]
        return Reached(found, only_here, of_all)

    def in_both(self, one: str, other: str) -> int:
        """How many reports both sources found."""
        return sum(n[0] for sources, n in self.reports.items() if {one, other} <= sources)


def _totals(
    count: _Counting, sources: Sequence[Source], lanes: dict[str, Lane]
) -> list[SourceYield]:
    """Of each lane, then of all: unique reports, never a sum over sources."""
    there = [lane for lane in Lane if lane in {lanes[source.name] for source in sources}]
    totals = []
    for lane in there:
        names = [source.name for source in sources if lanes[source.name] is lane]
        totals.append(count.of(names, f"All {lane}", lane))
    if len(there) > 1:
        totals.append(count.of([source.name for source in sources], "All sources", None))
    return totals


def _combinations(
    reports: Mapping[frozenset[str], Sequence[int]], names: Sequence[str]
) -> tuple[Combination, ...]:
    """The largest first; of equal ones that of fewer sources, then in order of trust."""
    combinations = (
        Combination(tuple(name for name in names if name in sources), numbers[0], numbers[-1])
        for sources, numbers in reports.items()
    )
    place = {name: number for number, name in enumerate(names)}

    def order(each: Combination) -> tuple[int, int, list[int]]:
        return (-each.reports, len(each.sources), [place[name] for name in each.sources])

    return tuple(sorted(combinations, key=order))
