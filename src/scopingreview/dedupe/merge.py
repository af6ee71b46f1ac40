"""The best of a group of copies: of each field the best value, with the record it is from.

Nothing is written over: the records stay as their databases gave them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from scopingreview.model import Record

# What a record is, and not what it says of the report.
OWN_FIELDS = ("record_id", "source", "search", "file", "ordinal", "accession", "url")
# Where more is better; of the other fields the most trusted record's value is best.
LONGER_IS_BETTER = ("abstract", "authors", "keywords")


@dataclass(frozen=True, slots=True)
class Merged:
    """The kept record with its gaps filled; `origin` is the record id each field came from."""

    record: Record
    origin: Mapping[str, str]


def merged(copies: Sequence[Record]) -> Merged:
    """The best value of each field of the copies, the kept record first, then in order of trust.

    >>> from scopingreview.model import Record
    >>> best = merged([Record("a:1", title="T"), Record("b:1", title="t", doi="10.5555/x")])
    >>> best.record.doi, best.origin["doi"], best.origin["title"]
    ('10.5555/x', 'b:1', 'a:1')
    """
    values: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for field in fields(Record):
        if field.name in OWN_FIELDS:
            continue
        best = _best(field.name, copies)
        if best is not None:
            values[field.name] = getattr(best, field.name)
            origin[field.name] = best.record_id
    return Merged(replace(copies[0], **values), origin)


def _best(field: str, copies: Sequence[Record]) -> Record | None:
    """The copy whose value is best; None when no copy says anything."""
    saying = [record for record in copies if getattr(record, field)]
    if not saying:
        return None
    if field in LONGER_IS_BETTER:
        return max(saying, key=lambda record: len(getattr(record, field)))
    return saying[0]
