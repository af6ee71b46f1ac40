"""A first look at an export, before it is read: its format, how many records, from which database.

Records are counted where they begin, without being read; of what they hold only the first chunk
is read. So a file of a gigabyte is looked at in seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scopingreview.formats.chunk import Chunk
from scopingreview.formats.decoding import decode
from scopingreview.formats.format import Format
from scopingreview.formats.oddities import Oddities
from scopingreview.formats.reading import read_chunk
from scopingreview.formats.spans import Span, announced_encoding, read_span, spans_of


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What shows of an export: the records that begin in it, and the layouts of the first ones."""

    records: int
    layouts: tuple[str, ...]


def look_at(path: Path, format_: Format, columns: Mapping[str, str]) -> FirstLook:
    """The first look at a file of that format. Raises ReviewError where `read_chunk` does."""
    spans = spans_of(path, format_)
    first = next(spans)
    reading = read_chunk(path, first, format_, columns)
    rest = sum(_begun(path, span, format_) for span in spans)
    return FirstLook(reading.begun + rest, tuple(reading.layouts))


def _begun(path: Path, span: Span, format_: Format) -> int:
    text = decode(read_span(path, span), announced_encoding(path), Oddities())
    return format_.begun(Chunk(text=text))
