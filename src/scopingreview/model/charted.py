"""What people chart of the included studies: data/charted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Unstated(StrEnum):
    """What is charted where a study gives no value: an answer, while a blank is none yet."""

    NOT_REPORTED = "not reported"
    UNCLEAR = "unclear"


UNSTATED = frozenset(map(str, Unstated))


class Slot(NamedTuple):
    """What a cell fills of a study: a field of the form by its name, and the row of a group.

    `row` is "" for a field that is in no group, else a whole number from 1 on.
    """

    field: str
    row: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One person's value for one slot of one study at one moment; a value of "" takes it back.

    `study_id` is the study's name or any record of its reports. `value` is as the files spell it:
    the key of an option, several of them joined by `;`, a country's code, or one of `Unstated`.
    `form` is the version of the form it was charted under. In the consensus `charted_by` is the
    adjudicator.
    """

    charted_at: datetime
    study_id: str
    slot: Slot
    value: str
    charted_by: str
    quote: str = ""
    page: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """An included study: the unique records of its included reports, in the order of import.

    A report that nobody linked is a study of its own, under its record id.
    """

    study_id: str
    reports: tuple[str, ...]
