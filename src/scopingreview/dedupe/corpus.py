"""What the whole set of records says about a value: whether it is evidence at all.

A title that many works bear names none of them, and a column whose values are all different
(a row number that slid into the issue) or all the same tells nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scopingreview.dedupe.columns import Columns, Keys
from scopingreview.dedupe.titles import Notice

WORKS_OF_A_COMMON_TITLE = 3
SHORT_TITLE = 20  # characters: a shorter one ("Editorial", "Nursing burnout") names no work
LONG_TITLE = 60  # characters: a longer one names a work, in however many places it is printed
ENOUGH_TO_JUDGE_A_COLUMN = 50
NEARLY_ALL = 0.9
OF_OTHERS = int(Notice.ERRATUM | Notice.REPLY | Notice.RETRACTION)

Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Corpus:
    """One entry per record: is its title common, do its volume and issue count as evidence?"""

    common_title: Truths
    volume_counts: Truths
    issue_counts: Truths

    def take(self, rows: NDArray[np.int64]) -> Corpus:
        """The same for those rows only."""
        return Corpus(self.common_title[rows], self.volume_counts[rows], self.issue_counts[rows])


def survey(columns: Columns) -> Corpus:
    """What the records as a whole say about titles, volumes and issues."""
    return Corpus(
        common_title=_is_common(columns),
        volume_counts=_counts(columns.source, columns.volume),
        issue_counts=_counts(columns.source, columns.issue),
    )


def _is_common(columns: Columns) -> Truths:
    """Whether a record's title is short, or stands in several places (volume and first page)."""
    letters = np.array([len(title) for title in columns.title])
    short = letters < SHORT_TITLE
    placed = (columns.volume != 0) & (columns.first_page != 0) & (columns.title_key != 0)
    place = columns.volume * np.uint64(1_000_003) + columns.first_page.astype(np.uint64)
    titles, times = _counts_of_pairs(columns.title_key[placed], place[placed])
    several = np.isin(columns.title_key, titles[times >= WORKS_OF_A_COMMON_TITLE])
    several &= letters < LONG_TITLE
    common: Truths = (
        (short & (columns.title_key != 0)) | several | (columns.notice & OF_OTHERS != 0)
    )
    return common


def _counts_of_pairs(titles: Keys, places: Keys) -> tuple[Keys, NDArray[np.int64]]:
    """The titles, and in how many different places each of them stands."""
    order = np.lexsort((places, titles))
    titles, places = titles[order], places[order]
    first = np.ones(len(titles), dtype=bool)
    first[1:] = (titles[1:] != titles[:-1]) | (places[1:] != places[:-1])
    return np.unique(titles[first], return_counts=True)


def _counts(source: list[str], values: Keys) -> Truths:
    """Whether the column is evidence in the source that each record came from."""
    sources = np.array(source)
    counts = np.ones(len(values), dtype=bool)
    for name in np.unique(sources):
        of_source = sources == name
        said = values[of_source & (values != 0)]
        if len(said) >= ENOUGH_TO_JUDGE_A_COLUMN:
            different = len(np.unique(said))
            counts[of_source] = 1 < different < NEARLY_ALL * len(said)
    return counts
