"""The act that mends a field of the record on the table: asked, kept, seen at once."""

from __future__ import annotations

import asyncio
import csv
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input, Static

from scopingreview import store
from scopingreview.errors import NotWrittenError, ReviewError
from scopingreview.formats.typed_fields import spelled
from scopingreview.paths import RECORDS, Review
from scopingreview.work import correcting
from scopingreview.work.task import Task
from tests.cli.test_screen import keys
from tests.conftest import Run
from tests.reviews import change_protocol, found_with, record
from tests.work.test_acts import do
from tests.workbench.benches import bench, said, small_review, work_on
from tests.workbench.test_record_screen import screen_after, settle, typed


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return small_review(tmp_path)


def lines(review: Review) -> list[tuple[str, ...]]:
    path = review.corrections("ab")
    if not path.is_file():
        return []
    rows = csv.DictReader(path.open(encoding="utf-8"))
    return [tuple(row[name] for name in ("record_id", "field", "step", "value")) for row in rows]


def shown(task: Task) -> object:
    return task.record().year


def test_a_field_is_mended_and_the_record_shows_it_at_once(review: Review):
    task = work_on(review)
    told = do(task, "correct", "year", "1999", "the PDF").told
    assert lines(review) == [("pubmed:1", "year", "set", "1999")]
    assert shown(task) == 1999
    assert "Year corrected." in told
    assert said(review) == []


def test_the_same_key_takes_it_back(review: Review):
    task = work_on(review)
    do(task, "correct", "year", "1999", "the PDF")
    told = do(task, "correct", "take back year").told
    assert lines(review)[-1] == ("pubmed:1", "year", "withdrawn", "")
    assert shown(task) == 2011
    assert "Year taken back." in told


def test_a_correction_of_another_copy_is_taken_back_there(tmp_path: Path):
    review = found_with(
        tmp_path,
        [record("pubmed:1"), record("scopus:1")],
        duplicates={"scopus:1": "pubmed:1"},
    )
    other = work_on(review)
    words = correcting.new_corrections(
        other.session.state, "scopus:1", {"year": "1999"}, why="x", by="cd", now=other.now()
    )
    correcting.keep_corrections(review, words)
    task = work_on(review)
    assert shown(task) == 1999
    do(task, "correct", "take back year")
    assert lines(review) == [("scopus:1", "year", "withdrawn", "")]
    assert shown(task) is None


def test_what_is_left_as_it_was_asks_nothing_more(review: Review):
    answers = do(work_on(review), "correct", "year", "2011")
    assert answers.told == ["Nothing changed."]
    assert lines(review) == []


@pytest.mark.parametrize("answers", [("year", "no year"), ("year", "1999", "")])
def test_what_cannot_stand_is_refused(review: Review, answers: tuple[str, ...]):
    task = work_on(review)
    with pytest.raises(ReviewError, match=r"no year|says why"):
        do(task, "correct", *answers)
    assert lines(review) == []
    assert shown(task) == 2011


def test_who_is_blind_to_authors_is_not_shown_them(review: Review):
    change_protocol(review, "[title_abstract]\n", "[title_abstract]\nblind_to_authors = true\n")
    answers = do(work_on(review), "correct", "year", "2011")
    (question, *_) = answers.asked
    assert "authors" not in [choice.key for choice in question.choices_for("")]  # type: ignore[union-attr]


def test_who_reads_titles_alone_is_not_offered_what_waits_for_the_next_round(review: Review):
    change_protocol(
        review, "[title_abstract]\n", "[title_abstract]\nrounds = 2\ntitles_first = true\n"
    )
    answers = do(work_on(review), "correct", "year", "2011")
    (question, *_) = answers.asked
    offered = [choice.key for choice in question.choices_for("")]  # type: ignore[union-attr]
    assert "title" in offered
    assert not {"abstract", "keywords"} & set(offered)


def test_when_the_disk_refuses_the_record_is_as_it_was(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_: object) -> None:
        raise NotWrittenError("disk full")

    monkeypatch.setattr(store, "append_corrections", refuse)
    task = work_on(review)
    with pytest.raises(NotWrittenError):
        do(task, "correct", "year", "1999", "x")
    assert shown(task) == 2011


def test_words_of_a_correction_are_found(review: Review):
    task = work_on(review)
    do(task, "correct", "abstract", "Quokkas sleep.", "the page")
    do(task, "search", "quokkas")
    assert task.record().record_id == "pubmed:1"


def test_the_full_screen_asks_one_question_after_the_other(review: Review):
    pressed = ["a", *typed("year"), *["backspace"] * 4, *typed("1999"), *typed("PDF"), "i"]
    shown_after = screen_after(bench(review), pressed)
    assert lines(review) == [("pubmed:1", "year", "set", "1999")]
    assert said(review) == ["pubmed:1 include"]
    assert shown_after["record"].startswith("Mice at night")


def test_who_types_faster_than_the_list_gets_shorter_chooses_what_they_typed(review: Review):
    app = bench(review)

    async def press() -> str:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("a")
            await settle(pilot)
            field = app.screen.query_one(Input)
            field.value = "year"
            field.post_message(Input.Submitted(field, "year"))
            await settle(pilot)
            await pilot.pause()
            return app.screen.query_one(Input).value

    assert asyncio.run(press()) == "2011"


def test_the_full_screen_shows_the_corrected_record(review: Review):
    app = bench(review)

    async def press() -> str:
        async with app.run_test(size=(80, 24)) as pilot:
            for key in ["a", *typed("year"), *["backspace"] * 4, *typed("1999"), *typed("PDF")]:
                await pilot.press(key)
                await settle(pilot)
            return str(app.screen.query_one("#record", Static).render())

    assert " 1999 " in asyncio.run(press()).replace("\n", " ")


def test_an_abstract_pasted_in_several_lines_stays_whole(review: Review):
    app = bench(review)

    async def paste() -> str:
        async with app.run_test(size=(80, 24)) as pilot:
            for key in ["a", *typed("abstract")]:
                await pilot.press(key)
                await settle(pilot)
            field = app.screen.query_one(Input)
            field.value = ""
            field.post_message(Paste("AIMS: To ask.\nRESULTS: Few.\r\n"))
            await pilot.pause()
            return field.value

    assert asyncio.run(paste()) == "AIMS: To ask. RESULTS: Few."


def test_the_prompt_asks_the_same(review: Review, run: Run):
    change_protocol(review, "[title_abstract]\n", '[title_abstract]\norder = "imported"\n')
    answers = keys("a", "year", "1999", "the PDF", "i", "q")
    run("screen", "ta", "--as", "ab", "--plain", "-C", review.root, typed=answers)
    assert lines(review) == [("pubmed:1", "year", "set", "1999")]
    assert said(review) == ["pubmed:1 include"]


def test_records_csv_stays_as_it_was(review: Review):
    before = review.path(RECORDS).read_bytes()
    do(work_on(review), "correct", "year", "1999", "x")
    assert review.path(RECORDS).read_bytes() == before


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("authors", "Ek, Bo ;Ong, Al;", "Ek, Bo; Ong, Al"),
        ("doi", "https://doi.org/10.1000/ABC", "10.1000/abc"),
        ("pmid", "PMID: 29768149", "29768149"),
        ("title", " Naps \n at night ", "Naps at night"),
        ("year", "", ""),
    ],
)
def test_what_is_typed_is_spelled_as_records_are(field: str, text: str, value: str):
    assert spelled(field, text) == value
