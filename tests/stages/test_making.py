"""What a stage was made from is what there was before it read, kept when it has ended well."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.chain import BY_NAME
from scopingreview.errors import ReviewError
from scopingreview.paths import Review
from scopingreview.review.freshness import Freshness
from scopingreview.stages.counting import run_count
from scopingreview.stages.making import making
from tests.reviews import decide, found_with, record

COUNT = BY_NAME["count"]


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return found_with(tmp_path, [record("pubmed:1")])


def test_what_changes_while_a_stage_runs_makes_it_out_of_date(review: Review):
    with making(review, COUNT):
        run_count(review)
        store.append_decision(review, decide("pubmed:1", "include", "ab"))
    assert Freshness(review).why_stale(COUNT) == "data/screened/title-abstract/ab.csv is new"


def test_a_stage_that_failed_has_made_nothing(review: Review):
    with pytest.raises(ReviewError, match="it stopped"), making(review, COUNT):
        raise ReviewError("it stopped")
    assert store.read_made(review, "count").inputs == {}
    assert Freshness(review).why_stale(COUNT) == "it has not run here"
