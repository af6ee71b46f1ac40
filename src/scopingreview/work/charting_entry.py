"""What somebody wants to chart, before anyone has looked whether it can be: what, who, when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from scopingreview.errors import ReviewError
from scopingreview.model import Cell, Protocol, Slot
from scopingreview.screening.check import check_person

A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person wants to stand in a slot of a study, as they wrote it.

    None leaves what stands there: the value, or its page or quote. `anew`: a value that stands is
    charted again under the form as it is now, when it was charted under another.
    """

    study_id: str
    slot: Slot
    text: str | None
    page: str | None = None
    quote: str | None = None
    anew: bool = False


def check_charter(protocol: Protocol, person: str, *, settles: bool) -> list[ReviewError]:
    """Empty when the person may chart, or settle what charters differ in; else what is wrong."""
    if settles:
        return check_person(person, protocol.adjudicators, "adjudicator")
    return check_person(person, protocol.reviewers, "reviewer")


def moment_for(mine: Iterable[Cell], study_id: str, slot: Slot, now: datetime) -> datetime:
    """When a new cell of a person is dated: now, or later where order would turn.

    The clock may have been set back; and two lines of one slot never have the same second, or they
    would look like a line that a merge has doubled.
    """
    moment = now
    for cell in mine:
        same = (cell.study_id, cell.slot) == (study_id, slot)
        moment = max(moment, cell.charted_at + A_SECOND if same else cell.charted_at)
    return moment
