"""The keyboard of who sits at the terminal, by the system they sit at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from scopingreview.cli.keyboard import Keyboard


@contextmanager
def keyboard_at_hand() -> Iterator[Keyboard | None]:
    """The keyboard of who sits at the terminal; None where lines come from somewhere else."""
    if not sys.stdin.isatty():
        yield None
    elif sys.platform == "win32":
        import msvcrt

        from scopingreview.cli.console_keys import ConsoleKeyboard

        yield ConsoleKeyboard(msvcrt.kbhit, msvcrt.getwch)
    else:
        from scopingreview.cli.terminal_keys import terminal_keyboard

        with terminal_keyboard(sys.stdin, sys.stdout) as keyboard:
            yield keyboard


def pasted_behind() -> str:
    """What was pasted behind the line that was read last; "" for nothing, or without a terminal."""
    if not sys.stdin.isatty():
        return ""
    if sys.platform == "win32":
        import msvcrt

        from scopingreview.cli.console_keys import read_console

        return read_console(msvcrt.kbhit, msvcrt.getwch)
    from scopingreview.cli.terminal_keys import read_waiting

    return read_waiting(sys.stdin.fileno())
