"""[charting] of config/review.toml to `ChartingRules`: every key checked, all problems at once.

Read apart from the rest of the protocol: whoever words a form anew makes no count out of date,
and a slip in it keeps nobody from screening.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from types import MappingProxyType

from scopingreview.errors import raise_problems
from scopingreview.model import UNSTATED, ChartingRules, Field, FieldType, Form
from scopingreview.paths import PROTOCOL, Review
from scopingreview.store.files import read_text
from scopingreview.toml_table import Table

CHARTING = "charting"
PRESETS = ("jbi",)
KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")
BETWEEN = ";"  # joins several options of one field
WITH_OPTIONS = (FieldType.CHOICE, FieldType.MULTI, FieldType.TREE)
WITH_BOUNDS = (FieldType.NUMBER, FieldType.YEAR)
SEVERAL = (FieldType.COUNTRY, FieldType.TREE)


def load_charting_rules(review: Review) -> ChartingRules | None:
    """How the review charts its studies; None for a protocol without [charting].

    Raises ReviewError with everything that is wrong there.
    """
    top = Table.parse(read_text(review.path(PROTOCOL), where=PROTOCOL), PROTOCOL)
    if CHARTING not in top.values:
        return None
    table = top.table(CHARTING)
    charters, pilot = table.number("charters", 2, least=1), table.number("pilot", 0)
    rules = ChartingRules(Form(_fields_with_preset(table)), charters or 2, pilot or 0)
    table.finish()
    if not rules.form.fields and not table.problems:
        table.problem(
            "the form has no field", 'Begin one with [[charting.fields]], or preset = "jbi".'
        )
    raise_problems(top.problems)
    return rules


def _fields_with_preset(table: Table) -> tuple[Field, ...]:
    """The preset's fields, then the form's own; one of the same key takes the preset's place."""
    own, preset = _fields(table), table.text("preset")
    if not preset:
        return own
    if preset not in PRESETS:
        table.problem(f'unknown preset "{preset}"', f"Known here: {', '.join(PRESETS)}.")
        return own
    by_key = {field.key: field for field in (*preset_fields(preset), *own)}
    return tuple(by_key.values())


def preset_fields(name: str) -> tuple[Field, ...]:
    """The fields of a form that comes with the program."""
    from importlib import resources

    file = resources.files("scopingreview.config").joinpath(f"preset_{name}.toml")
    return _fields(Table.parse(file.read_text(encoding="utf-8"), file.name))


def _fields(table: Table, *, in_group: bool = False) -> tuple[Field, ...]:
    fields = tuple(_field(each, in_group) for each in table.tables("fields"))
    _refuse_repeats(table, "fields", (field.key for field in fields))
    return fields


def _field(table: Table, in_group: bool) -> Field:
    key = table.text("key", required=True)
    table.name = f"{table.name}: {key or 'a field'}"
    kind = table.choice("type", FieldType, FieldType.TEXT)
    field = Field(
        key=key,
        label=table.text("label") or key,
        type=kind,
        options=MappingProxyType(table.wordings("options")),
        several=table.flag("several") or kind is FieldType.MULTI,
        help=table.text("help"),
        required=table.flag("required", default=True),
        unit=table.text("unit"),
        least=table.decimal("min"),
        most=table.decimal("max"),
        fields=_fields(table, in_group=True) if kind is FieldType.GROUP else (),
    )
    table.finish()
    _check_key(table, key, "key")
    _check_what_belongs(table, field, in_group)
    _check_options(table, field)
    return field


def _check_key(table: Table, key: str, noun: str) -> None:
    if key and not KEY.fullmatch(key):
        table.problem(
            f'the {noun} "{key}" must be lower-case letters, digits, "-" and "_"',
            "The charted files hold it; write how people read it as label or wording.",
        )


def _check_what_belongs(table: Table, field: Field, in_group: bool) -> None:
    """What a type of field needs is there, and what it cannot use is not."""
    kind = field.type
    belonging = {
        "options": kind in WITH_OPTIONS,
        "several": kind in (*SEVERAL, FieldType.MULTI),
        "unit": kind is FieldType.NUMBER,
        "min": kind in WITH_BOUNDS,
        "max": kind in WITH_BOUNDS,
        "fields": kind is FieldType.GROUP,
    }
    for key, belongs in belonging.items():
        if key in table.values and not belongs:
            hint = 'A choice of several is the type "multi".' if key == "several" else ""
            table.problem(f'"{field.key}" is of the type {kind}, which has no "{key}"', hint)
    if kind in WITH_OPTIONS and not field.options:
        table.problem(f'"{field.key}" needs options', 'Write key = "wording" under options.')
    if kind is FieldType.GROUP and not field.fields:
        table.problem(f'the group "{field.key}" needs fields of its own')
    if kind is FieldType.GROUP and in_group:
        table.problem(f'the group "{field.key}" stands in another group')
    if field.least is not None and field.most is not None and field.least > field.most:
        table.problem(f'"{field.key}": "min" is more than "max"')


def _check_options(table: Table, field: Field) -> None:
    """Every word that a person may type means one option, and none means "not reported"."""
    for key in field.options:
        parts = key.split("/") if field.type is FieldType.TREE else [key]
        for part in parts:
            _check_key(table, part, "option")
        above = "/".join(parts[:-1])
        if above and above not in field.options:
            table.problem(f'the option "{key}" stands below "{above}", which is no option')
    wordings = _wordings_apart(field)
    _refuse_repeats(table, f'options of "{field.key}"', (word.casefold() for word in wordings))
    for wording in (*field.options, *field.options.values()):
        if wording.casefold() in UNSTATED:
            table.problem(
                f'"{wording}" is no option of "{field.key}": it can always be charted anyway'
            )
        if BETWEEN in wording and field.several:
            table.problem(f'the option "{wording}" holds a "{BETWEEN}", which parts two options')


def _wordings_apart(field: Field) -> Sequence[str]:
    """The words by which the options are known; in a tree, two branches may use the same ones."""
    if field.type is FieldType.TREE:
        return [f"{key.rpartition('/')[0]}/{wording}" for key, wording in field.options.items()]
    return [*(k for k, w in field.options.items() if k != w.casefold()), *field.options.values()]


def _refuse_repeats(table: Table, noun: str, words: Iterable[str]) -> None:
    for word, times in Counter(words).items():
        if times > 1:
            table.problem(f'"{word}" stands {times} times among the {noun}')
