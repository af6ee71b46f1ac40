"""Benchmarks are run by hand and seldom: what keeps them from rotting meanwhile."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mutants import Mutation, read_table

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
NAMED = re.compile(r"^\| `(\w+\.py)` \|", re.MULTILINE)


def scripts() -> list[Path]:
    found = sorted(BENCHMARKS.glob("*.py"))
    assert found
    return found


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.name)
def test_a_benchmark_says_what_it_shows_and_does_nothing_else_when_asked(
    script: Path, tmp_path: Path
):
    asked = [sys.executable, str(script), "--help"]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"benchmarks/{script.name}" in done.stdout
    assert "Exit status" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_table_of_benchmarks_names_every_one_and_no_other():
    named = NAMED.findall((BENCHMARKS / "README.md").read_text(encoding="utf-8"))
    assert sorted(named) == [script.name for script in scripts()]


@pytest.mark.parametrize("mutation", read_table(), ids=lambda mutation: mutation.name)
def test_the_words_of_a_mutation_stand_once_in_their_file(mutation: Mutation):
    assert mutation.problem(ROOT) == ""
    assert mutation.text != mutation.broken
    assert all((ROOT / tests).exists() for tests in mutation.tests)


def test_no_two_mutations_have_one_name():
    names = [mutation.name for mutation in read_table()]
    assert sorted(set(names)) == sorted(names)
