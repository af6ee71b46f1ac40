"""What a format is: a name, how it is recognised, where it may be cut, how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scopingreview.formats.chunk import Chunk
from scopingreview.formats.delimited import spelling_of
from scopingreview.formats.layout import Layout
from scopingreview.formats.oddities import Oddities
from scopingreview.formats.raw_entry import RawEntry
from scopingreview.scan import lines_with

CELL_WITHIN = 200  # characters before the first line of a text in a cell


@dataclass(frozen=True, slots=True)
class Format:
    """One export format.

    `recognise` says by what a file's `head` shows the format, "" when it does not.
    `begun` counts the records that begin in a chunk without parsing them: the check on `read`;
    `counted_by` says by what, and what of the reader it does not share.
    `ends` matches the bytes that end a record, so that a big file is read in chunks; None when
    the file must be read whole; a reader that `needs_head` gets the beginning of the file with
    every chunk. `layouts` are all that `read` may use.
    """

    name: str
    recognise: Callable[[Chunk], str]
    begun: Callable[[Chunk], int]
    counted_by: str
    read: Callable[[Chunk, Oddities], Iterator[RawEntry]]
    layouts: tuple[Layout, ...]
    ends: re.Pattern[bytes] | None = None
    binary: bool = False
    needs_head: bool = False


# A cell of a table opens, and nothing but line ends stands in it yet.
OPENS_A_CELL = re.compile(r'[,;\t|]"\s*\Z')


def shows(pattern: str) -> Callable[[Chunk], str]:
    """A `recognise` that finds the pattern at the beginning of a line; shows the line.

    A line inside a cell shows nothing: the text stands in a column of a table.
    """
    compiled = re.compile(rf"^(?:{pattern}).*", re.MULTILINE)

    def recognise(chunk: Chunk) -> str:
        match = compiled.search(chunk.head)
        if match is None or _stands_in_a_cell(match.start(), chunk):
            return ""
        return f'the line "{match[0].strip()[:60]}"'

    return recognise


def _stands_in_a_cell(place: int, chunk: Chunk) -> bool:
    """Whether that place of the head is inside a quoted cell: at its beginning, or of a table."""
    if OPENS_A_CELL.search(chunk.head[max(place - CELL_WITHIN, 0) : place]):
        return True
    if chunk.head.count('"', 0, place) % 2 == 0:
        return False
    table = spelling_of(chunk.head, chunk.columns)
    return table is not None and table.quotes.sign == '"'


def counts(pattern: re.Pattern[str]) -> Callable[[Chunk], int]:
    """A `begun` that counts where the pattern is found."""
    return lambda chunk: sum(1 for _ in pattern.finditer(chunk.text))


def counts_lines(word: str, then: str = "", *, after_blank: bool = False) -> Callable[[Chunk], int]:
    """A `begun` that counts the lines that begin with the word, where the pattern `then` follows.

    `after_blank` says that one blank may stand before the word.
    """
    follows = re.compile(then, re.MULTILINE)

    def begun(chunk: Chunk) -> int:
        places = lines_with(chunk.text, word, after_blank)
        return sum(follows.match(chunk.text, place + len(word)) is not None for place in places)

    return begun
