"""What may be charted in a field where one chooses, and how a value reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scopingreview.charting.countries import countries
from scopingreview.model import UNSTATED, Field, FieldType

BETWEEN = ";"  # joins several options of one value, as labels are joined
BETWEEN_READ = "; "
BELOW = " / "  # between the wordings of a tree's option and of those above it


def options_of(field: Field) -> Mapping[str, str]:
    """The wording of each option by its key, in order; those of a country are the countries.

    An option of a tree is worded with those above it. Empty where nothing is chosen.
    """
    if field.type is FieldType.COUNTRY:
        return countries()
    if field.type is FieldType.TREE:
        return {key: _path_in_words(field.options, key) for key in field.options}
    return field.options


def _path_in_words(options: Mapping[str, str], key: str) -> str:
    parts = key.split("/")
    above = ("/".join(parts[: length + 1]) for length in range(len(parts)))
    return BELOW.join(options.get(each, each) for each in above)


def is_chosen(field: Field) -> bool:
    """Whether the field's values are chosen of a list."""
    return field.type in (FieldType.COUNTRY, FieldType.CHOICE, FieldType.MULTI, FieldType.TREE)


def members(field: Field, value: str) -> tuple[str, ...]:
    """The single values that a value holds: none when it is blank, several keys where they may be.

    "not reported" and "unclear" are one each.
    """
    if not value:
        return ()
    return tuple(value.split(BETWEEN)) if field.several else (value,)


def joined(field: Field, keys: Sequence[str]) -> str:
    """The value that holds these keys, each once and in the order of the options."""
    order = list(options_of(field))
    return BETWEEN.join(sorted(dict.fromkeys(keys), key=order.index))


def in_words(field: Field, value: str) -> str:
    """The value as people read it: wordings for keys, names for countries, the unit of a number.

    A key that the form has no longer is told as it is.
    """
    if value in UNSTATED:
        return value
    if is_chosen(field):
        wordings = options_of(field)
        return BETWEEN_READ.join(wordings.get(key, key) for key in members(field, value))
    return f"{value} {field.unit}" if value and field.unit else value
