"""The rules by which two records are one report, and the vetoes that keep them apart.

A table to read, in the order in which it is tried: the first rule that holds names the link. A
veto outranks every rule. Each says what it means and why a librarian would say so. Conditions
are written on arrays of pairs (`evidence`): `&` is and, `|` is or, `~` is not.

Not here: the pairs that are left to people (`doubts`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scopingreview.dedupe.differences import Difference
from scopingreview.dedupe.evidence import Evidence, Truths
from scopingreview.model import DedupePolicy, LinkUnit, Versions

Condition = Callable[[Evidence], Truths]
Choice = Callable[[DedupePolicy], bool]

RELATED_PERCENT = 60.0  # about the same thing, in other words


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


@dataclass(frozen=True, slots=True)
class Rule:
    """Two records are one report when it `holds`, in reviews whose policy `applies`."""

    name: str
    says: str
    because: str
    holds: Condition
    applies: Choice = always


@dataclass(frozen=True, slots=True)
class Veto:
    """Two records are two reports when it `holds`, whatever speaks for one."""

    name: str
    says: str
    because: str
    holds: Condition
    applies: Choice = always


# ── what the rules are made of ───────────────────────────────────────────────────────────────


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


# ── what keeps records apart ─────────────────────────────────────────────────────────────────

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
        says="One stands on a preprint server, the other does not.",
        because="Peer review changes reports; the protocol may join them.",
        holds=lambda e: e.preprint_and_article,
        applies=lambda policy: not preprints_together(policy),
    ),
    Veto(
        name="title differs in a number or an opposite",
        says="A part number, a dose, a year, or a word and its opposite stands in one title only.",
        because="Part I and Part II, men and women, 2010 and 2011 are works of their own.",
        holds=lambda e: e.both_titled & (e.title == Difference.TELLING),
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
)

# ── what links them ──────────────────────────────────────────────────────────────────────────

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
        holds=lambda e: e.doi.same & same_people(e) & e.volume.same & e.pages_full,
    ),
    Rule(
        name="same place and authors, translated title",
        says="Journal, volume, first and last page and authors are the same; the titles differ.",
        because="Databases translate a title each in their own words.",
        holds=lambda e: (
            same_printed_place(e)
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
