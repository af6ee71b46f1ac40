"""A command run in a process of its own, one of whose calls to the system is made to fail.

The calls are those through which `store.files` and `store.lock` change a disk. Which of them
fails is told by its number; the count of all of them comes from a run in which none does.
"""

from __future__ import annotations

import errno
import fcntl
import importlib
import io
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typer.main

from scopingreview import cli
from scopingreview.cli import console
from scopingreview.cli.app import app
from scopingreview.cli.commands import LazyCommands

CALLS = ("open", "write", "fsync", "replace", "mkdir", "ftruncate", "link", "unlink")
KILL, KILL_HALF_WAY, SHORT = "kill", "kill in mid-write", "short write"
ERRORS = ("ENOSPC", "EIO", "EACCES", "EROFS", "EMFILE", "EFBIG", "EDQUOT")
LOCK_ERRORS = ("ENOLCK", "EOPNOTSUPP")
NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """What becomes of the call of that number: an error by name, or the process is killed.

    `call` is its name, and where a runner counts each call for itself, its number there. When it
    lasts, every later call of that name fails as well: a disk that is full stays full.
    """

    step: int
    kind: str
    call: str = ""
    lasts: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command came to: its status (None when it was killed), what it said, its calls.

    `modules` are those that were loaded when it ended.
    """

    status: int | None
    out: str = ""
    err: str = ""
    calls: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()


class StoppedClock(datetime):
    """A clock that stands still `at` a time, so that a command does the same each time."""

    at = NOW

    @classmethod
    def now(cls, _zone: object = None) -> StoppedClock:
        return cls.fromtimestamp(cls.at.timestamp(), UTC)


class Stepper:
    """Counts the calls on paths in the folder, and lets the one of the fault fail."""

    def __init__(self, folder: Path, fault: Fault | None, told: Callable[..., None]) -> None:
        self.folder = str(folder)
        self.fault = fault
        self.calls: list[str] = []
        self.told = told

    def is_of_folder(self, subject: object) -> bool:
        if isinstance(subject, int):
            try:
                subject = Path(f"/proc/self/fd/{subject}").readlink()
            except OSError:
                return False
        return isinstance(subject, str | os.PathLike) and str(subject).startswith(self.folder)

    def step(self, call: str, real: Callable[..., Any], *words: Any, **named: Any) -> Any:
        """The call is made, unless it is the one to fail."""
        if not self.is_of_folder(words[0]):
            return real(*words, **named)
        self.calls.append(call)
        if self._is_met(call):
            return self._fail(call, real, *words)
        result = real(*words, **named)
        self.told(call, words, result)
        return result

    def _is_met(self, call: str) -> bool:
        if self.fault is None or len(self.calls) < self.fault.step:
            return False
        if len(self.calls) == self.fault.step:
            return True
        return self.fault.lasts and call == self.calls[self.fault.step - 1]

    def _fail(self, call: str, real: Callable[..., Any], *words: Any) -> Any:
        assert self.fault is not None
        kind = self.fault.kind
        if kind in (KILL, KILL_HALF_WAY):
            if kind == KILL_HALF_WAY and call == "write":
                real(words[0], words[1][: len(words[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == SHORT and call == "write":
            return real(words[0], words[1][: len(words[1]) // 2])
        number = getattr(errno, kind, errno.EIO)
        raise OSError(number, os.strerror(number), words[0] if call == "open" else None)


class SteppedFile:
    """A file opened to write, each of whose writes is a call."""

    def __init__(self, file: Any, stepper: Stepper) -> None:
        self._file = file
        self._stepper = stepper

    def write(self, content: bytes) -> int:
        def write(_: int, part: bytes) -> int:
            self._file.write(part)
            self._file.flush()
            return len(part)

        done: int = self._stepper.step("write", write, self._file.fileno(), content)
        if done != len(content):  # as a buffer does it, which tries again and is refused
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return done

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@contextmanager
def stepped(
    folder: Path, fault: Fault | None = None, told: Callable[..., None] = lambda *_: None
) -> Iterator[Stepper]:
    """Every call on a path in the folder is a step, until this ends."""
    stepper = Stepper(folder, fault, told)
    real = {name: getattr(os, name) for name in CALLS}
    real_fdopen, real_flock = os.fdopen, fcntl.flock

    def patched(name: str) -> Callable[..., Any]:
        return lambda *words, **named: stepper.step(name, real[name], *words, **named)

    for name in CALLS:
        setattr(os, name, patched(name))
    os.fdopen = lambda *words, **named: SteppedFile(real_fdopen(*words, **named), stepper)  # type: ignore[assignment]
    fcntl.flock = lambda *words: stepper.step("flock", real_flock, *words)
    try:
        yield stepper
    finally:
        for name, call in real.items():
            setattr(os, name, call)
        os.fdopen, fcntl.flock = real_fdopen, real_flock


def run_stepped(
    words: Sequence[str],
    folder: Path,
    fault: Fault | None = None,
    *,
    typed: str = "",
    told: Callable[..., None] | None = None,
) -> Outcome:
    """The command, run by a child of this process in the folder; what it came to.

    `told` hears of each call that was made, in the child.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.alarm(SECONDS)
        outcome = _in_child(words, folder, fault, typed, told)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(outcome, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(said) if said else Outcome(None)


def make_ready(words: Sequence[str], modules: Sequence[str]) -> None:
    """What the command loads and its command line are there for the children to come.

    Each of them would make the same anew, and take three times as long.
    """
    for module in modules:
        with suppress(ImportError):  # some are made while others load, and cannot be loaded alone
            importlib.import_module(module)
    _command_line(app)
    _command(LazyCommands(), words[0])


_command_line = cache(typer.main.get_command)
_commands: dict[str, Any] = {}
_make_command = LazyCommands.__getitem__


def _command(commands: LazyCommands, name: str) -> Any:
    if name not in _commands:
        _commands[name] = _make_command(commands, name)
    return _commands[name]


def _in_child(
    words: Sequence[str],
    folder: Path,
    fault: Fault | None,
    typed: str,
    told: Callable[..., None] | None,
) -> Outcome:
    os.chdir(folder)
    os.environ.pop("COLUMNS", None)  # lines as they are, as into a file
    typer.main.get_command, LazyCommands.__getitem__ = _command_line, _command  # type: ignore[method-assign]
    console.datetime = StoppedClock  # type: ignore[attr-defined]
    sys.argv = ["scopingreview", *words]
    sys.stdin = io.StringIO(typed)
    sys.stdout, sys.stderr = out, err = io.StringIO(), io.StringIO()
    status: int | None = 0
    with stepped(folder, fault, told or (lambda *_: None)) as stepper:
        try:
            cli.main()
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else 0
        except BaseException as error:
            status = 99
            err.write(f"Traceback: {type(error).__name__}: {error}")
    said = out.getvalue(), err.getvalue()
    return Outcome(status, *said, tuple(stepper.calls), tuple(sys.modules))


def kinds_of(call: str) -> tuple[str, ...]:
    """The faults that such a call can meet."""
    if call == "flock":
        return (KILL, *LOCK_ERRORS, "EIO")
    if call == "write":
        return (KILL, KILL_HALF_WAY, SHORT, *ERRORS)
    return (KILL, *ERRORS)


def faults_of(calls: Sequence[str]) -> list[Fault]:
    """Every fault that these calls can meet, each error once and for good."""
    met = [
        Fault(step, kind, call)
        for step, call in enumerate(calls, 1)
        for kind in kinds_of(call.partition(" ")[0])
    ]
    return met + [replace(fault, lasts=True) for fault in met if fault.kind.startswith("E")]
