"""[tables] and [figures] of config/review.toml: which there are, every key and field checked."""

from __future__ import annotations

from collections.abc import Collection

from scopingreview.errors import nearest, raise_problems
from scopingreview.model.result_rules import FieldPair, FigureRules, ResultRules, TableRules
from scopingreview.paths import PROTOCOL, Review
from scopingreview.store.files import read_text
from scopingreview.toml_table import Table

TABLES_KEY, FIGURES_KEY = "tables", "figures"
NARROWEST, WIDEST = 80, 400  # millimetres


def load_result_rules(review: Review, fields: Collection[str] = ()) -> ResultRules:
    """Which tables and figures the team wants; `fields` are the names of the form's.

    Raises ReviewError with everything that is wrong in the two tables.
    """
    top = Table.parse(read_text(review.path(PROTOCOL), where=PROTOCOL), PROTOCOL)
    rules = ResultRules(_table_rules(top, fields), _figure_rules(top, fields))
    raise_problems(top.problems)
    return rules


def _table_rules(top: Table, fields: Collection[str]) -> TableRules:
    table = top.table(TABLES_KEY)
    rules = TableRules(
        characteristics=_fields(table, "characteristics", fields),
        counts=_fields(table, "counts", fields),
        crosses=_pairs(table, "crosses", fields),
        leave_out=table.texts("leave_out"),
    )
    table.finish()
    return rules


def _figure_rules(top: Table, fields: Collection[str]) -> FigureRules:
    table, usual = top.table(FIGURES_KEY), FigureRules()
    width = table.number("width_mm", round(usual.width_mm), least=NARROWEST)
    if width is not None and width > WIDEST:
        table.problem(f'"width_mm" must be at most {WIDEST}, not {width}')
    rules = FigureRules(
        width_mm=float(width or usual.width_mm),
        first_year=table.number("first_year"),
        bars=_fields(table, "bars", fields),
        matrices=_pairs(table, "matrices", fields),
        gap_maps=_pairs(table, "gap_maps", fields) or (),
        upsets=_fields(table, "upsets", fields),
        leave_out=table.texts("leave_out"),
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
        hint = nearest(name, fields) if fields else "There is no [charting] with fields yet."
        table.problem(f'"{name}" under "{key}" is no field of the form', hint)
