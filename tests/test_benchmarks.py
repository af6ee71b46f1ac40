"""Benchmarks are run by hand and seldom: what keeps them from rotting meanwhile."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mutants import Mutation, read_table
from support.cost_table import COMPILED_IMPORT, FROM_RECORDS, MEMORY_MB, Row, growth
from support.harness import Cost

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


def test_what_takes_more_memory_at_a_million_records_than_it_may_is_a_miss():
    def row(size: int, megabytes: float) -> Row:
        return Row("export, .csv", size, Cost(1.0, 1.0, megabytes))

    assert [*row(1_000_000, MEMORY_MB + 1).misses()] == [
        "more memory than its bound: export, .csv, 1,000,000"
    ]
    assert not [*row(1_000_000, MEMORY_MB).misses(), *row(100_000, MEMORY_MB + 1).misses()]
    assert row(1_000_000, 1).cells()[-1] == "1,500"


def test_a_compiled_import_is_held_to_its_peer_where_starting_counts_for_little():
    peer = Cost(10.0, 9.0, 500)

    def misses(work: str, size: int, seconds: float, cpu: float) -> list[str]:
        return [*Row(work, size, Cost(seconds, cpu, 90), peer, "rispy.load").misses()]

    assert misses(COMPILED_IMPORT, FROM_RECORDS, 6.1, 9.1) == [
        f"longer than its bound: {COMPILED_IMPORT}, 100,000",
        f"more of the processors than its bound: {COMPILED_IMPORT}, 100,000",
    ]
    assert not misses(COMPILED_IMPORT, FROM_RECORDS, 6.0, 9.0)
    assert not misses(COMPILED_IMPORT, 1_000, 60, 90)
    assert not misses("import of RIS", FROM_RECORDS, 60, 90)


def test_the_growth_of_a_work_stands_in_one_line():
    rows = [
        Row("import", 1_000, Cost(0.41, 0.4, 30.2), records=1_367),
        Row("--help", 0, Cost(0.2, 0.2, 18)),
        Row("import", 1_000_000, Cost(125.0, 200.0, 1_201.0)),
        Row("count", 1_000_000, Cost(9.96, 9.9, 815.0)),
    ]
    assert growth(rows, [1_000, 1_000_000])[2:] == [
        "| import | 0.4 s, 30 | 125 s, 1,201 |",
        "| count |  | 10.0 s, 815 |",
    ]
