"""CSV tables: read row by row with their lines, written whole, or appended to and never else.

What the columns mean is the business of `derived` and `screened`, how a file comes to disk that
of `files`.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TextIO, TypeVar

from scopingreview.errors import MissingInputError, ReviewError, nearest
from scopingreview.paths import COUNTS, DUPLICATES, POSSIBLE_DUPLICATES, RECORDS, Review
from scopingreview.scan import csv_row
from scopingreview.store.files import append_lines, write_pieces

Value = TypeVar("Value")
Word = TypeVar("Word", bound=StrEnum)
Row = list[str]

NULS = re.compile("\0\0+")
MADE_BY = {
    RECORDS: "import",
    DUPLICATES: "dedupe",
    POSSIBLE_DUPLICATES: "dedupe",
    COUNTS: "count",
}


def write_table(review: Review, name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """The file holds the header and the rows, however many: they are streamed."""
    lines = (csv_row(row) + b"\n" for row in chain([columns], rows))
    write_pieces(review.path(name), lines)


def append_rows(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """The rows end the file, under the header when they begin it: all of them or none.

    They are on disk. Raises NotWrittenError when the disk refuses.
    """
    lines = [csv_row(list(map(_on_one_line, row))).decode() + "\n" for row in rows]
    append_lines(path, "".join(lines), header=csv_row(columns).decode() + "\n")


def _on_one_line(cell: str) -> str:
    """A line is a decision: a line break in a note would make two lines of one.

    Nor does a cell hold two NULs in a row: they tell of a disk that lost what stood there.
    """
    return NULS.sub("\0", " ".join(cell.split()))


def values_of(
    rows: Iterable[tuple[int, Row]],
    name: str,
    make: Callable[[Row], Value],
    problems: list[ReviewError],
) -> list[Value]:
    """What `make` makes of each row; a ReviewError it raises goes to `problems` with its line."""
    values: list[Value] = []
    for line, row in rows:
        try:
            values.append(make(row))
        except ReviewError as error:
            problems.append(ReviewError(error.message, where=name, line=line, hint=error.hint))
    return values


def read_rows(
    review: Review,
    name: str,
    columns: Sequence[str],
    problems: list[ReviewError] | None = None,
) -> Iterator[tuple[int, Row]]:
    """The rows under the header, each with its line; bad rows go to `problems` or are raised."""
    path = review.path(name)
    if not path.is_file():
        raise to_be_made(name)
    csv.field_size_limit(sys.maxsize)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _rows(file, name, columns, problems)
    except UnicodeDecodeError:
        raise spoiled(name, "this file is not UTF-8") from None


def rows_alone(review: Review, name: str, columns: Sequence[str]) -> list[Row]:
    """The rows under the header, for whoever asks for no lines; bad rows are raised."""
    header, rows = list(columns), list[Row]()
    csv.field_size_limit(sys.maxsize)
    with (
        suppress(OSError, UnicodeDecodeError),  # `read_rows` tells of them
        review.path(name).open(encoding="utf-8-sig", newline="") as file,
    ):
        rows = list(csv.reader(file))
    if rows[:1] == [header] and rows.count(header) == 1 and set(map(len, rows)) == {len(header)}:
        return rows[1:]
    return [row for _, row in read_rows(review, name, columns)]


def _rows(
    file: TextIO, name: str, columns: Sequence[str], problems: list[ReviewError] | None
) -> Iterator[tuple[int, Row]]:
    reader = csv.reader(file)
    header = next(reader, None)
    if header != list(columns):
        raise spoiled(name, f"the first line must be {','.join(columns)}", line=1)
    for row in reader:
        if len(row) == len(columns):
            if row != header:  # two branches that both began the file, merged
                yield reader.line_num, row
            continue
        cells = f"{len(row)} cells, where the header has {len(columns)}"
        problem = spoiled(name, cells, line=reader.line_num)
        if problems is None:
            raise problem
        problems.append(problem)


def to_be_made(name: str) -> MissingInputError:
    """The complaint about a file that an earlier stage makes."""
    stage = MADE_BY.get(name, "")
    hint = f"Make it with: scopingreview {stage}" if stage else ""
    return MissingInputError("not there yet", where=name, hint=hint)


def spoiled(name: str, message: str, *, line: int = 0) -> ReviewError:
    """The complaint about a file that is not as the program wrote it, and who can mend it."""
    hint = "Was it saved by a spreadsheet? `git log -p` shows what it was."
    if name in MADE_BY:
        hint = f"Nobody needs to mend it: run scopingreview {MADE_BY[name]}"
    return ReviewError(message, where=name, line=line, hint=hint)


def moment(text: str) -> datetime:
    """The time a file gives; one without a zone is UTC. Raises ReviewError for anything else."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise ReviewError(f'"{text}" is no time such as 2026-11-22T09:30:00Z') from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def word(words: type[Word], noun: str, text: str) -> Word:
    """The word of the vocabulary. Raises ReviewError with the nearest one for another."""
    try:
        return words(text)
    except ValueError:
        raise ReviewError(f'unknown {noun} "{text}"', hint=nearest(text, words)) from None


def stamp(time: datetime) -> str:
    """The time as the files spell it: UTC, to the second."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
