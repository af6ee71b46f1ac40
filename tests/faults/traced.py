"""A command as a process of its own, one of whose system calls fails.

strace, from outside, lets the kernel refuse the call or kill the process on its way into it: the
program is as people run it, and what it does without our knowing (a library that opens a file to
read) is stepped like the rest.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from tests.faults.stepping import ERRORS, KILL, LOCK_ERRORS, SECONDS, Fault, Outcome

STRACE = shutil.which("strace") or ""
PROGRAM = Path(sys.executable).with_name("scopingreview")
# The names that a call has on one machine or another; strace passes over those it does not know.
NAMES = {
    "open": ("openat",),
    "write": ("write",),
    "fsync": ("fsync",),
    "rename": ("rename", "renameat", "renameat2"),
    "mkdir": ("mkdir", "mkdirat"),
    "flock": ("flock",),
    "ftruncate": ("ftruncate",),
    "link": ("link", "linkat"),
    "unlink": ("unlink", "unlinkat"),
}
TRACED = ",".join(f"?{name}" for names in NAMES.values() for name in names)
LINE = re.compile(r"(\d+) +(\w+)\((.*)")


def run_traced(
    words: Sequence[str], folder: Path, fault: Fault | None = None, *, typed: str = ""
) -> Outcome:
    """The command, run as a process in the folder; what it came to.

    The calls of the outcome are those on paths in the folder, each with its name and which one of
    that name it was in the process: `write 7`.
    """
    with NamedTemporaryFile("r", suffix=".trace") as trace:
        tracing = [STRACE, "-f", "-y", "-qq", "--seccomp-bpf", "-o", trace.name]
        tracing += ["-e", f"trace={TRACED}", "-e", "signal=none", *_injecting(fault)]
        done = subprocess.run(
            [*tracing, PROGRAM, *words],
            cwd=folder,
            input=typed,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
        )
        calls = tuple(_calls_in(trace, str(folder)))
    status = done.returncode if done.returncode >= 0 else None
    return Outcome(status, done.stdout, done.stderr, calls)


def _injecting(fault: Fault | None) -> list[str]:
    if fault is None:
        return []
    call, _, number = fault.call.partition(" ")
    becomes = "signal=KILL" if fault.kind == KILL else f"error={fault.kind}"
    return ["-e", f"inject={call}:{becomes}:when={number}"]


def _calls_in(trace: Iterator[str], folder: str) -> Iterator[str]:
    """The calls of the first process on paths in the folder."""
    numbers: Counter[str] = Counter()
    first = ""
    for line in trace:
        if match := LINE.match(line):
            process, call, rest = match.groups()
            first = first or process
            if process == first:
                numbers[call] += 1
                # the folder a path is relative to stands before it and says nothing
                if folder in re.sub(r"AT_FDCWD<[^>]*>", "", rest):
                    yield f"{call} {numbers[call]}"


def traced_faults_of(calls: Sequence[str]) -> list[Fault]:
    """Every fault that these calls can meet; each error strikes once."""
    return [
        Fault(step, kind, call)
        for step, call in enumerate(calls, 1)
        for kind in (KILL, *(LOCK_ERRORS if call.startswith("flock") else ERRORS))
    ]
