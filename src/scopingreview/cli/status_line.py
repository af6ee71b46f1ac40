"""One line on a terminal that says how far long work is, and is gone when the work is done."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from scopingreview.progress_note import Tell, to_nobody
from scopingreview.visible import visible

SECONDS_BETWEEN = 0.1
START_OF_LINE, REST_OF_LINE_GONE = "\r", "\x1b[K"


def draws_screens() -> bool:
    """Whether a terminal here can move its cursor. Windows names none, and all of its can."""
    usual = "" if os.name == "nt" else "dumb"
    return os.environ.get("TERM", usual) != "dumb"


@contextmanager
def status_line(*, wanted: bool) -> Iterator[Tell]:
    """A way to tell how far work is; to nobody when stderr is no terminal that clears a line."""
    if not wanted or not sys.stderr.isatty() or not draws_screens():
        yield to_nobody
        return
    line = _Line(sys.stderr)
    try:
        yield line.tell
    finally:
        line.clear()


class _Line:
    """The last line of the terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._told_at = 0.0

    def tell(self, text: str) -> None:
        """The line says this now, unless it said something else a moment ago; "" clears it."""
        moment = time.monotonic()
        if not text:
            self.clear()
        elif moment - self._told_at >= SECONDS_BETWEEN:
            self._told_at = moment
            width = shutil.get_terminal_size().columns - 1
            self._write(visible(text)[:width])

    def clear(self) -> None:
        """The line is empty again, for what comes next."""
        self._write("")

    def _write(self, text: str) -> None:
        self._stream.write(START_OF_LINE + text + REST_OF_LINE_GONE)
        self._stream.flush()
