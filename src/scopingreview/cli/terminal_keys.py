"""Keys in a terminal of Linux or macOS, which may mark what is pasted ("bracketed paste").

Whether it does, its description says (terminfo, the capabilities BE and BD of xterm).
"""

from __future__ import annotations

import codecs
import os
import select
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from scopingreview.cli.keyboard import END_OF_INPUT, PASTED

SECONDS = 0.1  # nobody types so soon after Enter; what is pasted comes without such a pause
AT_ONCE = 0.01  # nobody types two keys so soon after each other; a key of several bytes comes so
BEGIN_OF_PASTE, END_OF_PASTE = b"\x1b[200~", b"\x1b[201~"
NAMES = {
    " ": "space",
    "": END_OF_INPUT,
    **{f"\x1b{block}{key}": name for block in "[O" for key, name in
       zip("ABCD", ("up", "down", "right", "left"), strict=True)},
}  # fmt: skip


@contextmanager
def terminal_keyboard(typed: TextIO, shown: TextIO) -> Iterator[TerminalKeyboard]:
    """The keyboard of a terminal, which shows no key meanwhile; afterwards it is as it was."""
    keyboard = TerminalKeyboard(typed, shown)
    keyboard.listen()
    try:
        yield keyboard
    finally:
        keyboard.leave()


class TerminalKeyboard:
    """A `Keyboard` by the descriptor of a terminal."""

    def __init__(self, typed: TextIO, shown: TextIO) -> None:
        self._terminal = typed.fileno()
        self._shown = shown
        self._decoder = codecs.getincrementaldecoder(typed.encoding)("replace")
        self._before = termios.tcgetattr(self._terminal)
        self._marks = _marks(shown)

    def listen(self) -> None:
        """Keys come one by one; Ctrl-C interrupts, and nothing else has a meaning of its own."""
        mode = termios.tcgetattr(self._terminal)
        mode[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON)
        for sign in (termios.VSUSP, termios.VQUIT):
            mode[tty.CC][sign] = b"\x00"
        mode[tty.CC][termios.VMIN], mode[tty.CC][termios.VTIME] = 1, 0
        termios.tcsetattr(self._terminal, termios.TCSADRAIN, mode)
        self._say(0)

    def leave(self) -> None:
        """The terminal is as it was; what waits is left to whoever reads next."""
        self._say(1)
        termios.tcsetattr(self._terminal, termios.TCSADRAIN, self._before)

    def _say(self, which: int) -> None:
        if self._marks is not None:
            self._shown.write(self._marks[which])
            self._shown.flush()

    def key(self) -> str:
        """The next key, also one that was typed ahead where pastes are marked."""
        if self._marks is None:
            self.drop_waiting()
        key = self._read_key()
        if key == BEGIN_OF_PASTE.decode():
            self._read_paste()
            return PASTED
        if self._marks is None and self._is_waiting(AT_ONCE):
            read_waiting(self._terminal)
            return PASTED
        return NAMES.get(key, key)

    def drop_waiting(self) -> None:
        """What was typed ahead is gone."""
        termios.tcflush(self._terminal, termios.TCIFLUSH)

    @contextmanager
    def by_lines(self) -> Iterator[None]:
        """The terminal is as it was before: it collects a line and shows it."""
        self.leave()
        try:
            yield
        finally:
            self.listen()

    def _is_waiting(self, seconds: float) -> bool:
        return bool(select.select([self._terminal], [], [], seconds)[0])

    def _read_key(self) -> str:
        """A character, or a key's sequence, which ends with a letter or `~`; "" at the end."""
        key = self._read_character()
        if key == "\x1b" and self._is_waiting(AT_ONCE):
            key += self._read_character()
            while key[1] in "[O" and (len(key) == 2 or key[-1] in "0123456789;"):
                if not self._is_waiting(SECONDS):
                    break
                key += self._read_character()
        return key

    def _read_character(self) -> str:
        """Byte by byte: what is left waits in the system, for whatever asks next."""
        while byte := os.read(self._terminal, 1):
            if character := self._decoder.decode(byte):
                return character
        return ""

    def _read_paste(self) -> None:
        text = b""
        while not text.endswith(END_OF_PASTE) and (byte := os.read(self._terminal, 1)):
            text += byte


def read_waiting(terminal: int) -> str:
    """The text that waits in the terminal, given by its descriptor, and what follows at once."""
    rest = b""
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSANOW)
        while select.select([terminal], [], [], SECONDS)[0]:
            rest += os.read(terminal, 1 << 16)
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
    return rest.decode(errors="replace")


def _marks(shown: TextIO) -> tuple[str, str] | None:
    """What makes the terminal begin and end to mark what is pasted; None where it does not."""
    if not shown.isatty():
        return None
    import curses

    try:
        curses.setupterm(fd=shown.fileno())
    except curses.error:  # nobody has described this terminal
        return None
    begin, end = curses.tigetstr("BE"), curses.tigetstr("BD")
    return (begin.decode(), end.decode()) if begin and end else None
