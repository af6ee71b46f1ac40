"""What a format is: a name, how it is recognised, where it may be cut, how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scopingreview.formats.layout import Layout
from scopingreview.formats.oddities import Oddities
from scopingreview.formats.raw_entry import Entry, Piece


@dataclass(frozen=True, slots=True)
class Format:
    """One export format.

    `recognise` says by what a file's `head` shows the format, "" when it does not.
    `begun` counts the records that begin in a piece without parsing them: the check on `read`.
    `ends` matches the bytes that end a record, so that a big file is read in pieces; None when
    the file must be read whole; a reader that `needs_head` gets the beginning of the file with
    every piece. `layouts` are all that `read` may use.
    """

    name: str
    recognise: Callable[[Piece], str]
    begun: Callable[[Piece], int]
    read: Callable[[Piece, Oddities], Iterator[Entry]]
    layouts: tuple[Layout, ...]
    ends: re.Pattern[bytes] | None = None
    binary: bool = False
    needs_head: bool = False


def shows(pattern: str) -> Callable[[Piece], str]:
    """A `recognise` that finds the pattern at the beginning of a line; shows the line."""
    compiled = re.compile(rf"^(?:{pattern}).*", re.MULTILINE)

    def recognise(piece: Piece) -> str:
        match = compiled.search(piece.head)
        return f'the line "{match[0].strip()[:60]}"' if match else ""

    return recognise


def counts(pattern: re.Pattern[str]) -> Callable[[Piece], int]:
    """A `begun` that counts where the pattern is found."""
    return lambda piece: sum(1 for _ in pattern.finditer(piece.text))
