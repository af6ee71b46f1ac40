"""When Python looks for garbage among the objects of a review, and what becomes of memory.

Records and decisions are no garbage, and looking through a review of 100,000 records for some
every 700 objects takes a tenth of the time of a command, and a fifth of the time to the first
record on the screen.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS_BEFORE_A_LOOK = 200_000
KEPT_BYTES = 16 << 20


def look_seldom() -> None:
    """Python looks for garbage after every 200,000 new objects, and not when the program ends."""
    gc.set_threshold(OBJECTS_BEFORE_A_LOOK)
    atexit.register(gc.freeze)


def look_never() -> None:
    """Python never looks: for a process that makes no cycles and soon ends."""
    gc.disable()


def keep_memory() -> None:
    """What is freed stays with this process: for one that soon asks for as much again.

    glibc gives large pieces back to the system at once, and gets them anew page by page, until one
    that was larger has come and gone. Elsewhere this does nothing.
    """
    bytes(KEPT_BYTES)


@contextmanager
def kept_to_the_end() -> Iterator[None]:
    """What is made inside stays until the program ends, and is never looked through."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
