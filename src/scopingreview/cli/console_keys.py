"""Keys in a console of Windows, which marks nothing that is pasted."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from scopingreview.cli.keyboard import END_OF_INPUT, PASTED

SECONDS = 0.1  # nobody types so soon after Enter
AT_ONCE = 0.01  # nor two keys so soon after each other
LOOKS = 10  # in that time: a console cannot be waited for
ARROWS = {"H": "up", "P": "down", "M": "right", "K": "left"}
NAMES = {
    " ": "space",
    "\x1a": END_OF_INPUT,  # Ctrl-Z
    # Of the block of arrows and of that of digits.
    **{block + key: name for block in "\xe0\x00" for key, name in ARROWS.items()},
}


class ConsoleKeyboard:
    """A `Keyboard` by two calls of the console: whether a key waits, and the next key."""

    def __init__(self, is_waiting: Callable[[], bool], read_key: Callable[[], str]) -> None:
        self._is_waiting, self._read_key = is_waiting, read_key

    def key(self) -> str:
        """The next key that is pressed from now on."""
        self.drop_waiting()
        key = self._read_key()
        if key in ("\x00", "\xe0"):
            key += self._read_key()
        if key == "\x03":
            raise KeyboardInterrupt
        if read_console(self._is_waiting, self._read_key, seconds=AT_ONCE):
            read_console(self._is_waiting, self._read_key)
            return PASTED
        return NAMES.get(key, key)

    def drop_waiting(self) -> None:
        """What was typed ahead is gone."""
        while self._is_waiting():
            self._read_key()

    def by_lines(self) -> AbstractContextManager[None]:
        """A console of Windows collects lines whenever one is asked for."""
        return nullcontext()


def read_console(
    is_waiting: Callable[[], bool], read_key: Callable[[], str], *, seconds: float = SECONDS
) -> str:
    """The keys that wait, and those that follow so soon after each other."""
    keys: list[str] = []
    looks = LOOKS
    while looks:
        if is_waiting():
            keys.append(read_key())
            looks = LOOKS
        else:
            looks -= 1
            time.sleep(seconds / LOOKS)
    return "".join(keys)
