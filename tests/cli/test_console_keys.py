"""Keys in a console of Windows, and what is pasted there."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from scopingreview.cli.console_keys import ConsoleKeyboard, read_console
from scopingreview.cli.keyboard import END_OF_INPUT, PASTED


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


def keyboard(*keys: str) -> ConsoleKeyboard:
    """Nothing waits; when a key is asked for, these follow each other at once."""
    pressed = list(keys)
    asked: list[str] = []

    def read_key() -> str:
        asked.append(pressed.pop(0))
        return asked[-1]

    return ConsoleKeyboard(lambda: bool(asked and pressed), read_key)


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ("i", "i"),
        (" ", "space"),
        ("\x1a", END_OF_INPUT),
        *((block + key, name) for block in "\xe0\x00" for key, name in
          zip("HPMK", ("up", "down", "right", "left"), strict=True)),
        ("ie", PASTED),
        ("time is money", PASTED),
    ],
)  # fmt: skip
def test_a_key_has_its_name_and_what_comes_at_once_is_no_key(keys: str, key: str):
    assert keyboard(*keys).key() == key


def test_what_was_pressed_before_a_key_is_asked_for_is_dropped(monkeypatch: pytest.MonkeyPatch):
    """Here nothing tells it from a pasted text."""
    monkeypatch.setattr(time, "sleep", lambda _: None)
    waiting, later = list("ime"), ["u"]
    read = [*waiting, *later]
    at_hand = ConsoleKeyboard(lambda: len(read) > len(later), lambda: read.pop(0))
    assert at_hand.key() == "u"


def test_ctrl_c_interrupts():
    with pytest.raises(KeyboardInterrupt):
        keyboard("\x03").key()
