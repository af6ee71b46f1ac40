"""One person at one desk at a time: a lock that ends with the process that holds it.

The operating system keeps the lock, not the file: after a crash or a power cut nobody holds it,
however the file looks. What the file says is for the message only, so it is opened here and
never synced: it is no data.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime

from scopingreview.errors import ReviewError, ReviewWarning
from scopingreview.paths import Review
from scopingreview.store.file_system import BINARY
from scopingreview.store.files import make_folder
from scopingreview.store.holding import held, locks_files
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
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | BINARY, 0o644)
    with ExitStack() as ending:
        ending.callback(os.close, descriptor)
        try:
            ending.enter_context(held(path, descriptor, wait=False))
        except BlockingIOError:
            holder = os.read(descriptor, 1000).decode(errors="replace").strip()
            raise ReviewError(
                f"{person} is at work on {task} already ({holder or 'just begun'})",
                hint="Finish that session first (its q key). The lock ends with its process: "
                "after a crash there is nothing to clear.",
            ) from None
        from socket import gethostname  # loaded by whoever holds a lock, and by no other command

        with suppress(OSError):  # on a full disk the lock holds as well without it
            os.ftruncate(descriptor, 0)
            holder = f"since {stamp(now)}, process {os.getpid()} on {gethostname()}\n"
            os.write(descriptor, holder.encode())
        yield


@contextmanager
def hold_file(review: Review, name: str) -> Iterator[None]:
    """Nobody else reads the file to change it until this ends; waiting for that is said.

    The lock is its folder's: the file itself is put in place anew by each who writes it.
    """
    folder = review.path(name).parent
    make_folder(folder)
    with ExitStack() as ending:
        with refusal_told(folder):
            try:
                ending.enter_context(held(folder, wait=False))
            except BlockingIOError:
                said = f"{name} is being changed by another command: waiting for it"
                warnings.warn(said, ReviewWarning, stacklevel=3)
                ending.enter_context(held(folder))
        yield


def keeps_locks(review: Review) -> bool:
    """Whether the review's disk holds programs apart; asked with a lock that is let go at once."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ReviewWarning)
        try:
            with held(review.root, wait=False, shared=True):
                return not any(issubclass(each.category, ReviewWarning) for each in told)
        except BlockingIOError:  # somebody holds one
            return True
        except PermissionError:
            if locks_files():
                raise
            return True  # Windows writes beside what it holds; who may not write needs no lock
