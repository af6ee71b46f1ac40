"""The keys of the full screen, pressed one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from scopingreview import store
from scopingreview.errors import NotWrittenError
from scopingreview.model import Phase, PossibleDuplicate
from scopingreview.paths import Review
from scopingreview.work import full_text
from scopingreview.workbench.app import Workbench
from tests.reviews import change_protocol
from tests.workbench.benches import bench, include_all, said, small_review

SMALL = (80, 24)


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return small_review(tmp_path)


def screen_after(
    app: Workbench, keys: Sequence[str], size: tuple[int, int] = SMALL
) -> dict[str, str]:
    """What each part of the screen says after the keys were pressed, one after another."""

    async def press() -> dict[str, str]:
        async with app.run_test(size=size) as pilot:
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            return {
                str(widget.id): str(widget.render())
                for widget in app.screen.query(Static)
                if widget.id
            }

    return asyncio.run(press())


async def settle(pilot: Pilot[None]) -> None:
    """Everything the key set going has happened, searches in a thread too."""
    if any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def typed(text: str) -> list[str]:
    """The keys of a text that is typed and taken."""
    names = {" ": "space", ":": "colon", "-": "minus", ",": "comma"}
    return [*(names.get(letter, letter) for letter in text), "enter"]


def test_one_key_decides_and_the_next_record_stands_there(review: Review):
    shown = screen_after(bench(review), ["i"])
    assert said(review) == ["pubmed:1 include"]
    assert shown["record"].startswith("Mice at night")


def test_a_digit_alone_excludes_for_its_reason(review: Review):
    screen_after(bench(review), ["2", "e", "enter", "m"])
    assert said(review) == ["pubmed:1 exclude population", "pubmed:2 exclude", "pubmed:3 maybe"]


def test_u_takes_back_again_and_again(review: Review):
    shown = screen_after(bench(review), ["i", "1", "u", "u"])
    assert said(review)[2:] == ["pubmed:2 withdrawn", "pubmed:1 withdrawn"]
    assert shown["record"].startswith("Rosters of nurses")
    assert "undo" not in shown["keys"]


def test_n_and_b_look_without_deciding_and_s_puts_off(review: Review):
    assert screen_after(bench(review), ["n", "n", "b"])["record"].startswith("Mice at night")
    assert screen_after(bench(review), ["s"])["record"].startswith("Mice at night")
    assert said(review) == []


def test_a_comment_and_labels_are_kept_with_the_decision(review: Review):
    screen_after(bench(review), ["c", *typed("ask her"), "t", *typed("later, trial"), "i"])
    assert said(review)[-1] == "pubmed:1 include later;trial ask her"


@pytest.mark.parametrize(("size", "lines"), [(SMALL, 3), ((80, 16), 1)])
def test_a_long_comment_is_seen_whole_where_there_are_lines_for_it(
    review: Review, size: tuple[int, int], lines: int
):
    app = bench(review)

    async def look() -> int:
        async with app.run_test(size=size) as pilot:
            await pilot.press(
                "c", *typed("ask the authors whether night and day were told apart " * 3)
            )
            await pilot.pause()
            return app.screen.query_one("#standing").size.height

    assert asyncio.run(look()) == lines


def test_a_label_that_only_contains_also_is_shown(review: Review):
    shown = screen_after(bench(review), ["t", *typed("see also: x")])
    assert "labels see also: x" in shown["standing"]


def test_escape_leaves_a_question_and_nothing_happens(review: Review):
    screen_after(bench(review), ["c", "x", "escape"])
    assert said(review) == []


def test_the_likely_duplicate_is_offered_first(review: Review):
    store.write_duplicates(review, [], [PossibleDuplicate("pubmed:1", "pubmed:4", 0.9)])
    shown = screen_after(bench(review), ["x", "enter"])
    (judged,) = store.read_judgements(review)
    assert (judged.record_id, judged.other_id, judged.same) == ("pubmed:1", "pubmed:4", True)
    assert shown["record"].startswith("Mice at night")


def test_a_duplicate_is_found_by_words_of_its_title(review: Review):
    screen_after(bench(review), ["x", *typed("naps")])
    assert [judged.other_id for judged in store.read_judgements(review)] == ["pubmed:5"]


def test_search_goes_from_hit_to_hit(review: Review):
    assert "A letter" in screen_after(bench(review), ["/", *typed("letter")])["record"]
    again = screen_after(bench(review), ["/", *typed("burnout"), ".", "."])
    assert again["record"].startswith("A letter")


def test_a_filter_lists_the_maybes_and_escape_brings_the_queue_back(review: Review):
    shown = screen_after(bench(review), ["m", "i", "f", *typed("maybe")])
    assert shown["record"].startswith("Rosters of nurses")
    assert "1 of 1 listed" in shown["head"]
    back = screen_after(bench(review), ["f", *typed("mine"), "escape"])
    assert back["record"].startswith("Burnout on wards")


def test_an_unknown_filter_is_refused_with_the_nearest(review: Review):
    shown = screen_after(bench(review), ["f", *typed("lable:x")])
    assert 'Did you mean "label"?' in shown["message"]


def test_g_goes_to_a_record_by_the_end_of_its_id(review: Review):
    assert screen_after(bench(review), ["g", *typed("4")])["record"].startswith("A letter")


def test_l_goes_back_to_an_earlier_decision(review: Review):
    shown = screen_after(bench(review), ["i", "e", "enter", "l", *typed("rosters")])
    assert shown["record"].startswith("Rosters of nurses")
    assert "you said include" in shown["standing"]


def test_terms_are_marked_until_h_is_pressed(review: Review):
    def styles(keys: Sequence[str]) -> set[str]:
        app = bench(review)

        async def look() -> set[str]:
            async with app.run_test(size=SMALL) as pilot:
                await pilot.press(*keys)
                await pilot.pause()
                content = app.screen.query_one("#record", Static).content
                return {str(span.style) for span in content.spans}  # type: ignore[union-attr]

        return asyncio.run(look())

    marks = {"bold underline ansi_green", "reverse ansi_red"}
    assert marks <= styles([])
    assert not marks & styles(["h"])


def test_authors_are_hidden_when_the_protocol_is_blind_to_them(review: Review):
    assert "Doe, Jane" in screen_after(bench(review), [])["record"]
    change_protocol(review, "[title_abstract]\n", "[title_abstract]\nblind_to_authors = true\n")
    assert "Doe, Jane" not in screen_after(bench(review), [])["record"]
    found = screen_after(bench(review), ["/", *typed("doe")])
    assert "No record of the list holds" in found["message"]


def test_criteria_and_help_are_one_key_away(review: Review):
    async def page(key: str) -> str:
        app = bench(review)
        async with app.run_test(size=SMALL) as pilot:
            await pilot.press(key)
            await pilot.pause()
            return "\n".join(str(widget.render()) for widget in app.screen.query(Static))

    assert "Nurses of any grade" in asyncio.run(page("p"))
    assert "Take back what you did last" in asyncio.run(page("question_mark"))


def test_a_wide_screen_has_criteria_and_progress_beside_the_record(review: Review):
    assert "Nurses of any grade" in screen_after(bench(review), ["i"], (120, 40))["beside"]


def test_the_footer_offers_only_what_is_possible_now(review: Review):
    first = screen_after(bench(review), [])["keys"]
    assert "undo" not in first
    assert "back" not in first
    last = screen_after(bench(review), ["i"] * 5)["keys"]
    assert "include" not in last
    assert "undo" in last


def test_at_the_end_the_screen_says_what_the_sitting_came_to(review: Review):
    shown = screen_after(bench(review), ["i", "i", "e", "enter", "m", "i"])
    assert "5 decided in this sitting: 3 include, 1 exclude, 1 maybe" in shown["record"]


def test_a_sitting_with_a_limit_ends_there(review: Review):
    app = bench(review, limit=2)
    screen_after(app, ["i", "i"])
    assert len(said(review)) == 2
    assert app._exit


def test_a_digit_after_exclude_is_the_reason_and_never_excludes_the_next_record(review: Review):
    screen_after(bench(review), ["e", "1", "i"])
    assert said(review) == ["pubmed:1 exclude topic", "pubmed:2 include"]


def test_exclude_can_be_taken_back_at_the_question_for_a_reason(review: Review):
    screen_after(bench(review), ["e", "escape", "i"])
    assert said(review) == ["pubmed:1 include"]


def test_a_preset_changes_the_keys_and_the_footer(review: Review):
    shown = screen_after(bench(review, keys="ymn"), ["y", "n", "enter"])
    assert said(review) == ["pubmed:1 include", "pubmed:2 exclude"]
    assert shown["keys"].startswith("y include  n exclude")


def test_a_full_disk_keeps_the_decision_on_the_screen_to_be_tried_again(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    full = True
    write = vars(store.screened)["append_rows"]

    def append(*arguments: object) -> None:
        if full:
            raise NotWrittenError("could not be written: No space left on device")
        write(*arguments)

    monkeypatch.setattr(store.screened, "append_rows", append)

    async def look() -> None:
        nonlocal full
        app = bench(review)
        async with app.run_test(size=SMALL) as pilot:
            await pilot.press("2", "i", "n")
            message = str(app.screen.query_one("#message", Static).render())
            assert message.startswith("NOT SAVED: exclude: Wrong population · pubmed:1")
            assert "No space left" in message
            assert "try again" in str(app.screen.query_one("#keys", Static).render())
            assert said(review) == []
            full = False
            await pilot.press("enter")
            assert "Mice" in str(app.screen.query_one("#record", Static).render())

    asyncio.run(look())
    assert said(review) == ["pubmed:1 exclude population"]


def test_at_full_text_e_asks_why_and_keeps_what_else_fails(review: Review):
    include_all(review)
    screen_after(bench(review, Phase.FULL_TEXT), ["e", "3", "1", "enter"])
    assert said(review, Phase.FULL_TEXT) == ["pubmed:1 exclude population also:context"]


def test_reports_are_linked_to_their_study(review: Review):
    include_all(review)
    screen_after(
        bench(review, Phase.FULL_TEXT), ["r", *typed("doe-2011"), "i", "r", *typed("doe"), "i"]
    )
    links = store.read_study_links(review)
    assert [(link.record_id, link.study) for link in links] == [
        ("pubmed:1", "doe-2011"),
        ("pubmed:2", "doe-2011"),
    ]


def test_o_shows_the_address_where_no_window_can_open(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(full_text, "has_windows", lambda: False)
    shown = screen_after(bench(review), ["o"])
    assert shown["message"] == "No window can open here: https://doi.org/10.1234/1"
