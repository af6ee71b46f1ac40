"""How the search for each report's full text stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scopingreview.model import Retrieval


def current_retrievals(
    steps: Iterable[Retrieval], canonical: Mapping[str, str]
) -> dict[str, Retrieval]:
    """The last step for each unique record; a step for any member counts for its group."""
    current: dict[str, Retrieval] = {}
    for step in steps:
        unique_id = canonical.get(step.record_id)
        if unique_id is not None:
            current[unique_id] = step
    return current
