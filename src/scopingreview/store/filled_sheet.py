"""Taking many decisions from a CSV file that a person made: all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from scopingreview import store
from scopingreview.errors import ReviewError, raise_problems

Value = TypeVar("Value")


def values_from_sheet(
    sheet: Path,
    *,
    columns: tuple[Sequence[str], Sequence[str]],
    make: Callable[[Mapping[str, str]], Value],
    check: Callable[[Value], Sequence[ReviewError]],
) -> list[Value]:
    """What `make` makes of each row; `columns` are those a sheet must have and those it may have.

    Raises for every bad row at once, each with its line.
    """
    problems: list[ReviewError] = []
    values: list[Value] = []
    for row in store.read_sheet(sheet, *columns):
        try:
            values.append(make(row))
            found = check(values[-1])
        except ReviewError as error:
            found = [error]
        problems += [
            ReviewError(each.message, where=str(sheet), line=int(row["line"]), hint=each.hint)
            for each in found
        ]
    raise_problems(problems)
    return values
