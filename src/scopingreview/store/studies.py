"""What people keep beside their decisions: which study a report belongs to, how long they read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import Phase, ReadingTime, StudyLink
from scopingreview.paths import READING_TIMES, STUDIES, Review
from scopingreview.store.table import Row, append_rows, moment, read_values, stamp, word

STUDY_COLUMNS = ("recorded_at", "record_id", "study", "note")
READING_COLUMNS = ("decided_at", "phase", "record_id", "seconds")


def append_study_links(review: Review, links: Sequence[StudyLink]) -> None:
    """The links end data/screened/studies.csv: all of them or none."""
    rows = [[stamp(link.recorded_at), link.record_id, link.study, link.note] for link in links]
    append_rows(review.path(STUDIES), STUDY_COLUMNS, rows)


def read_study_links(review: Review) -> list[StudyLink]:
    """Every word on which study a report belongs to, in order of time."""
    if not review.path(STUDIES).is_file():
        return []
    problems: list[ReviewError] = []
    links = read_values(
        review,
        STUDIES,
        STUDY_COLUMNS,
        lambda row: StudyLink(moment(row[0]), row[1], row[2], row[3]),
        problems,
    )
    raise_problems(problems)
    return sorted(links, key=lambda link: link.recorded_at)


def append_reading_time(review: Review, time: ReadingTime) -> None:
    """The seconds are the last line of their reviewer's file, and on disk."""
    row = [stamp(time.decided_at), time.phase, time.record_id, str(time.seconds)]
    append_rows(review.reading_times(time.reviewer), READING_COLUMNS, [row])


def read_reading_times(review: Review) -> list[ReadingTime]:
    """How long every decision took of which it was kept, by reviewer and in order of time."""
    problems: list[ReviewError] = []
    times: list[ReadingTime] = []
    for path in sorted(review.path(READING_TIMES).glob("*.csv")):
        name = review.relative(path)
        make = partial(_reading_time, reviewer=path.stem)
        times += read_values(review, name, READING_COLUMNS, make, problems)
    raise_problems(problems)
    return times


def _reading_time(row: Row, reviewer: str) -> ReadingTime:
    if not row[3].isdigit():
        raise ReviewError(f'seconds are a whole number, not "{row[3]}"')
    return ReadingTime(moment(row[0]), word(Phase, "phase", row[1]), row[2], reviewer, int(row[3]))
