"""Every record is in exactly one place."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from scopingreview.flow.members import count_flow
from scopingreview.flow.places import find_places
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import Box
from tests.flow.stories import Story, reviews, tell

# What a box counts and what ends in it is the same for these, in any review.
LAST = (
    Box.REPORTS_EXCLUDED,
    Box.OTHER_REPORTS_EXCLUDED,
    Box.NOT_RETRIEVED,
    Box.OTHER_NOT_RETRIEVED,
    Box.EXCLUDED,
    Box.OTHER_EXCLUDED,
    Box.INCLUDED_REPORTS,
    Box.INELIGIBLE,
    Box.REMOVED_OTHER,
    Box.AWAITING,
    Box.CONFLICTS,
    Box.OTHER_AWAITING,
    Box.OTHER_CONFLICTS,
)


@settings(max_examples=300, deadline=None)
@given(reviews)
def test_every_record_of_any_review_has_one_place(review: ReviewData):
    places = find_places(review)
    assert {record.record_id for record in review.state.records.values()} <= places.keys()


@settings(max_examples=300, deadline=None)
@given(reviews)
def test_the_last_boxes_count_what_ends_in_them(review: ReviewData):
    ended = Counter(place.box for place in find_places(review).values())
    flow = count_flow(review)
    ended[Box.INCLUDED_REPORTS] += flow.n(Box.COMPANION_REPORTS)
    assert {box: ended[box] for box in LAST} == {box: flow.n(box) for box in LAST}


def test_a_place_says_why():
    places = find_places(
        tell(
            Story("pubmed:1", "included", "excluded outcome", "retrieved"),
            Story("embase:1", same_as="pubmed:1"),
            Story("pubmed:2"),
        )
    )
    assert [(place.box, place.item) for place in places.values()] == [
        ("duplicates", "pubmed:1"),
        ("reports_excluded", "outcome"),
        ("awaiting", "title-abstract"),
    ]
