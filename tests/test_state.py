"""Where everything in a review stands, and who is asked about what."""

from pathlib import Path

from scopingreview import store
from scopingreview.stages.counting import run_count
from scopingreview.stages.state import load_state
from tests.reviews import TITLE_ABSTRACT, decide, found_with, protocol, record

OLD, NEW = record("pubmed:1", year=1950), record("pubmed:2", year=2015)


def limited_review(tmp_path: Path):
    review = found_with(tmp_path, [OLD, NEW])
    path = review.path("config/review.toml")
    path.write_text(path.read_text() + "\n[limits]\nfirst_year = 1970\n")
    return review


def test_a_record_that_a_limit_removes_waits_for_nobody(tmp_path: Path):
    review = limited_review(tmp_path)
    assert protocol(review).limits.first_year == 1970
    assert load_state(review).owed(TITLE_ABSTRACT, "ab") == ["pubmed:2"]
    for reviewer in ("ab", "cd"):
        store.append_decision(review, decide("pubmed:2", "exclude", reviewer))
    counted = run_count(review, final=True)
    assert counted.findings == ()


def test_a_record_that_somebody_decided_on_is_theirs_whatever_the_limits(tmp_path: Path):
    review = limited_review(tmp_path)
    store.append_decision(review, decide("pubmed:1", "include", "ab"))
    assert load_state(review).owed(TITLE_ABSTRACT, "cd") == ["pubmed:1", "pubmed:2"]


def test_a_decision_on_any_member_of_a_group_counts_for_the_group(tmp_path: Path):
    records = [record("pubmed:1"), record("scopus:1")]
    review = found_with(tmp_path, records, duplicates={"scopus:1": "pubmed:1"})
    store.append_decision(review, decide("scopus:1", "include", "ab"))
    assert load_state(review).owed(TITLE_ABSTRACT, "ab") == []
