"""The way of one record through the review, and the records that a box holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scopingreview import config, store
from scopingreview.charting import ChartingStanding, ChartingState
from scopingreview.errors import ReviewError, nearest
from scopingreview.flow.members import box_members
from scopingreview.flow.places import Place, find_places
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import (
    BestCopy,
    Box,
    Correction,
    Decision,
    Duplicate,
    Event,
    EventKind,
    Outcome,
    Phase,
    Rank,
    Record,
    Retrieval,
    Search,
    StudyLink,
)
from scopingreview.paths import Review
from scopingreview.review.blinding import decisions_shown
from scopingreview.review.charting import load_charting
from scopingreview.review.counted_flow import load_data
from scopingreview.review.state import load_state
from scopingreview.screening.review_state import ReviewState


@dataclass(frozen=True, slots=True)
class TracedCharting:
    """How far the charting of a study is: by how many, of how many, and how much was settled.

    What was charted is not told as long as somebody's word is awaited; `values` is then 0.
    """

    study_id: str
    standing: ChartingStanding
    charted_by: int
    needed: int
    values: int
    settled: int


@dataclass(frozen=True, slots=True)
class Trace:
    """All that is known of one record.

    `record` is as its database gave it, `best` what people read of the report. `members` are the
    records of its group with the links that made them one; corrections, decisions and retrieval
    steps are those on any of them, in order of time, without what is still blind. `source_labels`
    are what people call the sources. `boxes` are those it is counted in, `place` is where it
    stands now. `study` is "" for a report that is linked to none; `reports_of_study` are all of
    its reports, this one among them, and `study_links` every word on this one; `sent_back` is each
    time it went back to a phase. `charting` is None for a report that is not included, and where
    nothing says what is charted. `chased` are the searches by which it came from the citations of
    others, `led_to` those that chased its own.
    """

    record: Record
    unique_id: str
    best: BestCopy
    members: tuple[Record, ...]
    corrections: tuple[Correction, ...]
    links: tuple[Duplicate, ...]
    decisions: tuple[Decision, ...]
    outcomes: tuple[Outcome, ...]
    retrievals: tuple[Retrieval, ...]
    boxes: tuple[Box, ...]
    place: Place
    source_labels: Mapping[str, str]
    study: str = ""
    reports_of_study: tuple[str, ...] = ()
    study_links: tuple[StudyLink, ...] = ()
    sent_back: tuple[Event, ...] = ()
    ranks: tuple[Rank, ...] = ()
    charting: TracedCharting | None = None
    chased: tuple[Search, ...] = ()
    led_to: tuple[Search, ...] = ()


def trace_record(review: Review, record_id: str) -> Trace:
    """The way of the record through the review. Raises ReviewError for an unknown record."""
    state = load_state(review)
    if record_id not in state.records:
        hint = nearest(record_id, state.records)
        raise ReviewError(f'unknown record "{record_id}"', hint=hint)
    data = load_data(review, state)
    unique_id = state.canonical[record_id]
    members = [one for one, unique in state.canonical.items() if unique == unique_id]
    searches, own = config.load_searches(review, state.protocol), set(members)
    found_by = {state.originals[one].search for one in members}
    return Trace(
        record=state.originals[record_id],
        unique_id=unique_id,
        best=state.best_copies[unique_id],
        members=tuple(state.originals[one] for one in members),
        corrections=tuple(each for each in state.corrections if each.record_id in members),
        links=tuple(link for link in state.duplicates if link.duplicate_of == unique_id),
        decisions=tuple(_decisions(state, unique_id)),
        outcomes=tuple(_outcomes(state, unique_id)),
        retrievals=tuple(s for s in state.retrieval_steps if s.record_id in members),
        boxes=tuple(_boxes(data, record_id)),
        place=find_places(data)[record_id],
        source_labels={source.id_prefix: source.label for source in state.protocol.sources},
        study=data.studies.get(unique_id, ""),
        reports_of_study=tuple(_of_same_study(data, unique_id)),
        sent_back=tuple(_sent_back(state, members)),
        ranks=tuple(_ranks(review, state, unique_id)),
        charting=_charting(load_charting(review, state), record_id),
        chased=tuple(s for s in searches if s.direction and s.name in found_by),
        led_to=tuple(s for s in searches if not own.isdisjoint(s.chased_from)),
        study_links=tuple(s for s in store.read_study_links(review) if s.record_id in members),
    )


def _ranks(review: Review, state: ReviewState, unique_id: str) -> Iterator[Rank]:
    """Where the record stood when it was decided on, of the decisions that may be seen."""
    shown = {
        (decision.phase, decision.decided_by, decision.decided_at)
        for decision in _decisions(state, unique_id)
    }
    for rank in store.read_ranks(review):
        mine = state.canonical.get(rank.record_id) == unique_id
        if mine and (rank.phase, rank.reviewer, rank.decided_at) in shown:
            yield rank


def _charting(charting: ChartingState | None, record_id: str) -> TracedCharting | None:
    study_id = charting.names.get(record_id) if charting else None
    if charting is None or study_id is None:
        return None
    return TracedCharting(
        study_id=study_id,
        standing=charting.standing(study_id),
        charted_by=len(charting.complete[study_id]),
        needed=charting.needed(study_id),
        values=len(charting.settled[study_id]),
        settled=len(charting.conflicts[study_id]) - len(charting.unsettled(study_id)),
    )


def _sent_back(state: ReviewState, members: Sequence[str]) -> Iterator[Event]:
    for event in state.events:
        if event.kind is EventKind.SENT_BACK and not set(event.records).isdisjoint(members):
            yield event


def _of_same_study(data: ReviewData, unique_id: str) -> list[str]:
    study = data.studies.get(unique_id)
    return [key for key, name in data.studies.items() if name == study]


def _outcomes(state: ReviewState, unique_id: str) -> Iterator[Outcome]:
    for outcomes in state.outcomes.values():
        if unique_id in outcomes:
            yield outcomes[unique_id]


def _boxes(data: ReviewData, record_id: str) -> Iterator[Box]:
    held = box_members(data).of_box
    return (box for box in Box if record_id in held.get(box, ()))


def _decisions(state: ReviewState, unique_id: str) -> list[Decision]:
    """The decisions that may be seen: nobody sees another's word before their own stands."""
    shown = [each for phase in Phase for each in decisions_shown(state, phase, unique_id)]
    settled = (each for phase in Phase for each in state.consensus[phase])
    shown += [each for each in settled if state.canonical.get(each.record_id) == unique_id]
    return sorted(shown, key=lambda decision: decision.decided_at)


def records_in_box(data: ReviewData, name: str, *, item: str = "") -> list[str]:
    """The ids of the records in a box, or in one of its items, in the order of import.

    Extra reports stand for the record they came with. Raises ReviewError for an unknown box or
    item.
    """
    if name not in set(Box):
        raise ReviewError(f'unknown box "{name}"', hint=nearest(name, Box))
    box, members = Box(name), box_members(data)
    if item and item not in members.of_item[box]:
        hint = nearest(item, sorted(members.of_item[box]))
        raise ReviewError(f'{box} holds no "{item}"', hint=hint)
    held = members.of_item[box][item] if item else members.of_box[box]
    wanted = set(_record_ids(held, data.state))
    return [record_id for record_id in data.state.records if record_id in wanted]


def _record_ids(held: Iterable[str], state: ReviewState) -> Iterable[str]:
    for unit in held:
        yield unit if unit in state.records else unit.rpartition("+")[0]
