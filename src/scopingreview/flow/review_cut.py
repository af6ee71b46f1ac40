"""A review as it was: some of its records only, as people had decided by some day.

Records are linked as they are now: a link carries no time. Nor does a declared exception, so that
none comes along.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from scopingreview.flow.review_data import ReviewData
from scopingreview.model import Decision, Duplicate, StudyLink
from scopingreview.screening.outcomes import current_studies
from scopingreview.screening.review_state import ReviewState


def cut(
    data: ReviewData, links: Iterable[StudyLink], kept: Collection[str], until: date | None
) -> ReviewData:
    """The review with these records only, as people had decided by the end of that day (UTC).

    None stands for today. A group whose unique record is left out goes by its most trusted record
    that is kept, and what was said of those left out counts for it.
    """
    state = data.state
    keepers = _keepers(state, kept)
    canonical = {key: keepers[state.canonical[key]] for key in kept}
    short = replace(
        state,
        records={key: record for key, record in state.records.items() if key in canonical},
        duplicates=tuple(
            Duplicate(key, unique_id, "kept")
            for key, unique_id in canonical.items()
            if key != unique_id
        ),
        decisions={p: _said(made, state, keepers, until) for p, made in state.decisions.items()},
        consensus={p: _said(made, state, keepers, until) for p, made in state.consensus.items()},
        retrieval_steps=tuple(
            replace(step, record_id=keepers[unique_id])
            for step in state.retrieval_steps
            if _by(step.recorded_at, until)
            and (unique_id := state.canonical.get(step.record_id, "")) in keepers
        ),
        events=tuple(each for each in state.events if _by(each.recorded_at, until)),
    )
    known = [
        replace(link, record_id=keepers[unique_id])
        for link in links
        if _by(link.recorded_at, until)
        and (unique_id := state.canonical.get(link.record_id, "")) in keepers
    ]
    return ReviewData(short, studies=current_studies(known, short.canonical))


def _keepers(state: ReviewState, kept: Collection[str]) -> dict[str, str]:
    """By its unique record in the whole review, the record that each group goes by."""
    trust = {source.id_prefix: place for place, source in enumerate(state.protocol.sources)}
    order = {key: place for place, key in enumerate(state.records)}
    groups: dict[str, list[str]] = {}
    for key in kept:
        groups.setdefault(state.canonical[key], []).append(key)

    def place(key: str) -> tuple[int, int]:
        return trust[key.partition(":")[0]], order[key]

    return {
        unique_id: unique_id if unique_id in members else min(members, key=place)
        for unique_id, members in groups.items()
    }


def _said(
    decisions: Iterable[Decision],
    state: ReviewState,
    keepers: Mapping[str, str],
    until: date | None,
) -> tuple[Decision, ...]:
    return tuple(
        replace(decision, record_id=keepers[unique_id])
        for decision in decisions
        if _by(decision.decided_at, until)
        and (unique_id := state.canonical.get(decision.record_id, "")) in keepers
    )


def _by(moment: datetime, until: date | None) -> bool:
    return until is None or moment.astimezone(UTC).date() <= until
