"""How many processes are worth running at once: one answer for all that work in several."""

from __future__ import annotations

import os
import sys


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
