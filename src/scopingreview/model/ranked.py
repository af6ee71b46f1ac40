"""What is kept of the order of relevance: ranks with decisions, and looks at what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scopingreview.model.phase_rules import Phase
from scopingreview.model.protocol import StoppingBasis


class ShownBy(StrEnum):
    """Why a record was the next: the model ranked it first, or the random share drew it."""

    RANK = "rank"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a record stood for a reviewer when they decided on it.

    `rank` counts from 1, the likeliest, among the `among` records that waited for them. The model
    of that name had learnt from so many records (`learnt_from`); `seed` is the protocol's.
    """

    decided_at: datetime
    phase: Phase
    record_id: str
    reviewer: str
    rank: int
    among: int
    shown_by: ShownBy
    model: str
    learnt_from: int
    seed: str


@dataclass(frozen=True, slots=True)
class Look:
    """One look at how much is found: logged, whatever it showed.

    `screened`, `relevant` and `unread` are records, `since_last` those screened since the last
    relevant one. `least_recall` is the bound at this confidence on this basis; `target` is the
    team's, None without one.
    """

    looked_at: datetime
    phase: Phase
    by: str
    basis: StoppingBasis
    screened: int
    relevant: int
    unread: int
    since_last: int
    confidence: float
    least_recall: float
    target: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether it shows that the target is reached."""
        return self.target is not None and self.least_recall >= self.target
