"""Known items: found by which source, lost at which step, and nothing told that is still blind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scopingreview import config, store
from scopingreview.errors import ReviewError
from scopingreview.model import KnownItem, Record, Step
from scopingreview.paths import KNOWN_ITEMS, SUMMARY, Review
from scopingreview.review.counted_flow import load_data
from scopingreview.review.recall import recall
from scopingreview.stages.counting import run_count
from tests.conftest import Run
from tests.reviews import FULL_TEXT, change_protocol, decide, found_with, record, retrieved

INCLUDED = record("pubmed:1", doi="10.5555/1", title="Rest on night wards")
COPY = record("scopus:1", doi="10.5555/1-copy", title="Rest on night wards", pmid="111")
BY_TITLE = record("pubmed:2", title="Naps after ward rounds", year=2011)
BY_TEXT = record("pubmed:3", doi="10.5555/3")
NOT_GOT = record("pubmed:4", pmid="444")
CONFLICT = record("scopus:5", doi="10.5555/5")
TOO_EARLY = record("scopus:6", doi="10.5555/6", year=1950)
TWIN, OTHER_TWIN = (record(f"scopus:{n}", title="Editorial", year=2000 + n) for n in (7, 9))


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """One report for each way that a record can go, all decided by both reviewers."""
    records = [INCLUDED, BY_TITLE, BY_TEXT, NOT_GOT, COPY, CONFLICT, TOO_EARLY, TWIN, OTHER_TWIN]
    both = ("ab", "cd")
    decisions = [decide(f"pubmed:{n}", "include", by) for n in (1, 3, 4) for by in both]
    decisions += [decide("pubmed:2", "exclude", by) for by in both]
    decisions += [decide("scopus:5", "include", "ab"), decide("scopus:5", "exclude", "cd")]
    decisions += [decide("pubmed:1", "include", by, FULL_TEXT) for by in both]
    decisions += [decide("pubmed:3", "exclude", by, FULL_TEXT, "outcome") for by in both]
    review = found_with(tmp_path, records, duplicates={"scopus:1": "pubmed:1"}, decisions=decisions)
    steps = [retrieved("pubmed:1"), retrieved("pubmed:3"), retrieved("pubmed:4", "not-retrieved")]
    store.append_retrievals(review, steps)
    change_protocol(review, "[highlight]", "[limits]\nfirst_year = 1990\n\n[highlight]")
    change_protocol(
        review,
        "[full_text.exclusion_reasons]",
        '[full_text.exclusion_reasons]\noutcome = "Another outcome"',
    )
    return review


def known(review: Review, text: str) -> None:
    review.path(KNOWN_ITEMS).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("item", "lost_at", "stands", "copies"),
    [
        (KnownItem(doi="https://doi.org/10.5555/1"), "", "included", ["pubmed:1", "scopus:1"]),
        (KnownItem(doi="10.5555/1-COPY"), "", "included", ["pubmed:1", "scopus:1"]),
        (KnownItem(pmid="111"), "", "included", ["pubmed:1", "scopus:1"]),
        (
            KnownItem(title="Naps, after ward rounds."),
            "title-abstract",
            "excluded by title and abstract",
            ["pubmed:2"],
        ),
        (
            KnownItem(doi="10.5555/3"),
            "full-text",
            "excluded by full text: Another outcome",
            ["pubmed:3"],
        ),
        (KnownItem(pmid="444"), "retrieval", "its full text was not retrieved", ["pubmed:4"]),
        (KnownItem(doi="10.5555/5"), "", "undecided", ["scopus:5"]),
        (
            KnownItem(doi="10.5555/6"),
            "limits",
            "removed before screening: published too early",
            ["scopus:6"],
        ),
        (KnownItem(doi="10.5555/none"), "search", "not found by any search", []),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_known_item_is_found_by_any_copy_and_lost_at_one_step(
    review: Review, item: KnownItem, lost_at: str, stands: str, copies: list[str]
):
    (found,) = recall(load_data(review), [item])
    assert (found.lost_at, found.stands) == (Step(lost_at), stands)
    assert list(found.record_ids) == copies


def test_the_sources_that_found_it_are_named(review: Review):
    one, none = recall(load_data(review), [KnownItem(pmid="111"), KnownItem(pmid="999")])
    assert one.found_by == ("PubMed", "Scopus")
    assert none.found_by == ()


def test_a_title_that_several_records_have_is_told_and_not_guessed(review: Review):
    (found,) = recall(load_data(review), [KnownItem(title="Editorial")])
    assert found.record_ids == ()
    assert found.stands == 'unclear: "Editorial" may be any of scopus:7, scopus:9'


def test_a_conflict_is_undecided_so_that_nobody_learns_that_another_disagreed(review: Review):
    (found,) = recall(load_data(review), [KnownItem(doi="10.5555/5")])
    assert "conflict" not in found.stands


def test_status_and_summary_tell_of_them(review: Review, run: Run):
    known(review, "title,doi\n,10.5555/1\n,10.5555/none\nNaps after ward rounds,\n")
    told = run("status", "-C", review.root).out
    assert "Known items: 2 of 3 found, 2 lost on the way" in told
    assert "not found by any search" in told
    document = json.loads(run("status", "-C", review.root, "--json").out)
    assert [each["lost_at"] for each in document["known_items"]] == ["", "search", "title-abstract"]
    run_count(review)
    summary = review.path(SUMMARY).read_text(encoding="utf-8")
    assert "Of 3 papers that the team knew before, the searches found 2; 2 were lost" in summary
    assert "| 10.5555/1 | PubMed, Scopus | pubmed:1, scopus:1 | included |" in summary


def test_the_summary_follows_the_list(review: Review, run: Run):
    run_count(review)
    assert "known" not in review.path(SUMMARY).read_text(encoding="utf-8")
    known(review, "doi\n10.5555/1\n")
    assert "count" in json.loads(run("status", "-C", review.root, "--json").out)["stale_stages"]


def test_every_bad_row_of_the_list_is_told_with_its_line(review: Review):
    known(review, "doi,pmid,titel\n10.5555/1,,\n")
    with pytest.raises(ReviewError, match=f'{KNOWN_ITEMS}:1: unknown column "titel"'):
        config.load_known_items(review)
    known(review, "doi,pmid,note\n,,why\n,PMC12,\n10.5555/1,,\n")
    with pytest.raises(ReviewError) as refused:
        config.load_known_items(review)
    assert f"{KNOWN_ITEMS}:2: a row without DOI, PMID and title" in str(refused.value)
    assert f'{KNOWN_ITEMS}:3: "PMC12" is no PMID' in str(refused.value)


def test_without_a_list_nothing_is_said(review: Review, run: Run):
    assert config.load_known_items(review) == []
    assert "nown items" not in run("status", "-C", review.root).out


def test_no_record_stands_for_nothing(review: Review):
    """A row of the list cannot be matched by what records lack."""
    review_of_bare = found_with(review.root / "bare", [Record("pubmed:1", source="pubmed")])
    (found,) = recall(load_data(review_of_bare), [KnownItem(title="?", doi="10.1")])
    assert found.lost_at is Step.SEARCH
