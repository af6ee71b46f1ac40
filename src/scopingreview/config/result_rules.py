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
        gap_maps=_lists(table, "gap_maps", fields, (2, 3)) or (),
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
    lists = _lists(table, key, fields, (2,))
    return None if lists is None else tuple((each[0], each[1]) for each in lists)


def _lists(
    table: Table, key: str, fields: Collection[str], lengths: tuple[int, ...]
) -> tuple[tuple[str, ...], ...] | None:
    """The lists of fields that a list holds, each of one of those lengths."""
    lists = table.lists(key)
    for names in lists:
        if len(names) not in lengths:
            said = " or ".join(map(str, lengths))
            table.problem(f'"{key}" must hold lists of {said} fields, not {list(names)}')
        for name in names:
            _refuse_unknown(table, key, name, fields)
    return tuple(each for each in lists if len(each) in lengths) if key in table.values else None


def _refuse_unknown(table: Table, key: str, name: str, fields: Collection[str]) -> None:
    if name not in fields:
        hint = nearest(name, fields) if fields else "There is no [charting] with fields yet."
        table.problem(f'"{name}" under "{key}" is no field of the form', hint)
