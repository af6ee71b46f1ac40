"""A span of an export → a chunk to read → records and what was odd about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from scopingreview.errors import ReviewError
from scopingreview.formats.chunk import Chunk
from scopingreview.formats.compose import compose
from scopingreview.formats.decoding import decode
from scopingreview.formats.format import Format
from scopingreview.formats.oddities import Kind, Oddities, Oddity
from scopingreview.formats.raw_entry import RawEntry
from scopingreview.formats.spans import Span, announced_encoding, head_of, read_span
from scopingreview.formats.values.plain_kinds import is_standard_number
from scopingreview.model import Content, Record
from scopingreview.scan import count_lines

BATCH = 64  # entries understood at a time: what a core's cache holds


@dataclass(frozen=True, slots=True)
class Reading:
    """What a chunk of an export held.

    `contents` is what each record holds. `begun` counts record beginnings apart from the reader.
    Ordinals and lines count from 1 in the chunk; `lines` is how many lines it has. `layouts`
    counts records by the name of the layout they were read with.
    """

    contents: tuple[Content, ...]
    begun: int
    lines: int
    oddities: tuple[Oddity, ...] = ()
    layouts: Mapping[str, int] = field(default_factory=dict)

    @property
    def records(self) -> tuple[Record, ...]:
        """The records of the chunk; nothing is set yet of their ids and of where they came from."""
        return tuple(_record(content, ordinal) for ordinal, content in enumerate(self.contents, 1))


def _record(content: Content, ordinal: int) -> Record:
    return Record("", ordinal=ordinal, **content._asdict())


def read_chunk(path: Path, span: Span, format_: Format, columns: Mapping[str, str]) -> Reading:
    """The records of the chunk of the file that stands in that span, and what was odd.

    `columns` is the reviewer's own mapping of fields to columns of a table. Raises ReviewError
    for a workbook that cannot be opened, a cell that is too long, and for a column or a field that
    is not there.
    """
    try:
        return _read(path, span, format_, columns)
    except ReviewError as error:
        where = error.where or str(path)
        raise ReviewError(error.message, where=where, line=error.line, hint=error.hint) from error


def _read(path: Path, span: Span, format_: Format, columns: Mapping[str, str]) -> Reading:
    oddities = Oddities()
    chunk = _chunk(path, span, format_, columns, oddities)
    contents: list[Content] = []
    layouts: Counter[str] = Counter()
    entries = format_.read(chunk, oddities)
    while batch := list(islice(entries, BATCH)):
        composed = compose(batch)
        layouts.update(entry.layout.name for entry in batch)
        for entry, content in zip(batch, composed, strict=True):
            if not content.title:
                empty = not (content.authors or content.abstract)
                oddities.note(Kind.EMPTY_RECORD if empty else Kind.NO_TITLE, entry.line)
            if not content.issue and (tag := _issue_that_is_none(entry)):
                oddities.note(Kind.NOT_BELIEVED, entry.line, f'"{tag}" as issue')
        contents += composed
    return Reading(
        contents=tuple(contents),
        begun=format_.begun(chunk),
        lines=count_lines(chunk.text),
        oddities=oddities.seen(),
        layouts=layouts,
    )


def _issue_that_is_none(entry: RawEntry) -> str:
    """The tag of the issue in which an ISSN stands; "" when none does."""
    for tag in entry.layout.issue:
        if tag in entry.fields and any(map(is_standard_number, entry.fields[tag])):
            return tag
    return ""


def read_entries(path: Path, span: Span, format_: Format) -> Iterator[tuple[RawEntry, Record]]:
    """Every entry as the file spells it, with its record: for what a record does not hold.

    What is odd about them is not kept. Raises as `read_chunk` does.
    """
    oddities = Oddities()
    chunk = _chunk(path, span, format_, {}, oddities)
    for ordinal, entry in enumerate(format_.read(chunk, oddities), 1):
        (content,) = compose([entry])
        yield entry, _record(content, ordinal)


def _chunk(
    path: Path, span: Span, format_: Format, columns: Mapping[str, str], oddities: Oddities
) -> Chunk:
    data = read_span(path, span)
    if format_.binary:
        return Chunk(data=data, columns=columns)
    encoding = announced_encoding(path)
    return Chunk(
        text=decode(data, encoding, oddities),
        head=decode(head_of(path), encoding, Oddities()) if format_.needs_head else "",
        starts_file=span.start == 0,
        columns=columns,
    )
