"""The guidelines as data: every item is there, in its order, and each answer is worked out."""

from __future__ import annotations

import pytest

from scopingreview.checklists.guideline import Guideline, guidelines
from scopingreview.review.checklists import ANSWERS

NUMBERS = {
    "prisma-scr": [str(n) for n in range(1, 23)],
    "prisma-s": [str(n) for n in range(1, 17)],
    "jbi": ["I", "II", "III"],
}


@pytest.mark.parametrize(("name", "numbers"), NUMBERS.items())
def test_every_item_of_a_guideline_is_there_in_its_order(name: str, numbers: list[str]):
    assert guidelines()[name].numbers() == numbers


def test_the_two_items_on_appraisal_are_optional_and_no_other():
    optional = [
        (name, item.number)
        for name, guideline in guidelines().items()
        for item in guideline.items
        if item.optional
    ]
    assert optional == [("prisma-scr", "12"), ("prisma-scr", "16")]


@pytest.mark.parametrize("guideline", guidelines().values(), ids=guidelines())
def test_a_guideline_says_its_version_and_the_publication_it_is_from(guideline: Guideline):
    assert guideline.version.isdigit()
    assert guideline.version in guideline.citation
    assert "doi:10." in guideline.citation


def test_every_answer_that_items_name_is_worked_out_and_none_is_for_nobody():
    named = {item.answer for each in guidelines().values() for item in each.items}
    assert named - {""} == ANSWERS.keys()


def test_an_item_that_nothing_answers_is_for_people_to_write():
    for guideline in guidelines().values():
        assert all(item.by_people for item in guideline.items if not item.answer)
