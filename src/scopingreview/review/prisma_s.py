"""What the guidelines ask of every search, and what of it is still missing.

Source: PRISMA-S, Rethlefsen et al. 2021, doi:10.1186/s13643-020-01542-z, items 1, 2, 8, 9, 13
and 15; of what a database covers, PRISMA-ScR, Tricco et al. 2018, doi:10.7326/M18-0850, item 7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scopingreview.model import Search, SourceKind
from scopingreview.paths import SEARCHES, Review


@dataclass(frozen=True, slots=True)
class MissingDetail:
    """Something a guideline asks for: its item, what it is, and the key that answers it."""

    item: int
    what: str
    key: str
    guideline: str = "PRISMA-S"


PLATFORM = MissingDetail(1, "the platform it was searched on", "platform")
COVERAGE = MissingDetail(7, "what the database covered that day", "coverage", "PRISMA-ScR")
STRATEGY = MissingDetail(8, "the search as it was run, line by line", "strategy")
LIMITS = MissingDetail(9, 'limits (dates, languages …), or "none"', "limits")
RUN_ON = MissingDetail(13, "the day it was run", "run_on")
HITS = MissingDetail(15, "how many records the database reported", "hits")


def missing_details(review: Review, search: Search, kind: SourceKind) -> tuple[MissingDetail, ...]:
    """What is still to be written down about the search, which is told as by `told_searches`.

    Platform and coverage are asked of databases only. A strategy file must hold something.
    """
    is_database = kind is SourceKind.DATABASE
    strategy = review.path(search.strategy) if search.strategy else None
    has_strategy = strategy is not None and strategy.is_file() and strategy.stat().st_size > 0
    answers = (
        (PLATFORM, search.platform or not is_database),
        (COVERAGE, search.coverage or not is_database),
        (STRATEGY, has_strategy),
        (LIMITS, search.limits),
        (RUN_ON, search.run_on),
        (HITS, search.hits is not None),
    )
    return tuple(detail for detail, answer in answers if not answer)


def missing_line(undocumented: Mapping[str, Sequence[MissingDetail]]) -> str:
    """The missing details of the first search that lacks any, with where to write them.

    Of the others only how many there are: whoever writes the first down knows how it goes. ""
    when nothing is missing. `undocumented` is by the name of the search.
    """
    (name, missing), *others = [each for each in undocumented.items() if each[1]] or [("", ())]
    if not missing:
        return ""
    keys = ", ".join(f"{detail.key} ({detail.guideline} {detail.item})" for detail in missing)
    more = f"; {len(others):,} more searches lack such details" if len(others) > 1 else ""
    more = "; another search lacks such details" if len(others) == 1 else more
    return f"{name}: still to be written into {SEARCHES}: {keys}{more}"
