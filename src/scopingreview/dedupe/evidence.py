"""What speaks for and against each pair: arrays, one entry per pair in each.

Two fields say the same, say something else, or one is silent: missing is never evidence. What
follows from the evidence is the business of `rules`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from scopingreview import normalise
from scopingreview.dedupe.compare.authors import are_swapped, given_name, shared_names
from scopingreview.dedupe.compare.differences import begins_with, compare_titles
from scopingreview.dedupe.compare.journals import another_edition, same_journal
from scopingreview.dedupe.compare.titles import Notice
from scopingreview.dedupe.corpus import Corpus
from scopingreview.dedupe.features import Columns, Numbers
from scopingreview.dedupe.key_agreement import Agreement, Truths, compare_keys
from scopingreview.dedupe.page_agreement import compare_pages

WORTH_A_LOOK_PERCENT = 70.0  # titles less alike are read only when place or number agree
OTHER_ITEM = int(
    Notice.ERRATUM | Notice.COMMENT | Notice.REPLY | Notice.RETRACTION | Notice.SEVERAL
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence on pairs of rows; every array has one entry per pair.

    `title` is a `Difference`, `title_percent` how alike the titles are (0-100), `title_begins`
    whether one is the other with more behind it. `common_title`: other works bear it too, or it
    is too short to name one. `names_shared` of `names_fewest` family names in the shorter list
    are in both; where family and given name of the first author are swapped, all of them.
    `years_apart` is -1 when a year is unknown. `issn` and `abstract` can only be the same: a
    journal has several numbers, and databases cut abstracts.
    `pages_both`: first and last page agree; `pages_full`: and the range does not begin on page 1,
    where it may be a length that many share; `pages_near`: they are a typing error apart;
    `lone_page`: one is a single page outside the other's range. `shifted`: volume and issue of
    one stand as issue and page of the other. `supplement_differs`: one stands in a supplement;
    `supplement_alone`: and the other has no place at all. `cochrane_unsure`: one Cochrane review,
    and nothing says whether in one version.
    """

    one: Numbers
    other: Numbers
    title: NDArray[np.int8]
    title_percent: NDArray[np.float32]
    title_begins: Truths
    both_titled: Truths
    notice_differs: Truths
    protocol_differs: Truths
    supplement_differs: Truths
    supplement_alone: Truths
    common_title: Truths
    names_shared: NDArray[np.int16]
    names_fewest: NDArray[np.int16]
    names_same: Truths
    years_apart: NDArray[np.int16]
    volume: Agreement
    issue: Agreement
    shifted: Truths
    pages: Agreement
    pages_both: Truths
    pages_full: Truths
    pages_near: Truths
    lone_page: Truths
    journal: Agreement
    issn: Agreement
    abstract: Agreement
    doi: Agreement
    pmid: Agreement
    cochrane_same: Truths
    cochrane_versions: Truths
    cochrane_unsure: Truths
    preprint_and_article: Truths

    def __len__(self) -> int:
        return len(self.one)

    def where(self, chosen: Truths) -> Evidence:
        """The evidence on the chosen pairs only."""
        return Evidence(*(getattr(self, field.name)[chosen] for field in fields(self)))


def worth_a_look(columns: Columns, one: Numbers, other: Numbers, *, any_time: bool) -> Truths:
    """Which pairs have enough in common to be compared in full: a truth for each.

    At `any_time`, or about one time. Cheap tests on numbers before those on texts. Every rule and
    every doubt asks for more.
    """
    near = np.arange(len(one)) if any_time else np.flatnonzero(_near(columns, one, other))
    near = near[_alike_in_title(columns, one[near], other[near])]
    near = near[_alike_in_people(columns, one[near], other[near])]
    worth = np.zeros(len(one), dtype=bool)
    worth[near] = True
    return worth


def _near(columns: Columns, one: Numbers, other: Numbers) -> Truths:
    """Where a number, the volume or the time agrees, or one is silent about its time."""
    near: Truths = (
        _same_number(columns, one, other)
        | compare_keys(columns.volume, one, other).same
        | (_years_apart(columns.year, one, other) <= 1)
        | _shifted(columns, one, other)
        | _shifted(columns, other, one)
        | (columns.preprint[one] != columns.preprint[other])
    )
    return near


def _alike_in_title(columns: Columns, one: Numbers, other: Numbers) -> Truths:
    """Where the titles are alike, or what stands beside them says enough."""
    same_place = (
        ~compare_keys(columns.volume, one, other).other
        & compare_keys(columns.first_page, one, other).same
    )
    same_person = compare_keys(columns.first_name_key, one, other).same
    same_end = columns.last_page[one] == columns.last_page[other]
    alike: Truths = (
        compare_keys(columns.title_key, one, other).same
        | _same_number(columns, one, other)
        | (same_place & (same_person | same_end))
    )
    unsure = np.flatnonzero(~alike)
    percent = _title_percent(columns, one[unsure], other[unsure], WORTH_A_LOOK_PERCENT)
    alike[unsure] = percent >= WORTH_A_LOOK_PERCENT
    return alike


def _alike_in_people(columns: Columns, one: Numbers, other: Numbers) -> Truths:
    """Where most names are shared, or a number or the place says enough without them."""
    alike: Truths = _same_number(columns, one, other) | (
        compare_keys(columns.volume, one, other).same
        & (columns.first_page[one] == columns.first_page[other])
    )
    unsure = np.flatnonzero(~alike)
    shared, fewest, _ = _names(columns, one[unsure], other[unsure])
    alike[unsure] = 3 * shared >= 2 * fewest
    return alike


def _same_number(columns: Columns, one: Numbers, other: Numbers) -> Truths:
    """Where DOI, PMID or the number of a Cochrane review is the same."""
    same: Truths = (
        compare_keys(columns.doi_key, one, other).same
        | compare_keys(columns.pmid, one, other).same
        | compare_keys(columns.cochrane, one, other).same
    )
    return same


def gather(columns: Columns, corpus: Corpus, one: Numbers, other: Numbers) -> Evidence:
    """All the evidence on the pairs that the two arrays of rows make, which are of one length."""
    pages = compare_pages(columns, one, other)
    shared, fewest, swapped = _names(columns, one, other)
    issn = _issns(columns, one, other)
    title, title_begins = _titles(columns, one, other)
    return Evidence(
        one=one,
        other=other,
        title=title,
        title_percent=_title_percent(columns, one, other, 0.0),
        title_begins=title_begins,
        both_titled=(columns.title_key[one] != 0) & (columns.title_key[other] != 0),
        notice_differs=(columns.notice[one] ^ columns.notice[other]) & OTHER_ITEM != 0,
        protocol_differs=(columns.notice[one] ^ columns.notice[other]) & Notice.PROTOCOL != 0,
        supplement_differs=(columns.supplement[one] != 0) != (columns.supplement[other] != 0),
        supplement_alone=_supplement_alone(columns, one, other)
        | _supplement_alone(columns, other, one),
        common_title=corpus.common_title[one] | corpus.common_title[other],
        names_shared=shared,
        names_fewest=fewest,
        names_same=compare_keys(columns.names_key, one, other).same | swapped,
        years_apart=_years_apart(columns.year, one, other),
        volume=compare_keys(np.where(corpus.volume_counts, columns.volume, 0), one, other),
        issue=compare_keys(np.where(corpus.issue_counts, columns.issue, 0), one, other),
        shifted=_shifted(columns, one, other) | _shifted(columns, other, one),
        pages=pages.agreement,
        pages_both=pages.both,
        pages_full=pages.full,
        pages_near=pages.near,
        lone_page=pages.lone,
        journal=_journals(columns, one, other, issn),
        issn=Agreement(issn, np.zeros(len(one), dtype=bool)),
        abstract=Agreement(
            compare_keys(columns.abstract_key, one, other).same, np.zeros(len(one), dtype=bool)
        ),
        doi=compare_keys(columns.doi_key, one, other),
        pmid=compare_keys(columns.pmid, one, other),
        cochrane_same=compare_keys(columns.cochrane, one, other).same,
        cochrane_versions=_versions(columns, one, other),
        cochrane_unsure=_unsure_version(columns, one, other),
        preprint_and_article=columns.preprint[one] != columns.preprint[other],
    )


def _title_percent(
    columns: Columns, one: Numbers, other: Numbers, cutoff: float
) -> NDArray[np.float32]:
    titles = columns.title
    return process.cpdist(
        [titles[row] for row in one.tolist()],
        [titles[row] for row in other.tolist()],
        scorer=fuzz.ratio,
        score_cutoff=cutoff,
        dtype=np.float32,
    )


def _titles(columns: Columns, one: Numbers, other: Numbers) -> tuple[NDArray[np.int8], Truths]:
    """How two titles differ, and whether one is the other with more behind it."""
    difference = np.zeros(len(one), dtype=np.int8)
    begins = np.zeros(len(one), dtype=bool)
    titles = columns.title
    for at in np.flatnonzero(columns.title_key[one] != columns.title_key[other]).tolist():
        here, there = titles[one[at]], titles[other[at]]
        difference[at] = compare_titles(here, there)
        begins[at] = begins_with(here, there)
    return difference, begins


def _names(
    columns: Columns, one: Numbers, other: Numbers
) -> tuple[NDArray[np.int16], NDArray[np.int16], Truths]:
    """How many family names both lists have, how many the shorter one, and where names are swapped.

    Where the family and the given name of the first author are swapped, both have all names.
    """
    names = columns.names
    shared = np.zeros(len(one), dtype=np.int16)
    fewest = np.zeros(len(one), dtype=np.int16)
    swapped = np.zeros(len(one), dtype=bool)
    for at, (left, right) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        here, there = names[left], names[right]
        if here == there:
            shared[at] = fewest[at] = len(here.split())
        elif here and there:
            shared[at], fewest[at] = shared_names(here, there)
            if 3 * shared[at] < 2 * fewest[at] and _first_swapped(columns, left, right):
                shared[at], swapped[at] = fewest[at], here.count(" ") == there.count(" ")
    return shared, fewest, swapped


def _first_swapped(columns: Columns, one: int, other: int) -> bool:
    """Whether the family name of each first author is the given name of the other."""
    here, there = (columns.names[row].partition(" ")[0] for row in (one, other))
    here_whole, there_whole = columns.first_author[one], columns.first_author[other]
    if there not in normalise.fold(here_whole) and here not in normalise.fold(there_whole):
        return False
    return are_swapped((here, given_name(here_whole)), (there, given_name(there_whole)))


def _issns(columns: Columns, one: Numbers, other: Numbers) -> Truths:
    """Where an ISSN of one is an ISSN of the other."""
    same: Truths = (
        compare_keys(columns.issn, one, other).same
        | compare_keys(columns.other_issn, one, other).same
    )
    for here, there in ((columns.issn, columns.other_issn), (columns.other_issn, columns.issn)):
        same |= (here[one] != 0) & (here[one] == there[other])
    return same


def _years_apart(year: Numbers, one: Numbers, other: Numbers) -> NDArray[np.int16]:
    known = (year[one] != 0) & (year[other] != 0)
    return np.where(known, np.abs(year[one] - year[other]), -1).astype(np.int16)


def _versions(columns: Columns, one: Numbers, other: Numbers) -> Truths:
    """Where two records are different versions of one Cochrane review, by DOI or by year."""
    same = compare_keys(columns.cochrane, one, other).same
    versions = compare_keys(columns.cochrane_version, one, other)
    apart = _years_apart(columns.year, one, other) > 1
    different: Truths = same & (versions.other | (~versions.same & apart))
    return different


def _unsure_version(columns: Columns, one: Numbers, other: Numbers) -> Truths:
    """Where neither DOI nor year says whether two records are one version of a Cochrane review."""
    same = compare_keys(columns.cochrane, one, other).same
    versions = compare_keys(columns.cochrane_version, one, other)
    unsure: Truths = same & ~versions.same & (_years_apart(columns.year, one, other) < 0)
    return unsure


def _supplement_alone(columns: Columns, one: Numbers, other: Numbers) -> Truths:
    """Where one stands in a supplement and the other has no place in print at all."""
    alone: Truths = (
        (columns.supplement[one] != 0)
        & (columns.volume[other] == 0)
        & (columns.page_kind[other] == 0)
    )
    return alone


def _shifted(columns: Columns, one: Numbers, other: Numbers) -> Truths:
    """Where the issue and page of one are the volume and issue of the other."""
    moved: Truths = (
        (columns.volume[one] == 0)
        & (columns.issue[one] != 0)
        & (columns.issue[one] == columns.volume[other])
        & (columns.page_key[one] != 0)
        & (columns.page_key[one] == columns.issue[other])
    )
    return moved


def _journals(columns: Columns, one: Numbers, other: Numbers, issn: Truths) -> Agreement:
    """Whether the journals can be one, by name or by ISSN; every two spellings are compared once.

    The proceedings of a conference have one ISSN and a volume each year.
    """
    both = np.concatenate((columns.journal_key[one], columns.journal_key[other]))
    spellings, place = np.unique(both, return_inverse=True)
    pair = place[: len(one)] * len(spellings) + place[len(one) :]
    _, first, which = np.unique(pair, return_index=True, return_inverse=True)
    spelt = columns.journal
    names = [
        (spelt[row], spelt[of])
        for row, of in zip(one[first].tolist(), other[first].tolist(), strict=True)
    ]
    verdicts = [same_journal(*pair) for pair in names]
    same = np.array([verdict is True for verdict in verdicts], dtype=bool)[which]
    differs = np.array([verdict is False for verdict in verdicts], dtype=bool)[which]
    by_number = np.flatnonzero(issn & ~same)
    apart = [another_edition(*names[place]) for place in which[by_number].tolist()]
    by_number = by_number[~np.array(apart, dtype=bool)]
    same[by_number], differs[by_number] = True, False
    return Agreement(same, differs)
