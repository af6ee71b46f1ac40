"""What PRISMA-S asks to be told of every search is asked for until it is there."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from scopingreview.model import Search
from scopingreview.paths import Review
from scopingreview.review.prisma_s import missing_details, missing_line

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


def keys_missing(review: Review, search: Search) -> list[str]:
    return [detail.key for detail in missing_details(review, search)]


def test_a_bare_search_misses_everything(tmp_path: Path):
    wanted = ["platform", "coverage", "strategy", "limits", "run_on", "hits"]
    assert keys_missing(Review(tmp_path), BARE) == wanted


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
    line = missing_line({FULL.name: missing_details(Review(tmp_path), FULL)})
    assert "strategy (item 8)" in line
    assert "config/searches.toml" in line


def test_the_details_are_told_of_one_search_and_the_others_counted(tmp_path: Path):
    missing = missing_details(Review(tmp_path), BARE)
    assert missing_line({"done": (), "b": missing}).startswith("b: PRISMA-S also asks for")
    one_more = missing_line({"b": missing, "done": (), "c": missing})
    assert one_more.endswith("; another search lacks such details")
    assert missing_line({"b": missing, "c": missing, "d": missing}).endswith(
        "; 2 more searches lack such details"
    )
    assert missing_line({"done": ()}) == missing_line({}) == ""
