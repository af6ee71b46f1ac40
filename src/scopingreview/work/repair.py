"""Setting aside what was cut off in mid-write: its bytes stay, and nobody reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scopingreview import store
from scopingreview.errors import ReviewError, nearest
from scopingreview.paths import Review


@dataclass(frozen=True, slots=True)
class CutLine:
    """A line that was cut off in mid-write: its number, and what stands in it."""

    line: int
    text: str


# Whether these lines of that file may be set aside.
Confirm = Callable[[str, Sequence[CutLine]], bool]


@dataclass(frozen=True, slots=True)
class Repair:
    """What of a file is set aside; `line` is the last one, if it was open (0 when it was not).

    `pieces` are the lines further up that a merge had closed; `left` are those of them that stop
    everybody until somebody says that they are set aside.
    """

    file: str
    line: int = 0
    text: str = ""
    pieces: tuple[CutLine, ...] = ()
    left: tuple[CutLine, ...] = ()


def repair_log(review: Review, path: Path, confirm: Confirm) -> Repair:
    """The last line of the file is closed and marked as cut off, if it was open.

    So are pieces of lines further up, where `confirm` says yes to them. Every byte stays where
    it is. Raises ReviewError for a file that no command appends to.
    """
    name = _name_of(review, path)
    log = store.read_log(review, name)
    numbers = log.pieces()
    contents = [log.lines[number - 1] for number in numbers]
    pieces = tuple(map(CutLine, numbers, map(_shown, contents)))
    goes = not pieces or confirm(name, pieces)
    line = store.close_open_line(review.path(name), contents if goes else ())
    return Repair(
        name,
        line=log.open_number if line else 0,
        text=_shown(line),
        pieces=pieces if goes else (),
        left=() if goes else pieces,
    )


def _shown(content: bytes) -> str:
    return content.decode(errors="replace")


def _name_of(review: Review, path: Path) -> str:
    known = store.log_files(review)
    try:
        name = review.relative(path if path.exists() else review.path(str(path)))
    except ReviewError:
        name = str(path)
    if name not in known:
        raise ReviewError(
            "only what commands append to is repaired: the files of data/screened",
            where=str(path),
            hint=nearest(name, known),
        )
    return name
