"""What was committed to git stands: a line that went or changed is named, wherever it went."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.paths import Review
from tests.conftest import Run
from tests.reviews import FULL_TEXT, TITLE_ABSTRACT, decide, found_with, record
from tests.store.test_merge import commit, git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

RECORDS = [record(f"pubmed:{number}") for number in range(6)]


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """A review in a repository, a folder below its root, with three decisions in it."""
    folder = tmp_path / "work" / "review"
    decisions = [decide(f"pubmed:{n}", "include", "ab") for n in range(3)]
    review = found_with(folder, RECORDS, decisions=decisions)
    git(folder.parent, "init", "--quiet", "--initial-branch", "main")
    commit(review, "A review")
    return review


def log(review: Review, name: str = "ab") -> Path:
    return review.decisions(TITLE_ABSTRACT, name)


def findings(run: Run, review: Review, *words: str) -> list[tuple[str, str]]:
    said = json.loads(run("check", "-C", review.root, "--json", *words).out)
    kinds = ("G01", "G02", "G03", "V09", "V10", "V11")
    return [(each["code"], each["message"]) for each in said["findings"] if each["code"] in kinds]


def test_lines_that_are_appended_are_no_finding(run: Run, review: Review):
    store.append_decision(review, decide("pubmed:3", "include", "ab"))
    assert findings(run, review, "--history") == []


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"pubmed:1,include", b"pubmed:1,exclude"),
        lambda text: b"".join(line for line in text.splitlines(True) if b"pubmed:1," not in line),
    ],
    ids=["changed", "vanished"],
)
def test_a_committed_line_that_changed_or_vanished_is_named(run: Run, review: Review, change):
    log(review).write_bytes(change(log(review).read_bytes()))
    head = git(review.root, "rev-parse", "HEAD")[:10]
    ((code, message),) = findings(run, review)
    assert code == "G01"
    assert f"title-abstract/ab.csv:3: a line of commit {head} has gone or was changed" in message
    assert "pubmed:1,include" in message
    assert run("check", "-C", review.root).status == 1


def test_a_decision_file_that_is_gone_is_named_line_by_line(run: Run, review: Review):
    log(review).unlink()
    git(review.root, "update-index", "--assume-unchanged", str(log(review)))
    assert [code for code, _ in findings(run, review)] == ["G01"] * 4


def test_a_line_that_a_commit_took_out_is_found_in_the_history(run: Run, review: Review):
    text = log(review).read_bytes()
    log(review).write_bytes(text.replace(b"pubmed:1,include", b"pubmed:1,exclude"))
    commit(review, "Nothing to see")
    name = git(review.root, "rev-parse", "HEAD")[:10]
    assert findings(run, review) == []
    ((code, message),) = findings(run, review, "--history")
    assert code == "G01"
    assert f"ab.csv:3: a line of commit {name}^" in message
    log(review).write_bytes(text)
    commit(review, "Put back")
    assert "pubmed:1,exclude" in findings(run, review, "--history")[0][1]


def test_a_side_that_a_merge_dropped_is_found_in_the_history(run: Run, review: Review):
    git(review.root, "checkout", "--quiet", "-b", "cd")
    store.append_decision(review, decide("pubmed:5", "exclude", "cd"))
    commit(review, "cd")
    git(review.root, "checkout", "--quiet", "main")
    store.append_decision(review, decide("pubmed:3", "include", "ab"))
    commit(review, "ab")
    git(review.root, "merge", "--quiet", "--strategy", "ours", "--no-edit", "cd")
    assert findings(run, review) == []
    lost = [message for _, message in findings(run, review, "--history")]
    assert len(lost) == 2  # its header, too
    assert "title-abstract/cd.csv:2" in lost[1]


def test_an_open_line_that_was_committed_and_closed_is_no_lost_line(run: Run, review: Review):
    with log(review).open("ab") as file:
        file.write(b"2023-05-01T10:00:00Z,pubmed:3,incl")
    commit(review, "A crash")
    run("repair", log(review), "-C", review.root)
    assert findings(run, review) == []
    commit(review, "Repaired")
    assert findings(run, review, "--history") == []


def test_an_export_that_was_edited_with_its_registration_is_named(run: Run, tmp_path: Path):
    review = found_with(tmp_path / "review", RECORDS)
    export = tmp_path / "a.ris"
    export.write_text("TY  - JOUR\nTI  - One\nER  - \n")
    added = run("add", export, "--source", "pubmed", "--run-on", "2023-05-01", "-C", review.root)
    assert added.status == 0, added.err
    git(review.root, "init", "--quiet")
    commit(review, "A review")
    assert findings(run, review) == []
    file = review.path("data/raw/pubmed/a.ris")
    before = store.sha256(file)
    file.write_text("TY  - JOUR\nTI  - Other\nER  - \n")
    searches = review.path("config/searches.toml")
    searches.write_text(searches.read_text().replace(before, store.sha256(file)))
    ((code, message),) = findings(run, review)
    assert (code, message) == ("G02", "data/raw/pubmed/a.ris is not the file that was committed")


def test_without_a_repository_or_a_commit_nothing_is_compared(run: Run, tmp_path: Path):
    review = found_with(tmp_path, RECORDS, decisions=[decide("pubmed:1", "include", "ab")])
    assert findings(run, review, "--history") == []
    git(tmp_path, "init", "--quiet")
    assert findings(run, review, "--history") == []


def test_a_repository_that_git_does_not_read_is_told(run: Run, review: Review):
    (review.root.parent / ".git" / "config").write_text("[core\n")
    ((code, message),) = findings(run, review)
    assert code == "G03"
    assert "git could not be asked" in message


def two_places(review: Review, one, other) -> None:
    """Each says something on a branch of its own, and the branches are merged."""
    for branch, says in (("one", one), ("other", other)):
        git(review.root, "checkout", "--quiet", "-b", branch, "main")
        says()
        commit(review, branch)
    git(review.root, "merge", "--quiet", "--no-edit", "one")


def test_opposite_words_of_one_person_on_two_branches_are_told_until_they_decide_again(
    run: Run, review: Review
):
    def says(verdict: str):
        return lambda: store.append_decisions(
            review, [decide("pubmed:4", verdict, "ab"), decide("pubmed:5", "include", "ab")]
        )

    two_places(review, says("include"), says("exclude"))
    ((code, message),) = findings(run, review)
    assert code == "V10"
    assert "ab said different things of 1 record in two places" in message
    store.append_decision(review, decide("pubmed:4", "include", "ab"))
    assert findings(run, review) == []


def test_a_change_of_mind_on_one_branch_is_no_finding(run: Run, review: Review):
    def changes() -> None:
        store.append_decision(review, decide("pubmed:4", "include", "ab"))
        store.append_decision(review, decide("pubmed:4", "exclude", "ab"))

    other = decide("pubmed:5", "include", "ab")
    two_places(review, changes, lambda: store.append_decision(review, other))
    assert findings(run, review) == []


def test_two_adjudicators_of_one_record_are_told_with_the_one_that_counts(run: Run, review: Review):
    for phase in (TITLE_ABSTRACT, FULL_TEXT):
        review.decisions(phase, "ab").parent.mkdir(exist_ok=True)
    store.append_decision(review, decide("pubmed:0", "exclude", "cd"))
    commit(review, "A conflict")
    words = {"ef": "include", "gh": "exclude"}
    settle = {name: decide("pubmed:0", verdict, name) for name, verdict in words.items()}
    two_places(
        review,
        lambda: store.append_consensus(review, [settle["ef"]]),
        lambda: store.append_consensus(review, [settle["gh"]]),
    )
    ((code, message),) = findings(run, review)
    assert code == "V11"
    assert "ef and gh settled pubmed:0 differently; the latest, that of gh, counts" in message


def test_a_line_that_two_merges_doubled_counts_once_and_is_told(run: Run, review: Review):
    with log(review).open("ab") as file:
        file.write(log(review).read_bytes().splitlines(True)[-1])
    ((code, message),) = findings(run, review)
    assert code == "V09"
    assert "title-abstract/ab.csv: 1 line stands more than once" in message
