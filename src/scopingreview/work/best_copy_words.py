"""Which fields of a record are another copy's or a person's word, as people read it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from scopingreview.model import BestCopy
from scopingreview.screening.best_copy import FIELDS

SPELLED = {"doi": "DOI", "pmid": "PMID", "issn": "ISSN", "url": "address"}
# On a screen a line is dear: without what is not seen there, and without keywords, which are
# those of all copies wherever there are several.
ON_SCREEN = frozenset(FIELDS) - {"pmid", "issn", "url", "keywords"}


def field_in_words(field: str) -> str:
    """What people call the field."""
    return SPELLED.get(field, field)


def taken_in_words(
    best: BestCopy, labels: Mapping[str, str], fields: Collection[str] = FIELDS
) -> str:
    """`volume, pages (Scopus); year (corrected by ab)`; "" when all is the unique record's own.

    `labels` are what people call the sources, by what their ids begin with; of `fields` only.
    """
    by_sources: dict[str, list[str]] = {}
    for field in FIELDS:
        if field in fields and field in best.taken:
            sources = (record_id.partition(":")[0] for record_id in best.taken[field])
            named = ", ".join(dict.fromkeys(labels.get(source, source) for source in sources))
            by_sources.setdefault(named, []).append(field_in_words(field))
    for field in FIELDS:
        if field in fields and field in best.corrected:
            named = f"corrected by {best.corrected[field].by}"
            by_sources.setdefault(named, []).append(field_in_words(field))
    return "; ".join(f"{', '.join(names)} ({named})" for named, names in by_sources.items())
