"""What an item comes to: never more than the files can say, whatever anybody says beside it."""

from __future__ import annotations

import pytest

from scopingreview.checklists.answered import Answer, AnsweredItem, AnswerState, answered
from scopingreview.checklists.checklist_table import checklist_table, states_in_words
from scopingreview.checklists.guideline import Guideline, GuidelineItem
from scopingreview.model.own_answers import OwnAnswer
from scopingreview.tables.paper_table import RowLook

TOLD = Answer(AnswerState.FROM_DATA, "As the files say.", ("data/x.csv",))


def item(number: str = "1", *, by_people: bool = False, section: str = "Methods") -> GuidelineItem:
    return GuidelineItem(number, section, "Topic", "Something.", "told", by_people=by_people)


@pytest.mark.parametrize("state", AnswerState)
@pytest.mark.parametrize("own", [OwnAnswer(), OwnAnswer(where="p. 3", words="We did.")])
def test_what_people_must_write_stays_to_write(state: AnswerState, own: OwnAnswer):
    assert AnsweredItem(item(by_people=True), Answer(state), own).state is AnswerState.TO_WRITE


def test_no_state_says_that_an_item_is_done():
    assert [*AnswerState] == ["from data", "from protocol", "to write", "not applicable"]


def test_people_may_say_that_an_item_does_not_apply_and_why():
    own = OwnAnswer(not_applicable="Nothing was appraised.")
    found = AnsweredItem(item(by_people=True), TOLD, own)
    assert found.state is AnswerState.NOT_APPLICABLE
    assert [*found.said()] == ["Nothing was appraised."]


def test_peoples_words_stand_behind_those_of_the_files():
    found = AnsweredItem(item(), TOLD, OwnAnswer(words="And we asked."))
    assert [*found.said()] == ["As the files say.", "And we asked."]
    assert found.state is AnswerState.FROM_DATA


def a_guideline() -> Guideline:
    items = (item("1"), item("2", by_people=True), item("3", by_people=True, section="Results"))
    return Guideline("x", "X", "All of it", "2020", "Ek B. 2020.", items)


def test_the_table_has_a_row_for_each_item_below_its_section():
    checklist = answered(a_guideline(), {"told": TOLD}, {"2": OwnAnswer(where="p. 3")})
    table = checklist_table(checklist)
    sections = [row.cells for row in table.rows if row.look is RowLook.SECTION]
    assert sections == [("Methods",), ("Results",)]
    rows = [row.cells for row in table.rows if row.look is RowLook.PLAIN]
    assert [(row[0], row[3], row[5], row[6]) for row in rows] == [
        ("1", "from data", "data/x.csv", ""),
        ("2", "to write", "data/x.csv", "p. 3"),
        ("3", "to write", "data/x.csv", ""),
    ]
    assert states_in_words(checklist) == "1 from data, 2 to write (1 of these say where they stand)"
    assert table.notes[-1] == "Items from: Ek B. 2020."
