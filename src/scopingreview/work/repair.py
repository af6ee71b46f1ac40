"""Setting aside what was cut off in mid-write: its bytes stay, and nobody reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scopingreview import store
from scopingreview.errors import ReviewError, nearest
from scopingreview.paths import Review


@dataclass(frozen=True, slots=True)
class Repair:
    """The line of a file that was set aside, and what stands in it; 0 when none was open."""

    file: str
    line: int = 0
    text: str = ""


def repair_log(review: Review, path: Path) -> Repair:
    """The last line of the file is closed and marked as cut off, if it was open.

    Every byte stays where it is. Raises ReviewError for a file that no command appends to.
    """
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
    number = store.read_log(review, name).open_number
    line = store.close_open_line(review.path(name))
    if not line:
        return Repair(name)
    return Repair(name, number, line.decode(errors="replace"))
