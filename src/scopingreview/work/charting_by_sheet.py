"""A person's charting as a sheet to fill in, and what a filled-in one says as entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from scopingreview.charting.grid import Grid, grid_of
from scopingreview.charting.grid_entries import FilledGrid, GridEntry, GridReading
from scopingreview.errors import ReviewError, UsageError, raise_problems
from scopingreview.exchange.charting_sheet import (
    charting_csv,
    charting_xlsx,
    read_charting_sheet,
)
from scopingreview.model import Cell, Slot
from scopingreview.report.citation import cite
from scopingreview.work.charting_session import ChartingSession, Entry

CSV, XLSX = ".csv", ".xlsx"


def charting_sheet(session: ChartingSession, path: Path, *, evidence: bool) -> bytes:
    """The sheet of every study that the person charts, with what they have charted of it.

    Its kind is told by the name of the file. Raises UsageError for another kind.
    """
    if path.suffix.lower() == XLSX:
        return charting_xlsx(_grid(session, ticks=True, evidence=evidence))
    if path.suffix.lower() == CSV:
        return charting_csv(_grid(session, ticks=False, evidence=evidence))
    raise UsageError(f'a charting sheet is .xlsx or .csv, not "{path.suffix}"', where=str(path))


def _grid(session: ChartingSession, *, ticks: bool, evidence: bool) -> Grid:
    state, studies = session.state, session.charting.studies
    return grid_of(
        session.charting.form,
        session.version,
        {key: session.cells(key) for key in session.studies},
        {key: cite(state.as_read(studies[key].reports[0])) for key in session.studies},
        ticks=ticks,
        evidence=evidence,
    )


def entries_of_sheet(
    session: ChartingSession,
    path: Path,
    content: bytes,
    *,
    clear: bool,
    old_form: bool,
    now: datetime,
) -> list[Entry]:
    """What the sheet says of the studies, as entries that may all be charted.

    What it leaves blank stays as it stands, unless blanks are to `clear` it. `old_form`: a sheet
    that was made for another form is taken for this one. Raises CombinedError naming every cell
    that cannot be taken, by row and column.
    """
    filled = read_charting_sheet(content, str(path))
    if old_form:
        filled = FilledGrid("", filled.headings, filled.rows, filled.offered)
    grids = [_grid(session, ticks=ticks, evidence=True) for ticks in (True, False)]
    reader = GridReading(session.charting.form, filled, grids)
    found = reader.entries()
    problems = [*reader.problems]
    entries = list(_checked(session, found, problems, clear=clear, now=now))
    problems.sort(key=lambda problem: problem.line)
    raise_problems(
        [ReviewError(p.message, where=str(path), line=p.line, hint=p.hint) for p in problems]
    )
    return entries


def _checked(
    session: ChartingSession,
    found: list[GridEntry],
    problems: list[ReviewError],
    *,
    clear: bool,
    now: datetime,
) -> Iterator[Entry]:
    """The entries that say something; what may not be charted is told, a study once."""
    refused: set[str] = set()
    rows_of_study: dict[str, int] = {}
    wanted: dict[tuple[str, Slot], Cell] = {}
    for each in found:
        if each.study in refused:
            continue
        try:
            study_id = session.open_study(each.study)
        except ReviewError as error:
            refused.add(each.study)
            problems.append(ReviewError(error.message, line=each.line, hint=error.hint))
            continue
        if rows_of_study.setdefault(study_id, each.line) != each.line:
            refused.add(each.study)
            told = f"{each.study} is the study of row {rows_of_study[study_id]}"
            problems.append(ReviewError(told, line=each.line))
            continue
        entry = _entry(session, study_id, each, clear=clear)
        if entry is None:
            continue
        try:
            cell = session.cell_of(entry, wanted, now=now)
        except ReviewError as error:
            told = f"{each.place}: {error.message}"
            problems.append(ReviewError(told, line=each.line, hint=error.hint))
        else:
            wanted[cell.study_id, cell.slot] = cell
            yield entry


def _entry(
    session: ChartingSession, study_id: str, found: GridEntry, *, clear: bool
) -> Entry | None:
    """What is to be charted; None when the sheet says nothing of the slot."""
    stands = session.cells(study_id).get(found.slot)
    said = [each for each in (found.text, found.page, found.quote) if each]
    if not said and (not clear or stands is None or found.text is None):
        return None
    text = found.text if found.text or (clear and found.text is not None) else None
    return Entry(
        study_id,
        found.slot,
        text,
        page=_kept(found.page, clear=clear),
        quote=_kept(found.quote, clear=clear),
    )


def _kept(text: str | None, *, clear: bool) -> str | None:
    return text if text or clear else None


def still_blank(session: ChartingSession) -> list[str]:
    """The studies of which something required is missing, a line each: how much, and what first."""
    lines = []
    for study_id in session.studies:
        missing = session.missing(study_id)
        if missing and session.values(study_id):
            labels = [session.field(slot).label for slot in missing]
            more = f" and {len(labels) - 3} more" if len(labels) > 3 else ""
            lines.append(f"{study_id}: still blank: {', '.join(labels[:3])}{more}")
    return lines
