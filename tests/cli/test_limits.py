"""`limits`: what a rule removes is seen before it does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.model import Limits
from scopingreview.paths import Review
from scopingreview.screening.eligibility import broken_limit
from tests.conftest import Run
from tests.reviews import decide, found_with, record, snapshot


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """pubmed:1 is old and included by title, pubmed:2 is old and unread, pubmed:3 is new."""
    years = {1: 1985, 2: 1986, 3: 2001}
    records = [record(f"pubmed:{n}", year=year) for n, year in years.items()]
    review = found_with(tmp_path, records)
    for name in ("ab", "cd"):
        store.append_decision(review, decide("pubmed:1", "include", name))
    return review


def test_a_preview_lists_what_each_rule_would_remove_and_writes_nothing(run: Run, review: Review):
    before = snapshot(review.root)
    words = ("limits", "--preview", "--first-year", 1990, "--title-word", "pubmed:3")
    answer = run(*words, "-C", review.root)
    assert answer.status == 0
    assert "published too early removes:\n  pubmed:2  1986  On pubmed:2\n" in answer.out
    assert "contradicts people, who included:\n  pubmed:1  1985" in answer.out
    assert "title word removes:\n  pubmed:3  2001  On pubmed:3" in answer.out
    assert snapshot(review.root) == before
    found = json.loads(run(*words, "-C", review.root, "--json").out)["limits"]
    assert [(each["limit"], each["removes"]) for each in found] == [
        ("published too early", ["pubmed:2"]),
        ("title word", ["pubmed:3"]),
    ]


def test_without_limits_nothing_is_removed(run: Run, review: Review):
    assert run("limits", "-C", review.root).out == "No limit removes any record.\n"


@pytest.mark.parametrize(
    ("title", "word", "removed"),
    [
        ("Stress in mice", "mice", True),
        ("STRESS IN MICE", "in  mice", True),
        ("Mice-like stress", "mice", True),
        ("Amicelli", "mice", False),
        ("Micelles", "mice", False),
        ("Micelles", "mice*", True),
        ("What (else)?", "(else)", True),
    ],
)
def test_a_title_word_is_whole_unless_it_ends_in_a_star(title: str, word: str, removed: bool):
    limits = Limits(excluded_title_words=("elsewhere", word))
    assert broken_limit(record("pubmed:1", title=title), limits) == (
        "title word" if removed else ""
    )


def test_an_empty_title_word_is_refused(run: Run, review: Review):
    path = review.path("config/review.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(f'{text}\n[limits]\nexcluded_title_words = ["*"]\n', encoding="utf-8")
    answer = run("limits", "-C", review.root)
    assert (answer.status, "it would remove everything" in answer.err) == (1, True)
