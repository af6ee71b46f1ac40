"""The bytes of an export → text with one kind of line end.

Exports come as UTF-8 with or without a byte-order mark (also in mid-file, where two downloads
were joined), as UTF-16, or as Windows-1252 when a spreadsheet saved them again. Line ends are
LF, CRLF, CR, or a mixture. Nothing here knows what the text means.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import AnyStr

from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.scan import with_line_feeds

UTF_8 = "utf-8"
WINDOWS = "cp1252"
SAMPLE_BYTES = 1024  # of a file: they show its encoding
BYTE_ORDER_MARK = codecs.BOM_UTF8
REPLACED = "\ufffd".encode()
LEAD = b"\xef"  # both begin with it, little else does, and one byte is found at once
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# UTF-8 that somebody read as Windows-1252: Ã, Â, Å or â€ and the character of a following byte.
# Of each the last sign is looked for: one sign is found in no time.
GARBLED = ("Ã", "Â", "Å", "â€")
FOLLOWING = frozenset(map(chr, range(0x80, 0xC0))) | frozenset(
    character for byte in range(0x80, 0xC0) for character in bytes([byte]).decode(WINDOWS, "ignore")
)


def encoding_of(head: bytes) -> str:
    """The encoding that the first bytes of a file announce; UTF-8 when they announce nothing."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    sample = head[:SAMPLE_BYTES]
    if sample.count(0) > len(sample) // 4:
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    return UTF_8


def decode(data: bytes, encoding: str, oddities: Oddities) -> str:
    """The text, every line ended by LF alone, without byte-order marks.

    A byte that is not UTF-8 is read as the Windows-1252 character it is there, and reported.
    """
    if encoding != UTF_8:
        data = _as_utf_8(data, encoding, oddities)
    data = with_line_feeds(data)
    if data.isascii():
        return data.decode("ascii")
    if LEAD in data:
        data = _without_marks(data, oddities)
    try:
        text = data.decode(UTF_8)
    except UnicodeDecodeError:
        text = _decode_with_exceptions(data, oddities)
    if garbled := _garbled(text):
        _note_lines(text, garbled, Kind.MOJIBAKE, oddities)
    return text


def _as_utf_8(data: bytes, encoding: str, oddities: Oddities) -> bytes:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        oddities.note(Kind.UNDECODABLE, 1)
        text = data.decode(encoding, "replace")
    return text.encode(UTF_8, "replace")


def _decode_with_exceptions(data: bytes, oddities: Oddities) -> str:
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode(UTF_8)
        except UnicodeDecodeError:
            oddities.note(Kind.NOT_UTF_8, number)
    codecs.register_error("as-windows", _as_windows)
    return data.decode(UTF_8, "as-windows")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    return wrong.decode(WINDOWS, "replace"), error.end


def _without_marks(data: bytes, oddities: Oddities) -> bytes:
    """The bytes without byte-order marks; those in mid-file are noted, and lost characters."""
    marks = list(_places(data, BYTE_ORDER_MARK))
    _note_lines(data, filter(None, marks), Kind.MARK_IN_MID_FILE, oddities)
    _note_lines(data, _places(data, REPLACED), Kind.REPLACED_CHARACTER, oddities)
    return data.replace(BYTE_ORDER_MARK, b"") if marks else data


def _garbled(text: str) -> list[int]:
    """Where garbled accents stand, in order."""
    return sorted(
        place
        for signs in GARBLED
        for place in _places(text, signs[-1])
        if text[place + 1 : place + 2] in FOLLOWING and text.endswith(signs, 0, place + 1)
    )


def _places(data: AnyStr, what: AnyStr) -> Iterator[int]:
    place = data.find(what)
    while place >= 0:
        yield place
        place = data.find(what, place + 1)


def _note_lines(data: AnyStr, places: Iterable[int], kind: Kind, oddities: Oddities) -> None:
    """One note per line that holds one of the places; they come in order."""
    end = "\n" if isinstance(data, str) else b"\n"
    line, last_line, position = 1, 0, 0
    for place in places:
        line += data.count(end, position, place)
        position = place
        if line != last_line:
            oddities.note(kind, line)
        last_line = line
