"""Decisions made on two branches at once: git merges them without a conflict, and they add up."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scopingreview import store
from scopingreview.paths import Review
from tests.conftest import Run
from tests.reviews import TITLE_ABSTRACT, change_protocol, found_with, found_with_exports, record

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

RECORDS = [record(f"pubmed:{number}") for number in range(10)]


def git(folder: Path, *words: str) -> str:
    """What git says; the test fails when git does."""
    person = ("-c", "user.name=A Team", "-c", "user.email=team@example.org")
    result = subprocess.run(
        ["git", *person, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def commit(review: Review, message: str) -> None:
    git(review.root, "add", "--all", "--force")
    git(review.root, "commit", "--quiet", "--message", message)


def decides(run: Run, review: Review, name: str, verdicts: dict[str, str]) -> None:
    sheet = review.root.parent / "sheet.csv"
    lines = ["record_id,verdict", *(f"{key},{verdict}" for key, verdict in verdicts.items())]
    sheet.write_text("\n".join(lines) + "\n", encoding="utf-8")
    answer = run("screen", "ta", "--as", name, "--from", sheet, "-C", review.root)
    assert answer.status == 0, answer.err


def phase(run: Run, review: Review) -> Any:
    return json.loads(run("status", "-C", review.root, "--json").out)["phases"][0]


def counts(run: Run, review: Review) -> tuple[int, int, int, int]:
    found = phase(run, review)
    return found["included"], found["excluded"], found["in_conflict"], found["awaiting"]


def test_two_reviewers_and_an_adjudicator_on_branches_of_their_own(run: Run, tmp_path: Path):
    review = found_with(tmp_path / "review", RECORDS)
    change_protocol(
        review, "[title_abstract]", "[title_abstract]\npilot = { size = 4, agreement = 0.75 }"
    )
    git(review.root, "init", "--quiet", "--initial-branch", "main")
    commit(review, "A review")
    run("pilot", "ta", "--open", "--as", "ab", "-C", review.root)
    commit(review, "The pilot")
    answer = run("pilot", "ta", "-C", review.root, "--json")
    sample = json.loads(answer.out)["rounds"][0]["records"]
    rest = [each.record_id for each in RECORDS if each.record_id not in sample]

    # The pilot, each on a branch: neither sees the other's file.
    for name in ("ab", "cd"):
        git(review.root, "checkout", "--quiet", "-b", f"pilot-{name}", "main")
        decides(run, review, name, dict.fromkeys(sample, "exclude") | {sample[0]: "include"})
        commit(review, f"The pilot by {name}")
        assert phase(run, review)["locked"]
        git(review.root, "checkout", "--quiet", "main")
    for name in ("ab", "cd"):
        git(review.root, "merge", "--quiet", "--no-edit", f"pilot-{name}")
    assert not phase(run, review)["locked"]
    assert counts(run, review) == (1, 3, 0, 6)

    # The phase itself: ab is done, cd has one left, and they differ on one record.
    git(review.root, "checkout", "--quiet", "-b", "ab")
    decides(run, review, "ab", dict.fromkeys(rest, "exclude") | {rest[0]: "include"})
    commit(review, "ab")
    git(review.root, "checkout", "--quiet", "-b", "cd", "main")
    decides(run, review, "cd", dict.fromkeys(rest[:5], "exclude"))
    commit(review, "cd")
    git(review.root, "checkout", "--quiet", "main")
    git(review.root, "merge", "--quiet", "--no-edit", "ab")
    git(review.root, "merge", "--quiet", "--no-edit", "cd")
    assert counts(run, review) == (1, 7, 1, 1)

    # The adjudicator settles the conflict while cd decides on the last record.
    git(review.root, "checkout", "--quiet", "-b", "ef")
    answer = run("conflicts", "ta", "--as", "ef", "--record", rest[0], "--verdict", "include",
                 "-C", review.root)  # fmt: skip
    assert answer.status == 0, answer.err
    commit(review, "ef")
    git(review.root, "checkout", "--quiet", "-b", "cd-again", "main")
    decides(run, review, "cd", {rest[5]: "include"})
    commit(review, "cd again")
    git(review.root, "checkout", "--quiet", "main")
    for branch in ("ef", "cd-again"):
        git(review.root, "merge", "--quiet", "--no-edit", branch)
    assert counts(run, review) == (2, 7, 1, 0)
    assert git(review.root, "status", "--porcelain") == ""

    rounds = json.loads(run("agreement", "ta", "-C", review.root, "--json").out)["rounds"]
    assert [(each["round"], each["decided_twice"]) for each in rounds] == [
        ("pilot 1", 4),
        ("screening", 6),
    ]
    percents = [each["agreements"][0]["percent"]["value"] for each in rounds]
    assert percents == pytest.approx([1, 4 / 6])


def test_one_reviewer_at_two_desks_loses_no_decision(run: Run, tmp_path: Path):
    review = found_with(tmp_path / "review", RECORDS)
    git(review.root, "init", "--quiet", "--initial-branch", "main")
    decides(run, review, "ab", {"pubmed:0": "include"})
    commit(review, "A review")
    for branch, record_id in (("office", "pubmed:1"), ("home", "pubmed:2")):
        git(review.root, "checkout", "--quiet", "-b", branch, "main")
        decides(run, review, "ab", {record_id: "include"})
        commit(review, branch)
    git(review.root, "checkout", "--quiet", "main")
    for branch in ("office", "home"):
        git(review.root, "merge", "--quiet", "--no-edit", branch)
    assert phase(run, review)["reviewers"][0]["decided"] == 3


def test_a_pilot_opened_on_two_branches_is_one_round(run: Run, tmp_path: Path):
    review = found_with(tmp_path / "review", RECORDS)
    change_protocol(review, "[title_abstract]", "[title_abstract]\npilot = { size = 4 }")
    git(review.root, "init", "--quiet", "--initial-branch", "main")
    commit(review, "A review")
    for name in ("ab", "cd"):
        git(review.root, "checkout", "--quiet", "-b", name, "main")
        run("pilot", "ta", "--open", "--as", name, "-C", review.root)
        commit(review, name)
    git(review.root, "checkout", "--quiet", "main")
    for name in ("ab", "cd"):
        git(review.root, "merge", "--quiet", "--no-edit", name)
    rounds = json.loads(run("pilot", "ta", "-C", review.root, "--json").out)["rounds"]
    assert len(rounds) == 1
    assert run("check", "-C", review.root).status == 0


def test_two_clones_that_vote_count_and_commit_merge_without_a_hand(run: Run, tmp_path: Path):
    """Whatever a merge leaves of the results, `run` makes right; nothing of it is a conflict."""
    review = found_with_exports(tmp_path / "review")
    assert run("run", "-C", review.root).status == 0
    git(review.root, "init", "--quiet", "--initial-branch", "main")
    git(review.root, "add", "--all")
    git(review.root, "commit", "--quiet", "--message", "A review")
    ids = [each.record_id for each in store.read_records(review)]
    for name, verdict in (("ab", "include"), ("cd", "exclude")):
        clone = Review(tmp_path / name)
        git(tmp_path, "clone", "--quiet", str(review.root), name)
        assert run("run", "-C", clone.root).status == 0
        decides(run, clone, name, dict.fromkeys(ids, verdict))
        assert run("run", "-C", clone.root).status == 0
        git(clone.root, "add", "--all")
        git(clone.root, "commit", "--quiet", "--message", name)
    for name in ("ab", "cd"):
        git(review.root, "pull", "--quiet", "--no-rebase", "--no-edit", str(tmp_path / name))
    assert run("check", "-C", review.root).status == 1  # counted by neither
    assert run("run", "-C", review.root).status == 0
    assert run("check", "-C", review.root).status == 0
    assert counts(run, review) == (0, 0, 4, 0)
    assert "<<<<<<<" not in "".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in store.files_below(review.path("results"))
    )


def test_a_line_that_one_machine_cut_off_is_set_aside_after_the_merge(run: Run, tmp_path: Path):
    """ab works on two machines; the lights go out at one of them in mid-write."""
    review = found_with(tmp_path / "review", RECORDS)
    git(review.root, "init", "--quiet", "--initial-branch", "main")
    decides(run, review, "ab", {"pubmed:0": "include"})
    commit(review, "A review")
    git(review.root, "checkout", "--quiet", "-b", "at-home")
    decides(run, review, "ab", {"pubmed:1": "include", "pubmed:2": "include"})
    log = review.root / "data/screened/title-abstract/ab.csv"
    log.write_bytes(log.read_bytes()[:-20])
    commit(review, "What the cut left")
    git(review.root, "checkout", "--quiet", "main")
    decides(run, review, "ab", {"pubmed:3": "exclude"})
    commit(review, "At work")
    git(review.root, "checkout", "--quiet", "at-home")
    git(review.root, "merge", "--quiet", "--no-edit", "main")
    assert run("status", "-C", review.root).status == 1

    name = log.relative_to(review.root)
    assert run("repair", name, "--yes", "-C", review.root).status == 0
    assert counts(run, review)[3] == 10
    commit(review, "Set aside")
    assert " G0" not in run("check", "--history", "-C", review.root).out
    decided = {each.record_id for each in store.read_decisions(review, TITLE_ABSTRACT)}
    assert decided == {"pubmed:0", "pubmed:1", "pubmed:3"}
