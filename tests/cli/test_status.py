"""The status command: what is awaited of whom, in words."""

from pathlib import Path

import pytest

from scopingreview.paths import Review
from tests.conftest import Run
from tests.reviews import change_protocol, decide, found_with, record


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


def test_what_there_is_one_of_is_told_as_one(run: Run, tmp_path: Path):
    alike = {"title": "Compassion training for prison officers", "authors": ("Ito, Ken",)}
    records = [
        record("pubmed:1", year=2019, journal="Prison Work", doi="10.5555/pw.1", **alike),
        record("scopus:2", year=2019, journal="Prison Work", doi="10.5555/pw.2", **alike),
    ]
    review = found_with(tmp_path, records)
    assert ", 1 possible pair\n" in run("dedupe", "-C", review.root).out
    assert ", 1 possible duplicate for people to judge\n" in run("status", "-C", review.root).out
