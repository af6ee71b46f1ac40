"""What the system refuses, told in a sentence: the file, what stands, what to do next."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scopingreview.errors import NotWrittenError, ReviewError

UNCHANGED = "Nothing was written."
REMEDIES = {
    errno.ENOSPC: "Make room on the disk and try again.",
    errno.EDQUOT: "Make room in your share of the disk and try again.",
    errno.EROFS: "The disk can only be read: try again in a copy of the review.",
    errno.EACCES: "Get write access to the file and its folder and try again.",
    errno.EPERM: "Get write access to the file and its folder and try again.",
    errno.EMFILE: "Too many files are open: close other programs, or raise `ulimit -n`.",
    errno.ENFILE: "Too many files are open: close other programs.",
    errno.EFBIG: "The disk or `ulimit -f` takes no file of that size: raise it and try again.",
    errno.ENOTDIR: "A file stands where a folder should: move it away and try again.",
    errno.ELOOP: "A link leads back to itself: put the file in its place.",
    errno.EIO: "The disk is failing: try again in a copy of the review on another one.",
}
# What Windows answers while another program has the file open.
OPEN_ELSEWHERE = {5, 32}
CLOSE_IT = (
    "Another program may have it open (a spreadsheet, a session of screening): close it and try "
    "again."
)


@contextmanager
def refusal_told(path: Path, became: str = "") -> Iterator[None]:
    """What the disk refuses is told of the file: what `became` of it, and what to do."""
    try:
        yield
    except OSError as error:
        raise refusal(path, error, became) from error


def not_read(error: OSError) -> ReviewError:
    """What the system refused outside of a writing, told of the file: nothing was changed."""
    remedy = _remedy(error)
    return ReviewError(
        error.strerror or str(error),
        where=os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "",
        hint=f"What is on file stands as it was. {remedy}".strip(),
    )


def refusal(path: Path, error: OSError, became: str) -> NotWrittenError:
    """The complaint about a writing that the disk refused: what became of the file, what to do."""
    remedy = _remedy(error)
    return NotWrittenError(
        f"could not be written: {error.strerror or error}",
        where=str(path),
        hint=f"{became} {remedy}".strip(),
    )


def _remedy(error: OSError) -> str:
    if getattr(error, "winerror", None) in OPEN_ELSEWHERE:
        return CLOSE_IT
    return REMEDIES.get(error.errno or 0, "")
