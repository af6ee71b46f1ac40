"""What the whole set of records says about a value: whether it is evidence at all.

A title that many works bear names none of them, and a column whose values are all different
(a row number that slid into the issue) or all the same tells nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scopingreview.dedupe.compare.titles import Notice
from scopingreview.dedupe.features import Columns, Keys

WORKS_OF_A_COMMON_TITLE = 3
SHORT_TITLE = 20  # characters: a shorter one ("Editorial", "Nursing burnout") names no work
LONG_TITLE = 60  # characters: a longer one names a work, in however many places it is printed
ENOUGH_TO_JUDGE_A_COLUMN = 50
NEARLY_ALL = 0.9
OF_OTHERS = int(Notice.ERRATUM | Notice.REPLY | Notice.RETRACTION)

Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Survey:
    """What the records as a whole say; small, however many they are.

    `common_titles` are the keys of titles that stand in several places; of each source, whether
    its volumes and its issues are evidence.
    """

    common_titles: Keys
    volume_counts: Mapping[str, bool]
    issue_counts: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Corpus:
    """One entry per record: is its title common, do its volume and issue count as evidence?"""

    common_title: Truths
    volume_counts: Truths
    issue_counts: Truths

    @classmethod
    def of(cls, columns: Columns, whole: Survey) -> Corpus:
        """What the survey of the whole says of these records."""
        return cls(
            common_title=_is_common(columns, whole.common_titles),
            volume_counts=_each(columns.source, whole.volume_counts),
            issue_counts=_each(columns.source, whole.issue_counts),
        )


def survey(columns: Columns) -> Survey:
    """What the records as a whole say about titles, volumes and issues."""
    return Survey(
        common_titles=_common_titles(columns),
        volume_counts=_counting(columns.source, columns.volume),
        issue_counts=_counting(columns.source, columns.issue),
    )


def _common_titles(columns: Columns) -> Keys:
    """The titles that stand in several places (volume and first page)."""
    place = places_in_print(columns)
    placed = (place != 0) & (columns.title_key != 0)
    titles, times = _counts_of_pairs(columns.title_key[placed], place[placed])
    return titles[times >= WORKS_OF_A_COMMON_TITLE]


def places_in_print(columns: Columns) -> Keys:
    """A number for the volume and the first page of each record; 0 where one of them is unknown."""
    place = columns.volume * np.uint64(1_000_003) + columns.first_page.astype(np.uint64)
    known = (columns.volume != 0) & (columns.first_page != 0)
    return np.where(known, np.maximum(place, np.uint64(1)), np.uint64(0))


def _is_common(columns: Columns, titles: Keys) -> Truths:
    """Whether a record's title is short, or common and not long, or that of a notice."""
    letters = np.array([len(title) for title in columns.title], dtype=np.int64)
    short = (letters < SHORT_TITLE) & (columns.title_key != 0)
    several = np.isin(columns.title_key, titles) & (letters < LONG_TITLE)
    common: Truths = short | several | (columns.notice & OF_OTHERS != 0)
    return common


def _counts_of_pairs(titles: Keys, places: Keys) -> tuple[Keys, NDArray[np.int64]]:
    """The titles, and in how many different places each of them stands."""
    order = np.lexsort((places, titles))
    titles, places = titles[order], places[order]
    first = np.ones(len(titles), dtype=bool)
    first[1:] = (titles[1:] != titles[:-1]) | (places[1:] != places[:-1])
    return np.unique(titles[first], return_counts=True)


def _counting(source: Sequence[str], values: Keys) -> dict[str, bool]:
    """Of each source whether the column is evidence there."""
    sources = np.array(source)
    counting = {}
    for name in sorted(set(source)):
        given = values[(sources == name) & (values != 0)]
        counting[name] = is_evidence(len(np.unique(given)), len(given))
    return counting


def is_evidence(different: int, given: int) -> bool:
    """Whether a column says anything, by how many values are given and how many differ."""
    telling = 1 < different < NEARLY_ALL * given
    return telling or given < ENOUGH_TO_JUDGE_A_COLUMN


def _each(source: Sequence[str], counting: Mapping[str, bool]) -> Truths:
    return np.array([counting[name] for name in source], dtype=bool)
