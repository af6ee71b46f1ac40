"""What git and merges make of charted cells: every line stands, and two clones become one."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from scopingreview.model import Slot
from scopingreview.paths import CHARTED, LOCKS, Review
from scopingreview.review.charting import charting_of
from tests.charted_reviews import charted_review
from tests.conftest import Run
from tests.store.test_merge import commit, git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

WHOLE = ("level=Team", "design=rct", "n=40", "year=2019", "country=Sweden")


@pytest.fixture
def review(tmp_path: Path) -> Review:
    review = charted_review(tmp_path / "r")
    git(review.root, "init", "--quiet", "--initial-branch", "main")
    commit(review, "A review")
    return review


def charts(run: Run, review: Review, name: str, study: str, *values: str) -> None:
    fields = [word for value in values for word in ("--field", value)]
    answer = run("chart", "--as", name, "--study", study, *fields, "-C", review.root)
    assert answer.status == 0, answer.err
    shutil.rmtree(review.path(LOCKS))  # `commit` takes derived files along, locks among them


def check(run: Run, review: Review, *words: str) -> str:
    answer = run("check", "-C", review.root, *words)
    return answer.out + answer.err


def test_two_clones_chart_and_the_merge_needs_no_hand(run: Run, review: Review):
    git(review.root, "checkout", "--quiet", "-b", "cd")
    charts(run, review, "cd", "pubmed:1", *WHOLE[1:], "level=Individual")
    commit(review, "cd charts")
    git(review.root, "checkout", "--quiet", "main")
    charts(run, review, "ab", "pubmed:1", *WHOLE)
    commit(review, "ab charts")
    git(review.root, "merge", "--quiet", "--no-edit", "cd")
    charting = charting_of(review)
    assert charting.complete["pubmed:1"] == ("ab", "cd")
    assert [each.slot for each in charting.unsettled("pubmed:1")] == [Slot("level")]
    assert "G01" not in check(run, review, "--history")


def test_one_person_on_two_machines_has_two_headers_and_no_line_lost(run: Run, review: Review):
    git(review.root, "checkout", "--quiet", "-b", "laptop")
    charts(run, review, "ab", "pubmed:1", *WHOLE)
    commit(review, "at home")
    git(review.root, "checkout", "--quiet", "main")
    charts(run, review, "ab", "pubmed:2", *WHOLE)
    charts(run, review, "ab", "pubmed:1", "level=Individual")
    commit(review, "at work")
    git(review.root, "merge", "--quiet", "--no-edit", "laptop")
    charting = charting_of(review)
    assert charting.values("pubmed:2", "ab").keys() == charting.values("pubmed:1", "ab").keys()
    told = check(run, review)
    assert "C06 note: data/charted/ab.csv: 1 cell was charted differently in two places" in told
    assert "pubmed:1 level" in told
    charts(run, review, "ab", "pubmed:1", "level=Individual; Team")
    assert "C06" not in check(run, review)


def test_a_code_that_stands_as_a_text_is_named_with_what_puts_it_right(run: Run, review: Review):
    charts(run, review, "ab", "pubmed:1", "comment=Odd", "design=:nr")
    charts(run, review, "ab", "pubmed:2", "comment=What is :nr here?")
    assert "C07" not in check(run, review)
    path = review.path(f"{CHARTED}/ab.csv")
    path.write_bytes(path.read_bytes().replace(b",Odd,", b",:NR,"))
    told = check(run, review)
    assert 'C07 note: data/charted/ab.csv: 1 text is ":NR", which counts as a text' in told
    again = 'chart --as ab --study pubmed:1 --field comment="not reported"'
    assert f"Chart it again: scopingreview {again}\n" in told
    assert "1 cell with :nr or :? as text (check: C07)\n" in run("status", "-C", review.root).out
    assert run(*shlex.split(again), "-C", review.root).status == 0
    assert "C07" not in check(run, review)
    assert ":nr" not in run("status", "-C", review.root).out


def test_a_committed_cell_that_changed_is_named(run: Run, review: Review):
    charts(run, review, "ab", "pubmed:1", *WHOLE)
    commit(review, "ab charts")
    path = review.path(f"{CHARTED}/ab.csv")
    path.write_bytes(path.read_bytes().replace(b",n,,40,", b",n,,41,"))
    assert "G01 error: data/charted/ab.csv:4: a line of commit" in check(run, review)
    path.unlink()
    assert "G01 error: data/charted/ab.csv:1" in check(run, review)
