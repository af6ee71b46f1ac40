"""What each limit does: the records it removes, and those it would have removed from people."""

from __future__ import annotations

from dataclasses import dataclass

from scopingreview.model import Limits, Phase, Standing
from scopingreview.screening.eligibility import LIMITS, broken_limit
from scopingreview.screening.review_state import ReviewState


@dataclass(frozen=True, slots=True)
class LimitEffect:
    """One limit and the unique records that break it, each under the first limit it breaks.

    `removes` are those nobody has touched. The others stay, since people decided on them:
    `included` are still in the review, `excluded` people took out.
    """

    limit: str
    removes: tuple[str, ...]
    included: tuple[str, ...]
    excluded: tuple[str, ...]


def limit_effects(state: ReviewState, limits: Limits) -> list[LimitEffect]:
    """What each of the limits does in the review as it stands, in their order."""
    found: dict[str, dict[str, list[str]]] = {
        name: {"removes": [], "included": [], "excluded": []} for name in LIMITS
    }
    for unique_id in state.unique_ids:
        limit = broken_limit(state.corrected_reports[unique_id], limits)
        if limit:
            found[limit][_kept_where(state, unique_id)].append(unique_id)
    return [
        LimitEffect(name, **{kind: tuple(ids) for kind, ids in kinds.items()})
        for name, kinds in found.items()
        if any(kinds.values())
    ]


def _kept_where(state: ReviewState, unique_id: str) -> str:
    if state.eligibility.is_untouched(unique_id):
        return "removes"
    standings = {
        outcomes[unique_id].standing
        for outcomes in (state.outcomes[phase] for phase in Phase)
        if unique_id in outcomes
    }
    return "excluded" if Standing.EXCLUDED in standings else "included"
