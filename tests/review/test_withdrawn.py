"""A search that was withdrawn: an export of another review, added and screened by mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview import config, store
from scopingreview.errors import ReviewError
from scopingreview.model import Finding
from scopingreview.paths import SEARCHES, Review
from scopingreview.review.checks import check_review
from scopingreview.review.progress import work_out_progress
from scopingreview.stages.adding import add_exports
from scopingreview.stages.running import run_chain
from scopingreview.stages.search_details import SearchDetails
from tests.reviews import START, decide, found_with_exports, protocol

WHY = "the search of another review"


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Of two searches that of Scopus is withdrawn, after its records were decided on."""
    review = found_with_exports(tmp_path / "review")
    run(review)
    scopus = [name for name in record_ids(review) if name.startswith("scopus:")]
    for record_id in (*record_ids(review), f"{scopus[0]}~2"):
        store.append_decision(review, decide(record_id, "exclude", "ab", reason="topic"))
    withdraw(review, WHY)
    return review


def run(review: Review) -> None:
    for _ in run_chain(review, until="dedupe"):
        pass


def record_ids(review: Review) -> list[str]:
    return [each.record_id for each in store.read_records(review)]


def withdraw(review: Review, why: str) -> None:
    path = review.path(SEARCHES)
    begins = 'source = "scopus"\n'
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(begins, f'{begins}withdrawn = "{why}"\n'), encoding="utf-8")


def told(review: Review, code: str) -> list[Finding]:
    return [each for each in check_review(review) if each.code == code]


def test_its_records_are_read_no_longer_and_its_export_stays(review: Review):
    run(review)
    assert {each.partition(":")[0] for each in record_ids(review)} == {"pubmed"}
    assert [each.source for each in config.load_searches(review, protocol(review))] == ["pubmed"]
    assert told(review, "R03") == []
    progress = work_out_progress(review)
    assert progress.unregistered == ()
    assert [each.withdrawn for each in progress.withdrawn] == [WHY]


def test_what_was_said_of_its_records_is_one_note_and_no_error(review: Review):
    run(review)
    assert told(review, "V01") == []
    (note,) = told(review, "R09")
    assert not note.error
    assert note.message.endswith(f"was withdrawn: {WHY}")
    assert len(note.records) == 3, "a repeat of one of them, too"


def test_an_unknown_record_that_it_did_not_bring_is_an_error_as_ever(review: Review):
    run(review)
    store.append_decision(review, decide("scopus:none", "exclude", "ab", reason="topic"))
    (error,) = told(review, "V01")
    assert (error.error, error.records) == (True, ("scopus:none",))


def test_where_its_export_is_not_a_public_copy_goes_by_the_source(review: Review):
    run(review)
    for export in review.path("data/raw/scopus").glob("*.ris"):
        export.unlink()
    assert told(review, "V01") == []


def test_its_export_still_has_to_be_the_one_that_was_added(review: Review):
    run(review)
    (export,) = review.path("data/raw/scopus").glob("*.ris")
    export.write_bytes(export.read_bytes() + b"\n")
    assert [each.code for each in check_review(review) if each.error] == ["R02"]


def test_a_search_is_not_added_to_one_that_was_withdrawn(review: Review, tmp_path: Path):
    export = tmp_path / "more.ris"
    export.write_text("TY  - JOUR\nID  - 9\nTI  - Rest\nER  - \n")
    details = SearchDetails(source="scopus", run_on=START.date(), hits=1)
    with pytest.raises(ReviewError, match="was withdrawn: the search of another review"):
        add_exports(review, [export], details)
    assert not review.path("data/raw/scopus/more.ris").exists()


def test_a_search_is_withdrawn_for_a_reason(review: Review):
    path = review.path(SEARCHES)
    path.write_text(path.read_text(encoding="utf-8").replace(WHY, " "), encoding="utf-8")
    with pytest.raises(ReviewError, match="withdrawn says why"):
        config.load_searches(review, protocol(review))
