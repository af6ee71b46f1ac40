"""Whether the columns of a table hold what their names say.

A column whose values contradict its meaning is not believed: `Source` may name the database, `No.`
count the rows, `Issue` hold the ISSN. The field is then read from the next column that could
hold it, and the report says so. A column that the reviewer named is always believed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scopingreview.formats.column_names import header_name
from scopingreview.formats.layout import FIELDS, Layout, Tags, changed
from scopingreview.formats.values.markup import value_in
from scopingreview.formats.values.numbers import year_in
from scopingreview.formats.values.plain_kinds import Plain, is_database, plainly

Cells = Sequence[str]

SHARE_AGAINST = 0.8  # of the values of a column, from which it is not believed
HALF = 0.5
# What shows by a single value that a column holds something else.
CLEAR = frozenset({Plain.DATABASE, Plain.ADDRESS, Plain.DOI, Plain.ISSN})
TEXT = frozenset(Plain) - {Plain.SENTENCE}
NUMBERED = frozenset({Plain.ANSWER, Plain.ADDRESS, Plain.DOI, Plain.DATABASE, Plain.SENTENCE})
CANNOT_BE: Mapping[str, frozenset[Plain]] = {
    "title": TEXT,
    "authors": TEXT,
    "journal": TEXT,
    "abstract": TEXT,
    "keywords": TEXT - {Plain.DATABASE},
    "language": TEXT,
    "volume": NUMBERED | {Plain.ISSN},
    "issue": NUMBERED | {Plain.ISSN},
    "pages": NUMBERED,
    "first_page": NUMBERED,
    "last_page": NUMBERED,
    "article_number": frozenset({Plain.ANSWER, Plain.ADDRESS, Plain.SENTENCE}),
    "doi": frozenset({Plain.ANSWER}),
    "pmid": frozenset({Plain.ANSWER}),
    "accession": frozenset({Plain.ANSWER}),
}
# Where what is no issue, no journal … is read instead.
BELONGS: Mapping[Plain, str] = {Plain.ISSN: "issn", Plain.DOI: "doi", Plain.ADDRESS: "url"}
FEWEST_COUNTED = 3
# Headings that number anything; one that says "issue" is doubted only where more rows say so.
ANY_NUMBER = frozenset({"no.", "number", "número", "numéro", "numero", "номер", "号", "호"})
FEWEST_CALLED_ISSUES = 6
# So many numbers that lie close together and are all different are no issues, which come again.
MANY_COUNTED = 20
CLOSE = 4


@dataclass(frozen=True, slots=True)
class Beliefs:
    """The layout without the columns that are not believed: these, and the field of each."""

    layout: Layout
    not_believed: tuple[tuple[str, str], ...]


def beliefs_of(
    layout: Layout, names: Sequence[str], rows: Sequence[Cells], own: Mapping[str, str]
) -> Beliefs:
    """What of the layout these rows bear out.

    `names` are the columns, `own` the reviewer's mapping of fields to columns.
    """
    values = _Values(names, rows)
    tags = {field: list(layout.tags(field)) for field in FIELDS}
    told: list[tuple[str, str]] = []
    for field in (*CANNOT_BE, "year"):
        for tag in _doubtful(field, layout, names, own):
            against = _is_contradicted(field, tag, values, tags)
            if against is None:
                continue
            earlier = tags[field][: tags[field].index(tag)]
            if values.adds(tag, earlier):
                told.append((tag, field))
            tags[field].remove(tag)
            if isinstance(against, Plain) and (other := BELONGS.get(against)):
                tags[other].append(tag)
    if not told and all(tuple(tags[field]) == layout.tags(field) for field in FIELDS):
        return Beliefs(layout, ())
    kept: dict[str, Tags] = {field: tuple(dict.fromkeys(each)) for field, each in tags.items()}
    return Beliefs(changed(layout, layout.name, kept), tuple(told))


def _doubtful(
    field: str, layout: Layout, names: Sequence[str], own: Mapping[str, str]
) -> list[str]:
    """The table's columns for the field, without the one that the reviewer named."""
    trusted = header_name(own[field]) if field in own else None
    return [tag for tag in layout.tags(field) if tag in names and tag != trusted]


class _Values:
    """The values of each column, cleaned, by its name; "" where a row has none."""

    def __init__(self, names: Sequence[str], rows: Sequence[Cells]) -> None:
        self.names = names
        self.rows = rows
        self.columns: dict[str, list[str]] = {}

    def of(self, name: str) -> list[str]:
        """One for each row; none when there is no such column."""
        if name not in self.names:
            return []
        if name not in self.columns:
            place = self.names.index(name)
            self.columns[name] = [
                value_in(row[place].strip()) if place < len(row) else "" for row in self.rows
            ]
        return self.columns[name]

    def adds(self, name: str, earlier: Sequence[str]) -> bool:
        """Whether some row has a value there and none in the earlier columns."""
        others = [values for each in earlier if (values := self.of(each))]
        return any(
            value and not any(other[row] for other in others)
            for row, value in enumerate(self.of(name))
        )


def _is_contradicted(
    field: str, tag: str, values: _Values, tags: Mapping[str, Sequence[str]]
) -> Plain | str | None:
    """What the column holds instead; None when it may hold what its name says."""
    held = [value for value in values.of(tag) if value]
    if not held:
        return None
    if field == "year":
        return "no year" if _are_no_years(held) else None
    if field == "issue" and _counts_rows(values.of(tag), tag, values, tags):
        return "row number"
    if field == "journal" and _names_databases(held):
        return Plain.DATABASE
    return _other_kind(held, CANNOT_BE[field])


def _are_no_years(held: Sequence[str]) -> bool:
    return len(held) > 1 and _share(held, _is_no_year) >= SHARE_AGAINST


def _other_kind(held: Sequence[str], impossible: frozenset[Plain]) -> Plain | None:
    """The commonest of the impossible kinds when nearly all values are of them, else None."""
    against = [plain for value in held if (plain := plainly(value)) in impossible]
    if len(against) < SHARE_AGAINST * len(held) or (len(held) == 1 and against[0] not in CLEAR):
        return None
    return max(against, key=against.count)


def _share(values: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, values)) / len(values)


def _is_no_year(value: str) -> bool:
    return year_in(value) is None


def _names_databases(held: Sequence[str]) -> bool:
    """Whether half of the values name databases, or one does and nearly all others may."""
    if _share(held, is_database) >= HALF:
        return True
    may = _share(held, lambda value: is_database(value, or_journal=True))
    return any(map(is_database, held)) and may >= SHARE_AGAINST


def _counts_rows(
    cells: Sequence[str], tag: str, values: _Values, tags: Mapping[str, Sequence[str]]
) -> bool:
    """Whether the column numbers the rows: one more in each, or many and never the same twice."""
    numbers = [int(cell) for cell in cells if cell.isascii() and cell.isdecimal()]
    if len(numbers) < max(SHARE_AGAINST * len(cells), 2):
        return False
    if len(numbers) >= MANY_COUNTED and len(set(numbers)) == len(numbers):
        return max(numbers) - min(numbers) < CLOSE * len(numbers)
    if not _goes_up_by_one(numbers) or not _are_enough(numbers, tag):
        return False
    return not _may_be_issues_of_volume(tag, values, tags)


def _may_be_issues_of_volume(tag: str, values: _Values, tags: Mapping[str, Sequence[str]]) -> bool:
    """Whether there is a volume beside the column and no other column of issues.

    In the contents of one volume issues run as rows do.
    """
    has_volume = any(any(values.of(each)) for each in tags["volume"])
    return has_volume and not any(any(values.of(each)) for each in tags["issue"] if each != tag)


def _goes_up_by_one(numbers: Sequence[int]) -> bool:
    """Whether nearly every number, of two or more, is one more than that before, none less."""
    steps = [after - before for before, after in pairwise(numbers)]
    return min(steps) >= 1 and steps.count(1) >= SHARE_AGAINST * len(steps)


def _are_enough(numbers: Sequence[int], heading: str) -> bool:
    """Whether so many numbers may be told from issues; fewer under a heading of any number."""
    if heading in ANY_NUMBER:
        return len(numbers) >= FEWEST_COUNTED or numbers[0] == 1
    return len(numbers) >= FEWEST_CALLED_ISSUES
