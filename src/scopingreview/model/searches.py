"""What was searched, and the files it came in: config/searches.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Export:
    """One file a database wrote: its path inside the review and the sha256 it was added with.

    `columns` maps fields of a record to columns of a table, where the guess is wrong.
    """

    file: str
    sha256: str
    columns: Mapping[str, str] = field(default_factory=dict)


class Direction(StrEnum):
    """Which way citations were chased: to what a report cites, or to what cites it."""

    BACKWARD = "backward"
    FORWARD = "forward"


@dataclass(frozen=True, slots=True)
class AcceptedLoss:
    """A team's word that it knows why `records` records of a search are missing."""

    records: int
    note: str


@dataclass(frozen=True, slots=True)
class Search:
    """One query run in one source on one day; `hits` is what the database said it found.

    `coverage` is what the database held that day (1946 to present), `limits` what the search
    was restricted to ("none" is an answer). `strategy_sha256` is "" where nobody took one.
    `chased_from` are the records whose citations were followed, in a `direction`. `withdrawn` says
    why it is no search of this review any more, and is "" for one that is.
    """

    name: str
    source: str
    exports: tuple[Export, ...]
    platform: str = ""
    run_on: date | None = None
    hits: int | None = None
    strategy: str = ""
    strategy_sha256: str = ""
    coverage: str = ""
    limits: str = ""
    accepted_loss: AcceptedLoss | None = None
    chased_from: tuple[str, ...] = ()
    direction: Direction | None = None
    withdrawn: str = ""
