"""One person at one desk at a time: a lock that ends with the process that holds it.

The operating system keeps the lock, not the file: after a crash or a power cut nobody holds it,
however the file looks. What the file says is for the message only, so it is opened here and
never synced: it is no data.
"""

from __future__ import annotations

import fcntl
import os
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from scopingreview.errors import ReviewError, ReviewWarning
from scopingreview.paths import Review
from scopingreview.store.files import lock, make_folder
from scopingreview.store.refused import refusal_told
from scopingreview.store.rehearsal import rehearsal
from scopingreview.store.table import stamp


@contextmanager
def hold_lock(review: Review, person: str, *, task: str, now: datetime) -> Iterator[None]:
    """The person is at work on the task here and, until it ends, nowhere else.

    Raises ReviewError that says who holds it and since when.
    """
    if rehearsal():
        yield
        return
    path = review.lock(person, task)
    make_folder(path.parent)
    with refusal_told(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            lock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 1000).decode(errors="replace").strip()
            raise ReviewError(
                f"{person} is at work on {task} already ({holder or 'just begun'})",
                hint="Finish that session first (its q key). The lock ends with its process: "
                "after a crash there is nothing to clear.",
            ) from None
        with suppress(OSError):  # on a full disk the lock holds as well without it
            os.ftruncate(descriptor, 0)
            holder = f"since {stamp(now)}, process {os.getpid()} on {socket.gethostname()}\n"
            os.write(descriptor, holder.encode())
        yield
    finally:
        os.close(descriptor)


@contextmanager
def hold_file(review: Review, name: str) -> Iterator[None]:
    """Nobody else reads the file to change it until this ends; waiting for that is said.

    The lock is its folder's: the file itself is put in place anew by each who writes it.
    """
    folder = review.path(name).parent
    make_folder(folder)
    with refusal_told(folder):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            try:
                lock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                said = f"{name} is being changed by another command: waiting for it"
                warnings.warn(said, ReviewWarning, stacklevel=3)
                lock(descriptor, fcntl.LOCK_EX)
        except OSError:
            os.close(descriptor)
            raise
    try:
        yield
    finally:
        os.close(descriptor)


def keeps_locks(review: Review) -> bool:
    """Whether the review's disk holds programs apart; asked with a lock that is let go at once."""
    descriptor = os.open(review.root, os.O_RDONLY)
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always", ReviewWarning)
            lock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:  # somebody holds one
        return True
    finally:
        os.close(descriptor)
    return not told
