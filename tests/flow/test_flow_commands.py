"""`count` and `draw` as people run them."""

from __future__ import annotations

import json
from pathlib import Path

from scopingreview import store
from scopingreview.paths import Review
from tests.conftest import Run
from tests.reviews import FULL_TEXT, decide, found_with, record, retrieved, snapshot


def a_finished_review(folder: Path) -> Review:
    """Three records of two reports: one is read and included, the other excluded by title."""
    review = found_with(
        folder,
        [record("pubmed:1"), record("pubmed:2"), record("scopus:1")],
        duplicates={"scopus:1": "pubmed:1"},
        decisions=[
            *(decide("pubmed:1", "include", by) for by in ("ab", "cd")),
            *(decide("pubmed:2", "exclude", by) for by in ("ab", "cd")),
            *(decide("pubmed:1", "include", by, FULL_TEXT) for by in ("ab", "cd")),
        ],
    )
    store.append_retrievals(review, [retrieved("pubmed:1")])
    return review


def test_count_writes_every_box_and_says_what_comes_next(tmp_path: Path, run: Run):
    a_finished_review(tmp_path)
    answer = run("count", "-C", tmp_path)
    assert answer.status == 0, answer.err
    rows = (tmp_path / "results/counts.csv").read_text(encoding="utf-8").splitlines()
    assert rows[:4] == ["box,item,n", "identified,,3", "identified,pubmed,2", "identified,scopus,1"]
    assert "duplicates,,1" in rows
    assert "included_studies,,1" in rows
    assert answer.err.splitlines()[-1] == "Next: scopingreview draw"


def test_count_and_draw_give_the_same_bytes_and_touch_nothing_else(tmp_path: Path, run: Run):
    a_finished_review(tmp_path)
    before = snapshot(tmp_path)
    runs = []
    for _ in range(2):
        assert run("count", "-C", tmp_path).status == 0
        assert run("draw", "-C", tmp_path, "--dpi", "50").status == 0
        runs.append(snapshot(tmp_path))
    first, second = runs
    assert first == second
    assert {name: first[name] for name in before} == before
    assert {Path(name).name for name in first if name not in before} == {
        "counts.csv",
        "prisma2020.csv",
        "summary.md",
        "flow.svg",
        "flow.pdf",
        "flow.png",
    }


def test_the_summary_says_the_flow_in_words_and_tables(tmp_path: Path, run: Run):
    a_finished_review(tmp_path)
    run("count", "-C", tmp_path)
    text = (tmp_path / "results/summary.md").read_text(encoding="utf-8")
    assert "Every record has been decided on." in text
    assert "After 1 duplicate was removed, 2 records were screened" in text
    assert "| PubMed | database | 2 | 1 | 1 |" in text
    assert "| PubMed | Scopus | 1 |" in text


def test_an_unfinished_review_counts_but_not_as_final(tmp_path: Path, run: Run):
    found_with(tmp_path, [record("pubmed:1")], decisions=[decide("pubmed:1", "include", "ab")])
    assert run("count", "-C", tmp_path).status == 0
    run("draw", "-C", tmp_path, "--dpi", "50")
    assert "In progress: 1 awaiting" in (tmp_path / "results/flow.svg").read_text(encoding="utf-8")
    (tmp_path / "results/counts.csv").unlink()
    answer = run("count", "--final", "-C", tmp_path)
    assert answer.status == 1
    assert "the review is not finished: 1 awaiting, 0 in conflict" in answer.err
    assert not (tmp_path / "results/counts.csv").exists()


def test_count_before_dedupe_names_the_stage_that_is_missing(tmp_path: Path, run: Run):
    review = a_finished_review(tmp_path)
    review.path("data/derived/duplicates.csv").unlink()
    answer = run("count", "-C", tmp_path)
    assert answer.status == 1
    assert "dedupe" in answer.err


def test_draw_before_count_names_the_stage_that_is_missing(tmp_path: Path, run: Run):
    a_finished_review(tmp_path)
    answer = run("draw", "-C", tmp_path)
    assert answer.status == 1
    assert "count" in answer.err


def test_count_answers_in_json(tmp_path: Path, run: Run):
    a_finished_review(tmp_path)
    document = json.loads(run("count", "--json", "-C", tmp_path).out)
    assert {"box": "screened", "item": "", "n": 2} in document["counts"]
    assert document["findings"] == []
