"""Records as RIS, through rispy, and read back by it before anybody gets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scopingreview.errors import ReviewError
from scopingreview.exchange.row import Row, in_batches, notes_of, one_line
from scopingreview.model import Settled

Entry = dict[str, str | list[str]]

TYPES = {
    "thesis": "THES",
    "book": "BOOK",
    "book chapter": "CHAP",
    "conference paper": "CPAPER",
    "conference abstract": "ABST",
    "report": "RPRT",
    "dataset": "DATA",
    "preprint": "UNPB",
    "web page": "ELEC",
    "patent": "PAT",
}


def as_ris(rows: Iterable[Row], *, authors: bool = True) -> Iterator[bytes]:
    """The records as RIS, in pieces; each carries its id in ID and, for tools that drop it, a note.

    Raises ReviewError when rispy reads anything else in a piece than was written.
    """
    import rispy

    class Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy tells no types
        def set_header(self, count: int) -> str:  # noqa: ARG002  # rispy's name
            return ""  # rispy puts the number of the record here, which is no line of RIS

    between = ""
    for batch in in_batches(rows):
        entries = [dict(_fields(row, authors=authors)) for row in batch]
        text: str = rispy.dumps(entries, implementation=Writer)
        _refuse_losses(entries, rispy.loads(text))
        yield (between + text).encode()
        between = "\n"


def _refuse_losses(written: Sequence[Entry], read: Sequence[Mapping[str, object]]) -> None:
    if len(written) != len(read):
        raise ReviewError(
            f"this RIS would not come back: {len(written):,} records were written, "
            f"{len(read):,} are read"
        )
    for before, after in zip(written, read, strict=True):
        # rispy cuts addresses at semicolons while it reads.
        lost = [key for key in before if key != "urls" and after.get(key) != before[key]]
        if lost:
            raise ReviewError(
                f"this RIS would not come back: {', '.join(lost)} of {before['id']} would change"
            )


def _fields(row: Row, *, authors: bool) -> Iterator[tuple[str, str | list[str]]]:
    """What rispy calls each field, and its value in one line, or a line each."""
    record = row.record
    first, _, last = record.pages.partition("-")
    fields: list[tuple[str, str | Sequence[str]]] = [
        ("type_of_reference", TYPES.get(record.type, "JOUR")),
        ("id", record.record_id),
        ("title", record.title),
        ("authors", record.authors if authors else ()),
        ("year", str(record.year or "")),
        ("secondary_title", record.journal),
        ("volume", record.volume),
        ("number", record.issue),
        ("start_page", first),
        ("end_page", last),
        ("issn", record.issn),
        ("doi", record.doi),
        ("abstract", record.abstract),
        ("keywords", record.keywords),
        ("language", record.language),
        ("urls", (record.url,)),
        ("notes", tuple(notes_of(row))),
        *(_settled(row.settled) if row.settled else ()),
    ]
    for name, value in fields:
        lines = [*filter(None, map(one_line, [value] if isinstance(value, str) else value))]
        if lines:
            yield name, lines[0] if isinstance(value, str) else lines


def _settled(settled: Settled) -> list[tuple[str, str | Sequence[str]]]:
    return [
        ("name_of_database", "; ".join(settled.found_in)),
        ("custom1", settled.standing),
        ("custom2", settled.reason),
        ("custom3", "; ".join(settled.further)),
        ("custom4", settled.box),
        ("custom5", settled.study),
    ]
