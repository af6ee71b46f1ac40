"""What the reader of a format is given: some whole entries of an export, decoded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# Bytes of a record, and of a cell: the largest have thousands of authors, and a few megabytes.
MOST_OF_RECORD = 128 << 20


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of an export that holds whole entries, or all of it when it is small.

    `text` has LF line ends; `head` is the beginning of the whole file, where its header stands.
    `data` are the bytes, for formats that are no text. `columns` is the reviewer's own mapping
    of fields to columns (config/searches.toml).
    """

    text: str = ""
    head: str = ""
    data: bytes = b""
    starts_file: bool = True
    columns: Mapping[str, str] = field(default_factory=dict)
