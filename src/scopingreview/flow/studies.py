"""Which included reports are of one study: companion papers are declared, never guessed."""

from __future__ import annotations

from collections.abc import Iterable

from scopingreview.model import AdjustmentKind, ReviewData


def group_studies(reports: Iterable[str], data: ReviewData) -> list[list[str]]:
    """The reports of each study, in the order in which the first of each comes.

    A report stands alone unless a `same-study` adjustment joins it to another; an extra report
    (`…+2`) belongs to the study of its record.
    """
    study_of: dict[str, str] = {}

    def find(report: str) -> str:
        while study_of.get(report, report) != report:
            report = study_of[report]
        return report

    for adjustment in data.adjustments:
        if adjustment.kind is AdjustmentKind.SAME_STUDY:
            first, *others = (data.canonical[record_id] for record_id in adjustment.records)
            for other in others:
                study_of[find(other)] = find(first)
    groups: dict[str, list[str]] = {}
    for report in reports:
        record_id = report if report in data.canonical else report.rpartition("+")[0]
        groups.setdefault(find(record_id), []).append(report)
    return list(groups.values())
