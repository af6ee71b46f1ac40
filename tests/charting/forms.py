"""Small forms and charted cells to test with, each with the least words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from scopingreview.charting import ChartingState
from scopingreview.model import (
    Cell,
    ChartingRules,
    Field,
    FieldType,
    Form,
    Person,
    Slot,
    Study,
)
from tests.reviews import tick

LEVEL = Field(
    "level",
    "Level",
    FieldType.MULTI,
    {"individual": "Individual", "team": "Team", "organisation": "Organisation, whole"},
    several=True,
)
DESIGN = Field("design", "Design", FieldType.CHOICE, {"rct": "Randomised trial", "case": "Case"})
KIND = Field(
    "kind",
    "Kind",
    FieldType.TREE,
    {"skills": "Skills", "skills/mind": "Mindfulness", "work": "Work", "work/time": "Time"},
)
N = Field("n", "Sample", FieldType.NUMBER, unit="people", least=1, most=100_000)
YEAR = Field("year", "Year", FieldType.YEAR)
COUNTRY = Field("country", "Country", FieldType.COUNTRY, several=True)
NOTES = Field("notes", "Notes", required=False)
ARMS = Field(
    "arms",
    "Arms",
    FieldType.GROUP,
    fields=(Field("name", "Name"), Field("n", "Size", FieldType.NUMBER)),
)
EVERY_TYPE = Form((LEVEL, DESIGN, KIND, N, YEAR, COUNTRY, NOTES, ARMS))


def cell(
    study: str, name: str, value: str, by: str = "ab", *, row: str = "", at: datetime | None = None
) -> Cell:
    """A cell a minute after the last one."""
    return Cell(at or tick(), study, Slot(name, row), value, by)


def charting(
    cells: Iterable[Cell] = (),
    settlements: Iterable[Cell] = (),
    *,
    form: Form | None = None,
    studies: int = 1,
    charters: int = 2,
    pilot: int = 0,
    people: Iterable[Person] = (Person("ab"), Person("cd")),
) -> ChartingState:
    """The charting of studies s1, s2 …, each of one report."""
    held = {f"s{n}": Study(f"s{n}", (f"pubmed:{n}",)) for n in range(1, studies + 1)}
    names = {key: key for key in held} | {s.reports[0]: key for key, s in held.items()}
    rules = ChartingRules(form or Form((LEVEL, DESIGN)), charters, pilot)
    return ChartingState(rules, tuple(people), held, names, tuple(cells), tuple(settlements))


def both(study: str, name: str, of_ab: str, of_cd: str) -> list[Cell]:
    """What ab and cd chart of a study in a field."""
    return [cell(study, name, of_ab, "ab"), cell(study, name, of_cd, "cd")]
