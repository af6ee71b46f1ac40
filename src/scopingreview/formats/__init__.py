"""Exports of databases and reference managers → records. `recognise` and `read` are the door.

One module per format, a row each in `registry`; docs/how-to/add-a-format.md says how to add one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scopingreview.errors import ReviewError
from scopingreview.formats import delimited
from scopingreview.formats.chunk import Chunk
from scopingreview.formats.column_names import check_columns
from scopingreview.formats.databases import foreign_database
from scopingreview.formats.decoding import decode, encoding_of
from scopingreview.formats.first_look import FirstLook, look_at
from scopingreview.formats.format import Format
from scopingreview.formats.no_export import no_export
from scopingreview.formats.oddities import Oddities, Oddity
from scopingreview.formats.reading import Reading, read_chunk, read_entries
from scopingreview.formats.registry import FORMATS
from scopingreview.formats.spans import Span, head_of, spans_of

__all__ = [
    "FORMATS",
    "FirstLook",
    "Format",
    "Oddities",
    "Oddity",
    "Reading",
    "Recognised",
    "Span",
    "foreign_database",
    "format_named",
    "look_at",
    "read",
    "read_chunk",
    "read_entries",
    "recognise",
    "spans_of",
]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file's format and by what it was recognised."""

    format: Format
    evidence: str

    @property
    def name(self) -> str:
        """The format's name."""
        return self.format.name


def recognise(path: Path, columns: Mapping[str, str] | None = None) -> Recognised:
    """The format of the file, by its content; `columns` are the reviewer's own for a table.

    Raises ReviewError with advice when it is none that can be read.
    """
    head = head_of(path)
    if not head.strip(b"\0 \r\n\t"):
        raise ReviewError("this file is empty", where=str(path), hint="Export the search again.")
    check_columns(columns or {})
    chunk = Chunk(
        data=head, head=decode(head, encoding_of(head), Oddities()), columns=columns or {}
    )
    for format_ in FORMATS:
        try:
            evidence = format_.recognise(chunk)
        except ReviewError as error:
            raise ReviewError(error.message, where=str(path), hint=error.hint) from error
        if evidence:
            return Recognised(format_, evidence)
    if guess := delimited.guess(chunk.head):
        refusal = guess.refusal()
        raise ReviewError(refusal.message, where=str(path), hint=refusal.hint)
    what, advice = no_export(chunk)
    raise ReviewError(what, where=str(path), hint=advice)


def format_named(name: str) -> Format:
    """The format of that name; KeyError when there is none."""
    return {format_.name: format_ for format_ in FORMATS}[name]


def read(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[Reading]:
    """The records of the file, chunk by chunk; nothing is held longer than that.

    Raises ReviewError where `recognise` and `read_chunk` do.
    """
    format_ = recognise(path, columns).format
    for span in spans_of(path, format_):
        yield read_chunk(path, span, format_, columns or {})
