"""What keeps two records apart, whatever speaks for one report: a table to read.

Each says what it means and why a librarian would say so. A person's word outranks it.
"""

from __future__ import annotations

from dataclasses import dataclass

from scopingreview.dedupe.compare.differences import Difference
from scopingreview.dedupe.conditions import (
    Choice,
    Condition,
    always,
    cochrane_together,
    known_by_its_pages,
    more_behind_the_title,
    one_object,
    preprints_together,
    same_doi,
    same_issue,
    same_place,
    same_printed_place,
    some_people,
    whole_studies,
)


@dataclass(frozen=True, slots=True)
class Veto:
    """Two records are two reports when it `holds`, whatever speaks for one."""

    name: str
    says: str
    because: str
    holds: Condition
    applies: Choice = always


VETOES: tuple[Veto, ...] = (
    Veto(
        name="another kind of item",
        says="One is a correction, comment, reply or retraction; the other is not.",
        because="A notice or a reply bears the title of the article it belongs to.",
        holds=lambda e: e.notice_differs & ~one_object(e),
    ),
    Veto(
        name="a protocol and its results",
        says="One is a protocol; the other is not, and stands elsewhere.",
        because="A protocol is a publication of its own. In one place, a subtitle was lost.",
        holds=lambda e: e.protocol_differs & ~one_object(e) & ~same_place(e) & ~same_issue(e),
        applies=lambda policy: not whole_studies(policy),
    ),
    Veto(
        name="different DOI",
        says="Each has a DOI of its own.",
        because="A DOI names one object; two name two until a person says otherwise.",
        holds=lambda e: e.doi.other & ~e.cochrane_same & ~e.preprint_and_article,
    ),
    Veto(
        name="different PMID",
        says="Each has a PubMed entry of its own.",
        because="PubMed makes one entry per publication.",
        holds=lambda e: e.pmid.other & ~e.cochrane_same & ~e.preprint_and_article,
    ),
    Veto(
        name="versions of a Cochrane review",
        says="One Cochrane review in two versions: other DOI suffix, or years apart.",
        because="An update has other searches and other results; the protocol may join them.",
        holds=lambda e: e.cochrane_versions,
        applies=lambda policy: not cochrane_together(policy),
    ),
    Veto(
        name="a preprint and its article",
        says="One stands on a preprint server, the other does not, and no pages are the same.",
        because="Peer review changes reports; the protocol may join them. Pages are the article's.",
        holds=lambda e: e.preprint_and_article & ~known_by_its_pages(e),
        applies=lambda policy: not preprints_together(policy),
    ),
    Veto(
        name="a supplement and another year",
        says="One stands in a supplement, the other elsewhere and in another year.",
        because="A congress abstract is printed first, under the title of the article to come.",
        holds=lambda e: (
            e.supplement_differs
            & (e.years_apart > 0)
            & ~same_place(e)
            & ~same_doi(e)
            & ~e.pmid.same
        ),
        applies=lambda policy: not whole_studies(policy),
    ),
    Veto(
        name="title differs in a number or an opposite",
        says="A part number, a dose, a year, or a word and its opposite stands in one title only.",
        because="Part I and Part II, men and women, 2010 and 2011 are works of their own.",
        holds=lambda e: e.both_titled & (e.title == Difference.TELLING) & ~more_behind_the_title(e),
    ),
    Veto(
        name="other authors",
        says="The lists of authors share no name, and neither DOI nor printed place agree.",
        because="Generic titles recur. In one and the same place the names are written otherwise.",
        holds=lambda e: ~some_people(e) & ~same_printed_place(e) & ~same_doi(e),
    ),
    Veto(
        name="a single page elsewhere",
        says="One is a single page outside the pages of the other.",
        because="Errata and congress abstracts bear the article's title on a page of their own.",
        holds=lambda e: e.lone_page & ~(e.volume.same & e.issue.same) & ~same_doi(e),
        applies=lambda policy: not whole_studies(policy),
    ),
    Veto(
        name="another volume and other pages",
        says="Volume and pages both contradict each other.",
        because="One report is printed in one place.",
        holds=lambda e: e.volume.other & e.pages.other & ~same_doi(e),
        applies=lambda policy: not whole_studies(policy),
    ),
    Veto(
        name="other pages",
        says="The pages contradict each other, and neither DOI nor PMID is the same.",
        because="A record without pages, a copy of either, must not join two papers of one title.",
        holds=lambda e: e.pages.other & ~same_doi(e) & ~e.pmid.same & ~e.shifted & ~e.pages_near,
        applies=lambda policy: not whole_studies(policy),
    ),
)
