"""Running the program the way people do: words in, exit status and text out."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import settings

from scopingreview.cli import main
from scopingreview.figures.painted_print import paint_print
from scopingreview.figures.shapes import Drawing
from scopingreview.review import figuring

# What asks for the locks, forks and terminals of Linux and macOS. What Windows has in their place
# is tested in store/test_holding.py, store/test_file_system.py and cli/test_console_keys.py.
collect_ignore = (
    [
        *("faults", "test_as_windows.py", "test_benchmarks.py", "test_layers.py"),
        *("store/test_files.py", "store/test_log.py", "review/test_surroundings.py"),
        *("cli/test_text_column.py", "workbench/test_in_a_terminal.py", "stages/test_adding.py"),
    ]
    if sys.platform == "win32"
    else []
)

# Properties look elsewhere at every run of ours, and at the same places when a change is judged: a
# machine that is busy, or a case that nobody has met before, is no reason to refuse it.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command came back with."""

    status: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture(autouse=True, scope="session")
def _no_waiting_for_the_disk() -> Iterator[None]:
    """What a test writes need not outlive a power cut; waiting for that would double the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(autouse=True, scope="session")
def _printing_one_figure_is_enough() -> Iterator[None]:
    """A chain prints each figure, a second of work: the first file of each kind stands for all.

    That each is printed, and the same each time, is tested of the printing itself.
    """
    printed: dict[str, bytes] = {}

    def print_once(drawing: Drawing, kind: str, **how: Any) -> bytes:
        if kind not in printed:
            printed[kind] = paint_print(drawing, kind, **how)
        return printed[kind]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figuring, "paint_print", print_once)
        yield


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("status", "-C", folder)` runs the command; `typed` is what stands on its input.

    With `columns` the screen is that wide; else lines go as they are, as into a file.
    """

    def call(*words: object, typed: str = "", columns: int = 0) -> Answer:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["scopingreview", *map(str, words)])
        # Called by its name, however the tests were: `python -m pytest` would be part of it.
        monkeypatch.setattr(sys.modules["__main__"], "__package__", None)
        if columns:
            monkeypatch.setenv("COLUMNS", str(columns))
        else:
            monkeypatch.delenv("COLUMNS", raising=False)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        status = 0
        try:
            main()
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else 0
        said = capsys.readouterr()
        return Answer(status, said.out, said.err)

    return call
