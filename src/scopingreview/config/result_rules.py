"""[tables], [figures] and [report] of config/review.toml: every key and field checked."""

from __future__ import annotations

from collections.abc import Collection

from scopingreview.config.protocol import FIGURES_KEY, REPORT_KEY, TABLES_KEY
from scopingreview.errors import nearest, raise_problems
from scopingreview.model import FieldType, Form
from scopingreview.model.result_rules import (
    FieldPair,
    FigureRules,
    PeopleShown,
    ReportFormat,
    ReportRules,
    ResultRules,
    TableRules,
)
from scopingreview.paths import PROTOCOL, Review
from scopingreview.store.files import read_text
from scopingreview.toml_table import Table

NARROWEST, WIDEST = 80, 400  # millimetres
MEASURED = (FieldType.NUMBER, FieldType.YEAR)


def load_result_rules(review: Review, form: Form | None = None) -> ResultRules:
    """Which tables and figures the team wants, of what is charted in the form.

    Raises ReviewError with everything that is wrong in the three tables.
    """
    fields = _Fields(form or Form(()))
    top = Table.parse(read_text(review.path(PROTOCOL), where=PROTOCOL), PROTOCOL)
    rules = ResultRules(_table_rules(top, fields), _figure_rules(top, fields), _report_rules(top))
    raise_problems(top.problems)
    return rules


class _Fields:
    """The names of the form's fields, by what can be shown of them."""

    def __init__(self, form: Form) -> None:
        fields = dict(form.every_field())
        self.all = [name for name, field in fields.items() if field.type is not FieldType.GROUP]
        self.counted = [name for name in self.all if fields[name].type is not FieldType.TEXT]
        self.chosen = [name for name in self.counted if fields[name].type not in MEASURED]


def _table_rules(top: Table, fields: _Fields) -> TableRules:
    table = top.table(TABLES_KEY)
    rules = TableRules(
        characteristics=_fields(table, "characteristics", fields.all),
        counts=_fields(table, "counts", fields.counted),
        crosses=_pairs(table, "crosses", fields.chosen),
        leave_out=table.texts("leave_out"),
    )
    table.finish()
    return rules


def _figure_rules(top: Table, fields: _Fields) -> FigureRules:
    table, usual = top.table(FIGURES_KEY), FigureRules()
    width = table.number("width_mm", round(usual.width_mm), least=NARROWEST)
    if width is not None and width > WIDEST:
        table.problem(f'"width_mm" must be at most {WIDEST}, not {width}')
    rules = FigureRules(
        width_mm=float(width or usual.width_mm),
        first_year=table.number("first_year"),
        bars=_fields(table, "bars", fields.chosen),
        matrices=_pairs(table, "matrices", fields.chosen),
        gap_maps=_pairs(table, "gap_maps", fields.chosen) or (),
        upsets=_fields(table, "upsets", fields.chosen),
        leave_out=table.texts("leave_out"),
    )
    table.finish()
    return rules


def _report_rules(top: Table) -> ReportRules:
    table, usual = top.table(REPORT_KEY), ReportRules()
    formats = []
    for word in table.texts("formats"):
        if word in set(ReportFormat):
            formats.append(ReportFormat(word))
        else:
            table.problem(f'unknown format "{word}"', nearest(word, ReportFormat))
    rules = ReportRules(
        formats=tuple(formats), people=table.choice("people", PeopleShown, usual.people)
    )
    table.finish()
    return rules


def _fields(table: Table, key: str, fields: Collection[str]) -> tuple[str, ...] | None:
    """The fields that a list names; None when there is no such list."""
    names = table.texts(key)
    for name in names:
        _refuse_unknown(table, key, name, fields)
    return names if key in table.values else None


def _pairs(table: Table, key: str, fields: Collection[str]) -> tuple[FieldPair, ...] | None:
    """The pairs of fields that a list holds; None when there is no such list."""
    pairs = []
    for names in table.lists(key):
        for name in names:
            _refuse_unknown(table, key, name, fields)
        if len(names) == 2:
            pairs.append((names[0], names[1]))
        else:
            table.problem(f'"{key}" must hold pairs of fields, not {list(names)}')
    return tuple(pairs) if key in table.values else None


def _refuse_unknown(table: Table, key: str, name: str, fields: Collection[str]) -> None:
    if name not in fields:
        hint = f"Such are: {', '.join(fields)}." if fields else "There is no [charting] yet."
        table.problem(f'"{name}" under "{key}" is no field of the form that can stand there', hint)
