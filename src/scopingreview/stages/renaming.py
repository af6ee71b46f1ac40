"""Giving a source another name everywhere; nobody's decisions are rewritten for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scopingreview import config, store
from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.model import Protocol, Source
from scopingreview.paths import PROTOCOL, RECORDS, Review
from scopingreview.review.manuscript import marked_texts


@dataclass(frozen=True, slots=True)
class Renamed:
    """A source under its new name, and what that touches.

    `records` are its records, whose ids stay; `searches` those that say the new name now; `texts`
    those with a marker for a number of the old name, which their authors change.
    """

    source: Source
    records: int
    searches: tuple[str, ...]
    texts: tuple[str, ...]


def rename_source(review: Review, old: str, new: str) -> Renamed:
    """The source is called by the new name in the protocol and in the searches.

    Its exports, the searches' own names and the ids of its records stay. Does the rest, too, where
    somebody has changed the name in the protocol by hand. Raises ReviewError for an unknown source
    and for a name that another has or had, or that no file could have.
    """
    protocol = config.load_protocol(review)
    source = _source_to_rename(protocol, old, new)
    raise_problems(_bad_name(protocol, source, new))
    formerly = _names_before(source, old)
    with config.searches_held(review):
        # The protocol first: it knows the old name then, and the searches are right with either.
        config.save_source_name(review, source.name, new, formerly)
        after = replace(source, name=new, formerly=formerly)
        others = [after if each is source else each for each in protocol.sources]
        searches = config.load_all_searches(review, replace(protocol, sources=tuple(others)))
        of_source = [search for search in searches if search.source == new]
        for search in of_source:
            config.save_search(review, search)
    return Renamed(
        after,
        _records_of(review, after),
        tuple(search.name for search in of_source),
        tuple(_texts_with(review, old)),
    )


def _source_to_rename(protocol: Protocol, old: str, new: str) -> Source:
    by_name = {source.name: source for source in protocol.sources}
    if old in by_name:
        return by_name[old]
    by_hand = by_name.get(new)
    if by_hand and by_hand.formerly in ((), (old,)):
        return by_hand
    hint = nearest(old, by_name)
    raise ReviewError(f'no source is called "{old}"', where=PROTOCOL, hint=hint)


def _bad_name(protocol: Protocol, source: Source, new: str) -> list[ReviewError]:
    if not config.can_name_a_file(new):
        advice = f'Write "{config.suggested_name(new)}"; people read the label.'
        return [ReviewError(f'"{new}" cannot name a folder', hint=advice)]
    taken = [each for each in protocol.sources if new in (each.name, *each.formerly)]
    if taken and taken[0] is not source:
        was = "is" if taken[0].name == new else "was once"
        return [
            ReviewError(f'"{new}" {was} the name of the source {taken[0].name}', where=PROTOCOL)
        ]
    return []


def _names_before(source: Source, old: str) -> tuple[str, ...]:
    """Every name that it had, the first of them first: searches may still say any of them."""
    prefix = source.id_prefix if source.name == old else old
    return tuple(dict.fromkeys((prefix, *source.formerly, old)))


def _records_of(review: Review, source: Source) -> int:
    if not review.path(RECORDS).is_file():
        return 0
    prefix = f"{source.id_prefix}:"
    return sum(record_id.startswith(prefix) for record_id in store.RecordFile(review))


def _texts_with(review: Review, old: str) -> Sequence[str]:
    marker = re.compile(rf"<!--\s*n:\s*[\w-]+/{re.escape(old)}\s*-->")
    return [
        name
        for name in marked_texts(review)
        if marker.search(store.read_text(review.path(name), where=name))
    ]
