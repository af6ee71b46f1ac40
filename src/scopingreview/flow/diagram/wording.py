"""The words of the diagram in each language, and how that language writes a number.

The table is wording.csv: English is exactly that of the official PRISMA 2020 templates, the
other columns translate it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from scopingreview.errors import ReviewError, nearest

# Between thousands; the narrow no-break space keeps a French number in one piece.
SEPARATORS = {"en": ",", "de": ".", "es": ".", "fr": "\u202f", "pt": ".", "zh": ","}


@dataclass(frozen=True, slots=True)
class Wording:
    """The diagram's words in one language, by key."""

    language: str
    words: dict[str, str]

    def __getitem__(self, key: str) -> str:
        """The words for a key."""
        return self.words[key]

    def number(self, n: int) -> str:
        """The number as this language writes it."""
        return grouped(n).replace(",", SEPARATORS[self.language])


@cache
def wording(language: str = "en") -> Wording:
    """The words of a language; ReviewError when there is no table for it."""
    if language not in SEPARATORS:
        raise ReviewError(
            f'the diagram does not speak "{language}"',
            where="config/review.toml",
            hint=nearest(language, SEPARATORS),
        )
    table = resources.files("scopingreview.flow.diagram").joinpath("wording.csv")
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return Wording(language, {row["key"]: row[language] for row in rows})


def grouped(n: int, *, signed: bool = False) -> str:
    """The number with commas between thousands; `signed` writes the plus too."""
    text = f"{n:+,}" if signed else f"{n:,}"
    return text.replace("-", "−")
