"""The bytes of an export → text with one kind of line end.

Exports come as UTF-8 with or without a byte-order mark (also in mid-file, where two downloads
were joined), as UTF-16, or as Windows-1252 when a spreadsheet saved them again. Line ends are
LF, CRLF, CR, or a mixture. Nothing here knows what the text means.
"""

from __future__ import annotations

import codecs
import re

from scopingreview.formats.oddities import Kind, Oddities

UTF_8 = "utf-8"
WINDOWS = "cp1252"
BYTE_ORDER_MARK = "\ufeff"
REPLACED = "\ufffd"
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MOJIBAKE = re.compile(
    "[ÃÂÅ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u2013-\u203a\u20ac\u2122]|â€|ï»¿"
)


def encoding_of(head: bytes) -> str:
    """The encoding that the first bytes of a file announce; UTF-8 when they announce nothing."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    sample = head[:1024]
    if sample.count(0) > len(sample) // 4:
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    return UTF_8


def decode(data: bytes, encoding: str, oddities: Oddities) -> str:
    """The text, every line ended by LF alone, without byte-order marks.

    A byte that is not UTF-8 is read as the Windows-1252 character it is there, and reported.
    """
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = _decode_with_exceptions(data, encoding, oddities)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _report(text, oddities)
    if BYTE_ORDER_MARK in text:
        text = text.replace(BYTE_ORDER_MARK, "")
    return text


def _decode_with_exceptions(data: bytes, encoding: str, oddities: Oddities) -> str:
    if encoding != UTF_8:
        oddities.note(Kind.UNDECODABLE, 1)
        return data.decode(encoding, "replace")
    lines = re.split(b"\r\n|\r|\n", data)
    for number, line in enumerate(lines, 1):
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


def _report(text: str, oddities: Oddities) -> None:
    if text.isascii():
        return
    if text.find(BYTE_ORDER_MARK, 1) > 0:
        _note_each(text, re.compile(f"(?<!^){BYTE_ORDER_MARK}"), Kind.MARK_IN_MID_FILE, oddities)
    if REPLACED in text:
        _note_each(text, re.compile(REPLACED), Kind.REPLACED_CHARACTER, oddities)
    if "Ã" in text or "â€" in text or "Â" in text or "ï»¿" in text:
        _note_each(text, MOJIBAKE, Kind.MOJIBAKE, oddities)


def _note_each(text: str, pattern: re.Pattern[str], kind: Kind, oddities: Oddities) -> None:
    """One note per line that holds the pattern."""
    line, position = 1, 0
    for match in pattern.finditer(text):
        newlines = text.count("\n", position, match.start())
        if newlines or not position:
            oddities.note(kind, line + newlines)
        line, position = line + newlines, match.start()
