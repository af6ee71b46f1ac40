"""The studies that are charted: the included reports, those of one study together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scopingreview.model import Phase, Standing, Study, StudyLink
from scopingreview.screening.outcomes import current_studies
from scopingreview.screening.review_state import ReviewState


def included_studies(state: ReviewState, links: Iterable[StudyLink]) -> dict[str, Study]:
    """The included studies by id, in the order in which their first reports were imported.

    Links come in order of time. A report that is linked to no study is one of its own.
    """
    study_of = current_studies(links, state.canonical)
    reports: dict[str, list[str]] = {}
    included = set(state.standing_at(Phase.FULL_TEXT, Standing.INCLUDED))
    for unique_id in state.unique_ids:
        if unique_id in included:
            reports.setdefault(study_of.get(unique_id, unique_id), []).append(unique_id)
    return {key: Study(key, tuple(ids)) for key, ids in reports.items()}


def names_of_studies(studies: Mapping[str, Study], canonical: Mapping[str, str]) -> dict[str, str]:
    """The study id by every word that may name it: its own, and any record of its reports."""
    study_of = {report: study.study_id for study in studies.values() for report in study.reports}
    records = {
        record_id: study_of[unique_id]
        for record_id, unique_id in canonical.items()
        if unique_id in study_of
    }
    return records | {study_id: study_id for study_id in studies}
