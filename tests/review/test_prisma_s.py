"""What the guidelines ask to be told of a search is asked for until it is there."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scopingreview.model import Search, SourceKind
from scopingreview.paths import Review
from scopingreview.review.prisma_s import missing_details, missing_line
from scopingreview.review.progress import work_out_progress
from tests.reviews import change_protocol, found_with_exports

BARE = Search(name="pubmed-2023-01-05", source="pubmed", exports=())
FULL = replace(
    BARE,
    platform="PubMed",
    run_on=date(2023, 1, 5),
    hits=0,
    strategy="config/searches/pubmed.txt",
    coverage="1946 to present",
    limits="none",
)


DATABASE = SourceKind.DATABASE


def keys_missing(review: Review, search: Search, kind: SourceKind = DATABASE) -> list[str]:
    return [detail.key for detail in missing_details(review, search, kind)]


def test_a_bare_search_misses_everything(tmp_path: Path):
    wanted = ["platform", "coverage", "strategy", "limits", "run_on", "hits"]
    assert keys_missing(Review(tmp_path), BARE) == wanted


@pytest.mark.parametrize("kind", [kind for kind in SourceKind if kind is not DATABASE])
def test_what_is_no_database_is_asked_for_no_platform_and_no_coverage(
    tmp_path: Path, kind: SourceKind
):
    wanted = ["strategy", "limits", "run_on", "hits"]
    assert keys_missing(Review(tmp_path), BARE, kind) == wanted


def test_a_platform_that_stands_with_the_source_counts(tmp_path: Path):
    review = found_with_exports(tmp_path / "review")
    searches = work_out_progress(review).searches
    assert all("platform" in [d.key for d in each.undocumented] for each in searches)
    change_protocol(review, 'label = "PubMed"', 'label = "PubMed"\nplatform = "Ovid"')
    pubmed, scopus = work_out_progress(review).searches
    assert "platform" not in [detail.key for detail in pubmed.undocumented]
    assert pubmed.search.platform == "", "the search is told as it is on file"
    assert "platform" in [detail.key for detail in scopus.undocumented]


def test_a_search_that_found_nothing_has_its_hits(tmp_path: Path):
    assert keys_missing(Review(tmp_path), FULL) == ["strategy"]


def test_a_strategy_counts_when_its_file_holds_something(tmp_path: Path):
    review = Review(tmp_path)
    path = review.path(FULL.strategy)
    path.parent.mkdir(parents=True)
    path.write_text("", encoding="utf-8")
    assert keys_missing(review, FULL) == ["strategy"]
    path.write_text("1. nurs*", encoding="utf-8")
    assert keys_missing(review, FULL) == []


def test_the_line_names_the_items_and_where_to_write_them(tmp_path: Path):
    bare = missing_details(Review(tmp_path), replace(FULL, platform="", coverage=""), DATABASE)
    assert missing_line({FULL.name: bare}) == (
        "pubmed-2023-01-05: still to be written into config/searches.toml: "
        "platform (PRISMA-S 1), coverage (PRISMA-ScR 7), strategy (PRISMA-S 8)"
    )


def test_the_details_are_told_of_one_search_and_the_others_counted(tmp_path: Path):
    missing = missing_details(Review(tmp_path), BARE, DATABASE)
    assert missing_line({"done": (), "b": missing}).startswith("b: still to be written into")
    one_more = missing_line({"b": missing, "done": (), "c": missing})
    assert one_more.endswith("; another search lacks such details")
    assert missing_line({"b": missing, "c": missing, "d": missing}).endswith(
        "; 2 more searches lack such details"
    )
    assert missing_line({"done": ()}) == missing_line({}) == ""
