"""A file on disk → spans of it that hold whole records, so that none need hold it all.

A big file of a format that can be cut is read in chunks, each by whichever process is free. The
spans of the chunks touch and leave nothing out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from scopingreview.errors import ReviewError
from scopingreview.formats.chunk import MOST_OF_RECORD
from scopingreview.formats.decoding import SAMPLE_BYTES, UTF_8, encoding_of
from scopingreview.formats.excel import XLS, XLSX
from scopingreview.formats.format import Format

# A fourteenth less work than with chunks of half a megabyte, for 40 MB more: measured.
CHUNK_BYTES = 1 << 21
WORKBOOKS = (XLSX, XLS)
HEAD_BYTES = 64 << 10
WINDOW_BYTES = 32 << 10


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes of a file from `start` up to `end`."""

    start: int
    end: int


def head_of(path: Path) -> bytes:
    """The first bytes of the file, enough to recognise it and to find its header.

    Of a workbook all of it: less cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        return head + file.read() if head.startswith(WORKBOOKS) else head


def announced_encoding(path: Path) -> str:
    """The encoding that the first bytes of the file announce."""
    with path.open("rb") as file:
        return encoding_of(file.read(SAMPLE_BYTES))


def spans_of(path: Path, format_: Format) -> Iterator[Span]:
    """The file cut at ends of records into spans of two megabytes; one when it is small.

    Raises ReviewError for a record that is too large to be one.
    """
    size = path.stat().st_size
    start = 0
    if format_.ends is not None and announced_encoding(path) == UTF_8:
        with path.open("rb") as file:
            while size - start > 2 * CHUNK_BYTES:
                end = _next_end(file, start + CHUNK_BYTES, format_)
                if end - start > MOST_OF_RECORD + CHUNK_BYTES:
                    raise _no_record(path, file, start, format_)
                if end >= size:
                    break
                yield Span(start, end)
                start = end
    yield Span(start, size)


def _next_end(file: BinaryIO, position: int, format_: Format) -> int:
    """Where the first record ends that ends after the position; the file's end when none does.

    Further than a record can reach it is not looked for: the end is wherever that is. A match that
    touches the end of a window is looked at again in the next one: it may go on.
    """
    assert format_.ends is not None
    begin = position
    while True:
        file.seek(position)
        window = file.read(WINDOW_BYTES)
        match = format_.ends.search(window, 1)
        if match and (match.end() < len(window) or len(window) < WINDOW_BYTES):
            return position + match.end()
        if len(window) < WINDOW_BYTES or position - begin > MOST_OF_RECORD:
            return position + len(window)
        position += WINDOW_BYTES // 2


def _no_record(path: Path, file: BinaryIO, start: int, format_: Format) -> ReviewError:
    """The complaint about what goes on for too long, with the line on which it begins."""
    assert format_.ends is not None
    file.seek(start)
    before = max(
        (match.end() for match in format_.ends.finditer(file.read(CHUNK_BYTES))), default=0
    )
    file.seek(0)
    line, left = 1, start + before
    while left > 0:
        piece = file.read(min(left, CHUNK_BYTES))
        line, left = line + piece.count(b"\n"), left - len(piece)
    return ReviewError(
        f"a record of more than {MOST_OF_RECORD >> 20} MB is none: no end of one stands there",
        where=str(path),
        line=line,
        hint="Is a part of the file damaged? Export it again.",
    )


def read_span(path: Path, span: Span) -> bytes:
    """The bytes of the span."""
    with path.open("rb") as file:
        file.seek(span.start)
        return file.read(span.end - span.start)
