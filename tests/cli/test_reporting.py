"""`report` as people run it: the same bytes everywhere, told when false, never over people's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from scopingreview.paths import REFERENCES, REPORT, REPORT_DOCX, REPORT_MARKDOWN, Review
from scopingreview.review.freshness import Freshness
from support.harness import SCOPINGREVIEW
from tests.conftest import Run
from tests.report.test_page import a_review
from tests.reviews import change_protocol, snapshot


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


# ── documents ────────────────────────────────────────────────────────────────────────────────


def test_documents_are_written_beside_the_page_when_they_are_asked_for(run: Run, review: Review):
    said = run("report", "--docx", "--markdown", "-C", review.root)
    assert said.status == 0
    assert said.out.split() == [REPORT, REPORT_MARKDOWN, REFERENCES, REPORT_DOCX]
    assert run("report", "--check", "-C", review.root).status == 0


def test_the_markdown_says_when_its_pictures_are_not_drawn_yet(run: Run, review: Review):
    said = run("report", "--markdown", "-C", review.root)
    assert f"The pictures that {REPORT_MARKDOWN} leads to are not there yet." in said.err
    assert "scopingreview run" in said.err
    run("run", "--until", "figures", "-C", review.root)
    assert "not there yet" not in run("report", "--markdown", "-C", review.root).err


def test_the_protocol_asks_for_documents_every_time(run: Run, review: Review):
    run("report", "-C", review.root)
    assert not review.path(REPORT_DOCX).exists()
    change_protocol(review, "[title_abstract]", '[report]\nformats = ["docx"]\n\n[title_abstract]')
    assert "report" in Freshness(review).stale_stages()
    assert REPORT_DOCX in run("report", "-C", review.root).out
    assert not review.path(REPORT_MARKDOWN).exists()


def test_an_unknown_format_is_refused_with_the_nearest(run: Run, review: Review):
    change_protocol(review, "[title_abstract]", '[report]\nformats = ["docs"]\n\n[title_abstract]')
    refused = run("report", "-C", review.root)
    assert refused.status == 1
    assert 'unknown format "docs"' in refused.err
    assert "docx" in refused.err


def test_a_document_that_is_there_is_kept_right(run: Run, review: Review):
    run("report", "--docx", "--markdown", "-C", review.root)
    before = {name: review.path(name).read_bytes() for name in (REPORT_DOCX, REPORT_MARKDOWN)}
    change_protocol(review, 'title = "A review"', 'title = "Another review"')
    told = run("check", "-C", review.root).out
    assert "; 2 more files differ" in told  # the DOCX and the Markdown, beside the page
    assert "report" in Freshness(review).stale_stages()
    run("report", "-C", review.root)
    for name, content in before.items():
        assert review.path(name).read_bytes() != content
    assert "D12" not in run("check", "-C", review.root).out


def test_a_document_that_is_gone_is_missed_once(run: Run, review: Review):
    run("report", "--docx", "-C", review.root)
    assert "report" not in Freshness(review).stale_stages()
    review.path(REPORT_DOCX).unlink()
    assert "report" in Freshness(review).stale_stages()
    run("report", "-C", review.root)
    assert not review.path(REPORT_DOCX).exists()
    assert "report" not in Freshness(review).stale_stages()


@pytest.mark.parametrize("name", [REPORT_DOCX, REPORT_MARKDOWN])
def test_a_document_in_which_somebody_wrote_is_never_written_over(
    run: Run, review: Review, name: str
):
    run("report", "--docx", "--markdown", "-C", review.root)
    path = review.path(name)
    if name == REPORT_DOCX:
        mine = docx.Document(os.fspath(path))
        mine.add_paragraph("My discussion.")
        mine.save(os.fspath(path))
    else:
        path.write_text(path.read_text() + "\nMy discussion.\n")
    before = snapshot(review.root)
    refused = run("report", "-C", review.root)
    assert refused.status == 1
    assert f"{name}: somebody has changed this document" in refused.err
    assert snapshot(review.root) == before
    assert f"D12 error: {name}" in run("check", "-C", review.root).out


def test_without_python_docx_it_is_said_how_to_get_it(
    run: Run, review: Review, monkeypatch: pytest.MonkeyPatch
):
    run("report", "--docx", "-C", review.root)
    monkeypatch.setitem(sys.modules, "docx", None)
    refused = run("report", "--docx", "-C", review.root)
    assert refused.status == 1
    assert "a document for Word needs docx, which is not installed" in refused.err
    assert "pip install 'scopingreview[docx]'" in refused.err
    checked = run("check", "-C", review.root).out
    assert f"D12 note: {REPORT_DOCX} is not looked at" in checked


def test_the_documents_are_the_same_wherever_they_are_made(review: Review):
    made = []
    for seed, zone, language in (("1", "UTC", "C"), ("77", "Pacific/Auckland", "C.UTF-8")):
        places = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "LANG": language}
        words = [*SCOPINGREVIEW, "report", "--docx", "--markdown", "-C", os.fspath(review.root)]
        subprocess.run(words, check=True, capture_output=True, env=os.environ | places)
        names = (REPORT_DOCX, REPORT_MARKDOWN, REFERENCES)
        made.append([review.path(name).read_bytes() for name in names])
    assert made[0] == made[1]
