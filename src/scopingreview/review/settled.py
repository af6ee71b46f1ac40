"""What was settled on records: the verdict that stands, why, the box, and who found them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scopingreview.flow.places import Place, find_places
from scopingreview.flow.review_data import ReviewData
from scopingreview.flow.units import DUPLICATE
from scopingreview.model import Box, Outcome, Phase, Settled, Standing
from scopingreview.screening.labels import further_reasons
from scopingreview.screening.review_state import ReviewState

DUPLICATES = (Box.DUPLICATES, Box.OTHER_DUPLICATES)
REMOVED = (Box.INELIGIBLE, Box.REMOVED_OTHER, Box.OTHER_REMOVED)
EXCLUDED = (Box.EXCLUDED, Box.OTHER_EXCLUDED)
EXCLUDED_REPORTS = (Box.REPORTS_EXCLUDED, Box.OTHER_REPORTS_EXCLUDED)


def settled_on(data: ReviewData, record_ids: Iterable[str]) -> Iterator[tuple[str, Settled]]:
    """Each of the records with what was settled on it; an extra report is its record's id and `+2`.

    One after the other, for whoever writes more of them than there should be in memory.
    """
    places = find_places(data)
    for key in record_ids:
        yield key, _settled(data, places[key])


def excluded_reports(data: ReviewData) -> dict[str, Settled]:
    """The reports excluded by their full text, in the order of import, and why."""
    places = find_places(data, EXCLUDED_REPORTS)
    return {key: _settled(data, place) for key, place in places.items()}


def record_of(data: ReviewData, report: str) -> str:
    """The record of a report: of an extra one (`…+2`), the record that led to it."""
    return report if report in data.state.records else report.rpartition("+")[0]


def _settled(data: ReviewData, place: Place) -> Settled:
    state = data.state
    unique_id = state.canonical[record_of(data, place.record_id)]
    sources = _sources(state, unique_id)
    if place.box in DUPLICATES:
        return Settled(place.box, found_in=sources, duplicate_of=unique_id)
    study = data.studies.get(unique_id, "")
    if place.box in REMOVED:
        return Settled(place.box, reason=place.item, found_in=sources, study=study)
    outcome = _outcome(state, place, unique_id)
    is_duplicate = place.record_id in state.canonical and place.record_id != unique_id
    return Settled(
        box=place.box,
        phase=outcome.phase,
        standing=outcome.standing,
        reason=outcome.reason,
        wording=_wording(state, outcome.phase, outcome.reason),
        further=tuple(_further(state, outcome)),
        found_in=sources,
        study=study,
        duplicate_of=unique_id if is_duplicate else "",
    )


def _outcome(state: ReviewState, place: Place, unique_id: str) -> Outcome:
    """What stands in the last phase the record has reached.

    A declared extra report, a duplicate that counts as excluded, and what a tool excluded have no
    decisions of their own: there the place tells.
    """
    texts, by_title = state.outcomes[Phase.FULL_TEXT], state.outcomes[Phase.TITLE_ABSTRACT]
    if place.record_id == unique_id:
        read = texts.get(unique_id)
        outcome = read if read is not None and read.decided_by else by_title[unique_id]
        if outcome.standing is not Standing.AWAITING or place.box not in EXCLUDED:
            return outcome
    standing = Standing.EXCLUDED if place.box in (*EXCLUDED, *EXCLUDED_REPORTS) else None
    ended_by_title = place.box in (*EXCLUDED, Box.NOT_RETRIEVED, Box.OTHER_NOT_RETRIEVED)
    phase = Phase.TITLE_ABSTRACT if ended_by_title else Phase.FULL_TEXT
    reason = place.item if standing else ""
    return Outcome(place.record_id, phase, standing or Standing.INCLUDED, reason)


def _wording(state: ReviewState, phase: Phase, reason: str) -> str:
    usual = "Duplicate" if reason == DUPLICATE else reason
    return state.protocol.phases[phase].exclusion_reasons.get(reason, usual)


def _further(state: ReviewState, outcome: Outcome) -> Iterator[str]:
    """The wordings of what it fails besides the reason, as those said it whose word counts."""
    phase, unique_id = outcome.phase, outcome.record_id
    if outcome.standing is not Standing.EXCLUDED:
        return
    if outcome.adjudicated_by:
        said = [state.settled[phase][unique_id][outcome.adjudicated_by]]
    else:
        votes = state.votes[phase].get(unique_id, {})
        said = [votes[name] for name in outcome.decided_by if name in votes]
    named = {key for decision in said for key in further_reasons(decision.labels)}
    order = list(state.protocol.phases[phase].exclusion_reasons)
    for key in (*(key for key in order if key in named), *sorted(named.difference(order))):
        if key != outcome.reason:
            yield _wording(state, phase, key)


def _sources(state: ReviewState, unique_id: str) -> tuple[str, ...]:
    """The labels of the sources that have the unique record, in order of trust."""
    names = state.found_in[unique_id]
    return tuple(source.label for source in state.protocol.sources if source.name in names)
