"""What stands of every charted study, counted: answers of a field, and two fields crossed.

Every value is a text and stays one. A study counts once for each of its answers, and once in a
total. pandas counts; what comes out are plain values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING

from scopingreview.charting import ChartingState, is_chosen, members, options_of
from scopingreview.model import Field, FieldType, Form, Slot, Unstated

if TYPE_CHECKING:
    import pandas as pd

BRANCH = "/"
MEASURED = (FieldType.NUMBER, FieldType.YEAR)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a field: its key, how it reads, and how many studies gave it."""

    key: str
    wording: str
    n: int

    @property
    def is_stated(self) -> bool:
        """Whether the studies say it; "not reported" and "unclear" are what they do not say."""
        return self.key not in set(Unstated)


@dataclass(frozen=True, slots=True)
class FieldCounts:
    """The answers to a field in the order of the form, of countries by number; then the unstated.

    `n` studies have an answer at all. `several` says that some of them have more than one.
    """

    name: str
    label: str
    several: bool
    n: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """The numbers or years of a field: how many there are of how many studies, and their range."""

    name: str
    label: str
    unit: str
    n: int
    values: int
    median: float | None
    least: float | None
    most: float | None
    unstated: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Crossed:
    """Two fields crossed: studies in each cell, by the answers to the first (rows) and second.

    A study with two answers is in two cells, and once in each total; `n` are all of them. A tree
    is crossed by its highest level.
    """

    first: FieldCounts
    second: FieldCounts
    cells: tuple[tuple[int, ...], ...]
    n: int

    @property
    def name(self) -> str:
        """The names of both fields in one word, as files have it."""
        return f"{file_word(self.first.name)}_by_{file_word(self.second.name)}"


def file_word(field: str) -> str:
    """The name of a field as a part of a file's name."""
    return field.replace(".", "_")


@dataclass(frozen=True)
class ChartedValues:
    """What stands of the charted studies; `included` are all there are, charted or not."""

    form: Form
    included: tuple[str, ...]
    values: Mapping[str, Mapping[Slot, str]]

    @property
    def studies(self) -> list[str]:
        """The studies of which something stands, in the order of import."""
        return [study for study in self.included if self.values.get(study)]

    def label(self, name: str) -> str:
        """How a field is called; one in a group by the group too."""
        group, _, inner = name.partition(".")
        above = self.form.field(group).label
        return f"{above}: {self.form.field(name).label}" if inner else above

    def of_study(self, study: str, name: str) -> tuple[str, ...]:
        """The values of a field in a study, a row of a group after the other."""
        values = self.values.get(study, {})
        return tuple(value for slot, value in values.items() if slot.field == name)

    def chosen_fields(self) -> list[str]:
        """The fields that are chosen of a list, by their names, in the order of the form."""
        return [name for name, field in self.form.every_field() if is_chosen(field)]

    @cached_property
    def answers(self) -> pd.DataFrame:
        """A row for each study, field and answer: `study`, `field`, `answer`, all texts."""
        import pandas as pd

        fields = dict(self.form.every_field())
        rows = [
            (study, slot.field, member)
            for study in self.included
            for slot, value in self.values.get(study, {}).items()
            for member in _with_branches(fields[slot.field], value)
        ]
        table = pd.DataFrame(rows, columns=["study", "field", "answer"], dtype="str")
        return table.drop_duplicates()


def charted_values(state: ChartingState) -> ChartedValues:
    """What stands of every study of the review."""
    return ChartedValues(state.form, tuple(state.studies), state.settled)


def _with_branches(field: Field, value: str) -> Iterator[str]:
    """Each answer, and those that it stands below in a tree."""
    for member in members(field, value):
        if field.type is not FieldType.TREE:
            yield member
            continue
        parts = member.split(BRANCH)
        yield from (BRANCH.join(parts[: length + 1]) for length in range(len(parts)))


def count_field(charted: ChartedValues, name: str) -> FieldCounts:
    """How many studies gave each answer to a field that is chosen of a list."""
    field = charted.form.field(name)
    of_field = charted.answers[charted.answers["field"] == name]
    numbers = {str(key): int(n) for key, n in of_field.groupby("answer")["study"].nunique().items()}
    return FieldCounts(
        name=name,
        label=charted.label(name),
        several=any(
            len({m for value in charted.of_study(study, name) for m in members(field, value)}) > 1
            for study in charted.studies
        ),
        n=int(of_field["study"].nunique()),
        answers=(*_stated(field, numbers), *_unstated(numbers)),
    )


def _stated(field: Field, numbers: Mapping[str, int]) -> list[Answer]:
    options = options_of(field)
    answers = [Answer(key, wording, numbers.get(key, 0)) for key, wording in options.items()]
    known = {*options, *Unstated}
    answers += [Answer(key, key, n) for key, n in sorted(numbers.items()) if key not in known]
    if field.type is FieldType.COUNTRY:
        answers = [answer for answer in answers if answer.n]
        answers.sort(key=lambda answer: (-answer.n, answer.wording))
    return answers


def _unstated(numbers: Mapping[str, int]) -> list[Answer]:
    found = [Answer(key, key.capitalize(), numbers.get(key, 0)) for key in Unstated]
    return [answer for answer in found if answer.n]


def measure_field(charted: ChartedValues, name: str) -> Measured:
    """The range of a field that holds numbers or years."""
    field = charted.form.field(name)
    given = {study: charted.of_study(study, name) for study in charted.studies}
    given = {study: values for study, values in given.items() if values}
    said = [value for values in given.values() for value in values]
    numbers = [float(value) for value in said if value not in set(Unstated)]
    unstated = {key: sum(key in values for values in given.values()) for key in map(str, Unstated)}
    return Measured(
        name=name,
        label=charted.label(name),
        unit=field.unit,
        n=len(given),
        values=sum(bool(set(values) - set(Unstated)) for values in given.values()),
        median=median(numbers) if numbers else None,
        least=min(numbers, default=None),
        most=max(numbers, default=None),
        unstated=tuple(_unstated(unstated)),
    )


def cross_fields(charted: ChartedValues, first: str, second: str) -> Crossed:
    """Two fields crossed, of the studies that have an answer to both."""
    import pandas as pd

    table = charted.answers
    both = table[table["field"] == first].merge(
        table[table["field"] == second], on="study", suffixes=("_first", "_second")
    )
    with_both = set(both["study"])
    narrowed = ChartedValues(
        charted.form,
        charted.included,
        {study: v for study, v in charted.values.items() if study in with_both},
    )
    rows, columns = (_top_level(count_field(narrowed, name)) for name in (first, second))
    counted = pd.crosstab(both["answer_first"], both["answer_second"]).reindex(
        index=[answer.key for answer in rows.answers],
        columns=[answer.key for answer in columns.answers],
        fill_value=0,
    )
    cells = tuple(tuple(int(n) for n in row) for row in counted.to_numpy().tolist())
    return Crossed(rows, columns, cells, len(with_both))


def _top_level(counts: FieldCounts) -> FieldCounts:
    """Of a tree the answers that stand below no other; each counts those below it."""
    answers = tuple(answer for answer in counts.answers if BRANCH not in answer.key)
    return replace(counts, answers=answers)


def combinations_of(charted: ChartedValues, name: str) -> list[tuple[tuple[str, ...], int]]:
    """How many studies have exactly these answers, the largest first; without the unstated."""
    field = charted.form.field(name)
    order = list(options_of(field))
    found: dict[tuple[str, ...], int] = {}
    for study in charted.studies:
        said = {m for value in charted.of_study(study, name) for m in members(field, value)}
        keys = tuple(sorted(said - set(Unstated), key=_place_in(order)))
        if keys:
            found[keys] = found.get(keys, 0) + 1
    place = _place_in(order)
    return sorted(
        found.items(), key=lambda each: (-each[1], len(each[0]), [place(key) for key in each[0]])
    )


def _place_in(order: Sequence[str]) -> Callable[[str], tuple[int, str]]:
    places = {key: number for number, key in enumerate(order)}
    return lambda key: (places.get(key, len(places)), key)
