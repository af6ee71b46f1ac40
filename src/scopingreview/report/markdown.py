"""Words and tables of a report: numbers with their nouns, tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def things(n: int, noun: str) -> str:
    """The number and its noun: `1 record`, `2,000 records`."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def they(n: int, verb: str) -> str:
    """What that many do: `stands` or `stand`."""
    return f"{verb}s" if n == 1 else verb


def were(n: int) -> str:
    """The verb for that many: `was` or `were`."""
    return "was" if n == 1 else "were"


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a table; a column that holds only numbers is set to the right."""
    body = [list(row) for row in rows]
    right = [
        bool(body) and all(isinstance(row[i], int) for row in body) for i in range(len(header))
    ]
    yield _line(header)
    yield "|" + "|".join("--:" if numbers else "---" for numbers in right) + "|"
    yield from (_line([_cell(value) for value in row]) for row in body)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return str(value).replace("|", "\\|").replace("\n", " ")
