"""What is charted of each study: the form that stands under [charting] in config/review.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class FieldType(StrEnum):
    """What a field of the form holds.

    A tree is a choice whose options stand below others; a group is several rows of fields of its
    own: the arms of a trial, the outcomes it measured.
    """

    TEXT = "text"
    NUMBER = "number"
    YEAR = "year"
    COUNTRY = "country"
    CHOICE = "choice"
    MULTI = "multi"
    TREE = "tree"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is charted of every study.

    `options` maps a key (what the files hold) to its wording (what people read), in the order in
    which they are shown; the key of a tree's option names those above it: `a/b`. A field that
    takes `several` options or countries holds them joined by `;`. `least` and `most` bound a
    number or a year; `fields` are those of a group. A required field is left to no one: where a
    study says nothing, "not reported" is the answer.
    """

    key: str
    label: str
    type: FieldType = FieldType.TEXT
    options: Mapping[str, str] = field(default_factory=dict)
    several: bool = False
    help: str = ""
    required: bool = True
    unit: str = ""
    least: float | None = None
    most: float | None = None
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Form:
    """The fields in the order in which they are charted."""

    fields: tuple[Field, ...]

    @cached_property
    def _by_name(self) -> Mapping[str, Field]:
        return {
            name: found
            for each in self.fields
            for name, found in (
                (each.key, each),
                *((f"{each.key}.{inner.key}", inner) for inner in each.fields),
            )
        }

    def every_field(self) -> Iterable[tuple[str, Field]]:
        """Each field by the name that cells give it: those of a group are `arms.n`, after it."""
        return self._by_name.items()

    def field(self, name: str) -> Field:
        """The field of that name; KeyError when the form has none."""
        return self._by_name[name]


@dataclass(frozen=True, slots=True)
class ChartingRules:
    """How the included studies are charted.

    `charters_needed` is how many chart each study by themselves before their values are compared;
    `pilot` is how many studies everyone charts before the others are opened, 0 for no pilot.
    """

    form: Form
    charters_needed: int = 2
    pilot: int = 0
