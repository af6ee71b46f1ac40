"""Where everything in a review stands, and who is asked about what."""

from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.errors import ReviewError
from scopingreview.model import Box
from scopingreview.review.counted_flow import check_flow, count_report, load_data
from scopingreview.review.progress import to_retrieve
from scopingreview.review.state import load_state
from scopingreview.stages.counting import run_count
from scopingreview.work.retrieval import record_retrievals
from tests.reviews import (
    FULL_TEXT,
    TITLE_ABSTRACT,
    change_protocol,
    decide,
    found_with,
    protocol,
    record,
    retrieved,
)

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


def test_a_record_that_does_not_say_what_a_limit_asks_is_removed_by_none(tmp_path: Path):
    review = found_with(tmp_path, [record("pubmed:1", year=None, language="", type="")])
    path = review.path("config/review.toml")
    limits = 'first_year = 1970\nlast_year = 2020\nlanguages = ["English"]\n'
    path.write_text(path.read_text() + f"\n[limits]\n{limits}")
    assert load_state(review).owed(TITLE_ABSTRACT, "ab") == ["pubmed:1"]


def test_a_decision_on_any_member_of_a_group_counts_for_the_group(tmp_path: Path):
    records = [record("pubmed:1"), record("scopus:1")]
    review = found_with(tmp_path, records, duplicates={"scopus:1": "pubmed:1"})
    store.append_decision(review, decide("scopus:1", "include", "ab"))
    assert load_state(review).owed(TITLE_ABSTRACT, "ab") == []


def website_review(tmp_path: Path):
    """One record of a database and one of a website, which has a lane of its own."""
    review = found_with(tmp_path, [record("pubmed:1"), record("scopus:1")])
    change_protocol(
        review,
        'label = "Scopus"\nkind = "database"',
        'label = "Agency reports"\nkind = "website"',
    )
    return review


def test_what_other_methods_found_goes_to_retrieval_unscreened(tmp_path: Path):
    review = website_review(tmp_path)
    state = load_state(review)
    assert state.owed(TITLE_ABSTRACT, "ab") == ["pubmed:1"]
    assert to_retrieve(state) == ["scopus:1"]

    record_retrievals(review, state, [retrieved("scopus:1")])
    assert load_state(review).owed(FULL_TEXT, "ab") == ["scopus:1"]
    for reviewer in ("ab", "cd"):
        store.append_decision(review, decide("pubmed:1", "exclude", reviewer))
        store.append_decision(review, decide("scopus:1", "include", reviewer, FULL_TEXT))
    counted = run_count(review, final=True)
    assert [finding for finding in counted.findings if finding.error] == []
    data = load_data(review)
    found = check_flow(data, count_report(data))
    assert [finding.code for finding in found if finding.error] == []


def test_nobody_gets_hold_of_what_other_methods_found_and_a_limit_removes(tmp_path: Path):
    review = website_review(tmp_path)
    store.write_records(review, [record("pubmed:1"), record("scopus:1", year=1950)])
    path = review.path("config/review.toml")
    path.write_text(path.read_text() + "\n[limits]\nfirst_year = 1970\n")
    state = load_state(review)
    assert to_retrieve(state) == []
    with pytest.raises(ReviewError, match="scopus:1 is awaiting by title and abstract"):
        record_retrievals(review, state, [retrieved("scopus:1")])
    counted = count_report(load_data(review, state)).flow
    assert (counted.n(Box.OTHER_REMOVED), counted.n(Box.OTHER_SOUGHT)) == (1, 0)


def test_what_only_counting_needs_stops_counting_and_not_screening(tmp_path: Path):
    review = found_with(tmp_path, [OLD, NEW])
    for name in ("adjustments.csv", "studies.csv"):
        path = review.path("data/screened") / name
        path.write_text("neither,of,these\n", encoding="utf-8")
        assert load_state(review).owed(TITLE_ABSTRACT, "ab") == ["pubmed:1", "pubmed:2"]
        with pytest.raises(ReviewError, match=name):
            load_data(review)
        path.unlink()
    load_data(review)


def test_other_methods_in_the_main_lane_are_screened_like_databases(tmp_path: Path):
    review = website_review(tmp_path)
    path = review.path("config/review.toml")
    path.write_text(path.read_text() + '\n[flow]\nother_methods = "main_lane"\n')
    assert load_state(review).owed(TITLE_ABSTRACT, "ab") == ["pubmed:1", "scopus:1"]


def test_records_of_a_source_that_left_the_protocol_are_an_error_a_person_can_mend(tmp_path: Path):
    review = found_with(tmp_path, [record("pubmed:1"), record("scopus:1")])
    change_protocol(review, 'name = "scopus"', 'name = "scopsu"')
    with pytest.raises(ReviewError, match='records of the source "scopus" are imported') as caught:
        load_state(review)
    assert 'Did you mean "scopsu"?' in caught.value.hint


@pytest.mark.parametrize("unknown", ["embase:1", "pub:1", "pubmed2:1"])
def test_records_of_a_source_that_the_protocol_does_not_have_stop_every_count(
    tmp_path: Path, unknown: str
):
    review = found_with(tmp_path, [NEW, record(unknown)])
    name = unknown.partition(":")[0]
    with pytest.raises(ReviewError, match=f'records of the source "{name}" are imported'):
        load_state(review)
