"""The files that people own, as text: decisions, retrievals, judgements, charted cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from invented.charting import Charted, charter_rows, settled_rows, study_id
from invented.ebsco import second_accession
from invented.protocol import criteria_version, form_version
from invented.screening import (
    ADJUDICATOR,
    PHASES,
    REVIEWERS,
    Row,
    consensus_rows,
    passed,
    record_id,
    reviewer_rows,
)
from invented.searches import held_twice
from invented.values import Report, dice

DECISIONS = ["decided_at", "record_id", "verdict", "reason", "labels", "note", "criteria"]
RETRIEVALS = ["recorded_at", "record_id", "status", "where", "note"]
JUDGEMENTS = ["decided_at", "record_id", "other_id", "same", "note"]
CELLS = ["charted_at", "study_id", "field", "row", "value", "quote", "page", "form"]
JUDGED_FROM, SOUGHT_FROM = datetime(2023, 1, 12, 10, 4), datetime(2023, 4, 3, 9, 0)
DIFFERENT = (
    ("congress", "included-39", "congress abstract of the trial, a year before the article"),
    ("part-one", "part-two", "two parts of one series"),
    ("carers-1", "carers-2", "same heading, other authors and journals"),
)
TRIED = (
    "interlibrary loan refused, no holding library",
    "author's address no longer valid",
    "volume missing in the archive",
    "no answer to two letters",
)


def screened_files(reports: list[Report]) -> dict[str, bytes]:
    """Every file of data/screened by its path in the review."""
    files = decision_files(reports) | {
        "data/screened/duplicates/ab.csv": table(JUDGEMENTS, judgements(reports)),
        "data/screened/retrieval.csv": table(RETRIEVALS, sorted(retrievals(reports))),
    }
    return {path: text.encode() for path, text in files.items()}


def charted_files(reports: list[Report]) -> dict[str, bytes]:
    """Every file of data/charted by its path in the review."""
    files = {
        f"data/charted/{charter}.csv": table(CELLS, charted(charter_rows(reports, charter)))
        for charter in REVIEWERS
    }
    settled = ([*cells, ADJUDICATOR] for cells in charted(settled_rows(reports)))
    files["data/charted/consensus.csv"] = table([*CELLS, "decided_by"], settled)
    return {path: text.encode() for path, text in files.items()}


def charted(rows: Iterable[Charted]) -> Iterator[list[str]]:
    """Charted cells as the cells of their lines."""
    form = form_version()
    for row in rows:
        at, study = stamp(row.at), study_id(row.report)
        yield [at, study, row.field, "", row.value, row.quote, row.page, form]


def stamp(moment: datetime) -> str:
    """A moment as every file spells it: UTC, to the second."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def table(header: list[str], rows: Iterable[list[str]]) -> str:
    """CSV with a header and LF line ends."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def decision_files(reports: list[Report]) -> dict[str, str]:
    """Every reviewer's file and the adjudicator's, for both phases."""
    files = {}
    for phase in PHASES:
        criteria = criteria_version(phase)
        for reviewer in REVIEWERS:
            rows = [cells(row, criteria) for row in reviewer_rows(reports, phase, reviewer)]
            files[f"data/screened/{phase}/{reviewer}.csv"] = table(DECISIONS, rows)
        settled = [[*cells(row, criteria), ADJUDICATOR] for row in consensus_rows(reports, phase)]
        header = [*DECISIONS, "decided_by"]
        files[f"data/screened/{phase}/consensus.csv"] = table(header, settled)
    return files


def cells(row: Row, criteria: str) -> list[str]:
    """One decision as the cells of its line."""
    return [stamp(row.at), row.record_id, row.verdict, row.reason, row.label, row.note, criteria]


def judgements(reports: list[Report]) -> Iterator[list[str]]:
    """What reviewer ab said of pairs of records before the screening began."""
    by_key = {report.key: report for report in reports}
    first_ids = {key: record_id(report, report.sources[0]) for key, report in by_key.items()}
    pairs = [
        (first_ids[report.key], f"cinahl:{second_accession(report)}", "yes", "volume misread")
        for report in held_twice(reports)
    ]
    pairs += [(first_ids[one], first_ids[other], "no", note) for one, other, note in DIFFERENT]
    for number, pair in enumerate(pairs):
        yield [stamp(JUDGED_FROM + timedelta(seconds=47 * number)), *pair]


def retrievals(reports: list[Report]) -> Iterator[list[str]]:
    """How every report that passed title and abstract was sought, and if it was found."""
    screened = passed(reports, "title-abstract")
    sought = [report for report in screened if report.draft.fate.phase != "title-abstract"]
    for number, report in enumerate(sought):
        asked = SOUGHT_FROM + timedelta(minutes=4 * (number % 40), days=number // 40)
        yield from retrieval(report, asked)


def retrieval(report: Report, asked: datetime) -> Iterator[list[str]]:
    """A report with a DOI is there at once; any other is ordered, and may never come."""
    name = record_id(report, report.sources[0])
    lost = report.draft.fate.phase == "not-retrieved"
    if report.doi and not lost:
        yield [stamp(asked), name, "retrieved", f"https://doi.org/{report.doi}", ""]
        return
    rng = dice("retrieval", report.key)
    found = asked + timedelta(days=rng.randint(5, 27), minutes=7)
    yield [stamp(asked), name, "sought", "", "interlibrary loan"]
    if lost:
        yield [stamp(found), name, "not-retrieved", "", rng.choice(TRIED)]
    else:
        scan = f"scans/{report.authors[0].family.split()[0]}-{report.draft.year}.pdf"
        yield [stamp(found), name, "retrieved", scan, ""]
