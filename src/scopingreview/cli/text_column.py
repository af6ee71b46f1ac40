"""Text in as many columns as the screen has: broken between words, never cut.

Only where somebody reads it: into a file or another program lines go as they are, unless COLUMNS
asks for a width.
"""

from __future__ import annotations

import os
import re
import textwrap
from collections.abc import Iterable, Sequence
from typing import TextIO

NARROWEST = 20  # columns: in fewer nothing can be read, however it is broken
STEP = "  "
REMARK = re.compile(r"(.*?)(?: (\([^()]*\)))?", re.DOTALL)
CONTINUED = " \\"  # a shell reads on in the next line


def columns_of(stream: TextIO) -> int:
    """How many columns a line may fill on the stream; 0 where lines are left as they are."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return max(int(asked), NARROWEST)
    try:
        return max(os.get_terminal_size(stream.fileno()).columns, NARROWEST)
    except (OSError, ValueError):  # no terminal; or one that was put in its place, as in a test
        return 0


def wrapped(text: str, columns: int) -> str:
    """The text with no line longer than that, as far as words are not; indented lines stay so."""
    if not columns:
        return text
    return "\n".join(_wrapped_line(line, columns) for line in text.split("\n"))


def _wrapped_line(line: str, columns: int) -> str:
    if len(line) <= columns:
        return line
    indent = line[: len(line) - len(line.lstrip())][: columns // 2]
    return textwrap.fill(
        line.strip(),
        columns,
        initial_indent=indent,
        subsequent_indent=indent + STEP,
        break_long_words=False,
        break_on_hyphens=False,
    )


def shortened(text: str, most: int) -> str:
    """The text for a cell of a table, cut where it is longer: nothing hangs on the rest."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def wrapped_command(text: str, columns: int) -> str:
    """A line with a command to run: what is copied from several lines is still one command.

    What stands behind it in brackets gets a line of its own.
    """
    if not columns or len(text) <= columns:
        return text
    command, remark = REMARK.fullmatch(text).groups("")  # type: ignore[union-attr]  # any text is
    lines = textwrap.wrap(
        command, columns - len(CONTINUED), break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(filter(None, [f"{CONTINUED}\n".join(lines), wrapped(remark, columns)]))


def in_rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table too wide for the screen, a line each row: `ab: decided 12, left 30`."""
    return [_row_in_words(header, row) for row in rows]


def _row_in_words(header: Sequence[str], row: Sequence[str]) -> str:
    (_, first), *others = zip(header, row, strict=True)
    told = ", ".join(f"{name} {cell}".strip() for name, cell in others if cell)
    return f"{first}: {told}" if first and told else first or told
