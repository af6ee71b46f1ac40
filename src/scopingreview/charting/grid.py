"""What is charted as a table to fill in: a row a study, a column a field, options to tick.

Here are the columns and what stands in them. How a workbook or a CSV file has them is `exchange`;
what a filled-in table says is `grid_entries`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scopingreview.charting.completeness import rows_of_group
from scopingreview.charting.options import in_words, members, options_of
from scopingreview.errors import ReviewError
from scopingreview.model import Cell, Field, FieldType, Form, Slot, Unstated

STUDY, CITATION, VERSION = "study_id", "citation", "form"
TICK = "x"
SPARE_ROWS = 2  # of a group: rows to fill in beside those that are charted
COUNTRIES = "Names or codes of countries, joined by ;"
SEVERAL = "Several are joined by ;"


class ColumnKind(StrEnum):
    """What a column holds of a slot: its value, one option of it to tick, its page or its quote."""

    VALUE = "value"
    TICK = "tick"
    PAGE = "page"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column of the table, by the heading that people see.

    `option` is the key that is ticked, `choices` are the wordings that a drop-down offers, `note`
    is what to know when filling it in.
    """

    heading: str
    slot: Slot
    kind: ColumnKind = ColumnKind.VALUE
    option: str = ""
    choices: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to fill in; `rows` have the study's id, its citation, and a cell for each column."""

    version: str
    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def headings(self) -> list[str]:
        """The headings, those of the study among them."""
        return [STUDY, CITATION, *(column.heading for column in self.columns)]


Charted = Mapping[Slot, Cell]


def grid_of(
    form: Form,
    version: str,
    charted: Mapping[str, Charted],
    citations: Mapping[str, str],
    *,
    ticks: bool,
    evidence: bool = False,
) -> Grid:
    """The table of what one person has charted; `charted` has every study that is to be in it.

    `ticks`: fields that take several options have a column for each, to tick; without, one column
    holds them joined by `;`. `evidence`: page and quote have columns beside each field.
    """
    begun = [slot for cells in charted.values() for slot in cells]
    columns = tuple(_columns(form, begun, ticks=ticks, evidence=evidence))
    _refuse_twins(columns)
    rows = (
        (key, citations[key], *(_text(form, column, cells) for column in columns))
        for key, cells in charted.items()
    )
    return Grid(version, columns, tuple(rows))


def _refuse_twins(columns: Sequence[GridColumn]) -> None:
    """Two columns of one heading could not be told apart when they come back."""
    for heading, times in Counter(column.heading.casefold() for column in columns).items():
        if times > 1 or heading in (STUDY, CITATION, VERSION):
            raise ReviewError(
                f'two columns of the sheet would be called "{heading}"',
                hint="Give one of the fields another label in config/review.toml.",
            )


def _columns(
    form: Form, begun: Sequence[Slot], *, ticks: bool, evidence: bool
) -> Iterator[GridColumn]:
    for field in form.fields:
        yield from _of_slot(Slot(field.key), field, field.label, ticks=ticks, evidence=evidence)
        if field.type is FieldType.GROUP:
            most = max(map(int, rows_of_group(field.key, begun)), default=0)
            for row in range(1, most + SPARE_ROWS + 1):
                for inner in field.fields:
                    slot = Slot(f"{field.key}.{inner.key}", str(row))
                    label = f"{field.label} {row}: {inner.label}"
                    yield from _of_slot(slot, inner, label, ticks=ticks, evidence=evidence)


def _of_slot(
    slot: Slot, field: Field, label: str, *, ticks: bool, evidence: bool
) -> Iterator[GridColumn]:
    note, listed = field.help, field.several and field.type is not FieldType.COUNTRY
    if listed and ticks:
        for key, wording in (*options_of(field).items(), *((word, word) for word in Unstated)):
            heading = f"{label}: {wording}"
            yield GridColumn(heading, slot, ColumnKind.TICK, option=key, note=note)
    else:
        several = COUNTRIES if field.type is FieldType.COUNTRY else SEVERAL
        notes = [note, several if field.several else ""]
        if listed:
            notes.append(" · ".join(options_of(field).values()))
        heading = f"{label} ({field.unit})" if field.unit else label
        choices = _choices(field)
        yield GridColumn(heading, slot, choices=choices, note="\n".join(filter(None, notes)))
    if evidence:
        yield GridColumn(f"{label} [page]", slot, ColumnKind.PAGE)
        yield GridColumn(f"{label} [quote]", slot, ColumnKind.QUOTE)


def _choices(field: Field) -> tuple[str, ...]:
    """What a drop-down offers; nothing where several may be chosen, or none is."""
    if field.type is FieldType.GROUP:
        return tuple(Unstated)
    if field.several or not options_of(field):
        return ()
    return (*options_of(field).values(), *Unstated)


def _text(form: Form, column: GridColumn, cells: Charted) -> str:
    cell = cells.get(column.slot)
    if cell is None:
        return ""
    field = form.field(column.slot.field)
    if column.kind is ColumnKind.PAGE:
        return cell.page
    if column.kind is ColumnKind.QUOTE:
        return cell.quote
    if column.kind is ColumnKind.TICK:
        return TICK if column.option in members(field, cell.value) else ""
    return cell.value if field.unit else in_words(field, cell.value)
