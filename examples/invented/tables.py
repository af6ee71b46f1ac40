"""The files that people own, as text: decisions, retrievals, judgements on duplicates."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime, timedelta

from invented.screening import REVIEWERS, Row, consensus_rows, record_id, reviewer_rows
from invented.values import Report, dice

DECISIONS = ["decided_at", "record_id", "verdict", "reason", "labels", "note", "criteria"]
RETRIEVALS = ["recorded_at", "record_id", "status", "where", "note"]
TRIED = (
    "interlibrary loan refused, no holding library", "author's address no longer valid", "thesis under embargo",
    "volume missing in the archive",
)  # fmt: skip


def stamp(moment: datetime | None) -> str:
    """A moment as every file spells it: UTC, to the second."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def table(header: list[str], rows: Iterable[list[str]]) -> str:
    """CSV with a header and LF line ends."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def cells(row: Row) -> list[str]:
    """One decision as the cells of its line."""
    return [stamp(row.at), row.record_id, row.verdict, row.reason, row.label, row.note, ""]


def decision_files(reports: list[Report]) -> dict[str, str]:
    """Every decision file by its path in the review."""
    files = {}
    for phase in ("title-abstract", "full-text"):
        for reviewer in REVIEWERS:
            rows = reviewer_rows(reports, phase, reviewer)
            files[f"data/screened/{phase}/{reviewer}.csv"] = table(DECISIONS, map(cells, rows))
        settled = [[*cells(row), "ef"] for row in consensus_rows(reports, phase)]
        files[f"data/screened/{phase}/consensus.csv"] = table([*DECISIONS, "decided_by"], settled)
    return files


def retrievals(reports: list[Report]) -> str:
    """How every report that passed title and abstract was sought, and if it was found."""
    sought = [report for report in reports if report.draft.fate.phase != "title-abstract"]
    first = datetime(2023, 4, 3, 9, 0)
    rows = []
    for number, report in enumerate(sought):
        rng = dice("retrieval", report.key)
        name = record_id(report, report.sources[0])
        asked = first + timedelta(minutes=4 * (number % 40), days=number // 40)
        lost = report.draft.fate.phase == "not-retrieved"
        if lost or not report.doi:
            rows.append([stamp(asked), name, "sought", "", "interlibrary loan"])
        found = (
            asked + timedelta(days=rng.randint(3, 24), minutes=7)
            if lost or not report.doi
            else asked
        )
        if lost:
            rows.append(
                [stamp(found + timedelta(days=10)), name, "not-retrieved", "", rng.choice(TRIED)]
            )
        else:
            rows.append([stamp(found), name, "retrieved", place_of(report), ""])
    return table(RETRIEVALS, sorted(rows))


def place_of(report: Report) -> str:
    """Where the full text lies: its DOI, or a scan in the team's folder."""
    if report.doi:
        return f"https://doi.org/{report.doi}"
    return f"scans/{report.authors[0].family.split()[0]}-{report.draft.year}.pdf"
