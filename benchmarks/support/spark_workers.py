"""The processes of Spark's local-cluster mode: what they cost, and how one ends before its time.

All of them descend from this process. A worker is a process of Java that runs tasks; each task
has a process of Python beside it. Linux only: what is known of processes stands in /proc.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

WORKER = "CoarseGrainedExecutorBackend"
PYTHON = "pyspark.daemon"
TICKS = os.sysconf("SC_CLK_TCK")
AT_WORK = 0.1  # of a core: on a busy machine none gets much


def processor_seconds(pid: int | None = None) -> float:
    """What a process and its descendants have cost the processors, by default all of Spark's."""
    if pid is None:
        return sum(processor_seconds(each) for each in _children(os.getpid()))
    with suppress(OSError):
        after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2]
        # Its own and those of its children that are gone, in user and in system mode.
        own = sum(map(int, after_name.split()[11:15])) / TICKS
        return own + sum(map(processor_seconds, _children(pid)))
    return 0.0  # it has just ended


def peak_of_python() -> float:
    """The most megabytes that one of the workers' processes of Python has held."""
    peaks = [0.0]
    for pid in _descendants(os.getpid()):
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
            if _runs(pid, PYTHON):
                peaks += [int(line.split()[1]) / 1024 for line in lines if line[:6] == "VmHWM:"]
    return max(peaks)


def end_a_worker(patience: float = 120) -> int:
    """The busiest worker is gone, as soon as one is at work; which it was.

    Raises TimeoutError when none is within that many seconds.
    """
    give_up = time.monotonic() + patience
    while time.monotonic() < give_up:
        workers = [pid for pid in _descendants(os.getpid()) if _runs(pid, WORKER)]
        before = {pid: processor_seconds(pid) for pid in workers}
        begun = time.monotonic()
        time.sleep(0.2)
        busy = {pid: processor_seconds(pid) - spent for pid, spent in before.items()}
        if workers and max(busy.values()) > AT_WORK * (time.monotonic() - begun):
            busiest = max(workers, key=busy.__getitem__)
            os.kill(busiest, signal.SIGKILL)
            return busiest
    raise TimeoutError(f"no worker was at work within {patience:g} seconds")


def _runs(pid: int, program: str) -> bool:
    with suppress(OSError):
        return program.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def _descendants(pid: int) -> Iterator[int]:
    for child in _children(pid):
        yield child
        yield from _descendants(child)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text(encoding="ascii").split())
    return found
