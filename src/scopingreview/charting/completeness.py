"""What one person has charted of one study, and what is still missing of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scopingreview.model import Field, FieldType, Form, Slot

Values = Mapping[Slot, str]
"""The values of one study that are not blank, by slot."""


def rows_of_group(group: str, slots: Iterable[Slot]) -> list[str]:
    """The rows of the group in which any slot stands, in order."""
    rows = {slot.row for slot in slots if slot.row and slot.field.startswith(f"{group}.")}
    return sorted(rows, key=int)


def slots_of_form(form: Form, slots: Iterable[Slot]) -> list[Slot]:
    """Every slot to fill, in the order of the form: of a group those of the rows that are begun.

    A group itself is a slot, too: "not reported" may stand for all of it.
    """
    begun = list(slots)
    return [slot for field in form.fields for slot in _slots_of(field, begun)]


def _slots_of(field: Field, begun: Iterable[Slot]) -> list[Slot]:
    if field.type is not FieldType.GROUP:
        return [Slot(field.key)]
    return [
        Slot(field.key),
        *(
            Slot(f"{field.key}.{inner.key}", row)
            for row in rows_of_group(field.key, begun)
            for inner in field.fields
        ),
    ]


def missing_slots(form: Form, values: Values) -> list[Slot]:
    """The required slots that are blank, in the order of the form; none when a study is complete.

    A required group needs a row, or a word for all of it.
    """
    missing = []
    for slot in slots_of_form(form, values):
        field = form.field(slot.field)
        answered = slot in values
        if field.type is FieldType.GROUP:
            answered = answered or bool(rows_of_group(field.key, values))
        if field.required and not answered:
            missing.append(slot)
    return missing
