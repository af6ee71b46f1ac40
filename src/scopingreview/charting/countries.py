"""The names of countries: one code for each (ISO 3166-1 alpha-3), and every name it goes by.

A table of our own, made of ISO 3166 and the Unicode CLDR: the libraries that have one do not know
"UK" or "England", and take 20 MB or a whole table library with them. Words that mean more than
one country ("Congo", "Korea") are in no row, so that nothing is guessed.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

BETWEEN_NAMES = ";"


@cache
def countries() -> Mapping[str, str]:
    """The name of each country by its code, in order of name."""
    return MappingProxyType({code: name for code, name, _ in _rows()})


@cache
def other_names() -> Mapping[str, str]:
    """The code of each country by every other name it goes by: UK, England, Viet Nam."""
    return MappingProxyType(
        {other: code for code, _, others in _rows() for other in others.split(BETWEEN_NAMES)}
    )


def _rows() -> list[list[str]]:
    table = resources.files("scopingreview.charting").joinpath("countries.csv")
    _, *rows = csv.reader(table.read_text(encoding="utf-8").splitlines())
    return rows
