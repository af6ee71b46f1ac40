"""A guess at the columns of a table whose headings nobody knows, for a person to look at.

Never used to read anything: it says what to write. A heading that is known tells its field, and
of the others the values do: years, DOIs, addresses, names with commas, long texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from scopingreview.errors import ReviewError
from scopingreview.formats.column_names import GENERIC, LONGEST_NAME, header_name

ROWS_LOOKED_AT = 200
MOST = 0.7  # of the values of a column
FEWEST_COLUMNS = 2
LONG_TEXT = 250  # characters, on average: an abstract
SOME_WORDS = 20  # characters, on average: a title

YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:\.0)?")
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.\d{4,9}/\S+", re.IGNORECASE)
PMID = re.compile(r"\d{7,8}")
ADDRESS = re.compile(r"https?://\S+")
BETWEEN_NAMES = re.compile(r"[;,&]| and ")
WORDS_OF_NAME = 3
SEVERAL = re.compile(r"[;|]")


@dataclass(frozen=True, slots=True)
class GuessedColumns:
    """The headings of a table, and the column that each field seems to stand in."""

    headings: tuple[str, ...]
    columns: Mapping[str, str]

    def options(self) -> str:
        """The guess as options of `add`."""
        return " ".join(
            f"--column {field}={_quoted(column)}" for field, column in self.columns.items()
        )

    def refusal(self) -> ReviewError:
        """What to say of a table whose columns are not named yet."""
        return ReviewError(
            f"a table of unknown columns: {', '.join(self.headings)}",
            hint=f"Say which is which. By what they hold, a guess: {self.options()}",
        )


def _quoted(column: str) -> str:
    return column if re.fullmatch(r"[\w.-]+", column) else f'"{column}"'


def guess_columns(rows: Iterable[Sequence[str]]) -> GuessedColumns | None:
    """The guess; None when the rows do not look like a table with a title in it.

    The headings are the first of the widest rows; what stands above them is a preamble.
    """
    filled = [list(row) for row in islice(rows, ROWS_LOOKED_AT) if any(map(str.strip, row))]
    width = max(map(len, filled), default=0)
    start = next((at for at, row in enumerate(filled) if len(row) == width), 0)
    below = filled[start + 1 :]
    even = [row for row in below if len(row) == width]
    if width < FEWEST_COLUMNS or not even or len(even) < MOST * len(below[:-1]):
        return None  # the last row may be cut off where a first look ends
    headings = [name.strip() for name in filled[start]]
    if max(map(len, headings)) > LONGEST_NAME:
        return None
    values = {
        heading: [row[place].strip() for row in even if row[place].strip()]
        for place, heading in enumerate(headings)
        if heading
    }
    columns = _by_heading(values) | _by_values(values)
    ordered = {field: columns[field] for field in _FIELDS if field in columns}
    return GuessedColumns(tuple(values), ordered) if "title" in ordered else None


def _by_heading(values: Iterable[str]) -> dict[str, str]:
    """The field of each heading that is known by itself."""
    return {
        field: heading
        for heading in values
        for field in _FIELDS
        if header_name(heading) in _KNOWN[field]
    }


def _by_values(values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The field of each other column by what it holds."""
    known = set(_by_heading(values).values())
    left = {heading: held for heading, held in values.items() if held and heading not in known}
    guessed: dict[str, str] = {}
    for field, holds in _HOLDS.items():
        for heading, held in left.items():
            if sum(map(bool, map(holds, held))) >= MOST * len(held):
                guessed[field] = heading
                del left[heading]
                break
    long = [key for key, held in left.items() if _characters(held) >= LONG_TEXT]
    if long:
        guessed["abstract"] = max(long, key=lambda key: _characters(left[key]))
    if title := next((key for key, held in left.items() if _are_titles(held)), ""):
        guessed["title"] = title
    return guessed


def _is_names(text: str) -> bool:
    """`Ek, Bo; Ong, Al` or `Ek B, Ong A`: a few words between commas, and no digits."""
    parts = BETWEEN_NAMES.split(text)
    few = all(len(part.split()) <= WORDS_OF_NAME for part in parts)
    return len(parts) > 1 and few and not any(map(str.isdigit, text))


def _characters(held: Sequence[str]) -> float:
    """How many each has on average."""
    return sum(map(len, held)) / len(held)


def _are_titles(held: Sequence[str]) -> bool:
    """Texts of middling length, each its own, that list nothing."""
    return (
        SOME_WORDS <= _characters(held) < LONG_TEXT
        and len(set(held)) >= MOST * len(held)
        and sum(map(bool, map(SEVERAL.search, held))) < (1 - MOST) * len(held)
    )


_FIELDS = ("title", "authors", "year", "journal", "doi", "pmid", "abstract", "url")
_KNOWN = {field: frozenset(GENERIC.tags(field)) for field in _FIELDS}
_HOLDS: Mapping[str, Callable[[str], object]] = {
    "year": YEAR.fullmatch,
    "doi": DOI.fullmatch,
    "pmid": PMID.fullmatch,
    "url": ADDRESS.fullmatch,
    "authors": _is_names,
}
