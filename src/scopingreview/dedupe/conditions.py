"""The words that rules, vetoes and doubts are written in: conditions on arrays of pairs.

Each takes the evidence and says of every pair whether it holds: `&` is and, `|` is or, `~` is
not. The others ask the review's policy, once for all pairs.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scopingreview.dedupe.compare.differences import Difference
from scopingreview.dedupe.evidence import Evidence
from scopingreview.dedupe.key_agreement import Truths
from scopingreview.model import DedupePolicy, LinkUnit, Versions

Condition = Callable[[Evidence], Truths]
Choice = Callable[[DedupePolicy], bool]

RELATED_PERCENT = 60.0  # about the same thing, in other words
NEARLY_SAME_PERCENT = 92.0


def always(_policy: DedupePolicy) -> bool:
    """Under every policy."""
    return True


def whole_studies(policy: DedupePolicy) -> bool:
    """When the reports of one study are linked."""
    return policy.unit is LinkUnit.STUDY


def cochrane_together(policy: DedupePolicy) -> bool:
    """When versions of a Cochrane review are linked."""
    return policy.cochrane_versions is Versions.TOGETHER or whole_studies(policy)


def preprints_together(policy: DedupePolicy) -> bool:
    """When a preprint and its article are linked."""
    return policy.preprints is Versions.TOGETHER or whole_studies(policy)


def same_title(e: Evidence) -> Truths:
    """Nothing parts the titles but spelling."""
    same: Truths = e.both_titled & (e.title <= Difference.TRIVIAL)
    return same


def much_of_title(e: Evidence) -> Truths:
    """The titles are the same, or one lacks its subtitle or its end."""
    alike: Truths = e.both_titled & (e.title <= Difference.PART)
    return alike


def same_people(e: Evidence) -> Truths:
    """At least two thirds of the shorter list of authors are in the other."""
    same: Truths = (e.names_fewest > 0) & (3 * e.names_shared >= 2 * e.names_fewest)
    return same


def no_other_people(e: Evidence) -> Truths:
    """The authors are the same, or one record names none."""
    no_others: Truths = same_people(e) | (e.names_fewest == 0)
    return no_others


def some_people(e: Evidence) -> Truths:
    """One author at least is in both lists, or one record names none."""
    some: Truths = (e.names_shared > 0) | (e.names_fewest == 0)
    return some


def near_in_time(e: Evidence) -> Truths:
    """The years are at most one apart, as print and electronic publication are."""
    near: Truths = e.years_apart <= 1
    return near


def same_year(e: Evidence) -> Truths:
    """Both name the same year."""
    same: Truths = e.years_apart == 0
    return same


def same_place(e: Evidence) -> Truths:
    """Volume and page agree; journals are translated, renamed and spelt in many ways."""
    return e.volume.same & e.pages.same


def same_printed_place(e: Evidence) -> Truths:
    """Journal, volume, first and last page agree: no two reports stand there."""
    return e.volume.same & e.pages_full & e.journal.same


def same_pages_of_a_year(e: Evidence) -> Truths:
    """Journal, year, first and last page agree: a place in print without its volume."""
    return same_year(e) & e.journal.same & e.pages_both


def same_issue(e: Evidence) -> Truths:
    """Journal, volume and issue agree, and no page contradicts."""
    return e.journal.same & e.volume.same & e.issue.same & ~e.pages.other


def nothing_against(e: Evidence) -> Truths:
    """Neither journal, volume, issue nor pages contradict each other."""
    return ~(e.journal.other | e.volume.other | e.issue.other | e.pages.other)


def same_doi(e: Evidence) -> Truths:
    """The DOI is the same, and so are the titles as far as they go.

    Without the title it proves nothing: abstracts of one supplement share its DOI.
    """
    same: Truths = e.doi.same & (e.title <= Difference.PART)
    return same


def one_object(e: Evidence) -> Truths:
    """The same DOI stands on one title, or the same printed place."""
    return (same_doi(e) & ~e.pages.other) | same_printed_place(e)


def more_behind_the_title(e: Evidence) -> Truths:
    """DOI, people and place of one object are the same; one title has more behind it."""
    more: Truths = e.title_begins & e.doi.same & same_people(e) & e.journal.same & same_place(e)
    return more


def known_by_its_pages(e: Evidence) -> Truths:
    """Title, all authors, journal, year and page are the same, whatever its DOI."""
    known: Truths = (
        same_title(e)
        & ~e.common_title
        & e.names_same
        & same_year(e)
        & e.journal.same
        & e.pages.same
    )
    return known


def in_two_places(e: Evidence) -> Truths:
    """Two or all three of volume, issue and pages contradict, and no number says otherwise.

    One of them is mistyped now and then.
    """
    contradictions = e.volume.other.astype(np.int8) + e.issue.other + e.pages.other
    twice: Truths = (contradictions > 1) & ~e.doi.same & ~e.pmid.same
    return twice
