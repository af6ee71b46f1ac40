"""Which study each report belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scopingreview.model import StudyLink


def current_studies(links: Iterable[StudyLink], canonical: Mapping[str, str]) -> dict[str, str]:
    """The study of each unique record that is linked to one; links come in order of time.

    The last word on any member of a group counts for the group; an empty one takes it back. A
    report without a link is a study of its own.
    """
    studies: dict[str, str] = {}
    for link in links:
        unique_id = canonical.get(link.record_id)
        if unique_id is None:
            continue
        studies.pop(unique_id, None)
        if link.study:
            studies[unique_id] = link.study
    return studies
