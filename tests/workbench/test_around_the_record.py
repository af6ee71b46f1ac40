"""What stands round a record: the mouse, small windows, counts, own words, own labels, order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.widgets import Static

from scopingreview import store
from scopingreview.model import Phase
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from scopingreview.work.highlights import standing_terms
from scopingreview.work.pilot import open_round
from scopingreview.workbench.app import Workbench
from scopingreview.workbench.dialogs import Page, TooSmall
from scopingreview.workbench.record_screen import RecordScreen
from tests.reviews import START, change_protocol, decide, found_with, record
from tests.workbench.benches import bench, include_all, said, small_review
from tests.workbench.test_record_screen import SMALL, screen_after, typed

NARROW = (40, 24)
PILOT = "[title_abstract]\n", "[title_abstract.pilot]\nsize = 5\n\n[title_abstract]\n"


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return small_review(tmp_path)


def pages_after(app: Workbench, keys: Sequence[str]) -> str:
    """Everything that stands on the screen on top."""

    async def look() -> str:
        async with app.run_test(size=SMALL) as pilot:
            await pilot.press(*keys)
            await pilot.pause()
            return "\n".join(str(widget.render()) for widget in app.screen.query(Static))

    return asyncio.run(look())


# ── the mouse ────────────────────────────────────────────────────────────────────────────────


def test_a_click_on_the_footer_does_what_its_key_does(review: Review):
    app = bench(review)

    async def click() -> None:
        async with app.run_test(size=SMALL) as pilot:
            await pilot.click("#keys", offset=(3, 1))
            await pilot.click("#reasons", offset=(5, 0))
            await pilot.pause()

    asyncio.run(click())
    assert said(review) == ["pubmed:1 include", "pubmed:2 exclude topic"]


def test_clicking_again_and_again_selects_no_text(review: Review):
    app = bench(review)

    async def click() -> None:
        async with app.run_test(size=SMALL) as pilot:
            await pilot.click("#keys", offset=(3, 1), times=3)
            await pilot.pause()
            assert app.screen.get_selected_text() is None

    asyncio.run(click())


def test_reasons_are_ticked_and_taken_with_the_mouse(review: Review):
    include_all(review)
    app = bench(review, Phase.FULL_TEXT)

    async def click() -> None:
        async with app.run_test(size=SMALL) as pilot:
            await pilot.press("e")
            await pilot.pause()
            await pilot.click("#reasons-to-tick", offset=(6, 0))
            await pilot.click("#reasons-to-tick", offset=(6, 1))
            await pilot.click(".answers", offset=(16, 0))
            await pilot.pause()

    asyncio.run(click())
    (row,) = said(review, Phase.FULL_TEXT)
    assert row.startswith("pubmed:1 exclude")
    assert "also:" in row


# ── windows ──────────────────────────────────────────────────────────────────────────────────


def test_a_window_too_small_to_read_in_says_so_and_takes_no_decision(review: Review):
    app = bench(review)

    async def shrink() -> None:
        async with app.run_test(size=SMALL) as pilot:
            await pilot.press("e")
            await pilot.resize_terminal(30, 9)
            await pilot.pause()
            assert isinstance(app.screen, TooSmall)
            assert "30 x 9" in str(app.screen.query_one(Static).render())
            await pilot.press("1", "i", "enter")
            await pilot.resize_terminal(36, 12)
            await pilot.pause()
            assert said(review) == []
            await pilot.press("1")

    asyncio.run(shrink())
    assert said(review) == ["pubmed:1 exclude topic"], "the question waited underneath"


@pytest.mark.parametrize("screen", ["record", "question", "too small"])
def test_ctrl_c_leaves_from_everywhere(review: Review, screen: str):
    app = bench(review)

    async def leave() -> None:
        async with app.run_test(size=(20, 5) if screen == "too small" else SMALL) as pilot:
            if screen == "question":
                await pilot.press("c")
            await pilot.press("ctrl+c")
            await pilot.pause()
            assert app._exit

    asyncio.run(leave())
    assert said(review) == []


@pytest.mark.parametrize("size", [(36, 12), (40, 14), NARROW, SMALL, (132, 40)])
def test_the_keys_for_help_and_quitting_and_a_line_of_the_record_are_always_in_sight(
    review: Review, size: tuple[int, int]
):
    app = bench(review)

    async def look() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.press("1")
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, RecordScreen)
            keys = screen.query_one("#keys")
            assert keys.region.bottom <= size[1]
            assert {"help", "quit"} <= set(str(screen.query_one("#keys", Static).render()).split())
            assert screen.query_one("#reading").size.height >= 3
            head = str(screen.query_one("#head", Static).render())
            assert "left" in head
            assert len(head) <= size[0]

    asyncio.run(look())


# ── the pilot, counts, criteria ──────────────────────────────────────────────────────────────


def test_the_pilot_says_that_it_is_one(review: Review):
    change_protocol(review, *PILOT)
    open_round(review, load_state(review), Phase.TITLE_ABSTRACT, by="ab", now=START)
    shown = screen_after(bench(review), [], (120, 40))
    assert "PILOT, round 1" in shown["head"]
    assert "PILOT, round 1: 5 records wait for you" in shown["message"]
    assert "75% of you agree" in shown["beside"]
    assert "PILOT" in screen_after(bench(review), ["i"], NARROW)["head"]


def test_each_reason_says_how_often_it_was_given(review: Review):
    assert "of the review 0" not in screen_after(bench(review), [])["reasons"]
    shown = screen_after(bench(review), ["1", "1", "2", "u"])["reasons"]
    assert "Not on the topic of the review (2)" in shown
    assert "Wrong population (" not in shown
    assert "Not on the topic of the review (2)" in pages_after(bench(review), ["p"])


def test_criteria_and_keywords_stand_over_the_record_and_its_place_is_kept(tmp_path: Path):
    long = record("pubmed:1", abstract="Nurses. " * 2000, keywords=("rosters", "night work"))
    app = bench(found_with(tmp_path, [long]))

    async def look() -> None:
        async with app.run_test(size=SMALL) as pilot:
            await pilot.press("space", "space")
            await pilot.pause()
            reading = app.screen.query_one("#reading")
            place = reading.scroll_offset.y
            assert place > 10
            await pilot.press("p")
            await pilot.pause()
            assert isinstance(app.screen, Page)
            shown = "\n".join(str(widget.render()) for widget in app.screen.query(Static))
            assert "rosters; night work" in shown.split("Criteria")[0]
            await pilot.press("p")
            await pilot.pause()
            assert app.screen.query_one("#reading").scroll_offset.y == place

    asyncio.run(look())


@pytest.mark.parametrize("size", [SMALL, NARROW, (36, 12)])
def test_the_footer_offers_to_read_on_while_there_is_more(tmp_path: Path, size: tuple[int, int]):
    long = record("pubmed:1", abstract="Nurses. " * 300)
    app = bench(found_with(tmp_path, [long, record("pubmed:2")]))

    async def look() -> None:
        async with app.run_test(size=size) as pilot:

            def offered() -> str:
                return str(app.screen.query_one("#keys", Static).render())

            await pilot.pause()
            assert "space more" in offered()
            await pilot.press(*["space"] * 30)
            await pilot.pause()
            assert "space more" not in offered()
            await pilot.press("i")
            await pilot.pause()
            assert "space more" not in offered(), "the next record is short"

    asyncio.run(look())


# ── order, labels, own words ─────────────────────────────────────────────────────────────────


def test_the_list_is_sorted_by_title_and_comes_back_in_its_own_order(review: Review):
    by_title = screen_after(bench(review), ["S", *typed("title")])
    assert by_title["record"].startswith("A letter")
    back = screen_after(bench(review), ["i", "S", *typed("newest"), "S", *typed("own")])
    assert back["record"].startswith("Mice at night")
    newest = screen_after(bench(review), ["S", *typed("newest"), "i"])
    assert newest["record"].startswith("A letter")
    assert said(review)[-1].startswith("pubmed:5")


def test_a_label_is_renamed_on_every_record_that_bears_it_by_a_line(review: Review):
    store.append_decision(review, decide("pubmed:5", "maybe", "cd"))
    screen_after(bench(review), ["t", *typed("later"), "i", "t", *typed("later, trial"), "i"])
    rows = said(review)
    shown = screen_after(bench(review), ["T", *typed("later"), *["backspace"] * 5, *typed("soon")])
    assert "“later” is “soon” now." in shown["message"]
    assert said(review) == rows, "no decision was written again"
    (line,) = review.labels("ab").read_text().splitlines()[1:]
    assert line.endswith(",later,soon")
    listed = screen_after(bench(review), ["f", *typed("label:soon")])
    assert "1 of 2 listed" in listed["head"]
    dropped = screen_after(bench(review), ["T", *typed("trial"), *["backspace"] * 5, "enter"])
    assert "is dropped" in dropped["message"]
    assert "No record" in screen_after(bench(review), ["f", *typed("label:trial")])["message"]


def test_a_word_of_ones_own_is_marked_now_and_in_the_next_sitting(review: Review):
    shown = screen_after(bench(review), ["H", *typed("roster*")])
    assert "Rosters° of nurses" in shown["record"]
    own = store.read_own_terms(review, "ab")
    assert standing_terms(own) == {"": ["roster*"]}
    assert store.read_own_terms(review, "cd") == []


def test_a_word_is_put_among_those_for_excluding_and_taken_back(review: Review):
    screen_after(bench(review), ["H", *typed("exclude: letter")])
    assert standing_terms(store.read_own_terms(review, "ab")) == {"exclude": ["letter"]}
    app = bench(review)
    app.work.own_terms = store.read_own_terms(review, "ab")
    shown = screen_after(app, ["H", *typed("-letter")])
    assert "marked no longer" in shown["message"]
    assert standing_terms(store.read_own_terms(review, "ab")) == {}


def test_a_group_of_the_protocol_has_its_sign_behind_each_of_its_terms(review: Review):
    change_protocol(
        review,
        "[highlight]\n",
        '[[highlight.groups]]\nname = "time"\nterms = ["night*"]\n\n[highlight]\n',
    )
    shown = screen_after(bench(review), [])
    assert "work nights† sleep" in shown["record"]
    assert "word† is time" in pages_after(bench(review), ["question_mark"])


def test_unknown_groups_are_refused_with_the_nearest(review: Review):
    shown = screen_after(bench(review), ["H", *typed("exlude: letter")])
    assert 'Did you mean "exclude"?' in shown["message"]
