"""Searches that were withdrawn: an export of another review, a search run wrongly.

Their exports stay where they are and are read no longer. What people said of their records stays
on file, too: it counts nowhere, and is no mistake of theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence

from scopingreview import formats
from scopingreview.identity import REPEAT_MARK, id_of
from scopingreview.model import Finding, Protocol, Search
from scopingreview.paths import Review


def tell_withdrawn(
    review: Review,
    protocol: Protocol,
    searches: Iterable[Search],
    findings: Sequence[Finding],
    records: Container[str],
) -> list[Finding]:
    """The findings, those about records of withdrawn searches told as one note a search (R09).

    `records` are those of the review. Reads the withdrawn exports where an error names a record
    that is none of them.
    """
    unknown = {key for each in findings if each.error for key in each.records if key not in records}
    notes: list[Finding] = []
    explained: set[str] = set()
    for search in searches:
        if search.withdrawn:
            said_of = sorted(filter(_belongs(review, protocol, search), unknown)) if unknown else []
            explained.update(said_of)
            notes.append(_note(search, said_of))
    rest = [each for each in findings if not each.records or not explained.issuperset(each.records)]
    return [*rest, *notes]


def _note(search: Search, said_of: Sequence[str]) -> Finding:
    return Finding(
        "R09",
        f"{search.name} was withdrawn: {search.withdrawn}",
        tuple(said_of),
        hint="What was said of these records counts nowhere." if said_of else "",
        error=False,
    )


def _belongs(review: Review, protocol: Protocol, search: Search) -> Callable[[str], bool]:
    """Whether an id is that of a record of the search; where its exports are not, of its source.

    A public copy has none of them.
    """
    prefix = {source.name: source.id_prefix for source in protocol.sources}[search.source]
    exports = [(review.path(export.file), export.columns) for export in search.exports]
    if not all(path.is_file() for path, _ in exports):
        return lambda key: key.startswith(f"{prefix}:")
    known = {
        id_of(record, prefix)
        for path, columns in exports
        for reading in formats.read(path, columns)
        for record in reading.records
    }
    return lambda key: key.partition(REPEAT_MARK)[0] in known
