"""The versions of a living review as its files tell them."""

from __future__ import annotations

from collections.abc import Sequence

from scopingreview import store
from scopingreview.flow.review_data import ReviewData
from scopingreview.flow.review_versions import VersionFlow, version_flows, versions_of_searches
from scopingreview.model import Search
from scopingreview.paths import Review


def flows_of_versions(
    review: Review, data: ReviewData, searches: Sequence[Search]
) -> list[VersionFlow]:
    """The flow of every version, the earliest first; none where the protocol names no version."""
    if not data.state.protocol.versions:
        return []
    versions, numbers = versions_of_searches(data.state.protocol, searches)
    sources = {search.name: search.source for search in searches}
    return version_flows(data, store.read_study_links(review), versions, numbers, sources)
