"""What each source was worth: what it found, what only it found, and what of that was included.

One table says it all: a row for each unique record, a column for each source, how many records
the source has of it. pandas makes it and adds it up; what comes out are plain values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scopingreview.model import Phase, Source, Standing
from scopingreview.screening.eligibility import Lane, source_lanes
from scopingreview.screening.review_state import ReviewState

if TYPE_CHECKING:
    import pandas as pd


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
    if not sources:
        return Yields((), (), (), ())
    records = _records_of_reports(state, [source.name for source in sources])
    reached = (
        list(records.index),
        state.standing_at(Phase.TITLE_ABSTRACT, Standing.INCLUDED),
        state.standing_at(Phase.FULL_TEXT, Standing.INCLUDED),
    )
    count = _Counting(records, tuple(records.index.isin(each).tolist() for each in reached))
    return Yields(
        sources=tuple(
            count.of([source.name], source.label, lanes[source.name], source) for source in sources
        ),
        totals=tuple(_totals(count, sources, lanes)),
        overlap=_overlap(records),
        combinations=_combinations(records, count.phases[-1]),
    )


def _records_of_reports(state: ReviewState, sources: Sequence[str]) -> pd.DataFrame:
    """A row for each unique record, a column for each source: how many records it has of it."""
    import pandas as pd

    record_ids, unique_ids = list(state.canonical), list(state.canonical.values())
    of_ids = state.protocol.sources_of_ids()
    names = [of_ids[record_id.partition(":")[0]].name for record_id in record_ids]
    if not names:
        return pd.DataFrame(columns=list(sources), dtype=int)
    table = pd.crosstab(pd.Series(unique_ids, dtype="str"), pd.Series(names, dtype="str"))
    return table.reindex(columns=list(sources), fill_value=0)


@dataclass(frozen=True)
class _Counting:
    """Adds up some columns: `phases` are which rows got as far, all of them first."""

    records: pd.DataFrame
    phases: tuple[list[bool], ...]

    def of(
        self, names: Sequence[str], label: str, lane: Lane | None, source: Source | None = None
    ) -> SourceYield:
        """What these sources gave together."""
        here = self.records[list(names)]
        found = (here > 0).any(axis="columns")
        only = found & ((self.records > 0).sum(axis="columns") == 1)
        reports, screened_in, included = (
            Reached(int(found[rows].sum()), int(only[rows].sum()), int(found[rows].count()))
            for rows in self.phases
        )
        total = int(here.to_numpy().sum())
        return SourceYield(label, lane, total, reports, screened_in, included, source)


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


def _overlap(records: pd.DataFrame) -> tuple[tuple[int, ...], ...]:
    found = (records > 0).astype(int)
    both = found.T @ found
    return tuple(tuple(map(int, row)) for row in both.to_numpy().tolist())


def _combinations(records: pd.DataFrame, included: list[bool]) -> tuple[Combination, ...]:
    """The largest first; of equal ones that of fewer sources, then in order of trust."""
    names = list(records.columns)
    if records.empty:
        return ()
    found = (records > 0).assign(**{" included": included})  # no source has a blank in its name
    grouped = found.groupby(names, sort=False)[" included"].agg(["size", "sum"])
    combinations = [
        Combination(
            tuple(name for name, here in zip(names, _as_row(key), strict=True) if here),
            int(size),
            int(of_them),
        )
        for key, size, of_them in grouped.itertuples()
    ]
    place = {name: number for number, name in enumerate(names)}

    def order(each: Combination) -> tuple[int, int, list[int]]:
        return (-each.reports, len(each.sources), [place[name] for name in each.sources])

    return tuple(sorted(combinations, key=order))


def _as_row(key: object) -> tuple[bool, ...]:
    """What a group is called: a value for each column, alone when there is one."""
    return key if isinstance(key, tuple) else (bool(key),)
