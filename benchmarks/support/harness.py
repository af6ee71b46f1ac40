"""How every benchmark asks for its data, says where it ran and takes the cost of a command.

Benchmarks measure the scopingreview that their interpreter imports: `.venv/bin/python` that of
this tree. `PYTHONPATH=OTHER/src` before the command measures another tree with the same ruler.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMPILED = ROOT / "build" / "compiled" / "package"  # by `make compiled`
SHARED = ROOT.parent / "shared"  # other people's exports and labelled records, not ours to ship
CACHE = ROOT / ".benchmarks"
SCOPINGREVIEW = (sys.executable, "-m", "scopingreview")
SECONDS_BETWEEN_SAMPLES = 0.1
SHARE_OF_SAMPLING = 0.1  # of a processor: to look at a gigabyte takes 20 ms


def options(description: str | None, *, shared: bool = False) -> argparse.ArgumentParser:
    """A parser whose help is the docstring of the script; with `--shared` where it needs data."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    if shared:
        parser.add_argument(
            "--shared", type=Path, default=SHARED, metavar="DIR",
            help="folder with other people's data (default: shared, beside this repository)",
        )  # fmt: skip
    return parser


def add_sizes(parser: argparse.ArgumentParser, *sizes: int) -> None:
    """`--sizes N ...`, how many records to measure with."""
    said = " ".join(map(str, sizes))
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=sizes, metavar="N",
        help=f"numbers of records (default: {said})",
    )  # fmt: skip


def existing(path: Path, what: str) -> Path:
    """The path; ends the program with status 1 and a word on what is missing where it is not."""
    if not path.exists():
        sys.exit(f"missing: {path} ({what})\n  Name the folder that holds it: --shared DIR")
    return path


def needs(*libraries: str) -> None:
    """Ends the program with status 1 when a library that only this benchmark needs is missing."""
    missing = [name for name in libraries if importlib.util.find_spec(name) is None]
    if missing:
        sys.exit(f"missing: {', '.join(missing)}\n  benchmarks/README.md says how to install peers")


def machine() -> str:
    """Where the figures come from, in one line."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    python = f"Python {platform.python_version()}"
    return f"{cores} cores, {platform.system()} {platform.machine()}, {python}"


def installed(package: Path | None = None) -> dict[str, str]:
    """The environment of an installed program, whose modules are kept as bytecode.

    `package` is a folder that holds the program in another form, to be run instead of this one.
    """
    usual = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return usual | {"PYTHONPATH": str(package)} if package else usual


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took; memory is the greatest sum over it and its descendants at one time."""

    wall_seconds: float
    cpu_seconds: float
    peak_megabytes: float


def cost_of(command: Sequence[str], package: Path | None = None) -> Cost:
    """Run the command to its end; ends the program when the command fails.

    `package` as in `installed`.

    Memory is sampled from /proc and is 0 where there is none (macOS). Pages that processes share
    are counted in proportion (PSS).
    """
    before = os.times()
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=installed(package))
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peak))
    watcher.start()
    status = process.wait()
    wall = time.perf_counter() - started
    watcher.join()
    after = os.times()
    if status:
        sys.exit(f"{' '.join(command)} failed with status {status}")
    cpu = after.children_user + after.children_system
    return Cost(wall, cpu - before.children_user - before.children_system, peak[0])


def _watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    while process.returncode is None:
        begun = time.thread_time()
        peak[0] = max(peak[0], _megabytes(process.pid))
        looked = time.thread_time() - begun
        time.sleep(max(SECONDS_BETWEEN_SAMPLES, looked / SHARE_OF_SAMPLING))


def _megabytes(pid: int) -> float:
    """The memory of a process and its descendants; 0 once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return 0.0
    own = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return own / 1024 + sum(_megabytes(int(child)) for child in children)
