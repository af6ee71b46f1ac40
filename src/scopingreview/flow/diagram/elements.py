"""The diagram as values: what it says and in which row and column, with no place on paper yet.

`boxes` fills them from the counts, `arrangement` gives them places, and `svg`, `printing` and
`in_words` put them on a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from scopingreview.model import Box


class Row(IntEnum):
    """The rows of the diagram, from top to bottom."""

    IDENTIFICATION = 1
    SCREENING = 2
    RETRIEVAL = 3
    ELIGIBILITY = 4
    INCLUDED = 5
    TOTAL = 6


class Column(StrEnum):
    """The columns of the diagram, from left to right."""

    PREVIOUS = "previous"
    MAIN = "main"
    MAIN_RIGHT = "main right"
    OTHER = "other"
    OTHER_RIGHT = "other right"


@dataclass(frozen=True, slots=True)
class Entry:
    """One logical line of a box, before it is wrapped; `level` says how far it is indented."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A box of the diagram: its name in counts.csv, its place, its text."""

    name: Box
    row: Row
    column: Column
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The bar above a lane, or above the previous studies."""

    name: str
    columns: tuple[Column, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """All that the diagram says, before anything has a place on paper.

    `progress` is "" for a finished review; `links` are arrows from one box to another.
    """

    title: str
    stages: tuple[str, str, str]
    headings: tuple[Heading, ...]
    blocks: tuple[Block, ...]
    links: tuple[tuple[Box, Box], ...]
    notes: tuple[str, ...]
    progress: str = ""
