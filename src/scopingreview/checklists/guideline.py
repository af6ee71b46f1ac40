"""Guidelines for reporting, each a TOML file in this folder: its items, its version, its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from scopingreview.errors import raise_problems
from scopingreview.toml_table import Table

# The guidelines by the name that commands and files use, in the order in which they are shown.
FILES = {"prisma-scr": "prisma_scr.toml", "prisma-s": "prisma_s.toml", "jbi": "jbi.toml"}


@dataclass(frozen=True, slots=True)
class GuidelineItem:
    """One item: its number and topic are the guideline's, what it `asks` is in our words.

    `answer` names what of a review answers it, "" where nothing on file does. What is to be written
    `by_people` is never answered by a program alone. `since` says what later guidelines ask.
    """

    number: str
    section: str
    topic: str
    asks: str
    answer: str = ""
    by_people: bool = False
    optional: bool = False
    since: str = ""


@dataclass(frozen=True, slots=True)
class Guideline:
    """A guideline in one version, with the publication that its items are from."""

    name: str
    title: str
    about: str
    version: str
    citation: str
    items: tuple[GuidelineItem, ...]

    def numbers(self) -> list[str]:
        """The numbers of its items, in their order."""
        return [item.number for item in self.items]


@cache
def guidelines() -> Mapping[str, Guideline]:
    """Every guideline by its name, in the order in which they are shown."""
    return MappingProxyType({name: _guideline(name, file) for name, file in FILES.items()})


def _guideline(name: str, file: str) -> Guideline:
    text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    table = Table.parse(text, file)
    guideline = Guideline(
        name=name,
        title=table.text("title", required=True),
        about=table.text("about", required=True),
        version=table.text("version", required=True),
        citation=table.text("citation", required=True),
        items=tuple(_items(table)),
    )
    table.finish()
    raise_problems(table.problems)
    return guideline


def _items(top: Table) -> Iterator[GuidelineItem]:
    for table in top.tables("items"):
        yield GuidelineItem(
            number=table.text("number", required=True),
            section=table.text("section", required=True),
            topic=table.text("topic", required=True),
            asks=table.text("asks", required=True),
            answer=table.text("answer"),
            by_people=table.flag("by_people"),
            optional=table.flag("optional"),
            since=table.text("since"),
        )
        table.finish()
