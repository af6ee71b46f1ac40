"""Records with what people mended of them. The last word on a field stands; records stay.

A correction is of one record and never changes its id. Comparison looks at each record with its
own corrections; people read, and limits look at, the unique record with those of all its copies:
what is true of a report is true whichever copy somebody had before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from scopingreview.model import LIST_MARK, Correction, Record

ByField = Mapping[str, Correction]
"""The correction that stands of each field, by its name."""

LISTS = ("authors", "keywords")


def standing_corrections(corrections: Iterable[Correction]) -> dict[str, dict[str, Correction]]:
    """The corrections that stand, by record, then by field.

    They come in order of time: the last word on a field counts, whoever said it, and one that
    takes a correction back leaves none.
    """
    standing: dict[str, dict[str, Correction]] = {}
    for each in corrections:
        fields = standing.setdefault(each.record_id, {})
        fields.pop(each.field, None)
        if each.value is not None:
            fields[each.field] = each
    return {record_id: fields for record_id, fields in standing.items() if fields}


def of_unique_records(
    standing: Mapping[str, ByField], canonical: Mapping[str, str]
) -> dict[str, dict[str, Correction]]:
    """The corrections that stand of each report, by its unique record, then by field.

    Of corrections of one field on several of its records the latest counts. One of a record that
    is not in `canonical` counts nowhere (`check` names it).
    """
    found: dict[str, dict[str, Correction]] = {}
    for record_id, fields in standing.items():
        if unique_id := canonical.get(record_id):
            for field, each in fields.items():
                before = found.setdefault(unique_id, {}).setdefault(field, each)
                if _later(each) > _later(before):
                    found[unique_id][field] = each
    return found


def _later(correction: Correction) -> tuple[object, ...]:
    """What orders corrections whichever file is read first."""
    return correction.recorded_at, correction.by, correction.record_id


def correct(record: Record, corrections: ByField) -> Record:
    """The record with the corrections."""
    if not corrections:
        return record
    return replace(
        record, **{field: _value(field, each.value or "") for field, each in corrections.items()}
    )


def _value(field: str, text: str) -> Any:
    if field == "year":
        return int(text) if text else None
    if field in LISTS:
        return tuple(text.split(LIST_MARK)) if text else ()
    return text


def text_of(record: Record, field: str) -> str:
    """What the record says in the field, as a correction spells it."""
    value = getattr(record, field)
    if field in LISTS:
        return LIST_MARK.join(value)
    return "" if value is None else str(value)


class CorrectedRecords(Mapping[str, Record]):
    """The records by id, each with its corrections; read when they are asked for."""

    def __init__(self, originals: Mapping[str, Record], corrections: Mapping[str, ByField]) -> None:
        """`corrections` are those that stand, by record, then by field."""
        self.originals = originals
        self.corrections = corrections

    def __getitem__(self, record_id: str) -> Record:
        record = self.originals[record_id]
        found = self.corrections.get(record_id)
        return correct(record, found) if found else record

    def __iter__(self) -> Iterator[str]:
        return iter(self.originals)

    def __len__(self) -> int:
        return len(self.originals)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self.originals
