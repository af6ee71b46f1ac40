"""What each code of a finding means: the rule, how it comes to be broken, what to do.

The table is codes.csv; a test holds it together with the codes that the checks use.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from scopingreview.errors import UsageError, nearest


@dataclass(frozen=True, slots=True)
class Explanation:
    """A code, the rule it stands for, the usual cause of breaking it, and the remedy."""

    code: str
    rule: str
    cause: str
    remedy: str


@cache
def explanations() -> dict[str, Explanation]:
    """Every code and what it means, in the order of the table."""
    table = resources.files("scopingreview.report").joinpath("codes.csv")
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return {row["code"]: Explanation(**row) for row in rows}


def explain(code: str) -> Explanation:
    """What the code means. Raises UsageError with the nearest known code for another."""
    known = explanations()
    if code.upper() not in known:
        raise UsageError(f'unknown code "{code}"', hint=nearest(code.upper(), known))
    return known[code.upper()]
