"""Running the program the way people do: words in, exit status and text out."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import settings

from scopingreview.cli import main

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


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("status", "-C", folder)` runs the command; `typed` is what stands on its input.

    With `columns` the screen is that wide; else lines go as they are, as into a file.
    """

    def call(*words: object, typed: str = "", columns: int = 0) -> Answer:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["scopingreview", *map(str, words)])
        if columns:
            monkeypatch.setenv("COLUMNS", str(columns))
        else:
            monkeypatch.delenv("COLUMNS", raising=False)
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        status = 0
        try:
            main()
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else 0
        said = capsys.readouterr()
        return Answer(status, said.out, said.err)

    return call
