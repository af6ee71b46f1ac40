"""CSV that people or their spreadsheets saved: every row with its line, or what is wrong with it.

A quote that is never closed would swallow every row after it, so nothing is taken leniently.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from itertools import chain

from scopingreview.errors import ReviewError

PIECE = 1 << 20  # characters: a StringIO takes four bytes for each


def rows_of(text: str, where: str = "", *, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The rows of the text, each with the line it ends on.

    Raises ReviewError, about `where`, with the line in which a quote opens that is not closed.
    """
    csv.field_size_limit(sys.maxsize)
    lines = chain.from_iterable(io.StringIO(piece, newline="") for piece in _pieces(text))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    begun = 0
    while True:
        begun = reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _unclosed(text, where, begun, str(error)) from error
        yield reader.line_num, row


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that end where a line does."""
    begin = 0
    while begin < len(text):
        end = text.find("\n", begin + PIECE) + 1 or len(text)
        yield text[begin:end]
        begin = end


def _unclosed(text: str, where: str, lines_before: int, why: str) -> ReviewError:
    """The complaint about a row, at the line whose end lies inside a quote."""
    number = lines_before + 1
    for number, line in enumerate(io.StringIO(text), 1):
        if number > lines_before and line.count('"') % 2:
            break
    return ReviewError(
        f"a quote that opens in this line is not closed as it should be ({why})",
        where=where,
        line=number,
        hint='A text with a comma or a line end stands between two quotes; a quote in it is "".',
    )
