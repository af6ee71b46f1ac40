"""Which included reports are of one study: people link them, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable

from scopingreview.model import ReviewData


def group_studies(reports: Iterable[str], data: ReviewData) -> list[list[str]]:
    """The reports of each study, in the order in which the first of each comes.

    A report that nobody linked is a study of its own; an extra report (`…+2`) belongs to the
    study of its record.
    """
    groups: dict[tuple[bool, str], list[str]] = {}
    for report in reports:
        record_id = report if report in data.canonical else report.rpartition("+")[0]
        study = data.studies.get(record_id)
        groups.setdefault((study is None, study or record_id), []).append(report)
    return list(groups.values())
