"""config/known-items.csv to `KnownItem` values: a table that people write."""

from __future__ import annotations

from collections.abc import Mapping

from scopingreview.errors import ReviewError
from scopingreview.model import KnownItem
from scopingreview.paths import KNOWN_ITEMS, Review

COLUMNS = ("doi", "pmid", "title", "note")


def load_known_items(review: Review) -> list[KnownItem]:
    """The papers that must be found, in the order of the file; none when there is no file.

    Raises CombinedError with every row that names no paper, and every column that is unknown.
    """
    path = review.path(KNOWN_ITEMS)
    if not path.is_file():
        return []
    from scopingreview.store.filled_sheet import values_from_sheet

    return values_from_sheet(
        path, columns=((), COLUMNS), make=_item, check=lambda _: [], where=KNOWN_ITEMS
    )


def _item(row: Mapping[str, str]) -> KnownItem:
    item = KnownItem(**row)
    if not (item.doi or item.pmid or item.title):
        raise ReviewError("a row without DOI, PMID and title names no paper")
    if item.pmid and not item.pmid.isdecimal():
        raise ReviewError(f'"{item.pmid}" is no PMID: those are digits')
    return item
