"""What the charters of a study differ in, and which values stand of it.

The reviewers' cells stand as they are; an adjudicator's settles a slot in which they differ, and
nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scopingreview.charting.cell_values import comparable
from scopingreview.charting.completeness import Values, rows_of_group, slots_of_form
from scopingreview.model import Cell, FieldType, Form, Slot

ROW, NO_ROW = "row", "no row"  # what an adjudicator says of a row that not everyone has


@dataclass(frozen=True, slots=True)
class CellConflict:
    """A slot in which the charters of a study differ.

    `values` are theirs, each once and in an order that tells nothing of people; "" is a blank.
    `by_charter` says whose they are, for whoever may know. Of a row of a group that not all of
    them have (`is_row`) they are ROW and NO_ROW, and the slot is the group's.
    """

    slot: Slot
    values: tuple[str, ...]
    by_charter: Mapping[str, str]
    is_row: bool = False


def cell_conflicts(form: Form, charted: Mapping[str, Values]) -> list[CellConflict]:
    """Every slot in which these charters' values of one study differ, in the order of the form.

    Where a field is not required and one left it blank, the value of the other is no conflict.
    """
    found = []
    for slot in _slots_of_any(form, charted):
        field = form.field(slot.field)
        is_row = field.type is FieldType.GROUP and slot.row != ""
        if is_row:
            said = {
                name: _row_word(slot, values)
                for name, values in charted.items()
                if field.required or _has_charted(field.key, values)
            }
        else:
            having = _having_row(slot, charted)
            said = {name: values.get(slot, "") for name, values in having.items()}
            if not field.required:
                said = {name: value for name, value in said.items() if value}
        values = tuple(sorted(set(said.values())))
        if len(values) > 1 and len({comparable(field, value) for value in values}) > 1:
            found.append(CellConflict(slot, values, said, is_row))
    return found


def _slots_of_any(form: Form, charted: Mapping[str, Values]) -> Sequence[Slot]:
    """The slots that any of them has begun, each row of a group before its fields."""
    begun = [slot for values in charted.values() for slot in values]
    slots: dict[Slot, None] = {}
    for slot in slots_of_form(form, begun):
        if slot.row:
            slots.setdefault(Slot(slot.field.partition(".")[0], slot.row))
        slots[slot] = None
    return list(slots)


def _has_charted(group: str, values: Values) -> bool:
    """Whether anything of the group was charted, be it that it is not reported."""
    return Slot(group) in values or bool(rows_of_group(group, values))


def _row_word(slot: Slot, values: Values) -> str:
    return ROW if slot.row in rows_of_group(slot.field, values) else NO_ROW


def _having_row(slot: Slot, charted: Mapping[str, Values]) -> Mapping[str, Values]:
    """Of a slot in a row, those who have the row at all: that it is there is a question apart.

    Who has charted rows of a group did not leave the group blank.
    """
    group = slot.field.partition(".")[0]
    if slot.row:
        return {
            name: values
            for name, values in charted.items()
            if slot.row in rows_of_group(group, values)
        }
    return {
        name: values
        for name, values in charted.items()
        if slot in values or not rows_of_group(group, values)
    }


def standing_values(
    form: Form,
    charted: Mapping[str, Values],
    conflicts: Sequence[CellConflict],
    settled: Mapping[Slot, Cell],
) -> dict[Slot, str]:
    """The values that stand of a study, by slot in the order of the form; blanks are left out.

    Where the charters agree, theirs (in the spelling of the first); where they differ, what was
    settled, or nothing yet.
    """
    differing = {conflict.slot: conflict for conflict in conflicts}
    standing: dict[Slot, str] = {}
    for slot in _slots_of_any(form, charted):
        if form.field(slot.field).type is FieldType.GROUP and slot.row:
            continue
        if not _row_stands(slot, differing, settled):
            continue
        if slot in differing:
            value = settled[slot].value if slot in settled else ""
        else:
            value = next((v[slot] for v in charted.values() if slot in v), "")
        if value:
            standing[slot] = value
    for field in form.fields:  # a word for all of a group, of one who did not see its rows
        if field.type is FieldType.GROUP and rows_of_group(field.key, standing):
            standing.pop(Slot(field.key), None)
    return standing


def _row_stands(
    slot: Slot, differing: Mapping[Slot, CellConflict], settled: Mapping[Slot, Cell]
) -> bool:
    """Whether the slot's row counts: all have it, or it was settled that there is one."""
    row = Slot(slot.field.partition(".")[0], slot.row)
    if not slot.row or row not in differing:
        return True
    return row in settled and settled[row].value == ROW
