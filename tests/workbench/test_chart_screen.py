"""The keys of the form at the full screen, pressed one by one."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime
from pathlib import Path

import pytest
from textual.widgets import Static

from scopingreview import store
from scopingreview.errors import NotWrittenError
from scopingreview.paths import Review
from scopingreview.review.charting import charting_of
from scopingreview.review.state import load_state
from scopingreview.work import full_text
from scopingreview.work.charting_session import ChartingSession
from scopingreview.workbench import chart_screen
from scopingreview.workbench.chart_app import ChartApp
from scopingreview.workbench.chart_screen import CHART_KEYS
from tests.charted_reviews import FORM, INCLUDED, charted_review, lines
from tests.conftest import Run
from tests.reviews import FULL_TEXT, decide
from tests.workbench.benches import Clock
from tests.workbench.test_record_screen import settle, typed

ROOT = Path(__file__).parents[2]
SMALL, LARGE = (80, 24), (130, 40)


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return charted_review(tmp_path / "r")


def pressed(
    review: Review,
    *keys: str,
    person: str = "ab",
    size: tuple[int, int] = SMALL,
    now: datetime | None = None,
) -> dict[str, str]:
    """What each part of the screen says after the keys were pressed, one after another."""
    state = load_state(review)
    settles = person == "ef"
    session = ChartingSession(
        review, state, charting_of(review, state), person=person, settles=settles
    )
    app = ChartApp(session, Clock() if now is None else Clock(now))

    async def press() -> dict[str, str]:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
                await settle(pilot)
            return {
                str(widget.id): str(widget.render())
                for widget in app.screen.query(Static)
                if widget.id and widget.display
            }

    return asyncio.run(press())


def test_digits_tick_where_several_may_stand_and_choose_where_one_may(review: Review):
    shown = pressed(review, "2", "1", "2", "enter", "1")
    assert lines(review) == [
        "pubmed:1 level team",
        "pubmed:1 level individual;team",
        "pubmed:1 level individual",
        "pubmed:1 design rct",
    ]
    assert "● Level" in shown["slots"]
    assert "○ Sample" in shown["slots"]
    assert shown["field"].startswith("Sample")


def test_a_screen_without_room_for_the_abstract_says_which_study_it_is(review: Review):
    assert pressed(review)["study"].startswith("Study 1 of naps · ")
    assert pressed(review, "n")["study"].startswith("Study 2 of naps · ")
    assert "study" not in pressed(review, "a"), "it stands with the abstract"
    assert "study" not in pressed(review, size=LARGE)
    assert "study" not in pressed(review, size=(80, 16))


def test_a_number_is_written_and_begins_with_the_digit_that_was_pressed(review: Review):
    pressed(review, "down", "down", "4", "0", "enter", "enter", *typed("2019"))
    assert lines(review) == ["pubmed:1 n 40", "pubmed:1 year 2019"]


def test_a_wrong_value_is_told_and_nothing_is_written(review: Review):
    shown = pressed(review, "down", "down", "enter", *typed("forty"))
    assert "is no number" in shown["message"]
    assert lines(review) == []


def test_a_country_is_searched_for_by_a_part_of_its_name(review: Review):
    pressed(review, *["down"] * 4, "enter", *typed("swed"), "enter", *typed("norw"))
    assert lines(review) == ["pubmed:1 country SWE", "pubmed:1 country NOR;SWE"]


def test_not_reported_and_unclear_have_a_key_each(review: Review):
    pressed(review, "r", "l")
    assert lines(review) == ["pubmed:1 level not reported", "pubmed:1 design unclear"]


def test_page_and_words_are_kept_with_a_value(review: Review):
    shown = pressed(review, "p")
    assert "none stands here yet" in shown["message"]
    shown = pressed(review, "2", "p", *typed("4"), "w", *typed("two wards"))
    assert lines(review)[-1] == "pubmed:1 level team two wards 4"
    assert "p. 4 “two wards”" in shown["field"]


def test_undo_goes_back_again_and_again(review: Review):
    shown = pressed(review, "2", "down", "1", "u", "u", "u")
    assert lines(review)[2:] == ["pubmed:1 design", "pubmed:1 level"]
    assert "Nothing of this sitting is left" in shown["message"]


def test_the_next_study_and_the_one_before_are_one_key_away(review: Review):
    assert "Study 2 of naps" in pressed(review, "n")["record"]
    assert "Study 1 of naps" in pressed(review, "n", "b")["record"]
    shown = pressed(review, "n", "n", "n")
    assert "study 3 of 3" in shown["head"]
    assert shown["message"] == "There is no study further on."


def test_space_goes_to_what_is_blank_here_and_then_in_the_next_study(review: Review):
    keys = ["2", "space", "1", "4", "enter", "2", "0", "1", "9", "enter", "r"]
    shown = pressed(review, *keys)
    assert "All of pubmed:1 is charted. Space goes on" in shown["message"]
    shown = pressed(review, "space")
    assert "study 2 of 3" in shown["head"]


def test_a_sitting_begins_where_the_last_one_ended(review: Review):
    pressed(review, "2", "down", "1")
    assert pressed(review)["field"].startswith("Sample")


def test_a_group_gets_rows_and_loses_them(review: Review):
    shown = pressed(review, *["down"] * 5, "+", "enter", *typed("Naps"), "1", "2", "enter")
    assert lines(review) == ["pubmed:1 arms.name 1 Naps", "pubmed:1 arms.n 1 12"]
    assert "● Arms 1: Name" in shown["slots"]
    shown = pressed(review, *["down"] * 6, "x", "x")
    assert "Arms 1" not in shown["slots"]


def test_a_row_is_offered_only_where_the_form_has_a_group(tmp_path: Path, review: Review):
    assert "+ row" in pressed(review, size=LARGE)["keys"]
    assert "Begin another row of a group." in pressed(review, "?", size=LARGE)["page"]
    fields = FORM.partition('[[charting.fields]]\nkey = "arms"')[0]
    plain = charted_review(tmp_path / "plain", form=fields)
    assert "+ row" not in pressed(plain, size=LARGE)["keys"]
    assert "Begin another row" not in pressed(plain, "?", size=LARGE)["page"]
    assert "this form has no group" in pressed(plain, "+")["message"]


def test_where_no_row_can_begin_the_screen_says_where_one_can(review: Review):
    assert "go to Arms first" in pressed(review, "+")["message"]
    assert pressed(review, *["down"] * 5, "+")["message"] == ""


def test_a_study_is_found_by_a_part_of_its_id(review: Review):
    assert "study 3 of 3" in pressed(review, "g", *typed("5"))["head"]
    assert "is excluded by its full text" in pressed(review, "g", *typed("pubmed:3"))["message"]


def test_the_abstract_is_a_key_away_and_beside_the_form_on_a_wide_screen(review: Review):
    assert "We asked 40 nurses" in pressed(review, "a")["record"]

    def is_shown(size: tuple[int, int], *keys: str) -> bool:
        state = load_state(review)
        session = ChartingSession(review, state, charting_of(review, state), person="ab")
        app = ChartApp(session, Clock())

        async def look() -> bool:
            async with app.run_test(size=size) as pilot:
                for key in keys:
                    await pilot.press(key)
                await pilot.pause()
                return bool(app.screen.query_one("#reading").display)

        return asyncio.run(look())

    assert is_shown(LARGE)
    assert not is_shown(SMALL)
    assert is_shown(SMALL, "a")
    assert not is_shown(SMALL, "a", "a")


def test_the_full_text_opens_or_its_address_is_told(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    opened: list[str] = []

    def window(_: Review, address: str) -> bool:
        opened.append(address)
        return True

    assert "No full text is known" in pressed(review, "o")["message"]
    path = review.path("data/fulltexts") / full_text.full_text_name("pubmed:1")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF-")
    monkeypatch.setattr(chart_screen, "open_address", window)
    assert f"Opened {path}" in pressed(review, "o")["message"]
    assert opened == [str(path)]


def test_what_the_disk_refuses_waits_to_be_tried_again(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    real, times = store.append_cells, iter([True, False])

    def refuse_once(*words: object) -> None:
        if next(times, False):
            raise NotWrittenError("could not be written: No space left on device")
        real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "append_cells", refuse_once)
    shown = pressed(review, "2")
    assert shown["message"].startswith("NOT SAVED")
    assert lines(review) == []
    times = iter([True, False])
    pressed(review, "2", "enter")
    assert lines(review) == ["pubmed:1 level team"]


def test_consensus_shows_the_values_and_a_digit_takes_one(run: Run, review: Review):
    for name, level in (("ab", "Team"), ("cd", "Individual")):
        whole = (f"level={level}", "design=rct", "n=40", "year=2019", "country=Sweden")
        fields = [word for value in whole for word in ("--field", value)]
        more = ("--page", "4", "--quote", f"so says {level}")
        run("chart", "--as", name, "--study", "pubmed:1", *fields, *more, "-C", review.root)
    shown = pressed(review, person="ef", size=LARGE)
    assert "+ row" not in shown["keys"], "who settles begins no rows"
    shown = pressed(review, person="ef")
    assert "≠ Level" in shown["slots"]
    assert re.search(r"1 +\( \) Individual\n +p. 4 “so says Individual”", shown["field"])
    assert "Design" not in shown["slots"]
    assert not re.search(r"\b(ab|cd)\b", shown["field"])
    pressed(review, "2", person="ef")
    assert lines(review, "consensus") == ["pubmed:1 level team"]


def test_every_key_is_in_the_help_and_in_the_manual():
    manual = (ROOT / "docs" / "charting.md").read_text(encoding="utf-8")
    for key in CHART_KEYS:
        assert f"`{key.keys[0]}`" in manual, f"docs/charting.md does not tell of {key.keys[0]}"


def test_with_no_study_to_chart_the_screen_says_so(review: Review):
    for key in INCLUDED:
        store.append_decision(review, decide(key, "withdrawn", "ab", FULL_TEXT))
    assert "Nothing waits" in pressed(review)["slots"]
