"""What people mended of the records, in data/screened/corrections: a line a field, appended.

A file that is named after a person is theirs alone, and nothing is rewritten. Which correction
stands is worked out in `screening.corrected`.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from scopingreview.errors import ReviewError, nearest
from scopingreview.model import CORRECTABLE, Correction
from scopingreview.paths import CORRECTIONS, Review
from scopingreview.store.file_names import files_in
from scopingreview.store.log import read_logs_of_people
from scopingreview.store.table import Row, append_rows, moment, stamp

CORRECTION_COLUMNS = ("recorded_at", "record_id", "field", "step", "value", "why")
SET, WITHDRAWN = "set", "withdrawn"


def append_corrections(review: Review, corrections: Sequence[Correction]) -> None:
    """The corrections (of one person) end that person's file: all of them or none, and on disk."""
    rows = (
        [
            stamp(each.recorded_at),
            each.record_id,
            each.field,
            WITHDRAWN if each.value is None else SET,
            each.value or "",
            each.why,
        ]
        for each in corrections
    )
    append_rows(review.corrections(corrections[0].by), CORRECTION_COLUMNS, rows)


def read_corrections(review: Review) -> list[Correction]:
    """Everybody's corrections, in order of time; within a second by person, then as appended."""
    paths = files_in(review.path(CORRECTIONS), ".csv")
    corrections = read_logs_of_people(review, paths, CORRECTION_COLUMNS, _correction)
    return sorted(corrections, key=attrgetter("recorded_at"))


def _correction(row: Row, *, by: str) -> Correction:
    recorded_at, record_id, field, step, value, why = row
    if field not in CORRECTABLE:
        raise ReviewError(
            f'"{field}" is no field that can be corrected', hint=nearest(field, CORRECTABLE)
        )
    if step not in (SET, WITHDRAWN):
        raise ReviewError(f'"step" is {SET} or {WITHDRAWN}, not "{step}"')
    if field == "year" and value and not value.isdecimal():
        raise ReviewError(f'a year is a whole number, not "{value}"')
    said = value if step == SET else None
    return Correction(moment(recorded_at), record_id, field, said, by, why)
