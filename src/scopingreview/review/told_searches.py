"""The searches as people are told of them, in tables, in checklists and in the methods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scopingreview import config
from scopingreview.model import Protocol, Search
from scopingreview.paths import Review


def told_searches(review: Review, protocol: Protocol) -> list[Search]:
    """The searches on file, as `as_told`. Raises what `config.load_searches` raises."""
    return as_told(config.load_searches(review, protocol), protocol)


def as_told(searches: Iterable[Search], protocol: Protocol) -> list[Search]:
    """The searches, each with the proper name of the platform it was run on, else its source's.

    "" where nobody said.
    """
    usual = {source.name: source.platform for source in protocol.sources}

    def told(search: Search) -> Search:
        platform = search.platform or usual.get(search.source, "")
        return replace(search, platform=config.PROPER_NAMES.get(platform, platform))

    return [told(search) for search in searches]
