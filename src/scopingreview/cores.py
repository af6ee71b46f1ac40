"""Working in several processes: how many are worth running, and how one begins."""

from __future__ import annotations

import multiprocessing
import os
import sys
from typing import Any


def process_context() -> Any:  # the kinds of context share no type that knows Process
    """How another process of the program begins.

    On Linux it is forked and has all that this one has; elsewhere it is a new one that loads what
    it needs, since forking what a window system has touched is not safe on macOS, and Windows
    cannot.
    """
    forks = sys.platform == "linux" and hasattr(os, "fork")
    return multiprocessing.get_context("fork" if forks else "spawn")


def usable_cores() -> int:
    """How many processor cores this process may run on, which may be fewer than there are.

    In a container or a batch job that was given 2 of 64 cores it is 2; 64 processes would take
    turns on them, and 64 times the memory.
    """
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS and Windows cannot say before Python 3.13
