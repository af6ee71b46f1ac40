"""Which fields tables and figures show of a form when the protocol does not say."""

from __future__ import annotations

from scopingreview.charting import is_chosen
from scopingreview.model import FieldType, Form
from scopingreview.model.result_rules import FieldPair
from scopingreview.tables.charted_values import MEASURED, ChartedValues, count_field


def usual_characteristics(form: Form) -> tuple[str, ...]:
    """Every field, those of a group for the group; without texts that may stay blank."""
    return tuple(
        name
        for name, field in form.every_field()
        if field.type is not FieldType.GROUP
        and (field.required or field.type is not FieldType.TEXT)
    )


def usual_counts(form: Form) -> tuple[str, ...]:
    """Every field whose answers are chosen of a list, or are numbers or years."""
    return tuple(
        name for name, field in form.every_field() if is_chosen(field) or field.type in MEASURED
    )


def usual_pairs(form: Form) -> tuple[FieldPair, ...]:
    """The first two fields of options, of which the first makes the rows; none without two."""
    options = [
        name
        for name, field in form.every_field()
        if is_chosen(field) and field.type is not FieldType.COUNTRY
    ]
    return ((options[0], options[1]),) if len(options) > 1 else ()


def usual_upsets(charted: ChartedValues) -> tuple[str, ...]:
    """The fields of which some study has several answers."""
    return tuple(name for name in charted.chosen_fields() if count_field(charted, name).several)
