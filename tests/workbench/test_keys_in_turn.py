"""Keys that reach the full screen all at once, as over a slow line, do what they do one by one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from scopingreview import store
from scopingreview.model import Phase
from scopingreview.paths import Review
from scopingreview.review.charting import charting_of
from scopingreview.review.state import load_state
from scopingreview.work.charting_session import ChartingSession
from scopingreview.workbench.app import FullScreen
from scopingreview.workbench.chart_app import ChartApp
from scopingreview.workbench.dialogs import Question
from tests.charted_reviews import charted_review, lines
from tests.workbench.benches import Clock, bench, include_all, said, small_review
from tests.workbench.test_pair_screen import at_work, words_on
from tests.workbench.test_pair_screen import review as pairs_to_judge

__all__ = ["pairs_to_judge"]

SECONDS = 30  # for all of them to be taken, on a machine that has other things to do
NAMES = {"\n": "enter", "\x1b": "escape", "\t": "down", " ": "space"}


def at_once(app: FullScreen, text: str) -> str:
    """The class of the screen on top when all keys were taken, which came before any was read."""

    async def press() -> str:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            for letter in text:
                app.post_message(
                    Key(NAMES.get(letter, letter), letter if letter.isprintable() else None)
                )
            await asyncio.wait_for(nothing_waits(pilot), SECONDS)
            return type(app.screen).__name__

    return asyncio.run(press())


async def nothing_waits(pilot: Pilot[None]) -> None:
    """Ten looks in a row at which no key waits and no question is coming up."""
    quiet = 0
    while quiet < 10:
        await pilot.pause(0.01)
        screen = pilot.app.screen
        coming = isinstance(screen, Question) and not screen.takes_keys
        quiet = 0 if coming or pilot.app.keys_waiting else quiet + 1  # type: ignore[attr-defined]


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return small_review(tmp_path)


def test_a_digit_behind_e_is_the_reason_of_the_record_that_was_read(review: Review):
    """It excluded that record without asking, and the question stood over the next one."""
    assert at_once(bench(review), "e2") == "RecordScreen"
    assert said(review) == ["pubmed:1 exclude population"]


def test_many_decisions_typed_ahead_are_taken_in_their_order(review: Review):
    at_once(bench(review), "ie1me\n")
    assert said(review) == [
        "pubmed:1 include",
        "pubmed:2 exclude topic",
        "pubmed:3 maybe",
        "pubmed:4 exclude",
    ]


def test_a_comment_typed_ahead_decides_nothing_and_loses_no_letter(review: Review):
    assert at_once(bench(review), "cime 1\ni") == "RecordScreen"
    assert said(review) == ["pubmed:1 withdrawn ime 1", "pubmed:1 include ime 1"]


def test_reasons_ticked_ahead_at_full_text_are_those_of_one_report(review: Review):
    include_all(review)
    at_once(bench(review, Phase.FULL_TEXT), "e13\ni")
    assert len(said(review, Phase.FULL_TEXT)) == 2


def test_every_digit_of_a_number_typed_ahead_is_in_the_value(tmp_path: Path):
    """Of 2019 there stood 9, and the digits before it waited in questions one above the other."""
    review = charted_review(tmp_path / "r")
    state = load_state(review)
    session = ChartingSession(review, state, charting_of(review, state), person="ab")
    assert at_once(ChartApp(session, Clock()), "\t\t40\n2019\n") == "ChartScreen"
    assert lines(review) == ["pubmed:1 n 40", "pubmed:1 year 2019"]


def test_a_comment_on_a_pair_typed_ahead_judges_no_pair(pairs_to_judge: Review):
    assert at_once(at_work(pairs_to_judge), "csd\nd") == "PairScreen"
    assert words_on(pairs_to_judge) == [("pubmed:2", False)]
    assert [each.note for each in store.read_judgements(pairs_to_judge)] == ["sd"]
