"""`checklists` as people run it: all of them, one of them, one as a file for a journal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scopingreview.paths import OWN_ANSWERS, Review
from tests.conftest import Run
from tests.report.test_page import a_review
from tests.reviews import snapshot

NAMES = ("prisma-scr", "prisma-s", "jbi")


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return a_review(tmp_path / "review")


def test_every_checklist_is_written_and_told_in_short(run: Run, review: Review):
    said = run("checklists", "-C", review.root)
    assert said.status == 0
    files = [f"results/checklists/{name}{kind}" for name in NAMES for kind in (".md", ".html")]
    assert said.out.split() == files
    assert all(review.path(name).is_file() for name in files)
    assert "jbi: 1 from data, 2 to write" in said.err


def test_one_is_shown_and_nothing_is_written(run: Run, review: Review):
    before = snapshot(review.root)
    shown = run("checklists", "prisma-s", "-C", review.root)
    assert "16 Deduplication: from data" in shown.out
    assert "from data/derived/duplicates.csv" in shown.out
    document = json.loads(run("checklists", "prisma-s", "--json", "-C", review.root).out)
    [checklist] = document["checklists"]
    assert [item["number"] for item in checklist["items"]] == [str(n) for n in range(1, 17)]
    assert snapshot(review.root) == before


def test_a_name_that_is_none_is_refused_with_the_nearest(run: Run, review: Review):
    refused = run("checklists", "prisma-src", "-C", review.root)
    assert refused.status == 2
    assert "prisma-scr" in refused.err


@pytest.mark.parametrize("kind", [".md", ".html"])
def test_one_is_written_into_a_file_that_is_not_there_yet(
    run: Run, review: Review, tmp_path: Path, kind: str
):
    out = tmp_path / f"mine{kind}"
    words = ("checklists", "jbi", "--out", out, "-C", review.root)
    assert run(*words).status == 0
    written = out.read_bytes()
    assert b"Extraction instrument" in written
    refused = run(*words)
    assert refused.status == 1
    assert "this file is there already" in refused.err
    assert run(*words, "--overwrite").status == 0
    assert out.read_bytes() == written


def test_a_word_file_is_the_same_each_time(run: Run, review: Review, tmp_path: Path):
    pytest.importorskip("docx", reason="the extra scopingreview[docx] is not installed")
    out = tmp_path / "mine.docx"
    run("checklists", "jbi", "--out", out, "-C", review.root)
    first = out.read_bytes()
    run("checklists", "jbi", "--out", out, "--overwrite", "-C", review.root)
    assert out.read_bytes() == first


def test_a_kind_of_file_that_is_none_is_refused(run: Run, review: Review, tmp_path: Path):
    refused = run("checklists", "jbi", "--out", tmp_path / "mine.pdf", "-C", review.root)
    assert refused.status == 2
    assert '.docx, .md or .html, not as ".pdf"' in refused.err
    assert run("checklists", "--out", tmp_path / "mine.md", "-C", review.root).status == 2


def test_the_check_tells_what_changed_since(run: Run, review: Review):
    run("checklists", "-C", review.root)
    assert run("checklists", "--check", "-C", review.root).status == 0
    review.path(OWN_ANSWERS).write_text('[jbi.I]\nwhere = "Appendix 1"\n')
    checked = run("checklists", "--check", "-C", review.root)
    assert checked.status == 1
    assert "Appendix 1" in checked.out
    assert "Next: scopingreview checklists" in checked.err
