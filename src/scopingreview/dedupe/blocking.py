"""Which pairs of records are worth comparing: those that share a key.

Each key is something two copies of one report nearly always have in common. A key that many
records share (an editor's column, an empty-handed volume and page) would make the work grow with
the square of the review; there, each record meets only its nearest neighbours, in an order that
puts copies side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scopingreview.dedupe.features import Columns, Keys, Numbers

NEIGHBOURS = 24


@dataclass(frozen=True, slots=True)
class Key:
    """Something that two copies of one report have in common; 0 where a record lacks it."""

    says: str
    of: Callable[[Columns], Keys]


def _mixed(*parts: NDArray[np.integer]) -> Keys:
    """One key of several; 0 when one of them is 0, because nothing equals nothing."""
    mixed = np.zeros(len(parts[0]), dtype=np.uint64)
    known = np.ones(len(parts[0]), dtype=bool)
    for part in parts:
        known &= part != 0
        mixed = (mixed ^ part.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    mixed[~known] = 0
    return mixed


def _several_names(columns: Columns) -> Keys:
    """The key of a list of two authors and more; one name and a year meet by chance."""
    several = np.array([" " in names for names in columns.names], dtype=bool)
    return np.where(several, columns.names_key, np.uint64(0))


KEYS: tuple[Key, ...] = (
    Key("same title", lambda c: c.title_key),
    Key("same first author and beginning", lambda c: _mixed(c.title_start_key, c.first_name_key)),
    Key("same first author and end", lambda c: _mixed(c.title_end_key, c.first_name_key)),
    Key("same DOI", lambda c: c.doi_key),
    Key("same PMID", lambda c: c.pmid.astype(np.uint64)),
    Key("same volume, first page and year", lambda c: _mixed(c.volume, c.first_page, c.year)),
    Key(
        "same volume, first page and first author",
        lambda c: _mixed(c.volume, c.first_page, c.first_name_key),
    ),
    Key(
        "same year, first page and first author",
        lambda c: _mixed(c.year, c.first_page, c.first_name_key),
    ),
    Key("same authors and year", lambda c: _mixed(_several_names(c), c.year)),
)


def candidate_pairs(columns: Columns) -> tuple[Numbers, Numbers]:
    """The rows of each pair worth comparing, the lower row first, each pair once, in order."""
    n = len(columns)
    side_by_side = _order(columns)
    found = [np.zeros(0, dtype=np.int64)]
    for key in KEYS:
        for one, other in _sharing(key.of(columns), side_by_side):
            found.append(np.minimum(one, other) * n + np.maximum(one, other))
    pairs = np.sort(np.concatenate(found))  # np.unique takes ten times as long on millions
    pairs = pairs[np.diff(pairs, prepend=-1) != 0]
    return pairs // max(n, 1), pairs % max(n, 1)


def pairs_sharing(keys: Keys, columns: Columns) -> tuple[Numbers, Numbers]:
    """The rows of each pair that `candidate_pairs` finds by these keys, the lower row first.

    The rows must be in the order of their ids, and all that have a key must be there.
    """
    found = list(_sharing(keys, _order(columns)))
    nothing = [np.zeros(0, dtype=np.int64)]
    one = np.concatenate([*nothing, *(one for one, _ in found)])
    other = np.concatenate([*nothing, *(other for _, other in found)])
    return np.minimum(one, other), np.maximum(one, other)


def keys_in_common(columns: Columns, one: Numbers, other: Numbers) -> Iterator[str]:
    """What made the first pair of rows one to compare, in words; nothing when nothing did."""
    for key in KEYS:
        keys = key.of(columns)
        if keys[one[0]] and keys[one[0]] == keys[other[0]]:
            yield key.says


def _order(columns: Columns) -> Numbers:
    """The rows in an order that puts copies of one report side by side."""
    return np.lexsort(
        (
            columns.names_key,
            columns.issue,
            columns.volume,
            columns.first_page,
            columns.year,
            columns.first_name_key,
            columns.title_key,
        )
    ).astype(np.int64)


def _sharing(keys: Keys, side_by_side: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of rows with one key: all of them, or the nearest neighbours where it is common."""
    rows = side_by_side[keys[side_by_side] != 0]
    rows = rows[np.argsort(keys[rows], kind="stable")]
    sorted_keys = keys[rows]
    at = np.arange(len(rows))
    for distance in range(1, NEIGHBOURS + 1):
        at = at[at + distance < len(rows)]
        at = at[sorted_keys[at] == sorted_keys[at + distance]]
        if not len(at):
            return
        yield rows[at], rows[at + distance]
