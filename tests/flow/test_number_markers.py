"""Numbers of the flow in running text."""

from __future__ import annotations

import pytest

from scopingreview.errors import ReviewError
from scopingreview.flow.diagram.wording import wording
from scopingreview.flow.number_markers import disagreements, has_markers, insert_numbers
from tests.flow.test_picture import NEW_V1

TEXT = """We screened <!-- n: screened --><!-- /n --> records, of which
<!--n:reports_excluded/population-->12<!--/n--> were not about our population.
"""


def test_markers_take_the_counted_numbers_and_keep_the_rest():
    assert insert_numbers(TEXT, NEW_V1, wording("en")) == (
        "We screened <!-- n: screened -->1,080<!-- /n --> records, of which\n"
        "<!--n:reports_excluded/population-->40<!--/n--> were not about our population.\n"
    )
    once = insert_numbers(TEXT, NEW_V1, wording("en"))
    assert insert_numbers(once, NEW_V1, wording("en")) == once
    assert disagreements(once, NEW_V1) == []


def test_numbers_are_written_as_the_reviews_language_writes_them():
    german = insert_numbers(TEXT, NEW_V1, wording("de"))
    assert "1.080" in german
    assert disagreements(german, NEW_V1) == []


def test_a_marker_that_disagrees_is_found_with_its_line():
    found = disagreements(TEXT, NEW_V1)
    assert [(each.line, each.box, each.typed, each.counted) for each in found] == [
        (1, "screened", "", 1080),
        (2, "reports_excluded", "12", 40),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Two of us read 1,090 titles and abstracts screened before.",
        "In all, 1090 records were screened.",
        "After 200 duplicates were removed the rest was read.",
        "We removed 200 duplicates.",
        "130 reports were assessed in full.",
        "We included 51 studies.",
        "9 full texts could not be obtained.",
    ],
)
def test_a_number_typed_by_hand_beside_well_known_words_is_found(sentence: str):
    (found,) = disagreements(sentence, NEW_V1)
    assert not found.marked


@pytest.mark.parametrize(
    "sentence",
    [
        "In all, 1,080 records were screened and 950 records were excluded.",
        "After 210 duplicates were removed, 48 studies were included.",
        "Table 3 lists 12 studies of nurses; 11,080 people took part.",
        "Another review screened far more.",
    ],
)
def test_what_agrees_or_says_something_else_is_left_alone(sentence: str):
    assert disagreements(sentence, NEW_V1) == []


def test_a_marker_that_means_nothing_is_refused_with_its_line():
    with pytest.raises(ReviewError) as raised:
        insert_numbers("one\n<!-- n: screned -->1<!-- /n -->", NEW_V1, wording("en"))
    assert (raised.value.line, raised.value.hint) == (2, 'Did you mean "screened"?')
    with pytest.raises(ReviewError, match='identified has no "pubmud"'):
        insert_numbers("<!-- n: identified/pubmud --><!-- /n -->", NEW_V1, wording("en"))


def test_a_text_without_markers_is_no_business_of_ours():
    assert has_markers(TEXT)
    assert not has_markers("<!-- a comment --> 1,080 records")


def test_code_between_fences_is_an_example_and_left_alone():
    example = f"```markdown\n{TEXT}5 records were screened\n```\n"
    assert not has_markers(example)
    both = f"{example}\n{TEXT}"
    assert insert_numbers(both, NEW_V1, wording("en")).startswith(example)
    assert [each.line for each in disagreements(both, NEW_V1)] == [7, 8]
