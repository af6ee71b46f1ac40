"""Whether a cell may be charted at all: a known study, a slot of the form, a value it can hold."""

from __future__ import annotations

from collections.abc import Mapping

from scopingreview.charting.cell_values import understood
from scopingreview.charting.completeness import Values, rows_of_group
from scopingreview.charting.consensus import NO_ROW, ROW, CellConflict
from scopingreview.errors import ReviewError, nearest
from scopingreview.model import FieldType, Form, Phase, Slot, Standing
from scopingreview.screening.review_state import ReviewState

MOST_ROWS = 99


def study_named(state: ReviewState, names: Mapping[str, str], text: str) -> str:
    """The id of the included study that the text names, by its name or a record of its reports.

    Raises ReviewError that says where a report stands which is not included.
    """
    if text in names:
        return names[text]
    unique_id = state.canonical.get(text)
    if unique_id is None:
        near = nearest(text, names) or nearest(text, state.canonical)
        raise ReviewError(f'there is no study "{text}"', hint=near)
    raise ReviewError(
        f"{text} {_why_not_included(state, unique_id)}: only included studies are charted",
        hint=f"scopingreview trace {text} shows its way.",
    )


def _why_not_included(state: ReviewState, unique_id: str) -> str:
    outcome = state.outcomes[Phase.FULL_TEXT].get(unique_id)
    if outcome is None:
        standing = state.outcomes[Phase.TITLE_ABSTRACT][unique_id].standing
        return f"is {standing} by title and abstract"
    if outcome.standing is Standing.EXCLUDED:
        return "is excluded by its full text"
    return f"is {outcome.standing} at full text"


def slot_named(form: Form, name: str, row: str = "") -> Slot:
    """The slot that a person names: by the field's key or label, and the row of a group.

    Raises ReviewError with the nearest field, or for a row where none belongs.
    """
    fields = dict(form.every_field())
    known = {_full_label(form, key).casefold(): key for key in fields} | {
        key.casefold(): key for key in fields
    }
    key = known.get(" ".join(name.split()).casefold())
    if key is None:
        raise ReviewError(f'the form has no field "{name}"', hint=nearest(name, known.values()))
    in_group = "." in key
    if row and not in_group and fields[key].type is not FieldType.GROUP:
        raise ReviewError(f"{fields[key].label} is in no group: it has no rows")
    if in_group and not row:
        raise ReviewError(f'which row of "{key}"?', hint="Rows are 1, 2 …: --row 1")
    if row and not (row.isdecimal() and row.isascii() and 1 <= int(row) <= MOST_ROWS):
        raise ReviewError(f'"{row}" is no row', hint=f"A whole number from 1 to {MOST_ROWS}.")
    return Slot(key, str(int(row)) if row else "")


def _full_label(form: Form, name: str) -> str:
    group, _, inner = name.partition(".")
    label = form.field(name).label
    return f"{form.field(group).label}: {label}" if inner else label


def value_for(form: Form, slot: Slot, text: str, values: Values) -> str:
    """The value to keep in the slot, beside what the person has charted of the study.

    Raises ReviewError for what the field cannot hold, and for a group that would have both rows
    and a word for all of it.
    """
    field = form.field(slot.field)
    if field.type is FieldType.GROUP and slot.row:
        raise ReviewError(f"{field.label}: chart the fields of row {slot.row}, not the row")
    value = understood(field, text)
    group = slot.field.partition(".")[0]
    if value and field.type is FieldType.GROUP and rows_of_group(group, values):
        raise ReviewError(
            f"{field.label} has rows: take them back before all of it is {value}",
        )
    if value and slot.row and Slot(group) in values:
        raise ReviewError(
            f"{form.field(group).label} is {values[Slot(group)]}: take that back before a row is "
            "charted"
        )
    return value


def settling_value(form: Form, conflict: CellConflict, text: str) -> str:
    """The value that settles the conflict: one of those in it, or another that the field can hold.

    Raises ReviewError for anything else.
    """
    if conflict.is_row:
        word = " ".join(text.split()).casefold()
        if word not in ("", ROW, NO_ROW):
            raise ReviewError(f'"{text}": is there such a row?', hint=f'"{ROW}" or "{NO_ROW}".')
        return word
    return understood(form.field(conflict.slot.field), text)
