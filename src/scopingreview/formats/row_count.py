"""How many rows a table in text has, counted without the reader of tables.

Knows no name of a column and no `csv`: a cell in quotes is one where the quote opens behind a
separator and closes before one, the separator is the one that stands equally often in most
lines, and the rows begin below the first line that holds it as often.
"""

from __future__ import annotations

import re
from collections import Counter

SEPARATORS = (",", ";", "\t", "|")
BLANK = ',;|\t "'
QUOTED_CELL = re.compile(
    r"""(?P<before>^|[,;\t|][ ]*)
        (?: "(?P<double>(?:[^"\\]++|""|\\.|\\(?=["]))*+)" | '(?P<single>[^'\n]*+)' )
        (?=[ ]*(?:[,;\t|\n]|\Z))""",
    re.MULTILINE | re.VERBOSE | re.DOTALL,
)
FIRST_ROW_NAME = re.compile(r"1\W")


def rows_in(text: str) -> int:
    """Lines outside quotes below the header that hold a separator and something besides.

    A line that repeats the header is no row.
    """
    lines = [line for line in QUOTED_CELL.sub(_flat, text).split("\n") if line.strip(BLANK)]
    separator, times = _usual(lines)
    rows = [line for line in lines if separator in line]
    if not rows:
        return 0
    at = _header_place(rows, separator, times)
    header = rows[at].split(separator)[:3]
    return sum(row.split(separator)[:3] != header for row in rows[at + 1 :])


def _flat(match: re.Match[str]) -> str:
    """The cell without separators and line ends; a line that is one cell, without its quotes."""
    text = match["double"] if match["double"] is not None else match["single"]
    whole_line = not match["before"] and match.string[match.end() : match.end() + 1] in ("", "\n")
    if whole_line and match.start() in (0, match.string.rfind("\n", 0, match.start() + 1) + 1):
        return QUOTED_CELL.sub(_flat, text.replace("\n", " ").replace('""', '"'))
    return match["before"] + re.sub(r"[,;\t|\n]", " ", text)


def _usual(lines: list[str]) -> tuple[str, int]:
    """The separator that stands equally often in most lines, and how often it does."""
    found = []
    for separator in SEPARATORS:
        counted = Counter(count for line in lines if (count := line.count(separator)))
        found += [(in_lines, times, separator) for times, in_lines in counted.most_common(1)]
    _, times, separator = max(found, default=(0, 0, SEPARATORS[0]))
    return separator, times


def _header_place(rows: list[str], separator: str, times: int) -> int:
    """Which of the rows is the header: the first filled one with as many separators as most.

    Or the one above it, where that is a header of another length.
    """
    even = [at for at, row in enumerate(rows) if row.count(separator) == times]
    first = next((at for at in even if _is_filled(rows[at].split(separator))), even[0])
    has_other_length = first > 0 and _is_header_of(rows[first - 1], rows[first], separator)
    return first - 1 if has_other_length else first


def _is_filled(cells: list[str]) -> bool:
    """Whether more than half of the cells hold something, as those of a header do.

    A line above it that a spreadsheet filled up with separators is emptier.
    """
    return 2 * sum(map(bool, map(str.strip, cells))) > len(cells)


def _is_header_of(line: str, row: str, separator: str) -> bool:
    """Whether the line above the first even row is its header although it is not as long.

    Longer where the rows end in empty cells that are not written; one cell shorter where every
    row ends in a separator, or begins with its number, which has no name (R writes so).
    """
    more = line.count(separator) - row.count(separator)
    numbered = FIRST_ROW_NAME.match(row) is not None
    return more > 0 or (more == -1 and (row.endswith(separator) or numbered))
