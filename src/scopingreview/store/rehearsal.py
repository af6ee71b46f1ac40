"""A dry run: what would be written is told, and nothing is.

`files` asks here before it touches the disk, and `lock` before it makes a lock. Nobody else has to
know: a command does all it would do, and what it read before is what it reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A file that would have been written: how many bytes it would hold, or lines it would gain."""

    path: Path
    size: int = 0
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Everything that would have been written so far, and of a copy, the file it is one of."""

    unwritten: list[Unwritten] = field(default_factory=list)
    copies: dict[Path, Path] = field(default_factory=dict)


_running: ContextVar[Rehearsal | None] = ContextVar("rehearsal", default=None)


def rehearsal() -> Rehearsal | None:
    """The dry run that is under way; None when everything is written."""
    return _running.get()


@contextmanager
def rehearsed() -> Iterator[Rehearsal]:
    """Nothing is written inside; what would have been stands in the rehearsal."""
    running = Rehearsal()
    token = _running.set(running)
    try:
        yield running
    finally:
        _running.reset(token)


@contextmanager
def no_rehearsal() -> Iterator[None]:
    """What is written inside is written: into a place that is gone afterwards."""
    token = _running.set(None)
    try:
        yield
    finally:
        _running.reset(token)


def standing_for(path: Path) -> Path:
    """The file that holds the bytes which the path holds, or would hold after a dry run."""
    running = _running.get()
    return running.copies.get(path, path) if running else path
