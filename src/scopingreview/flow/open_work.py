"""What of a counted flow is still open: records that await somebody, and those in conflict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from scopingreview.flow.box_rules import RETRIEVAL
from scopingreview.model import Box, FlowCounts, Phase

AWAITING = (Box.AWAITING, Box.OTHER_AWAITING)
IN_CONFLICT = (Box.CONFLICTS, Box.OTHER_CONFLICTS)


@dataclass(frozen=True, slots=True)
class OpenWork:
    """How many records await something and how many are in conflict, over both lanes.

    `by_step` counts the two together, by phase and then for retrieval; steps with none are left
    out.
    """

    awaiting: int
    in_conflict: int
    by_step: Mapping[str, int]

    def __bool__(self) -> bool:
        """Whether anything is open."""
        return bool(self.awaiting or self.in_conflict)

    def __str__(self) -> str:
        """The two numbers in English words."""
        return f"{self.awaiting:,} awaiting, {self.in_conflict:,} in conflict"


def find_open_work(flow: FlowCounts) -> OpenWork:
    """What is open in the flow, as its boxes say."""
    found: Counter[str] = Counter()
    for box in (*AWAITING, *IN_CONFLICT):
        for line in flow.lines_of(box):
            found[line.item] += line.n
    return OpenWork(
        awaiting=sum(map(flow.n, AWAITING)),
        in_conflict=sum(map(flow.n, IN_CONFLICT)),
        by_step={step: found[step] for step in (*Phase, RETRIEVAL) if found[step]},
    )
