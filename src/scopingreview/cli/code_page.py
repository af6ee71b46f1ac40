"""What a letter becomes on an output whose code page does not hold it, as some of Windows' do."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TextIO

UTF_8 = codecs.lookup("utf-8").name
AS_NUMBER = "scopingreview.as_number"


def take_any_letter(stream: TextIO) -> None:
    """No letter breaks the output off: what its code page cannot hold goes out as `\\u2713`.

    Into a file or another program Windows would write the code page of its language, which no
    tool asks for any more: there it is UTF-8, unless PYTHONIOENCODING says otherwise.
    """
    if not isinstance(stream, io.TextIOWrapper):  # something put in its place, as in a test
        return
    elsewhere = sys.platform == "win32" and not stream.isatty()
    if elsewhere and "PYTHONIOENCODING" not in os.environ:
        stream.reconfigure(encoding=UTF_8)
    codecs.register_error(AS_NUMBER, _as_number)
    stream.reconfigure(errors=AS_NUMBER)


def holds_any_letter(stream: TextIO) -> bool:
    """Whether the output is UTF-8."""
    return codecs.lookup(stream.encoding or "ascii").name == UTF_8


def _as_number(error: UnicodeError) -> tuple[str, int]:
    """The letters as JSON and most languages write them: one beyond the first 65,536 is two."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    numbers = (units[at : at + 2].hex() for at in range(0, len(units), 2))
    return "".join(f"\\u{number}" for number in numbers), error.end
