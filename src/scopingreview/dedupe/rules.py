"""The rules by which two records are one report: a table to read, in the order it is tried.

The first rule that holds names the link. Each says what it means and why a librarian would say
so. A veto outranks every rule, a person's word outranks both.
"""

from __future__ import annotations

from dataclasses import dataclass

from scopingreview.dedupe.compare.differences import Difference
from scopingreview.dedupe.conditions import (
    NEARLY_SAME_PERCENT,
    RELATED_PERCENT,
    Choice,
    Condition,
    always,
    cochrane_together,
    more_behind_the_title,
    much_of_title,
    near_in_time,
    no_other_people,
    nothing_against,
    preprints_together,
    same_doi,
    same_issue,
    same_pages_of_a_year,
    same_people,
    same_place,
    same_printed_place,
    same_title,
    same_year,
    some_people,
    whole_studies,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Two records are one report when it `holds`, in reviews whose policy `applies`."""

    name: str
    says: str
    because: str
    holds: Condition
    applies: Choice = always


RULES: tuple[Rule, ...] = (
    Rule(
        name="same PMID",
        says="The PubMed number is the same, and so is the title or all but its subtitle.",
        because="PubMed makes one entry per publication.",
        holds=lambda e: e.pmid.same & much_of_title(e),
    ),
    Rule(
        name="same DOI and title",
        says="The DOI is the same, and so is the title or all but its subtitle.",
        because="A DOI names one object; a supplement's DOI is shared by different titles.",
        holds=lambda e: same_doi(e) & e.both_titled & ~e.pages.other,
    ),
    Rule(
        name="same title, authors and place",
        says="Title, authors, volume and first page are the same.",
        because="One place in print holds one report, however its journal is spelt.",
        holds=lambda e: much_of_title(e) & no_other_people(e) & same_place(e),
    ),
    Rule(
        name="same DOI, title and all authors",
        says="DOI, title and the whole list of authors are the same; the pages are not.",
        because="A page number is mistyped more easily than all of these.",
        holds=lambda e: e.doi.same & (e.title == Difference.NONE) & e.names_same,
    ),
    Rule(
        name="same title and place, an author in common",
        says="Title, volume and first page are the same, and an author is.",
        because="Lists of authors are cut short and misread; the place is not.",
        holds=lambda e: much_of_title(e) & some_people(e) & same_place(e) & ~e.journal.other,
    ),
    Rule(
        name="same title in the same place",
        says="Title, journal, volume, first and last page are the same; the names differ.",
        because="Names are written family first or last, or cut short; the place is not.",
        holds=lambda e: same_title(e) & same_printed_place(e),
    ),
    Rule(
        name="same title and authors",
        says="Title and authors are the same, the years near, and nothing contradicts.",
        because="Databases leave out volume and pages of what is ahead of print.",
        holds=lambda e: (
            same_title(e)
            & ~e.common_title
            & same_people(e)
            & near_in_time(e)
            & nothing_against(e)
            & ~e.supplement_alone
            & ~e.cochrane_unsure
            & (same_year(e) | e.journal.same | e.volume.same | e.pages.same)
        ),
    ),
    Rule(
        name="same title, authors and issue",
        says="Title, authors, journal, volume and issue are the same.",
        because="Nobody writes two items of one title in one issue.",
        holds=lambda e: same_title(e) & same_people(e) & same_issue(e),
    ),
    Rule(
        name="same beginning of the title, authors and volume",
        says="Authors, journal and volume are the same; one title lacks its subtitle.",
        because="Databases cut subtitles off, and nothing contradicts.",
        holds=lambda e: (
            much_of_title(e)
            & ~e.common_title
            & same_people(e)
            & near_in_time(e)
            & e.journal.same
            & e.volume.same
            & nothing_against(e)
        ),
    ),
    Rule(
        name="same title, authors and page of a year",
        says="Title, authors, journal, year and page are the same; the volume is not.",
        because="A supplement's number slides into the volume.",
        holds=lambda e: (
            same_title(e)
            & ~e.common_title
            & same_people(e)
            & same_year(e)
            & e.journal.same
            & e.pages.same
        ),
    ),
    Rule(
        name="same beginning of the title, authors and pages of a year",
        says="All authors, journal, year and both pages are the same; a subtitle is missing.",
        because="Proceedings have pages and often no volume; two papers do not share them.",
        holds=lambda e: (
            much_of_title(e)
            & ~e.common_title
            & e.names_same
            & same_pages_of_a_year(e)
            & nothing_against(e)
        ),
    ),
    Rule(
        name="same title, authors and pages, a book and its series",
        says="Title, all authors, year, first and last page are the same; the journals are not.",
        because="A chapter is listed under its book or under the series that the book is in.",
        holds=lambda e: (
            same_title(e)
            & ~e.common_title
            & e.names_same
            & same_year(e)
            & e.pages_full
            & ~(e.volume.other | e.issue.other)
        ),
    ),
    Rule(
        name="same title in the same volume, nobody named",
        says="Title, journal, volume and year are the same, and no author is named.",
        because="Collected abstracts and proceedings have no author and often no page.",
        holds=lambda e: (
            same_title(e)
            & ~e.common_title
            & (e.names_fewest == 0)
            & same_year(e)
            & e.journal.same
            & e.volume.same
            & nothing_against(e)
        ),
    ),
    Rule(
        name="same title and authors, fields shifted",
        says="Title, authors and journal are the same; volume and issue stand one field on.",
        because="An import that lost the volume moved the issue and the page up.",
        holds=lambda e: same_title(e) & same_people(e) & e.journal.same & e.shifted,
    ),
    Rule(
        name="same title, pages mistyped",
        says="Title, authors, journal and volume are the same; the pages are a slip apart.",
        because="Two papers do not overlap in print.",
        holds=lambda e: (
            much_of_title(e) & same_people(e) & e.journal.same & e.volume.same & e.pages_near
        ),
    ),
    Rule(
        name="same DOI, authors and pages",
        says="DOI, authors, volume, first and last page are the same; the titles differ.",
        because="A title is translated or mistyped; a supplement's abstracts have pages apart.",
        holds=lambda e: (
            e.doi.same
            & same_people(e)
            & e.volume.same
            & (e.pages_full | (e.pages.same & (e.title_percent >= NEARLY_SAME_PERCENT)))
        ),
    ),
    Rule(
        name="same DOI and place, more behind the title",
        says="DOI, authors, journal, volume and page are the same; one title goes on.",
        because="Databases put classes and notes behind a title; the rest names one object.",
        holds=more_behind_the_title,
    ),
    Rule(
        name="same place and authors, translated title",
        says="Journal, volume, first and last page and authors are the same; the titles differ.",
        because="Databases translate a title in their own words; a column has other issues.",
        holds=lambda e: (
            same_printed_place(e)
            & ~e.issue.other
            & near_in_time(e)
            & (same_people(e) | (no_other_people(e) & (e.title_percent >= RELATED_PERCENT)))
        ),
    ),
    Rule(
        name="versions of a Cochrane review",
        says="The number of the Cochrane review is the same.",
        because="The protocol takes versions of one review together.",
        holds=lambda e: e.cochrane_same & some_people(e),
        applies=cochrane_together,
    ),
    Rule(
        name="a preprint and its article",
        says="Title and authors are the same; one stands on a preprint server.",
        because="The protocol takes a preprint and its article together.",
        holds=lambda e: same_title(e) & ~e.common_title & same_people(e) & e.preprint_and_article,
        applies=preprints_together,
    ),
    Rule(
        name="same title and authors, another publication",
        says="Title and authors are the same; the places are not.",
        because="The protocol takes the reports of one study together.",
        holds=lambda e: same_title(e) & ~e.common_title & same_people(e) & (e.names_shared > 1),
        applies=whole_studies,
    ),
)
