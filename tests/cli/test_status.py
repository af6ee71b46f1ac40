"""The status command: what is awaited of whom, in words."""

import re
from pathlib import Path

import pytest

from scopingreview.paths import Review
from scopingreview.stages.deduping import run_dedupe
from scopingreview.stages.importing import run_import
from tests.conftest import Run
from tests.reviews import (
    change_protocol,
    decide,
    found,
    found_with,
    found_with_exports,
    record,
)


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """ab has decided on two of three records, cd on none."""
    said = [decide(f"pubmed:{number}", "include", "ab") for number in (1, 2)]
    return found_with(
        tmp_path, [record(f"pubmed:{number}") for number in (1, 2, 3)], decisions=said
    )


def test_status_says_which_records_wait_for_a_first_word_and_which_for_another_reviewers(
    run: Run, review: Review
):
    told = run("status", "-C", review.root).out
    assert ", 3 awaiting (1 a first decision, 2 another reviewer)\n" in told


def test_what_one_reviewer_has_decided_on_throughout_awaits_another(run: Run, review: Review):
    words = ("--record", "pubmed:3", "--verdict", "include")
    run("screen", "ta", "--as", "ab", *words, "-C", review.root)
    assert ", 3 awaiting another reviewer\n" in run("status", "-C", review.root).out


def test_in_a_round_by_titles_a_decision_may_also_await_the_round_of_abstracts(
    run: Run, review: Review
):
    change_protocol(
        review, "[title_abstract]\n", "[title_abstract]\nrounds = 2\ntitles_first = true\n"
    )
    told = run("status", "-C", review.root).out
    assert "2 another reviewer or the round of abstracts)\n" in told


def test_status_says_how_far_the_records_are_known_from_the_first_export_to_dedupe(
    run: Run, tmp_path: Path
):
    empty = run("status", "-C", found(tmp_path / "empty").root).out
    assert empty == "A review\n\nNo search is registered yet.\n", "nothing is out of date yet"
    review = found_with_exports(tmp_path / "review")

    def told() -> str:
        return run("status", "-C", review.root).out

    assert "\nNo export is imported yet: how many records there are is not known.\n" in told()
    run_import(review)
    assert re.search(r"pubmed-2023-05-01 .* 2 +2 +1\n", told())
    assert "\n4 records; which of them are duplicates is not known before dedupe\n" in told()
    run_dedupe(review)
    assert "\n4 records, 4 unique, 0 possible duplicates for people to judge\n" in told()


def test_status_says_which_search_is_not_imported_yet_and_that_unique_records_may_be_fewer(
    run: Run, tmp_path: Path
):
    review = found_with_exports(tmp_path / "review")
    run("run", "-C", review.root)
    export = tmp_path / "again.ris"
    export.write_text((tmp_path / "scopus.ris").read_text().replace("ID  - ", "ID  - 9"))
    words = ("--source", "scopus", "--hits", 2, "--run-on", "2024-05-01")
    run("add", export, *words, "-C", review.root)
    told = run("status", "-C", review.root).out
    assert re.search(r"scopus-2024-05-01 .* 2 +– +1\n", told)
    assert "4 unique (dedupe is to run again), 0 possible duplicates" in told
    assert "\nNot imported yet: scopus-2024-05-01\n" in told
    run("import", "-C", review.root)
    told = run("status", "-C", review.root).out
    assert "6 records, 6 unique (dedupe is to run again)" in told
    assert "Not imported yet" not in told
    run("run", "-C", review.root)
    assert "6 records, 4 unique, 0 possible" in run("status", "-C", review.root).out


def test_what_there_is_one_of_is_told_as_one(run: Run, tmp_path: Path):
    alike = {"title": "Compassion training for prison officers", "authors": ("Ito, Ken",)}
    records = [
        record("pubmed:1", year=2019, journal="Prison Work", doi="10.5555/pw.1", **alike),
        record("scopus:2", year=2019, journal="Prison Work", doi="10.5555/pw.2", **alike),
    ]
    review = found_with(tmp_path, records)
    assert ", 1 possible pair\n" in run("dedupe", "-C", review.root).out
    assert ", 1 possible duplicate for people to judge\n" in run("status", "-C", review.root).out
