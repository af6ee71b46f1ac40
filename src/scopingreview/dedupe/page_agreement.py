"""What two page fields say of each other: places, lengths, single pages and slips in typing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scopingreview.dedupe.features import Columns, Numbers
from scopingreview.dedupe.key_agreement import Agreement, Truths, compare_keys
from scopingreview.normalise import PageKind

PAGES_NEAR = 10  # a typing error in a page number, not another paper


@dataclass(frozen=True, slots=True)
class PagesAgreement:
    """What two page fields say of each other; every array has one entry per pair.

    `both`: first and last page agree; `full`: and that is a place, not a length; `near`: they
    differ by a slip in typing, which contradicts nothing; `lone`: one is a single page outside the
    other's range.
    """

    agreement: Agreement
    both: Truths
    full: Truths
    near: Truths
    lone: Truths


def compare_pages(columns: Columns, one: Numbers, other: Numbers) -> PagesAgreement:
    """What the page fields say of each other.

    Different kinds of page field never contradict each other, except a single page that lies
    outside a range. A range from page 1 may be the length of an electronic article, and so the
    same in many.
    """
    kind_one, kind_other = columns.page_kind[one], columns.page_kind[other]
    first_one, first_other = columns.first_page[one], columns.first_page[other]
    last_one, last_other = columns.last_page[one], columns.last_page[other]
    known = (kind_one != PageKind.UNKNOWN) & (kind_other != PageKind.UNKNOWN)
    ranges = (kind_one == PageKind.RANGE) & (kind_other == PageKind.RANGE)
    prefix_differs = compare_keys(columns.page_prefix, one, other).other
    same_first = known & (first_one == first_other) & ~prefix_differs
    both = same_first & (last_one == last_other) & (last_one > first_one)

    outside = _page_outside(columns, one, other) | _page_outside(columns, other, one)
    length = ranges & ((first_one == 1) ^ (first_other == 1))
    counts_pages = (outside & (np.minimum(first_one, first_other) == 1)) | length
    dates = known & ((kind_one == PageKind.DATE) | (kind_other == PageKind.DATE))
    same_first &= ~dates | (last_one == last_other)
    near = (
        ranges
        & ~same_first
        & ~prefix_differs
        & (
            (
                (np.abs(first_one - first_other) <= PAGES_NEAR)
                & (last_one - first_one == last_other - first_other)
            )
            | (last_one == last_other)
        )
        & (first_other != last_one + 1)  # one begins where the other ends: two papers
        & (first_one != last_other + 1)
    )
    comparable = known & ~dates & ((kind_one == kind_other) | outside)
    contradicts = comparable & ~same_first & ~near & ~counts_pages
    return PagesAgreement(
        Agreement(same_first, contradicts),
        both=both,
        full=both & (first_one > 1),
        near=near,
        lone=outside & ~counts_pages,
    )


def _page_outside(columns: Columns, one: Numbers, other: Numbers) -> Truths:
    """Where one is a single page outside the range of pages of the other."""
    page, first, last = columns.first_page[one], columns.first_page[other], columns.last_page[other]
    outside: Truths = (
        (columns.page_kind[one] == PageKind.PAGE)
        & (columns.page_kind[other] == PageKind.RANGE)
        & ((page < first) | (page > last))
    )
    return outside
