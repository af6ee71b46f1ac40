"""What `compiled` does, in Python, everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

# The line ends stand in the patterns: they are found ten times faster than beginnings of lines.
RIS_END = "\nER  -"
RIS_TAG = re.compile(r"\n([A-Z][A-Z0-9])  - ?")
# What parts words, but the space: to look for each takes less time than to look at each character
# of a text that is this long.
BLANKS = tuple(sign for sign in map(chr, range(0x3001)) if sign.isspace() and sign != " ")
ASCII_BLANKS = tuple(filter(str.isascii, BLANKS))
SPACES = re.compile("   *")
LONG = 500  # characters
LONE_RETURN = re.compile(rb"\r(?!\n)")


def with_line_feeds(data: bytes) -> bytes:
    """The bytes with a line feed alone at the end of every line, where CR or CR LF stood."""
    return LONE_RETURN.sub(b"\n", data).replace(b"\r", b"") if b"\r" in data else data


def count_lines(text: str) -> int:
    """How many lines end in the text."""
    return text.count("\n")


def lines_with(text: str, word: str, after_blank: bool) -> list[int]:
    """Where the word stands at the beginning of a line, or after one blank (space or tab) there."""
    return [match.start() for match in _at_line(word, after_blank).finditer(text)]


@cache
def _at_line(word: str, after_blank: bool) -> re.Pattern[str]:
    # The letters come first: they are searched for ten times faster than beginnings of lines.
    letters = re.escape(word)
    blank = rf"|(?<=^[ \t]{letters})" if after_blank else ""
    return re.compile(rf"{letters}(?:(?<![^\n]{letters}){blank})", re.MULTILINE)


def tagged_record(text: str, begin: int) -> tuple[int, str, dict[str, list[str]], int, bool] | None:
    """What stands in a text of RIS from a place on to the next line that ends a record (`ER  -`).

    Where that line begins; the head, which is what comes before the first line with a tag
    (`TI  - `); the values by tag, in the order of their first lines and without blanks around
    them, but a value that goes on in another line as it is; how many line ends there are; and
    whether any value goes on. None when no record ends behind the place.
    """
    end = text.find(RIS_END, begin)
    if end < 0:
        return None
    block = text[begin:end]
    head, *parts = RIS_TAG.split(block)
    tags, values = parts[::2], parts[1::2]
    breaks = block.count("\n")
    goes_on = breaks > len(tags) + head.count("\n")
    fields: dict[str, list[str]] = {}
    for tag, value in zip(tags, map(_stripped_line if goes_on else str.strip, values), strict=True):
        if tag in fields:
            fields[tag].append(value)
        else:
            fields[tag] = [value]
    return end, head, fields, breaks, goes_on


def _stripped_line(value: str) -> str:
    """The value without blanks around it; one of several lines as it is."""
    return value if "\n" in value else value.strip()


def in_one_line(text: str) -> str:
    """The text without blanks around it and with one space for each blank or row of blanks.

    As `" ".join(text.split())` has it, without making a word of each word.
    """
    if len(text) > LONG or not text.isprintable():
        for blank in ASCII_BLANKS if text.isascii() else BLANKS:
            text = text.replace(blank, " ")
    if "  " in text:
        text = SPACES.sub(" ", text)
    return text.strip()


def holds_any(text: str, words: tuple[str, ...]) -> bool:
    """Whether any of the words stands in the text, as a word or in another one."""
    for word in words:  # noqa: SIM110  # a generator would take twice the time
        if word in text:
            return True
    return False


def csv_rows(rows: Iterable[Sequence[str]]) -> tuple[bytes, list[int]]:
    """The rows one after the other, each as `csv_row` has it, and how many bytes each takes."""
    written = list(map(csv_row, rows))
    return b"".join(written), list(map(len, written))


def csv_row(cells: Sequence[str]) -> bytes:
    """The cells as a row of CSV in UTF-8, without the line's end.

    Says what `csv` would say in a tenth of the time (it looks at every character of every
    abstract), and quotes a lone carriage return, which `csv` writes but cannot read.
    """
    text = "".join(cells)
    if '"' in text or "\n" in text or "\r" in text:
        return ",".join(map(_cell, cells)).encode()
    return ",".join([f'"{cell}"' if "," in cell else cell for cell in cells]).encode()


def _cell(text: str) -> str:
    """The cell, in quotes where it needs them."""
    if '"' in text:
        return '"' + text.replace('"', '""') + '"'
    if "," in text or "\n" in text or "\r" in text:
        return f'"{text}"'
    return text
