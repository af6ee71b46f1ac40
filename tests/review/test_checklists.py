"""What a review answers to its checklists: what its files say, with the file, and no more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scopingreview import config, store
from scopingreview.checklists.answered import AnsweredItem, AnswerState
from scopingreview.checklists.checklist_table import checklist_table
from scopingreview.errors import ReviewError
from scopingreview.model import Cell, Search, Slot
from scopingreview.paths import OWN_ANSWERS, Review
from scopingreview.review.checklists import answered_checklists, check_checklists, checklist_file
from scopingreview.review.counted_flow import load_data
from scopingreview.stages.checklists import run_checklists
from tests.charted_reviews import charted_review
from tests.report.test_page import HOSTILE, a_review
from tests.reviews import change_protocol, found, record, tick

FROM_DATA, FROM_PROTOCOL = AnswerState.FROM_DATA, AnswerState.FROM_PROTOCOL
TO_WRITE, NOT_APPLICABLE = AnswerState.TO_WRITE, AnswerState.NOT_APPLICABLE


def item_of(review: Review, checklist: str, number: str) -> AnsweredItem:
    for each in answered_checklists(review).checklists:
        if each.guideline.name == checklist:
            return next(item for item in each.items if item.item.number == number)
    raise AssertionError(checklist)


def search(review: Review, source: str, **values: object) -> None:
    """A search of the source is registered, with what is said of it."""
    known = {each.name: each for each in config.load_searches(review, config.load_protocol(review))}
    name = f"{source}-{len(known)}"
    config.save_search(review, Search(name, source, (), **values))  # type: ignore[arg-type]


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return a_review(tmp_path / "review")


# ── the review ───────────────────────────────────────────────────────────────────────────────


def test_a_title_that_says_it_is_a_scoping_review_answers_the_first_item(review: Review):
    assert item_of(review, "prisma-scr", "1").state is TO_WRITE
    change_protocol(review, '"A review"', '"Rest: a Scoping Review"')
    first = item_of(review, "prisma-scr", "1")
    assert first.state is FROM_PROTOCOL
    assert first.answer.places == ("config/review.toml (title)",)


def test_a_question_in_parts_answers_the_objectives(review: Review):
    assert item_of(review, "prisma-scr", "4").state is TO_WRITE
    change_protocol(review, 'question = ""', 'question = {population = "Nurses", concept = "Rest"}')
    item = item_of(review, "prisma-scr", "4")
    assert item.state is FROM_PROTOCOL
    assert item.answer.text == "Population: Nurses Concept: Rest"


def test_the_selection_is_from_the_protocol_until_somebody_has_decided(
    review: Review, tmp_path: Path
):
    untouched = found(tmp_path / "other")
    store.write_records(untouched, [record("pubmed:1")])
    store.write_duplicates(untouched, [], [])
    assert item_of(untouched, "prisma-scr", "9").state is FROM_PROTOCOL
    item = item_of(review, "prisma-scr", "9")
    assert item.state is FROM_DATA
    assert "Titles and abstracts were screened by ab and cd." in item.answer.text
    assert "data/screened" in item.answer.places


def test_the_flow_says_while_it_is_in_progress(review: Review, tmp_path: Path):
    item = item_of(review, "prisma-scr", "14")
    assert item.state is FROM_DATA
    assert item.answer.text.startswith("The searches found 5 records")
    assert "results/flow.svg" in item.answer.places
    other = found(tmp_path / "other")
    store.write_records(other, [record("pubmed:1")])
    store.write_duplicates(other, [], [])
    assert item_of(other, "prisma-scr", "14").answer.text.startswith("In progress (1 awaiting")


def test_charting_answers_once_there_is_a_form_and_somebody_has_charted(
    review: Review, tmp_path: Path
):
    for number in ("10", "11", "15", "17"):
        assert item_of(review, "prisma-scr", number).state is TO_WRITE
    charted = charted_review(tmp_path / "charted")
    assert item_of(charted, "prisma-scr", "11").state is FROM_PROTOCOL
    assert "Level" in item_of(charted, "jbi", "III").answer.text
    assert item_of(charted, "prisma-scr", "15").state is TO_WRITE
    store.append_cells(charted, [Cell(tick(), "pubmed:1", Slot("design"), "rct", "ab")])
    item = item_of(charted, "prisma-scr", "15")
    assert item.state is FROM_DATA
    assert item.answer.text == "0 of 3 included studies charted."


def test_a_table_that_is_left_out_is_no_place_to_look_at(review: Review):
    assert "results/tables/excluded_reports.md" in item_of(review, "jbi", "II").answer.places
    path = review.path("config/review.toml")
    path.write_text(f'{path.read_text()}\n[tables]\nleave_out = ["excluded_reports"]\n')
    assert item_of(review, "jbi", "II").answer.places == ("results/excluded_reports.md",)


def test_limitations_name_what_the_files_know_and_are_for_people_to_write(review: Review):
    change_protocol(review, "reviewers_needed = 2", "reviewers_needed = 1")
    item = item_of(review, "prisma-scr", "20")
    assert item.state is TO_WRITE
    assert "one person alone decided by title and abstract" in item.answer.text


# ── its searches ─────────────────────────────────────────────────────────────────────────────


def test_items_on_searches_wait_for_what_a_search_lacks_and_name_it(review: Review):
    search(review, "pubmed", platform="PubMed", run_on=date(2023, 1, 5), coverage="1946 on")
    search(review, "scopus", run_on=date(2023, 1, 6))
    assert item_of(review, "prisma-s", "13").state is FROM_DATA
    for number, lack in (
        ("1", "The platform is not on file for Scopus."),
        ("2", "The platform is not on file for Scopus."),
        ("8", "A strategy is not on file for pubmed-0 and scopus-1."),
        ("9", "What it was limited to is not on file for pubmed-0 and scopus-1."),
    ):
        item = item_of(review, "prisma-s", number)
        assert (item.state, item.answer.text) == (TO_WRITE, lack)
    assert item_of(review, "prisma-scr", "7").answer.text == (
        "The coverage is not on file for scopus-1."
    )
    change_protocol(
        review, 'label = "Scopus"\nkind = "database"', 'label = "Scopus"\nkind = "website"'
    )
    assert item_of(review, "prisma-scr", "7").answer.text == (
        "Last searched: PubMed via PubMed, 2023-01-05 (1946 on); Scopus, 2023-01-06."
    ), "what a website covers, nobody can say"


def test_what_every_search_says_is_from_data(review: Review):
    strategy = review.path("config/searches/all.txt")
    strategy.write_text("rest AND nurses")
    for source in ("pubmed", "scopus"):
        search(
            review,
            source,
            platform="Ovid",
            run_on=date(2023, 1, 5),
            coverage="all years",
            limits="none",
            strategy="config/searches/all.txt",
        )
    search(review, "pubmed", platform="Ovid", run_on=date(2024, 1, 5), coverage="all years")
    change_protocol(review, "# [limits]\n# first_year = 1970 ", "[limits]\nfirst_year = 1970 ")
    assert item_of(review, "prisma-s", "1").answer.text == "PubMed (Ovid); Scopus (Ovid)."
    assert item_of(review, "prisma-s", "2").answer.text == (
        "On one platform: Ovid: PubMed and Scopus. Were they searched together?"
    )
    assert "PubMed via Ovid, 2024-01-05" in item_of(review, "prisma-scr", "7").answer.text
    assert item_of(review, "prisma-s", "8").state is TO_WRITE, "the last search has none"
    assert item_of(review, "prisma-scr", "8").state is FROM_DATA
    assert item_of(review, "prisma-s", "12").answer.text == (
        "Searched again: PubMed on 2023-01-05 and 2024-01-05."
    )


def test_other_ways_to_find_records_are_answered_by_the_sources_of_the_protocol(review: Review):
    for number in ("3", "4", "5", "7"):
        assert item_of(review, "prisma-s", number).state is NOT_APPLICABLE
    kind = 'label = "Scopus"\nkind = "database"'
    change_protocol(review, kind, 'label = "Scopus"\nkind = "register"')
    assert item_of(review, "prisma-s", "3").answer.text == "No search is registered of Scopus."
    search(review, "scopus", run_on=date(2023, 1, 6))
    assert item_of(review, "prisma-s", "3").answer.text == "Scopus, 2023-01-06."


def test_records_and_duplicates_are_counted(review: Review):
    search(review, "pubmed")
    assert item_of(review, "prisma-s", "15").answer.text == "PubMed 2; Scopus 3; in all 5."
    assert "1 duplicate record removed" in item_of(review, "prisma-s", "16").answer.text


# ── what people say, and the files ───────────────────────────────────────────────────────────


def test_people_say_where_an_item_stands_and_an_unknown_item_is_refused(review: Review):
    path = review.path(OWN_ANSWERS)
    path.write_text('[prisma-scr.3]\nwhere = "p. 2"\nwords = "Nobody has mapped it."\n')
    item = item_of(review, "prisma-scr", "3")
    assert (item.state, item.own.where) == (TO_WRITE, "p. 2")
    path.write_text('[prisma-scr.23]\nwhere = "p. 2"\n')
    with pytest.raises(ReviewError, match='there is no item "23"'):
        answered_checklists(review)


def test_check_tells_of_a_checklist_that_somebody_changed(review: Review):
    assert not [*check_checklists(review, load_data(review))]
    run_checklists(review)
    assert not [*check_checklists(review, load_data(review))]
    path = review.path("results/checklists/prisma-scr.md")
    path.write_text(path.read_text().replace("to write", "done"))
    [finding] = check_checklists(review, load_data(review))
    assert finding.code == "D12"
    assert "says “done” where the data give “to write”" in finding.message


@pytest.mark.parametrize("suffix", [".md", ".html"])
@pytest.mark.parametrize("title", HOSTILE)
def test_what_people_wrote_is_text_in_every_format(tmp_path: Path, title: str, suffix: str):
    def written(folder: Path, words: str) -> str:
        review = a_review(folder)
        path = review.path(OWN_ANSWERS)
        text = words.replace("\\", "\\\\").replace('"', '\\"')
        text = "".join(f"\\u{ord(c):04x}" if ord(c) < 32 else c for c in text)
        path.write_text(f'[prisma-scr.3]\nwhere = "{text}"\nwords = "{text}"\n')
        found = answered_checklists(review)
        return checklist_file(found.checklists[0], found.made_by, suffix).decode()

    quiet, loud = written(tmp_path / "a", "A word"), written(tmp_path / "b", title)
    signs = ("<script", "<img", "<svg", "\x00", "\x1b", "\u202e", "\u200b")
    assert not [sign for sign in signs if sign in loud.replace("\\<", "")]
    assert len(loud.splitlines()) == len(quiet.splitlines())


def test_the_table_of_a_checklist_is_whole(review: Review):
    for each in answered_checklists(review).checklists:
        table = checklist_table(each)
        assert {len(row.cells) for row in table.rows} == {1, len(table.columns)}
