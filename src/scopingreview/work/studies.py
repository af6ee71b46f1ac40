"""Linking reports to the study they tell of, and taking a link back: a line each, with who."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from scopingreview import store
from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.model import StudyLink
from scopingreview.paths import Review
from scopingreview.screening.check import check_person
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.studies import check_study, standing_links


def new_links(
    review: Review,
    state: ReviewState,
    record_ids: Sequence[str],
    study: str,
    *,
    by: str,
    note: str = "",
    now: datetime,
) -> list[StudyLink]:
    """The lines that link the reports to the study; those that stand already are left out.

    Nothing is written. Raises CombinedError naming every report that cannot be linked.
    """
    name = " ".join(study.split())
    standing = standing_links(store.read_study_links(review), state.canonical)
    known = [link.study for link in standing.values()]
    problems = [*_unknown_person(state, by), *check_study(state, record_ids, name, known)]
    raise_problems(problems)
    return [
        StudyLink(now, record_id, name, note, by)
        for record_id, unique_id in _once(state, record_ids).items()
        if unique_id not in standing or standing[unique_id].study != name
    ]


def links_taken_back(
    review: Review,
    state: ReviewState,
    record_ids: Sequence[str],
    *,
    by: str,
    note: str = "",
    now: datetime,
) -> list[StudyLink]:
    """The lines that take the links of the reports back, also of an id that is no record.

    Nothing is written. Raises CombinedError naming every report that has no link.
    """
    standing = standing_links(store.read_study_links(review), state.canonical)
    wanted = _once(state, record_ids)
    linked = [link.record_id for link in standing.values()]
    unlinked = [
        ReviewError(f"{record_id} is linked to no study", hint=nearest(record_id, linked))
        for record_id, unique_id in wanted.items()
        if unique_id not in standing
    ]
    raise_problems([*_unknown_person(state, by), *unlinked])
    return [StudyLink(now, record_id, "", note, by) for record_id in wanted]


def _once(state: ReviewState, record_ids: Sequence[str]) -> dict[str, str]:
    """The unique record of each id; of several records of one report only the first is left."""
    first: dict[str, str] = {}
    for record_id in record_ids:
        first.setdefault(state.canonical.get(record_id, record_id), record_id)
    return {record_id: unique_id for unique_id, record_id in first.items()}


def _unknown_person(state: ReviewState, by: str) -> list[ReviewError]:
    return check_person(by, (*state.protocol.reviewers, *state.protocol.adjudicators), "reviewer")
