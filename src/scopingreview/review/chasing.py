"""Citation searching as the searches tell it, and the rule V22 about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scopingreview.errors import nearest
from scopingreview.model import Finding, Search
from scopingreview.paths import SEARCHES
from scopingreview.screening.review_state import ReviewState


def check_chasing(state: ReviewState, searches: Sequence[Search]) -> Iterator[Finding]:
    """V22: citations were chased from records that are in the review."""
    for search in searches:
        for record_id in search.chased_from:
            if record_id not in state.canonical:
                yield Finding(
                    "V22",
                    f'{SEARCHES} [{search.name}]: chased from the unknown record "{record_id}"',
                    (record_id,),
                    hint=nearest(record_id, state.canonical),
                    error=False,
                )
