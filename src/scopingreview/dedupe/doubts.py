"""The pairs that no rule settles and a person should look at, the most telling first.

Few and useful: whoever is asked too often stops looking. A doubt counts for two groups once,
however many copies each has.
"""

from __future__ import annotations

from dataclasses import dataclass

from scopingreview.dedupe.compare.differences import Difference
from scopingreview.dedupe.conditions import (
    NEARLY_SAME_PERCENT,
    RELATED_PERCENT,
    Condition,
    in_two_places,
    much_of_title,
    near_in_time,
    nothing_against,
    same_people,
    same_place,
    same_title,
    same_year,
)
from scopingreview.dedupe.evidence import Evidence
from scopingreview.dedupe.key_agreement import Truths


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two records may be one report when it `holds`; `score` (0-1) is how often they are."""

    name: str
    says: str
    score: float
    holds: Condition


def one_kind(e: Evidence) -> Truths:
    """Neither is a notice about the other, nor its protocol."""
    return ~e.notice_differs & ~e.protocol_differs


DOUBTS: tuple[Doubt, ...] = (
    Doubt(
        name="same place, another identifier or number",
        says="Title, authors and place are the same, but DOI, PMID or a number contradicts.",
        score=0.8,
        holds=lambda e: (
            ((e.title_percent >= NEARLY_SAME_PERCENT) | e.title_begins)
            & same_people(e)
            & same_place(e)
            & one_kind(e)
        ),
    ),
    Doubt(
        name="a preprint and its article",
        says="Title and authors are the same; one stands on a preprint server.",
        score=0.7,
        holds=lambda e: same_title(e) & ~e.common_title & same_people(e) & e.preprint_and_article,
    ),
    Doubt(
        name="one Cochrane review",
        says="The number of the Cochrane review and the year are the same, the titles are not.",
        score=0.7,
        holds=lambda e: e.cochrane_same & same_year(e) & same_people(e) & ~e.cochrane_versions,
    ),
    Doubt(
        name="same DOI, another title",
        says="DOI and authors are the same, the titles are related.",
        score=0.7,
        holds=lambda e: (
            e.doi.same
            & same_people(e)
            & one_kind(e)
            & ((e.title_percent >= RELATED_PERCENT) | e.title_begins)
        ),
    ),
    Doubt(
        name="a number or an opposite, all else the same",
        says="Titles part in one word; authors, journal, year and pages or abstract are the same.",
        score=0.6,
        holds=lambda e: (
            (e.title == Difference.TELLING)
            & (e.title_percent >= NEARLY_SAME_PERCENT)
            & one_kind(e)
            & e.names_same
            & same_year(e)
            & e.journal.same
            & (e.pages.same | e.abstract.same)
            & nothing_against(e)
        ),
    ),
    Doubt(
        name="part of the title, ahead of print",
        says="Authors and journal are the same, one title lacks its subtitle, nothing contradicts.",
        score=0.6,
        holds=lambda e: (
            much_of_title(e)
            & ~e.common_title
            & one_kind(e)
            & same_people(e)
            & near_in_time(e)
            & nothing_against(e)
        ),
    ),
    Doubt(
        name="same title and authors, another place",
        says="Title and authors are the same, but one of volume, issue and pages contradicts.",
        score=0.5,
        holds=lambda e: (
            same_title(e)
            & ~in_two_places(e)
            & ~e.common_title
            & one_kind(e)
            & same_people(e)
            & near_in_time(e)
            & ~e.journal.other
        ),
    ),
    Doubt(
        name="same title and authors, another journal",
        says="Title, all authors and year are the same; the journals differ, or are spelt so.",
        score=0.4,
        holds=lambda e: (
            same_title(e)
            & ~e.common_title
            & one_kind(e)
            & e.names_same
            & same_year(e)
            & e.journal.other
            & ~(e.issue.other | e.pages.other)
            & (~e.volume.other | e.pages_full)
        ),
    ),
    Doubt(
        name="same title and year, nobody named",
        says="Title, journal and year are the same, an author is missing, nothing contradicts.",
        score=0.5,
        holds=lambda e: (
            same_title(e)
            & ~e.common_title
            & (e.names_fewest == 0)
            & same_year(e)
            & e.journal.same
            & nothing_against(e)
        ),
    ),
    Doubt(
        name="nearly the same title",
        says="Authors, journal and year are the same and the titles nearly; nothing contradicts.",
        score=0.4,
        holds=lambda e: (
            (e.title_percent >= NEARLY_SAME_PERCENT)
            & (e.title != Difference.TELLING)
            & ~e.common_title
            & one_kind(e)
            & e.names_same
            & same_year(e)
            & nothing_against(e)
        ),
    ),
)
