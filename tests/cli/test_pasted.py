"""What is pasted behind an answer in a console of Windows."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from scopingreview.cli.pasted import read_console
from scopingreview.cli.prompt import NAMES


def console(*keys: str) -> tuple[Callable[[], bool], Callable[[], str]]:
    """kbhit and getwch of a console: an empty key is a moment in which none waits."""
    waiting = list(keys)

    def is_waiting() -> bool:
        if waiting and not waiting[0]:
            waiting.pop(0)
            return False
        return bool(waiting)

    return is_waiting, lambda: waiting.pop(0)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ((), ""),
        (tuple("second\rthird"), "second\rthird"),
        (("a", "", "", "b"), "ab"),
    ],
)
def test_every_key_that_waits_is_taken(
    keys: tuple[str, ...], text: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    assert read_console(*console(*keys)) == text


def test_what_is_typed_later_is_left_for_the_next_question(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    is_waiting, read_key = console("a", *[""] * 10, "i")
    assert read_console(is_waiting, read_key) == "a"
    assert is_waiting()


def test_the_arrows_of_a_windows_console_are_arrows():
    assert [NAMES[block + key] for block in "\xe0\x00" for key in "HPMK"] == [
        "up",
        "down",
        "right",
        "left",
    ] * 2
