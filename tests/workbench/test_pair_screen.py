"""Possible pairs at the full screen: what stays in sight, what moves, and what a key writes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from scopingreview import store
from scopingreview.errors import NotWrittenError
from scopingreview.model import PossibleDuplicate
from scopingreview.paths import Review
from scopingreview.work.judging import JudgingSession
from scopingreview.workbench.app import FullScreen
from scopingreview.workbench.pair_screen import PairScreen
from tests.reviews import START, found_with, record

LONG = "Nurses who work nights sleep badly, and so do their families, for years on end. " * 40
SMALL = (80, 24)
Seen = TypeVar("Seen")


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Three records that may be one report; their titles and authors take many lines."""
    common = {
        "title": "Letting wards plan their own nights: self-scheduling, burnout and sick leave "
        "among nurses of any grade in fourteen wards of two hospitals over six years",
        "authors": tuple(f"Invented-Doublename, Ada {letter}." for letter in "ABCDEFGHIJKL"),
        "journal": "Journal of Imaginary Nursing and Allied Professions of the Northern Counties",
        "volume": "34",
        "issue": "2",
        "pages": "117-126",
        "abstract": LONG,
    }
    records = [
        record("pubmed:1", **common, year=2020, doi="10.1234/one"),
        record("pubmed:2", **common, year=2021, doi="10.1234/two"),
        record("pubmed:3", **common, year=2022),
    ]
    review = found_with(tmp_path, records)
    pairs = [PossibleDuplicate("pubmed:1", f"pubmed:{n}", 0.9, "same title") for n in (2, 3)]
    store.write_duplicates(review, [], pairs)
    return review


def at_work(review: Review) -> FullScreen:
    session = JudgingSession(review, "ab")
    return FullScreen("Pairs", lambda: PairScreen(session, lambda: START, lambda _: ["because"]))


def after(
    app: FullScreen,
    keys: Sequence[str],
    look: Callable[[Pilot[None]], Seen],
    size: tuple[int, int] = SMALL,
) -> Seen:
    """What is seen after the keys were pressed."""

    async def press() -> Seen:
        async with app.run_test(size=size) as pilot:
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            return look(pilot)

    return asyncio.run(press())


def texts(pilot: Pilot[None]) -> str:
    """Everything that stands on the screen on top."""
    return "\n".join(str(widget.render()) for widget in pilot.app.screen.query(Static))


def words_on(review: Review) -> list[tuple[str, bool | None]]:
    return [(each.other_id, each.same) for each in store.read_judgements(review)]


def test_what_a_pair_is_told_apart_by_stays_in_sight_and_only_the_abstracts_move(review: Review):
    def look(pilot: Pilot[None]) -> tuple[int, str]:
        screen = pilot.app.screen
        fields, keys = screen.query_one("#fields"), screen.query_one("#keys")
        abstracts = screen.query_one("#abstracts")
        assert abstracts.size.height >= 3
        assert fields.region.y == 1
        assert fields.region.bottom <= abstracts.region.y
        assert keys.region.bottom <= SMALL[1]
        return abstracts.scroll_offset.y, texts(pilot)

    for keys, moved in (([], 0), (["space"], 10), (["down", "down", "up"], 1)):
        place, shown = after(at_work(review), keys, look)
        assert place == moved
        for part in (
            "pubmed:2",
            "self-scheduling",
            "Ada A.",
            "x year",
            "34(2), 117-126",
            "Imaginary",
        ):
            assert part in shown
        assert "One report, or two?" in shown


@pytest.mark.parametrize("size", [(40, 24), (60, 20), (132, 40)])
def test_the_question_is_in_sight_on_every_screen(review: Review, size: tuple[int, int]):
    def look(pilot: Pilot[None]) -> None:
        keys = pilot.app.screen.query_one("#keys")
        assert keys.region.bottom <= size[1]
        drawn = str(pilot.app.screen.query_one("#keys", Static).render())
        assert keys.size.height == len(drawn.splitlines()), "nothing of it is cut off"
        assert "One report, or two?" in drawn
        assert "quit" in drawn

    after(at_work(review), [], look, size)


def test_a_word_is_on_disk_before_the_next_pair_shows_and_is_taken_back(review: Review):
    app = at_work(review)
    shown = after(app, ["s", "d", "u"], texts)
    assert words_on(review) == [("pubmed:2", True), ("pubmed:3", False), ("pubmed:3", None)]
    assert "Taken back: pubmed:1, pubmed:3." in str(shown)
    assert "1 pair left" in str(shown)


def test_the_end_of_the_pairs_says_so_and_undo_still_works(review: Review):
    told = after(at_work(review), ["s", "s"], texts)
    assert "No pair is left" in told
    assert "One report, or two?" not in told
    after(at_work(review), ["s", "s", "s", "d"], texts)
    assert [each for _, each in words_on(review)] == [True, True]


def test_a_comment_is_kept_with_the_next_word_only(review: Review):
    after(at_work(review), ["c", *"twins", "enter", "s", "d"], texts)
    assert [each.note for each in store.read_judgements(review)] == ["twins", ""]


def test_help_and_explanation_stand_over_the_pair(review: Review):
    shown = after(at_work(review), ["question_mark"], texts)
    assert "They are two reports." in shown
    assert "asterisks" in shown
    assert "because" in (after(at_work(review), ["e"], texts))
    assert words_on(review) == []


def test_a_click_on_the_question_judges(review: Review):
    async def click() -> None:
        app = at_work(review)
        async with app.run_test(size=SMALL) as pilot:
            await pilot.click("#keys", offset=(3, 2))
            await pilot.pause()

    asyncio.run(click())
    assert words_on(review) == [("pubmed:2", True)]


def test_what_the_disk_refuses_keeps_the_pair_and_its_comment(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_: object) -> None:
        raise NotWrittenError("could not be written: No space left on device")

    with monkeypatch.context() as full:
        full.setattr(store, "append_judgement", refuse)
        shown = after(at_work(review), ["c", *"twins", "enter", "s"], texts)
    assert "NOT SAVED" in shown
    assert "2 pairs left" in shown
    assert words_on(review) == []
