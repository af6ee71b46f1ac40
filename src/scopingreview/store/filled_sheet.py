"""A sheet that a person filled in, taken whole: what its rows hold, or everything wrong with them.

For the CSV files of `--from`. The sheets of `export` and other tools are read in `exchange`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from scopingreview.csv_text import rows_of
from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.store.archives import WORKBOOK, refuse_archive
from scopingreview.store.files import read_text_as_it_is

Value = TypeVar("Value")


def values_from_sheet(
    sheet: Path,
    *,
    columns: tuple[Sequence[str], Sequence[str]],
    make: Callable[[Mapping[str, str]], Value],
    check: Callable[[Value], Sequence[ReviewError]],
    where: str = "",
) -> list[Value]:
    """What `make` makes of each row; `columns` are those a sheet must have and those it may have.

    Raises for every bad row at once, each with its line, about `where` or the path.
    """
    needed, optional = columns
    where = where or str(sheet)
    refuse_archive(sheet)
    if sheet.read_bytes().startswith(WORKBOOK):
        raise ReviewError("this is a workbook, not CSV", where=where, hint="Save it as CSV.")
    text = read_text_as_it_is(sheet, where=where).removeprefix("\ufeff")
    rows = rows_of(text, where)
    _, names = next(rows, (1, []))
    header = [name.strip() for name in names]
    raise_problems(list(_header_problems(where, header, needed, optional)))
    problems: list[ReviewError] = []
    values: list[Value] = []
    for line, row in rows:
        if not any(row):
            continue
        try:
            values.append(make(dict.fromkeys((*needed, *optional), "") | _named(header, row)))
            found = check(values[-1])
        except ReviewError as error:
            found = [error]
        problems += [
            ReviewError(each.message, where=where, line=line, hint=each.hint) for each in found
        ]
    raise_problems(problems)
    return values


def _header_problems(
    where: str, header: Sequence[str], needed: Sequence[str], optional: Sequence[str]
) -> Iterator[ReviewError]:
    known = (*needed, *optional)
    for name in needed:
        if name not in header:
            hint = nearest(name, header)
            yield ReviewError(f'no column "{name}"', where=where, line=1, hint=hint)
    for name in header:
        if name not in known:
            hint = nearest(name, known)
            yield ReviewError(f'unknown column "{name}"', where=where, line=1, hint=hint)


def _named(header: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """The cells by their columns. Raises ReviewError when a cell stands in none."""
    if any(row[len(header) :]):
        raise ReviewError(
            f"{len(row)} cells, where the header has {len(header)}",
            hint="A text that holds a comma stands in quotes.",
        )
    return {name: cell.strip() for name, cell in zip(header, row, strict=False)}
