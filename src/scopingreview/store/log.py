"""A table that people's commands append to: its whole lines, and what was cut off in mid-write.

A line without its line end did not happen: whoever wrote it was never told that it was on disk.
It is said and never read; `files.close_open_line` marks it, and so does the next line appended.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from scopingreview.csv_text import rows_of
from scopingreview.errors import ReviewError, ReviewWarning, raise_problems
from scopingreview.paths import Review
from scopingreview.store.files import CUT_OFF
from scopingreview.store.table import Row, spoiled, values_of

BYTE_ORDER_MARK = "\ufeff"
# git gives a last line its end when it puts another branch's lines below.
_CLOSED_BY_A_MERGE = (
    f"If it was cut off in mid-write and a merge closed it, end it with `{CUT_OFF.decode()}`: it "
    "counts for nothing then. Else `git log -p` shows what it was."
)

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Log:
    """What stands in one: its whole lines, as bytes, and what the others hold, by number.

    `lines` has a b"" for each line that was cut off, so that a line keeps its number. `open_line`
    is what stands after the last line end.
    """

    name: str
    lines: tuple[bytes, ...]
    cut_off: tuple[int, ...]
    open_line: bytes

    @property
    def open_number(self) -> int:
        """The number of the open line."""
        return len(self.lines) + 1


def read_log(review: Review, name: str) -> Log:
    """What stands in the file. An empty one is a log without lines."""
    *lines, rest = review.path(name).read_bytes().split(b"\n")
    if b"\r" in rest:  # the line ends of old Macs: no line of ours holds one
        lines, rest = [*lines, rest], b""
    cut = tuple(number for number, line in enumerate(lines, 1) if line.endswith(CUT_OFF))
    for number in cut:
        lines[number - 1] = b""
    return Log(name, tuple(lines), cut, rest)


def read_log_rows(
    review: Review,
    name: str,
    columns: Sequence[str],
    problems: list[ReviewError],
    *,
    later: int = 0,
) -> Iterator[tuple[int, Row]]:
    """The rows under the header, each with its line; bad ones go to `problems`.

    The last `later` columns came later: header and rows of older files lack them, and as nothing
    is rewritten, new rows may stand under an old header. What is missing is "".
    """
    log = read_log(review, name)
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
    for line, row in filled:
        lacking = len(columns) - len(row)
        if not 0 <= lacking <= later:
            cells = f"{len(row)} cells, where the header has {len(columns)}"
            problems.append(ReviewError(cells, where=name, line=line, hint=_CLOSED_BY_A_MERGE))
        elif row not in headers:  # two branches that both began the file, merged
            yield line, row + [""] * lacking


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
    *,
    later: int = 0,
) -> list[Value]:
    """What the file holds; the last `later` of the columns may be missing, as in older files."""
    if not review.path(name).is_file():
        return []
    problems: list[ReviewError] = []
    rows = read_log_rows(review, name, columns, problems, later=later)
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
