"""The versions of a living review: the flow of the base and of each update, from its own history.

A version ends with the searches that were run by its day, and with what had been decided when it
was closed. What came later is taken out of the review, and the flow is counted as of any review:
no number is typed. Records are linked as they are now; links carry no time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scopingreview.errors import ReviewError
from scopingreview.flow.lanes import find_lanes
from scopingreview.flow.members import Members, box_members, boxes_of_found, count_members
from scopingreview.flow.places import Place, find_places
from scopingreview.flow.review_cut import cut
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import (
    Adjustment,
    AdjustmentKind,
    Box,
    FlowCounts,
    Phase,
    PreviousVersion,
    Protocol,
    ReviewVersion,
    Search,
    Standing,
    StudyLink,
)
from scopingreview.screening.eligibility import Lane

INCLUDED = (Box.INCLUDED_REPORTS, Box.NEW_REPORTS_OF_PREVIOUS)
OPEN = (Box.AWAITING, Box.CONFLICTS, Box.OTHER_AWAITING, Box.OTHER_CONFLICTS)
SINCE = "since"
"""The name of what was searched after the last version that the protocol names."""


@dataclass(frozen=True, slots=True)
class VersionFlow:
    """One version: its flow, which of an update tells what is new beside what was there before.

    Reports are named by their unique records in the whole review. `included` are all that the
    version included, `added` those that the one before had not, `dropped` those that it no longer
    includes, and `carried` what the one before had left open or has been decided anew since.
    """

    version: ReviewVersion
    flow: FlowCounts
    included: tuple[str, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    carried: tuple[str, ...]


def versions_of_searches(
    protocol: Protocol, searches: Sequence[Search]
) -> tuple[list[ReviewVersion], dict[str, int]]:
    """The versions in their order, and the number of each search's, from 0.

    What was searched, or may have been decided, after the last version makes one more, still
    open. Raises ReviewError for a search that does not say its day.
    """
    versions = list(protocol.versions)
    numbers: dict[str, int] = {}
    for search in searches:
        if search.run_on is None:
            raise ReviewError(
                f"the search {search.name} does not say when it was run (run_on)",
                where="config/searches.toml",
                hint="[[versions]] in config/review.toml need the day of every search.",
            )
        numbers[search.name] = next(
            (n for n, each in enumerate(versions) if search.run_on <= each.searched_until),
            len(versions),
        )
    if len(versions) in numbers.values() or (versions and versions[-1].closed_on):
        last = max(search.run_on for search in searches if search.run_on)
        versions.append(ReviewVersion(SINCE, last))
    return versions, numbers


def version_flows(
    data: ReviewData,
    links: Sequence[StudyLink],
    versions: Sequence[ReviewVersion],
    numbers: Mapping[str, int],
    sources: Mapping[str, str],
) -> list[VersionFlow]:
    """The flow of each version; `numbers` and `sources` are those of the searches, by their names.

    A source that a version did not search has no line in its flow: none found is another thing.
    Raises ReviewError for records of a search that is not among them.
    """
    found: list[VersionFlow] = []
    records = data.state.records
    if gone := sorted({record.search for record in records.values()} - numbers.keys()):
        raise ReviewError(
            f"records on file came from the search {gone[0]}, which is not registered",
            where="config/searches.toml",
            hint="Register it as it was, or import again what is registered: scopingreview run",
        )
    history = _History(data, links, {k: numbers[r.search] for k, r in records.items()})
    for number, version in enumerate(versions):
        before = found[-1] if found else None
        told = history.version(number, version, before)
        searched = {sources[name] for name, came in numbers.items() if came == number}
        found.append(replace(told, flow=_of_searched(told.flow, searched)))
    return found[:-1] if found and _says_nothing(found[-1]) else found


def _of_searched(flow: FlowCounts, searched: Collection[str]) -> FlowCounts:
    """Without the lines of sources that were not searched and have nothing to tell.

    What an earlier version had left open is found by its source in this one, too.
    """
    lines = dict(flow.lines)
    for box in (Box.IDENTIFIED, Box.OTHER_IDENTIFIED):
        kept = tuple(each for each in flow.lines_of(box) if each.n or each.item in searched)
        if box in lines:
            lines[box] = kept
    return replace(flow, lines=lines)


def _says_nothing(found: VersionFlow) -> bool:
    """Whether nothing has happened since the last version that the protocol names."""
    happened = (found.added, found.dropped, found.carried, found.flow.n(Box.IDENTIFIED))
    return found.version.name == SINCE and not any(happened)


class _History:
    """A review whose earlier moments can be looked at."""

    def __init__(
        self, data: ReviewData, links: Sequence[StudyLink], numbers: Mapping[str, int]
    ) -> None:
        self._data = data
        self._links = links
        self._numbers = numbers  # of the version in which each record came
        self._canonical = data.state.canonical

    def version(
        self, number: int, version: ReviewVersion, before: VersionFlow | None
    ) -> VersionFlow:
        now = self._moment(number, version.closed_on)
        included = self._included(now)
        if before is None:
            flow = count_members(box_members(now), now)
            return VersionFlow(version, flow, included, included, (), ())
        return self._update(number, version, before, now, included)

    def _moment(self, number: int, closed_on: date | None) -> ReviewData:
        """The review with all that came up to that version, as it was when that was closed."""
        known = [key for key, came in self._numbers.items() if came <= number]
        data = cut(self._data, self._links, known, closed_on)
        return self._declaring(data, self._declared_by_then(data))

    def _declared_by_then(self, data: ReviewData) -> list[Adjustment]:
        """The declared exceptions that the review had at a moment; they carry no time.

        An extra report came when its record was sought, a companion report when a report of its
        study was included; what names no record was there from the beginning.
        """
        sought = data.state.standing_at(Phase.TITLE_ABSTRACT, Standing.INCLUDED)
        passed = {self._canonical[key] for key in sought}
        kinds = AdjustmentKind.EXTRA_REPORT, AdjustmentKind.COMPANION_REPORT
        extra = [
            each
            for each in self._data.adjustments
            if each.kind is kinds[0] and self._groups(each) <= passed
        ]
        included = {self._record(report) for report in self._included(self._declaring(data, extra))}
        return [
            each
            for each in self._data.adjustments
            if each in extra
            or each.kind not in kinds
            or (each.kind is kinds[1] and self._groups(each) & included)
        ]

    def _declaring(self, data: ReviewData, declared: Iterable[Adjustment]) -> ReviewData:
        """The review with these exceptions, by the records that their groups go by in it."""
        keepers = {self._canonical[key]: key for key in data.state.unique_ids}
        here = (
            replace(each, records=tuple(keepers[self._canonical[key]] for key in each.records))
            for each in declared
            if self._groups(each) <= keepers.keys()
        )
        return replace(data, adjustments=tuple(here))

    def _groups(self, adjustment: Adjustment) -> set[str]:
        return {self._canonical[key] for key in adjustment.records}

    def _record(self, report: str) -> str:
        """The record of a report by its name in the whole review: of an extra one, its own's."""
        return report if report in self._canonical else report.rpartition("+")[0]

    def _update(
        self,
        number: int,
        version: ReviewVersion,
        before: VersionFlow,
        now: ReviewData,
        included: tuple[str, ...],
    ) -> VersionFlow:
        then = self._moment(number - 1, before.version.closed_on)
        carried = self._decided_anew(then, now, before)
        had = {self._canonical[key] for key in then.state.records}
        fresh = [key for key, came in self._numbers.items() if came == number]
        taken = [k for k in fresh if self._canonical[k] not in had or self._canonical[k] in carried]
        earlier = [key for key in then.state.unique_ids if self._canonical[key] in carried]
        kept = [*taken, *earlier]
        dropped = tuple(key for key in before.included if key not in included)
        update = cut(self._data, self._links, kept, version.closed_on)
        added = tuple(key for key in included if key not in before.included)
        told = self._declared_by_then(then)
        declared = [each for each in self._declared_by_then(now) if each not in told]
        update = self._declaring(update, declared)
        update = self._standing_on(update, now, then, before, included)
        members = box_members(update)
        for key in fresh:
            if key not in update.state.records:
                self._place_duplicate(members, key, now)
        flow = count_members(members, update)
        if earlier:  # they are among those identified, and no search of this version found them
            flow = replace(flow, totals={**flow.totals, Box.CARRIED_OVER: len(earlier)})
        return VersionFlow(
            version=version,
            flow=flow,
            included=included,
            added=added,
            dropped=dropped,
            carried=tuple(sorted(carried)),
        )

    def _decided_anew(
        self, then: ReviewData, now: ReviewData, before: VersionFlow
    ) -> frozenset[str]:
        """The groups that were open when the version before was closed, or stand elsewhere now.

        What it had included is not among them: that is still included, or was dropped.
        """
        places_then, places_now = (self._places(data) for data in (then, now))
        return frozenset(
            group
            for group, place in places_then.items()
            if group not in before.included
            and (place.box in OPEN or places_now[group].box is not place.box)
        )

    def _places(self, data: ReviewData) -> dict[str, Place]:
        """Where each group stands, by its unique record in the whole review."""
        places, unique = find_places(data), data.state.unique_ids
        return {self._canonical[key]: places[key] for key in unique}

    def _included(self, data: ReviewData) -> tuple[str, ...]:
        members = box_members(data)
        return tuple(self._named(key) for box in INCLUDED for key in members.of_box[box])

    def _named(self, report: str) -> str:
        """A report by its unique record in the whole review; an extra one keeps its `+2`."""
        if report in self._canonical:
            return self._canonical[report]
        record_id, _, number = report.rpartition("+")
        return f"{self._canonical[record_id]}+{number}"

    def _standing_on(
        self,
        update: ReviewData,
        now: ReviewData,
        then: ReviewData,
        before: VersionFlow,
        included: Collection[str],
    ) -> ReviewData:
        """The update with what it stands on: the numbers before, and what has changed in them."""
        flow = before.flow
        totals = flow.totals
        previous = PreviousVersion(
            studies=totals.get(Box.TOTAL_STUDIES, flow.n(Box.INCLUDED_STUDIES)),
            reports=totals.get(Box.TOTAL_REPORTS, flow.n(Box.INCLUDED_REPORTS)),
        )
        state = replace(update.state, protocol=replace(update.state.protocol, previous=previous))
        changes = self._changes(update, now, then, before, included)
        return replace(update, state=state, adjustments=(*update.adjustments, *changes))

    def _changes(
        self,
        update: ReviewData,
        now: ReviewData,
        then: ReviewData,
        before: VersionFlow,
        included: Collection[str],
    ) -> Iterator[Adjustment]:
        why = f"since version {before.version.name}"
        dropped = [key for key in before.included if key not in included]
        if dropped:
            kind = AdjustmentKind.PREVIOUS_REPORT_DROPPED
            yield Adjustment(kind, why, n=len(dropped))
        study_then, study_now = (self._studies(data) for data in (then, now))
        had = {study_then(key) for key in before.included}
        kept = {study_now(key) for key in before.included if key in included}
        if len(had) > len(kept):
            kind = AdjustmentKind.PREVIOUS_STUDY_DROPPED
            yield Adjustment(kind, why, n=len(had) - len(kept))
        of_previous = tuple(
            key
            for key in update.state.unique_ids
            if self._canonical[key] in included and study_now(self._canonical[key]) in kept
        )
        if of_previous:
            kind = AdjustmentKind.NEW_REPORT_OF_PREVIOUS_STUDY
            yield Adjustment(kind, why, records=of_previous, n=len(of_previous))

    def _studies(self, data: ReviewData) -> Callable[[str], str]:
        """The study of a report (by its name in the whole review), itself when it is not linked."""
        studies = {self._canonical[key]: study for key, study in data.studies.items()}

        def study_of(report: str) -> str:
            return studies.get(self._record(report), self._record(report))

        return study_of

    def _place_duplicate(self, members: Members, record_id: str, now: ReviewData) -> None:
        """A new record of a report that an earlier version had: found, and a duplicate."""
        state = self._data.state
        other = find_lanes(now.state).of_record[record_id] is Lane.OTHER
        source = state.source_of[record_id]
        for box, item in boxes_of_found(state.protocol, source, other=other, duplicate=True):
            for records in members.lists(box, item):
                records.append(record_id)
