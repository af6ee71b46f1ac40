"""A table that people's commands append to: its whole lines, and what was cut off in mid-write.

A line without its line end did not happen: whoever wrote it was never told that it was on disk.
It is said and never read; `files.close_open_line` marks it, and so does the next line appended.

A merge puts another branch's lines below and gives such a line its end: then it is a **piece**,
which no reader can take. A copy of it with the mark, further down, sets it aside. Nothing is
rewritten, and no mark takes a whole line back.
"""

from __future__ import annotations

import codecs
import csv
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from scopingreview.csv_text import rows_of
from scopingreview.errors import ReviewError, ReviewWarning, raise_problems
from scopingreview.paths import STUDIES, Review
from scopingreview.store.files import CUT_OFF
from scopingreview.store.table import Row, spoiled, values_of

BYTE_ORDER_MARK = "\ufeff"
# The last column of a file that came later: header and rows of older ones lack it.
CAME_LATER = {STUDIES: "by"}
FIRST_COLUMN = re.compile(rb"(?:\xef\xbb\xbf)?[a-z]+_at,")
TIME = b"0000-00-00T00:00:00Z"  # what every line begins with, its digits as noughts
DIGITS = bytes.maketrans(b"123456789", b"000000000")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Log:
    """What stands in one: its whole lines, as bytes, and what the others hold, by number.

    `lines` has a b"" for each line that was cut off and set aside, so that a line keeps its number;
    `cut_off` are the numbers of those. `open_line` is what stands after the last line end.
    """

    name: str
    lines: tuple[bytes, ...]
    cut_off: tuple[int, ...]
    open_line: bytes

    @property
    def open_number(self) -> int:
        """The number of the open line."""
        return len(self.lines) + 1

    def pieces(self) -> tuple[int, ...]:
        """The numbers of the lines that were cut off and closed, and not yet set aside."""
        return tuple(_pieces(self.name, [*self.lines, self.open_line]))


def read_log(review: Review, name: str) -> Log:
    """What stands in the file. An empty one is a log without lines."""
    *lines, rest = review.path(name).read_bytes().split(b"\n")
    if b"\r" in rest:  # the line ends of old Macs: no line of ours holds one
        lines, rest = [*lines, rest], b""
    marked = {n: line for n, line in enumerate(lines, 1) if line.endswith(CUT_OFF)}
    for number in marked:
        lines[number - 1] = b""
    cut = _set_aside(name, lines, rest, marked) if marked else ()
    return Log(name, tuple(lines), cut, rest)


def _set_aside(
    name: str, lines: list[bytes], rest: bytes, marked: dict[int, bytes]
) -> tuple[int, ...]:
    """The numbers of the lines that marks set aside: those marked, or what they are copies of."""
    texts = {line.removesuffix(CUT_OFF) for line in marked.values()}
    copied = {n: lines[n - 1] for n in _pieces(name, [*lines, rest]) if lines[n - 1] in texts}
    for number in copied:
        lines[number - 1] = b""
    above = set(copied.values())
    alone = (n for n, line in marked.items() if line.removesuffix(CUT_OFF) not in above)
    return tuple(sorted((*copied, *alone)))


def _pieces(name: str, lines: Sequence[bytes]) -> Iterator[int]:
    """The numbers of the lines that begin as one does, or as the header, and are none.

    What a merge put below begins anew: where a cell has a line break in it, its rest stands there.
    The last of the lines is what stands after the last line end.
    """
    header = max(filter(FIRST_COLUMN.match, lines), key=len, default=b"")
    header = header.removeprefix(codecs.BOM_UTF8).rstrip(b"\r")
    if not header:
        return
    fewest = header.removesuffix(f",{CAME_LATER.get(name, '')}".encode()).count(b",") + 1
    below = lines if lines[-1] else lines[:-1]
    for number, (line, after) in enumerate(pairwise(below), 1):
        line = line.rstrip(b"\r")
        if line and _begins_anew(line, header) and _begins_anew(after, header):
            is_header = header.startswith(line) and line.count(b",") + 1 >= fewest
            if not (is_header or _is_row(line, fewest)):
                yield number


def _begins_anew(line: bytes, header: bytes) -> bool:
    """Whether the line begins as a row does, as far as it goes, or as the header."""
    return TIME.startswith(line[: len(TIME)].translate(DIGITS)) or header.startswith(
        line.rstrip(b"\r")
    )


def _is_row(line: bytes, fewest: int) -> bool:
    """Whether the line alone is a row of at least so many cells, or text of another encoding.

    A letter that is cut in half at its end is neither.
    """
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(line)
    except UnicodeDecodeError:
        return True
    try:
        (row,) = csv.reader([text], strict=True)
    except (csv.Error, ValueError):
        return False
    return len(row) >= fewest


def read_log_rows(
    review: Review,
    name: str,
    columns: Sequence[str],
    problems: list[ReviewError],
) -> Iterator[tuple[int, Row]]:
    """The rows under the header, each with its line; bad ones go to `problems`.

    Header and rows of older files lack the columns that came later, and as nothing is rewritten,
    new rows may stand under an old header. What is missing is "".
    """
    log = read_log(review, name)
    try:
        yield from _rows_of_log(log, columns, problems)
    except ReviewError as error:
        if pieces := log.pieces():
            raise _piece_told(log, pieces[0]) from error
        raise


def _rows_of_log(
    log: Log, columns: Sequence[str], problems: list[ReviewError]
) -> Iterator[tuple[int, Row]]:
    name, later = log.name, int(log.name in CAME_LATER)
    if any(map(_is_lost, (*log.lines, log.open_line))):
        raise _lost(log)
    if log.open_line:
        warnings.warn(open_line_told(log), ReviewWarning, stacklevel=2)
    try:
        text = b"\n".join([*log.lines, b""]).decode()
    except UnicodeDecodeError:
        raise spoiled(name, "this file is not UTF-8") from None
    rows = rows_of(text.removeprefix(BYTE_ORDER_MARK), name)
    filled = ((line, row) for line, row in rows if row)
    line, header = next(filled, (1, list(columns)))
    headers = [list(columns[: len(columns) - lacking]) for lacking in range(later + 1)]
    if header not in headers:
        raise spoiled(name, f"the first line must be {','.join(columns)}", line=line)
    pieces: tuple[int, ...] | None = None
    for line, row in filled:
        lacking = len(columns) - len(row)
        if not 0 <= lacking <= later:
            pieces = log.pieces() if pieces is None else pieces
            cells = f"{len(row)} cells, where the header has {len(columns)}"
            problems.append(
                _piece_told(log, line) if line in pieces else spoiled(name, cells, line=line)
            )
        elif row not in headers:  # two branches that both began the file, merged
            yield line, row + [""] * lacking


def _piece_told(log: Log, line: int) -> ReviewError:
    return ReviewError(
        "a line that was cut off in mid-write, and that a merge closed",
        where=log.name,
        line=line,
        hint=f"scopingreview repair {log.name} shows it and sets it aside: it was never saved.",
    )


def open_line_told(log: Log) -> str:
    """What to say of the open line."""
    return (
        f"{log.name}:{log.open_number}: the last line was cut off in mid-write (it has no line "
        f"end), so it counts for nothing; scopingreview repair {log.name} sets it aside"
    )


def _is_lost(line: bytes) -> bool:
    """Whether a disk has NULs where it once had a line, or a part of one."""
    return line.startswith(b"\0") or b"\0\0" in line


def _lost(log: Log) -> ReviewError:
    held = next((n for n, line in enumerate(log.lines, 1) if _is_lost(line)), log.open_number)
    if held == log.open_number:
        hint = f"scopingreview repair {log.name} sets the line aside; git may have it whole."
    else:
        hint = "`git log -p` shows what it was."
    return ReviewError(
        "the disk lost what was written here (NUL bytes)", where=log.name, line=held, hint=hint
    )


def read_log_values(
    review: Review,
    name: str,
    columns: Sequence[str],
    make: Callable[[Row], Value],
) -> list[Value]:
    """What the file holds."""
    if not review.path(name).is_file():
        return []
    problems: list[ReviewError] = []
    rows = read_log_rows(review, name, columns, problems)
    values = values_of(rows, name, make, problems)
    raise_problems(problems)
    return values


def read_logs_of_people(
    review: Review, paths: Iterable[Path], columns: Sequence[str], make: Callable[..., Value]
) -> list[Value]:
    """What all the files hold; `make` gets whose file a row is of as `by`."""
    problems: list[ReviewError] = []
    values: list[Value] = []
    for path in paths:
        name = review.relative(path)
        rows = read_log_rows(review, name, columns, problems)
        values += values_of(rows, name, partial(make, by=path.stem), problems)
    raise_problems(problems)
    return values
