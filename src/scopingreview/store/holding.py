"""Holding a file or a folder, so that nobody else writes it meanwhile; ends with the process.

Linux and macOS lock the file itself. Windows lets nobody read a file that is locked, and locks no
folder: there a file beside it is held, by the library filelock, and gone when nobody holds it.
"""

from __future__ import annotations

import errno
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scopingreview.errors import ReviewWarning

# What a file system answers that keeps no locks, as some network drives do.
NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF}
NO_LOCKS_HERE = (
    "this disk keeps no locks, so nothing holds two programs apart that write here at once: "
    "see to it that each person works in one place at a time"
)


def locks_files() -> bool:
    """Whether this system locks the file itself, and whoever reads it may go on."""
    return _unix() is not None


def _unix() -> Any:
    """The module of the locks of Linux and macOS; None on Windows."""
    try:
        import fcntl
    except ImportError:
        return None
    return fcntl


@contextmanager
def held(
    place: Path, descriptor: int | None = None, *, wait: bool = True, shared: bool = False
) -> Iterator[None]:
    """The file or folder is held until this ends. Raises BlockingIOError where it may not wait.

    `descriptor` is the file's where it is open. Where the disk keeps no locks that is said, and
    the work goes on.
    """
    if not locks_files():
        with _held_beside(place, wait=wait):
            yield
        return
    if descriptor is not None:
        lock(descriptor, wait=wait, shared=shared)
        yield
        return
    opened = os.open(place, os.O_RDONLY)
    try:
        lock(opened, wait=wait, shared=shared)
        yield
    finally:
        os.close(opened)


def lock(descriptor: int, *, wait: bool = True, shared: bool = False) -> None:
    """The lock is held until the descriptor is closed. Raises OSError as flock does."""
    unix = _unix()
    how = (unix.LOCK_SH if shared else unix.LOCK_EX) | (0 if wait else unix.LOCK_NB)
    try:
        unix.flock(descriptor, how)
    except OSError as error:
        _goes_on_without(error)


@contextmanager
def _held_beside(place: Path, *, wait: bool) -> Iterator[None]:
    import filelock

    folder, name = (place, "folder") if place.is_dir() else (place.parent, place.name)
    beside = filelock.FileLock(folder / f".{name}.lock", timeout=-1 if wait else 0)
    try:
        beside.acquire()
    except filelock.Timeout:
        raise BlockingIOError(errno.EWOULDBLOCK, os.strerror(errno.EWOULDBLOCK), place) from None
    except OSError as error:
        _goes_on_without(error)
    try:
        yield
    finally:
        beside.release()


def _goes_on_without(error: OSError) -> None:
    """A disk that keeps no locks is told of; any other error is raised."""
    if error.errno not in NO_LOCKS:
        raise error
    warnings.warn(NO_LOCKS_HERE, ReviewWarning, stacklevel=3)
