"""What was pasted behind the line that somebody answered with, in each system's terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

SECONDS = 0.1  # nobody types so soon after Enter
LOOKS = 10  # in that time, at a console that cannot be waited for


def pasted_behind(terminal: int) -> str:
    """The text that waits in the terminal, given by its descriptor; "" when nothing does."""
    if sys.platform == "win32":
        import msvcrt

        return read_console(msvcrt.kbhit, msvcrt.getwch)
    return _read_terminal(terminal)


def read_console(is_waiting: Callable[[], bool], read_key: Callable[[], str]) -> str:
    """The keys that wait in a console of Windows, and those that follow them at once."""
    keys: list[str] = []
    looks = LOOKS
    while looks:
        if is_waiting():
            keys.append(read_key())
            looks = LOOKS
        else:
            looks -= 1
            time.sleep(SECONDS / LOOKS)
    return "".join(keys)


def _read_terminal(terminal: int) -> str:
    if sys.platform == "win32":
        return ""
    import select
    import termios
    import tty

    rest = b""
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSANOW)
        while select.select([terminal], [], [], SECONDS)[0]:
            rest += os.read(terminal, 1 << 16)
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
    return rest.decode(errors="replace")
