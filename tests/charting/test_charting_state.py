"""What cells add up to: who owes what, what stands, what the charters differ in."""

from __future__ import annotations

from scopingreview.charting import ChartingStanding
from scopingreview.model import Form, Person, Slot
from tests.charting.forms import ARMS, DESIGN, LEVEL, NOTES, N, both, cell, charting

LEVELS, DESIGNS = Slot("level"), Slot("design")


def test_the_last_line_of_a_slot_stands_and_a_blank_takes_it_back():
    cells = [cell("s1", "level", "team"), cell("s1", "level", "individual")]
    assert charting(cells).values("s1", "ab") == {LEVELS: "individual"}
    assert charting([*cells, cell("s1", "level", "")]).values("s1", "ab") == {}


def test_a_study_is_known_by_any_record_of_its_reports():
    state = charting([cell("pubmed:1", "level", "team")])
    assert state.values("s1", "ab") == {LEVELS: "team"}


def test_a_study_is_complete_when_nothing_required_is_blank():
    form = Form((LEVEL, NOTES))
    assert charting(form=form).missing("s1", "ab") == [LEVELS]
    state = charting([cell("s1", "level", "not reported")], form=form)
    assert state.complete == {"s1": ("ab",)}


def test_a_group_needs_a_row_that_is_filled_or_a_word_for_all_of_it():
    form = Form((ARMS,))
    assert charting(form=form).missing("s1", "ab") == [Slot("arms")]
    begun = [cell("s1", "arms.name", "Waiting list", row="1")]
    assert charting(begun, form=form).missing("s1", "ab") == [Slot("arms.n", "1")]
    filled = [*begun, cell("s1", "arms.n", "unclear", row="1")]
    assert charting(filled, form=form).missing("s1", "ab") == []
    assert charting([cell("s1", "arms", "not reported")], form=form).missing("s1", "ab") == []


def test_a_study_that_enough_people_have_in_hand_waits_for_no_one_else():
    people = [Person(name) for name in ("ab", "cd", "gh")]
    state = charting(
        [cell("s1", "level", "team", "ab"), cell("s1", "level", "team", "cd")],
        studies=2,
        people=people,
    )
    assert state.owed("ab") == ["s1", "s2"]
    assert state.owed("gh") == ["s2"]


def test_what_somebody_left_half_charted_waits_for_the_others():
    people = [Person("ab", active=False), Person("cd")]
    state = charting([cell("s1", "level", "team", "ab")], charters=1, people=people)
    assert state.owed("ab") == []
    assert state.owed("cd") == ["s1"]


def test_values_are_compared_when_both_have_charted_all_and_not_before():
    cells = both("s1", "level", "team", "individual")
    half = charting([*cells, cell("s1", "design", "rct", "ab")])
    assert half.conflicts["s1"] == ()
    assert half.standing("s1") is ChartingStanding.AWAITING
    assert half.settled["s1"] == {}
    state = charting([*cells, *both("s1", "design", "rct", "rct")])
    (conflict,) = state.conflicts["s1"]
    assert conflict.values == ("individual", "team")
    assert state.standing("s1") is ChartingStanding.IN_CONFLICT
    assert state.settled["s1"] == {DESIGNS: "rct"}


def test_consensus_settles_what_they_differ_in_and_nothing_else():
    cells = [*both("s1", "level", "team", "individual"), *both("s1", "design", "rct", "rct")]
    word = [cell("s1", "level", "individual;team", "ef"), cell("s1", "design", "case", "ef")]
    state = charting(cells, word)
    assert state.settled["s1"] == {LEVELS: "individual;team", DESIGNS: "rct"}
    assert state.standing("s1") is ChartingStanding.CHARTED
    assert charting(cells, [*word, cell("s1", "level", "", "ef")]).unsettled("s1")


def test_one_charter_is_enough_where_the_protocol_says_so():
    cells = [cell("s1", "level", "team"), cell("s1", "design", "rct")]
    state = charting(cells, charters=1)
    assert state.settled["s1"] == {LEVELS: "team", DESIGNS: "rct"}
    assert state.owed("cd") == []


def test_a_field_that_is_not_required_stands_where_one_has_filled_it():
    form = Form((DESIGN, NOTES))
    cells = [*both("s1", "design", "rct", "rct"), cell("s1", "notes", "see p. 4")]
    state = charting(cells, form=form)
    assert state.settled["s1"][Slot("notes")] == "see p. 4"
    assert charting([*cells, cell("s1", "notes", "other", "cd")], form=form).unsettled("s1")


def test_a_row_that_only_one_has_is_a_question_of_its_own():
    form = Form((ARMS,))
    cells = [
        *(cell("s1", "arms.name", "Group", by, row="1") for by in ("ab", "cd")),
        *(cell("s1", "arms.n", "20", by, row="1") for by in ("ab", "cd")),
        cell("s1", "arms.name", "Waiting list", row="2"),
        cell("s1", "arms.n", "18", row="2"),
    ]
    state = charting(cells, form=form)
    (conflict,) = state.unsettled("s1")
    assert (conflict.slot, conflict.values) == (Slot("arms", "2"), ("no row", "row"))
    assert Slot("arms.n", "2") not in state.settled["s1"]
    kept = charting(cells, [cell("s1", "arms", "row", "ef", row="2")], form=form)
    assert kept.settled["s1"][Slot("arms.n", "2")] == "18"
    gone = charting(cells, [cell("s1", "arms", "no row", "ef", row="2")], form=form)
    assert Slot("arms.n", "2") not in gone.settled["s1"]
    assert gone.standing("s1") is ChartingStanding.CHARTED


def test_numbers_that_say_the_same_are_no_conflict():
    state = charting(both("s1", "n", "12", "12.0"), form=Form((N,)))
    assert state.standing("s1") is ChartingStanding.CHARTED


def test_only_the_pilots_studies_are_open_until_everyone_has_charted_them():
    people = [Person(name) for name in ("ab", "cd", "gh")]

    def state(*names: str, others: str = ""):
        done = [cell(s, "design", "rct", by) for s in pilot for by in names]
        more = [cell(others, "design", "rct", "ab")] if others else []
        return charting(
            [*done, *more], studies=5, pilot=2, people=people, form=Form((DESIGN,)), charters=1
        )

    pilot: list[str] = []
    drawn = state().open_studies()
    assert len(drawn) == 2
    assert state().owed("gh") == drawn
    pilot = list(drawn)
    assert state("ab", "cd").owed("gh") == drawn
    assert len(state("ab", "cd", "gh").open_studies()) == 5
    other = next(key for key in ("s1", "s2", "s3") if key not in drawn)
    assert not state("ab", others=other).pilot_runs


def test_a_cell_of_a_study_that_is_not_included_counts_nowhere():
    state = charting([cell("pubmed:99", "level", "team")])
    assert state.charted == {}
