"""The rules by which two records are one report, and the vetoes that keep them apart.

A table to read, in the order in which it is tried: the first rule whose condition holds names
the link. A veto outranks every rule. Each says what it means, why, and where it is from. The
conditions are written on arrays of pairs (`evidence`): `&` is and, `|` is or, `~` is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scopingreview.dedupe.evidence import Evidence, Truths
from scopingreview.dedupe.titles import Difference

SIMILAR_PERCENT = 85.0  # a few letters or a word in ten
RELATED_PERCENT = 60.0  # about the same thing, in other words

Condition = Callable[[Evidence], Truths]


@dataclass(frozen=True, slots=True)
class Rule:
    """Two records are one report when `holds`; `score` (0-1) says how sure that is."""

    name: str
    says: str
    because: str
    score: float
    holds: Condition


@dataclass(frozen=True, slots=True)
class Veto:
    """Two records are two reports when `holds`, whatever speaks for one."""

    name: str
    says: str
    because: str
    holds: Condition


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
    others: Truths = same_people(e) | (e.names_fewest == 0)
    return others


def some_people(e: Evidence) -> Truths:
    """One author at least is in both lists, or one record names none."""
    some: Truths = (e.names_shared > 0) | (e.names_fewest == 0)
    return some


def near_in_time(e: Evidence) -> Truths:
    """The years are at most one apart: print follows electronic publication."""
    near: Truths = e.years_apart <= 1
    return near


def same_place(e: Evidence) -> Truths:
    """Volume and page agree; journals are translated, renamed and spelt in many ways."""
    return e.volume.same & e.pages.same


def same_printed_place(e: Evidence) -> Truths:
    """Journal, volume, first and last page agree: no two reports stand there."""
    return e.volume.same & e.pages_full & e.journal.same


def nothing_else(e: Evidence) -> Truths:
    """Neither journal, volume, issue nor pages contradict each other."""
    return ~(e.journal.other | e.volume.other | e.issue.other | e.pages.other)


VETOES: tuple[Veto, ...] = (
    Veto(
        name="another kind of item",
        says="One is a correction, comment, reply, retraction or protocol; the other is not.",
        because="A notice, a reply and a protocol bear the title of the article they belong to.",
        holds=lambda e: e.notice_differs,
    ),
    Veto(
        name="different DOI",
        says="Each has a DOI of its own.",
        because="A DOI names one object; two name two until a person says otherwise.",
        holds=lambda e: e.doi.other,
    ),
    Veto(
        name="different PMID",
        says="Each has a PubMed entry of its own.",
        because="PubMed makes one entry per publication.",
        holds=lambda e: e.pmid.other,
    ),
    Veto(
        name="title differs in a number or an opposite",
        says="A part number, a dose, a year, or a word and its opposite stands in one title only.",
        because="Part I and Part II, men and women, 2010 and 2011 are works of their own.",
        holds=lambda e: e.both_titled & (e.title == Difference.TELLING),
    ),
    Veto(
        name="other authors",
        says="The lists of authors share no name, and DOI or printed place do not agree.",
        because="Generic titles recur. In one and the same place the names are written otherwise.",
        holds=lambda e: ~some_people(e) & ~same_printed_place(e) & ~e.doi.same,
    ),
    Veto(
        name="a single page elsewhere",
        says="One is a single page outside the pages of the other.",
        because="Errata and congress abstracts bear the article's title on a page of their own.",
        holds=lambda e: e.lone_page & ~(e.volume.same & e.issue.same) & ~e.doi.same,
    ),
    Veto(
        name="another volume and other pages",
        says="Volume and pages both contradict each other.",
        because="One report is printed in one place.",
        holds=lambda e: e.volume.other & e.pages.other & ~e.doi.same,
    ),
)

RULES: tuple[Rule, ...] = (
    Rule(
        name="same PMID",
        says="The PubMed number is the same, and so is the title or all but its subtitle.",
        because="PubMed makes one entry per publication.",
        score=0.99,
        holds=lambda e: e.pmid.same & much_of_title(e),
    ),
    Rule(
        name="same DOI and title",
        says="The DOI is the same, and so is the title or all but its subtitle.",
        because="A DOI names one object; a supplement's DOI is shared by different titles.",
        score=0.98,
        holds=lambda e: e.doi.same & much_of_title(e) & ~e.pages.other,
    ),
    Rule(
        name="same DOI, title and all authors",
        says="DOI, title and the whole list of authors are the same; the pages are not.",
        because="A page number is mistyped more easily than all of these.",
        score=0.96,
        holds=lambda e: e.doi.same & (e.title == Difference.NONE) & e.names_same,
    ),
    Rule(
        name="same title, authors and place",
        says="Title, authors, volume and first page are the same.",
        because="One place in print holds one report, however its journal is spelt.",
        score=0.97,
        holds=lambda e: much_of_title(e) & no_other_people(e) & same_place(e),
    ),
    Rule(
        name="same title and place, an author in common",
        says="Title, journal, volume and first page are the same, and an author is.",
        because="Lists of authors are cut short and misread; the place is not.",
        score=0.96,
        holds=lambda e: much_of_title(e) & some_people(e) & same_place(e) & ~e.journal.other,
    ),
    Rule(
        name="same title in the same place",
        says="Title, journal, volume, first and last page are the same; the names differ.",
        because="Names are written family first or last, or cut short; the place is not.",
        score=0.95,
        holds=lambda e: same_title(e) & same_printed_place(e),
    ),
    Rule(
        name="same title and authors",
        says="Title and authors are the same, the years near, and nothing contradicts.",
        because="Databases leave out volume and pages of what is ahead of print.",
        score=0.95,
        holds=lambda e: (
            same_title(e)
            & ~e.common_title
            & same_people(e)
            & near_in_time(e)
            & nothing_else(e)
            & ((e.years_apart == 0) | e.journal.same | e.volume.same | e.pages.same)
        ),
    ),
    Rule(
        name="same title, authors and page of a year",
        says="Title, authors, journal, year and page are the same; the volume is not.",
        because="A supplement's number slides into the volume.",
        score=0.94,
        holds=lambda e: (
            same_title(e)
            & ~e.common_title
            & same_people(e)
            & (e.years_apart == 0)
            & e.journal.same
            & e.pages.same
        ),
    ),
    Rule(
        name="same title in the same issue",
        says="Title, journal, volume, issue and year are the same, and nobody is named.",
        because="Collected abstracts and proceedings have no author and often no page.",
        score=0.93,
        holds=lambda e: (
            same_title(e)
            & ~e.common_title
            & (e.names_fewest == 0)
            & (e.years_apart == 0)
            & e.journal.same
            & e.volume.same
            & e.issue.same
            & ~e.pages.other
        ),
    ),
    Rule(
        name="same title and authors, fields shifted",
        says="Title, authors and journal are the same; volume and issue stand one field on.",
        because="An import that lost the volume moved the issue and the page up.",
        score=0.93,
        holds=lambda e: same_title(e) & same_people(e) & e.journal.same & e.shifted,
    ),
    Rule(
        name="same title, pages mistyped",
        says="Title, authors, journal and volume are the same; the pages are a slip apart.",
        because="Two papers do not overlap in print.",
        score=0.93,
        holds=lambda e: (
            much_of_title(e) & same_people(e) & e.journal.same & e.volume.same & e.pages_near
        ),
    ),
    Rule(
        name="similar title in the same place",
        says="Authors, journal, volume and page are the same; the titles differ in a few words.",
        because="A typing error, or a word that one database left out.",
        score=0.93,
        holds=lambda e: (
            (e.title_percent >= SIMILAR_PERCENT)
            & same_people(e)
            & e.journal.same
            & e.volume.same
            & e.pages.same
        ),
    ),
    Rule(
        name="same place and authors, translated title",
        says="Journal, volume, first and last page and authors are the same; the titles differ.",
        because="Databases translate a title each in their own words.",
        score=0.92,
        holds=lambda e: (
            same_printed_place(e)
            & near_in_time(e)
            & (same_people(e) | (no_other_people(e) & (e.title_percent >= RELATED_PERCENT)))
        ),
    ),
)

POSSIBLE: tuple[Rule, ...] = (
    Rule(
        name="same title and authors, another place",
        says="Title and authors are the same, but something contradicts.",
        because="A later edition, a reprint, an abstract and its article, or a slip.",
        score=0.5,
        holds=lambda e: same_title(e) & ~e.common_title & same_people(e) & near_in_time(e),
    ),
)
