"""The tables of docs/formats.md, from the code: which tag means which field, how
beginnings are counted, what can be odd.

Values out; a test holds the page to them, and rewrites it when run as a program.
"""

from __future__ import annotations

from collections.abc import Iterator

from scopingreview.formats.layout import FIELDS, Layout
from scopingreview.formats.oddities import Kind
from scopingreview.formats.registry import FORMATS

TABLES = "Tables (Excel, CSV, TSV)"


def mapping_tables() -> str:
    """For every format where each field stands; for dialects only where they differ."""
    written: set[str] = set()
    parts: list[str] = []
    for format_ in FORMATS:
        standard, *dialects = format_.layouts
        if standard.name in written:
            continue
        written.add(standard.name)
        heading = TABLES if standard.name == "table" else format_.name
        parts.append(f"### {heading}\n\n" + "\n".join(_table(standard)))
        differences = [line for dialect in dialects for line in _difference(dialect, standard)]
        if differences:
            parts.append("Where a database differs:\n\n" + "\n".join(differences))
    return "\n\n".join(parts) + "\n"


def _table(layout: Layout) -> Iterator[str]:
    yield "| field | read from, in order of trust |"
    yield "|---|---|"
    for field in FIELDS:
        if tags := layout.tags(field):
            yield f"| {field.replace('_', ' ')} | {_spelt(tags)} |"


def _difference(dialect: Layout, standard: Layout) -> Iterator[str]:
    changes = [
        f"{field.replace('_', ' ')} from {_spelt(dialect.tags(field)) or 'nowhere'}"
        for field in FIELDS
        if dialect.tags(field) != standard.tags(field)
    ]
    if len(changes) > len(FIELDS) // 2:
        yield f"- **{dialect.name}**: the tags of its tagged text, as columns"
    elif changes:
        yield f"- **{dialect.name}**: {'; '.join(changes)}"
    else:
        yield f"- **{dialect.name}**: recognised by name, nothing else"


def _spelt(tags: tuple[str, ...]) -> str:
    return ", ".join(f"`{tag}`" for tag in tags)


def oddity_table() -> str:
    """Every kind of oddity, what becomes of the record, and whether it stops the import."""
    lines = ["| what the report says | what becomes of the record | stops |", "|---|---|---|"]
    lines += [f"| {kind.what} | {kind.then} | {'yes' if kind.loses else ''} |" for kind in Kind]
    return "\n".join(lines) + "\n"


def count_table() -> str:
    """For every format by what beginning records are counted, apart from the reader."""
    lines = ["| format | counted by |", "|---|---|"]
    lines += [f"| {format_.name} | {format_.counted_by} |" for format_ in FORMATS]
    return "\n".join(lines) + "\n"
