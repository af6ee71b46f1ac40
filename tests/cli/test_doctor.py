"""`doctor` says what a question to us should hold, inside a review and outside of one."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from scopingreview.cli import doctor
from tests.conftest import Run
from tests.reviews import found


def test_it_names_the_versions_of_what_the_program_is_made_of(run: Run, tmp_path: Path):
    found(tmp_path / "review")
    answer = run("doctor", "-C", tmp_path / "review")
    assert answer.status == 0
    for name in ("scopingreview", "rispy", "textual"):
        assert version(name) in answer.out
    assert "rispy" in answer.out


def test_outside_of_a_review_it_looks_at_the_machine_and_says_so(run: Run, tmp_path: Path):
    answer = run("doctor", "-C", tmp_path, "--json")
    told = {look["what"]: look for look in json.loads(answer.out)["looks"]}
    assert {"Python", "libraries", "terminal", "text", "review"} <= set(told)
    assert "init" in told["review"]["advice"]
    assert "locks" not in told


def test_a_library_that_is_gone_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    wanted = ["rispy>=0.10", "nowhere-at-all>=1; python_version > '3'", "pytest; extra == 'dev'"]
    monkeypatch.setattr(doctor, "requires", lambda _: wanted)
    answer = run("doctor", "-C", tmp_path)
    assert "not there: nowhere-at-all" in answer.out
    assert "pytest" not in answer.out


def test_a_terminal_that_cannot_show_every_letter_is_told_what_to_set(
    monkeypatch: pytest.MonkeyPatch,
):
    told = {look.what: look for look in doctor._terminal()}
    assert told["text"].advice == ""

    class Narrow:
        encoding = "ascii"

        def isatty(self) -> bool:
            return False

    monkeypatch.setattr(sys, "stdout", Narrow())
    told = {look.what: look for look in doctor._terminal()}
    assert "UTF-8" in told["text"].advice
