"""One entry of an export as its file spells it: tags and values, nothing understood yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scopingreview.formats.layout import Layout

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """Values by tag (or column, or element) in the order of the file; `line` is its first.

    `layout` says what the tags mean.
    """

    line: int
    fields: Fields
    layout: Layout


@dataclass(frozen=True, slots=True)
class Piece:
    """What a reader is given: a stretch of an export that holds whole entries.

    `text` has LF line ends; `head` is the beginning of the whole file, where its header stands.
    `data` are the bytes, for formats that are no text. `columns` is the reviewer's own mapping
    of fields to columns (config/searches.toml).
    """

    text: str = ""
    head: str = ""
    data: bytes = b""
    starts_file: bool = True
    columns: Mapping[str, str] = field(default_factory=dict)
