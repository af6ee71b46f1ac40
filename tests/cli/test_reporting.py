"""`report` as people run it: one file, the same bytes everywhere, and told when it is false."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from scopingreview.paths import REPORT, Review
from support.harness import SCOPINGREVIEW
from tests.conftest import Run
from tests.report.test_page import a_review
from tests.reviews import snapshot


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return a_review(tmp_path / "review")


def test_it_writes_one_page_and_nothing_else(run: Run, review: Review):
    before = snapshot(review.root)
    said = run("report", "-C", review.root)
    assert said.status == 0
    assert said.out == f"{REPORT}\n"
    written = snapshot(review.root).keys() - before.keys()
    assert {name for name in written if not name.startswith("data/derived/")} == {REPORT}


def test_it_says_what_it_wrote_as_a_document(run: Run, review: Review):
    document = json.loads(run("report", "--json", "-C", review.root).out)
    assert document["files"] == [REPORT]
    assert document["bytes"] == review.path(REPORT).stat().st_size


def test_the_check_tells_a_number_that_somebody_changed(run: Run, review: Review):
    run("report", "-C", review.root)
    assert run("report", "--check", "-C", review.root).status == 0
    path = review.path(REPORT)
    path.write_text(path.read_text().replace("4 records were screened", "5 records were screened"))
    checked = run("report", "--check", "-C", review.root)
    assert checked.status == 1
    assert '+<p dir="auto">' in checked.out
    told = run("check", "-C", review.root)
    assert "D12" in told.out
    assert "says “5” where the data give “4”" in told.out


def test_a_check_before_the_first_report_says_that_it_is_not_there(run: Run, review: Review):
    checked = run("report", "--check", "-C", review.root)
    assert checked.status == 1
    assert f"{REPORT} is not there" in checked.out
    assert REPORT not in run("check", "-C", review.root).out


def test_the_page_is_the_same_wherever_it_is_made(review: Review):
    pages = []
    for seed, zone, language in (("1", "UTC", "C"), ("77", "Pacific/Auckland", "C.UTF-8")):
        places = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "LANG": language}
        words = [*SCOPINGREVIEW, "report", "-C", os.fspath(review.root)]
        subprocess.run(words, check=True, capture_output=True, env=os.environ | places)
        pages.append(review.path(REPORT).read_bytes())
    assert pages[0] == pages[1]
