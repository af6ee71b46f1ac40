"""What a flow is counted from: the review as it stands, and what people declare beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scopingreview.model import Adjustment
from scopingreview.screening.review_state import ReviewState


@dataclass(frozen=True, eq=False)
class ReviewData:
    """Everything that a review's counts are made from.

    `studies` names the study of each unique record that people have linked to one.
    """

    state: ReviewState
    adjustments: Sequence[Adjustment] = ()
    studies: Mapping[str, str] = field(default_factory=dict)
