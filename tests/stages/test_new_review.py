"""`init`: a review folder that is whole and valid from the first minute."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.chain import STAGES, is_current
from tests.conftest import Run
from tests.reviews import decide, found, snapshot

NEW = ("--title", 'Stress & "calm"', "--source", "pubmed", "--source", "Web of Science")
TEAM = ("--reviewer", "ab", "--reviewer", "cd", "--adjudicator", "ef")


def test_what_init_makes_passes_the_check(run: Run, tmp_path: Path):
    assert run("init", tmp_path / "new", *NEW, *TEAM).status == 0
    checked = run("check", "-C", tmp_path / "new")
    assert (checked.status, checked.out) == (0, "")


def test_a_review_with_nothing_in_it_draws_and_says_what_is_next(run: Run, tmp_path: Path):
    found(tmp_path)
    ran = run("run", "-C", tmp_path)
    assert ran.status == 0
    assert (tmp_path / "results/flow.svg").is_file()
    assert "scopingreview add EXPORT" in ran.err.splitlines()[-1]


def test_init_says_what_to_do_next(run: Run, tmp_path: Path):
    made = run("init", tmp_path / "new", *NEW, *TEAM)
    assert "scopingreview add EXPORT --source pubmed" in made.err.splitlines()[-1]


def test_a_folder_that_holds_a_review_is_refused_and_left_as_it_is(run: Run, tmp_path: Path):
    found(tmp_path)
    before = snapshot(tmp_path)
    refused = run("init", tmp_path, *NEW, *TEAM)
    assert refused.status == 1
    assert "holds a review already" in refused.err
    assert snapshot(tmp_path) == before


def test_init_leaves_a_file_that_is_there_already(run: Run, tmp_path: Path):
    (tmp_path / "README.md").write_text("mine")
    assert run("init", tmp_path, *NEW, *TEAM).status == 0
    assert (tmp_path / "README.md").read_text() == "mine"


def test_a_reviewer_whose_name_cannot_name_a_file_is_refused(run: Run, tmp_path: Path):
    refused = run("init", tmp_path / "new", *NEW, "--reviewer", "A/B")
    assert refused.status == 1
    assert '"A/B" cannot name a file' in refused.err
    assert not (tmp_path / "new").exists()


def rules_of(makefile: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Targets to prerequisites, with wildcard() taken apart and order-only ones left out."""
    rules = {}
    for line in makefile.splitlines():
        if line[:1] not in ("d", "r"):
            continue
        targets, _, rest = line.partition(":")
        wanted = rest.split("##")[0].split("|")[0]
        words = wanted.replace("$(wildcard", "").replace(")", "").split()
        rules[tuple(targets.rstrip(" &").split())] = tuple(words)
    return rules


def test_the_makefile_says_of_every_stage_what_it_reads_and_writes(tmp_path: Path):
    found(tmp_path)
    rules = rules_of((tmp_path / "Makefile").read_text())
    assert rules == {stage.writes: stage.reads for stage in STAGES}


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def made(review: Path) -> list[str]:
    """The stages that make runs, with a program that only touches what each writes."""
    program = review / ".program"
    cases = "\n".join(f"{stage.name}) touch {' '.join(stage.writes)} ;;" for stage in STAGES)
    program.write_text(f"#!/bin/sh\nmkdir -p data/derived results\ncase $1 in\n{cases}\nesac\n")
    program.chmod(0o755)
    run = subprocess.run(
        ["make", "-j2", "SCOPINGREVIEW=./.program"],
        cwd=review,
        env={name: value for name, value in os.environ.items() if name != "MAKEFLAGS"},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    return [line.removeprefix("./.program ") for line in lines if line.startswith("./.program")]


def seconds_ago(path: Path, seconds: int) -> None:
    """The file was last written then."""
    os.utime(path, (time.time() - seconds,) * 2)


@needs_make
def test_make_runs_the_whole_chain_once(tmp_path: Path):
    found(tmp_path)
    assert made(tmp_path) == ["import", "dedupe", "count", "draw"]
    assert made(tmp_path) == []


def test_a_stage_of_which_one_file_is_gone_is_out_of_date(run: Run, tmp_path: Path):
    review = found(tmp_path)
    run("run", "-C", tmp_path)
    draw = STAGES[-1]
    assert is_current(review, draw)
    review.path(draw.writes[1]).unlink()
    assert not is_current(review, draw)


@needs_make
def test_a_new_decision_runs_only_what_depends_on_it(tmp_path: Path):
    review = found(tmp_path)
    made(tmp_path)
    for path in tmp_path.rglob("*"):
        seconds_ago(path, 2000)
    for age, stage in enumerate(STAGES):
        for name in stage.writes:
            seconds_ago(review.path(name), 1000 - age)
    store.append_decision(review, decide("pubmed:1", "include", "ab"))
    assert [stage.name for stage in STAGES if not is_current(review, stage)] == ["count"]
    assert made(tmp_path) == ["count", "draw"]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_leaves_the_line_ends_of_exports_and_merges_decisions(tmp_path: Path):
    found(tmp_path)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    asked = ["data/raw/pubmed/a.ris", "data/screened/title-abstract/ab.csv"]
    said = subprocess.run(
        ["git", "check-attr", "text", "merge", "--", *asked],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert f"{asked[0]}: text: unset" in said
    assert f"{asked[1]}: merge: union" in said
