"""The tables of what was charted: denominators, margins, and what a study does not say."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scopingreview.charting import agreement_by_field
from scopingreview.model import Form
from scopingreview.tables.charted_tables import (
    agreement_table,
    characteristics_table,
    counts_table,
    cross_table,
    form_table,
)
from scopingreview.tables.charted_values import (
    ChartedValues,
    charted_values,
    combinations_of,
    count_field,
    cross_fields,
    measure_field,
)
from scopingreview.tables.paper_table import rows_as_data
from scopingreview.tables.usual_fields import (
    usual_characteristics,
    usual_counts,
    usual_pairs,
    usual_upsets,
)
from scopingreview.tables.written_delimited import table_csv
from tests.charting.forms import DESIGN, EVERY_TYPE, LEVEL, both, cell, charting
from tests.tables.six_studies import FORM, six_studies


@pytest.fixture(scope="module")
def charted() -> ChartedValues:
    return six_studies()


def test_a_study_with_two_levels_stands_in_two_cells_and_once_in_each_total(
    charted: ChartedValues,
):
    crossed = cross_fields(charted, "level", "design")
    assert crossed.cells == ((2, 1, 1), (2, 1, 1), (0, 0, 0))
    assert [answer.n for answer in crossed.first.answers] == [4, 4, 0]
    assert [answer.n for answer in crossed.second.answers] == [3, 2, 1]
    assert crossed.n == 6


def test_the_table_of_two_fields_has_both_margins_and_says_that_cells_need_not_add_up(
    charted: ChartedValues,
):
    table = cross_table(cross_fields(charted, "level", "design"))
    assert table_csv(table).splitlines() == [
        "level,rct,case,not_reported,all_studies",
        "Individual,2,1,1,4",
        "Team,2,1,1,4",
        '"Organisation, whole",0,0,0,0',
        "All studies,3,2,1,6",
    ]
    assert any("several cells" in note for note in table.notes)


def test_fields_are_crossed_of_the_studies_that_answer_both():
    cells = [cell("s1", "level", "team"), cell("s1", "design", "rct"), cell("s2", "level", "team")]
    state = charting(cells, form=Form((LEVEL, DESIGN)), studies=2, charters=1)
    values = ChartedValues(
        state.form,
        ("s1", "s2"),
        {"s1": state.values("s1", "ab"), "s2": state.values("s2", "ab")},
    )
    crossed = cross_fields(values, "level", "design")
    assert (crossed.n, crossed.first.answers[1].n) == (1, 1)


def test_fields_that_no_study_answers_are_crossed_to_nothing():
    values = ChartedValues(Form((LEVEL, DESIGN)), ("s1",), {})
    crossed = cross_fields(values, "level", "design")
    assert crossed.cells == ((0, 0), (0, 0), (0, 0))
    assert crossed.n == 0


def test_texts_stay_texts_whatever_they_look_like(charted: ChartedValues):
    counts = count_field(charted, "code")
    assert {answer.key: answer.n for answer in counts.answers} == {"007": 2, "NA": 2, "none": 2}


def test_what_a_study_does_not_say_comes_last_and_counts_in_the_denominator(
    charted: ChartedValues,
):
    counts = count_field(charted, "design")
    assert [answer.wording for answer in counts.answers][-1] == "Not reported"
    assert counts.n == 6


def test_an_answer_of_a_tree_counts_those_below_it(charted: ChartedValues):
    counts = {answer.key: answer.n for answer in count_field(charted, "kind").answers}
    assert counts == {"skills": 3, "skills/mind": 2, "work": 3, "work/time": 1}


def test_a_tree_is_crossed_by_its_highest_level(charted: ChartedValues):
    crossed = cross_fields(charted, "kind", "design")
    assert [answer.key for answer in crossed.first.answers] == ["skills", "work"]
    assert crossed.cells == ((3, 0, 0), (0, 2, 1))


def test_countries_stand_by_number_and_only_those_that_occur(charted: ChartedValues):
    counts = count_field(charted, "country")
    assert [(answer.wording, answer.n) for answer in counts.answers] == [
        ("Sweden", 3),
        ("Norway", 2),
        ("Germany", 1),
        ("Unclear", 1),
    ]


def test_the_median_of_a_number_is_of_the_studies_that_state_it(charted: ChartedValues):
    measured = measure_field(charted, "n")
    assert (measured.values, measured.n) == (5, 6)
    assert (measured.median, measured.least, measured.most) == (30, 12, 1000)


def test_every_count_states_its_denominator_and_what_is_not_charted_is_said(
    charted: ChartedValues,
):
    table = counts_table(charted, usual_counts(FORM))
    rows = rows_as_data(table)
    assert rows[0] == {
        "section": "Level * (n = 6)",
        "answer": "Individual",
        "studies": 4,
        "percent": 4 / 6,
    }
    assert {"Stated; median 30 (range 12 to 1000) people", "Not reported"} <= {
        str(row["answer"]) for row in rows
    }
    assert "1 of the 7 included studies is not charted yet." in table.notes


def test_a_study_is_a_row_of_its_characteristics_in_words(charted: ChartedValues):
    labels = {"s2": "Ek 2011", "s1": "Åberg 2019", "s7": "Zorn 2020"}
    table = characteristics_table(charted, usual_characteristics(FORM), labels)
    assert table_csv(table).splitlines() == [
        "study,level,design,kind,country,n,code",
        "Ek 2011,Individual; Team,Randomised trial,Skills,Sweden; Norway,40,Namibia",
        "Åberg 2019,Individual,Randomised trial,Skills / Mindfulness,Sweden,12,Seven",
    ]
    assert [column.heading for column in table.columns][5] == "Sample (people)"


def test_rows_of_a_group_are_told_one_after_the_other():
    cells = [
        *(cell("s1", "arms.name", name, row=row) for row, name in (("1", "Yoga"), ("2", "Usual"))),
        *(cell("s1", "arms.n", n, row=row) for row, n in (("1", "12"), ("2", "14"))),
    ]
    state = charting(cells, form=EVERY_TYPE, charters=1)
    values = ChartedValues(EVERY_TYPE, ("s1",), {"s1": state.values("s1", "ab")})
    table = characteristics_table(values, ["arms.name", "arms.n"], {"s1": "Ek 2011"})
    assert table_csv(table).splitlines()[1] == "Ek 2011,(1) Yoga; (2) Usual,(1) 12; (2) 14"
    assert table.columns[1].heading == "Arms: Name"


def test_combinations_hold_each_study_once(charted: ChartedValues):
    assert combinations_of(charted, "level") == [
        (("individual",), 2),
        (("team",), 2),
        (("individual", "team"), 2),
    ]


def test_the_usual_fields_leave_out_what_cannot_be_shown(charted: ChartedValues):
    assert "notes" not in usual_characteristics(EVERY_TYPE)
    assert set(usual_counts(EVERY_TYPE)) == {
        *("level", "design", "kind", "n", "year", "country", "arms.n")
    }
    assert usual_pairs(EVERY_TYPE) == (("level", "design"),)
    assert usual_pairs(Form((LEVEL,))) == ()
    assert usual_upsets(charted) == ("level", "country")


def test_the_agreement_of_two_charters_is_told_by_field():
    cells = [
        *both("s1", "level", "team", "team"),
        *both("s1", "design", "rct", "rct"),
        *both("s2", "level", "team", "individual"),
        *both("s2", "design", "case", "case"),
    ]
    table = agreement_table(agreement_by_field(charting(cells, studies=2)))
    assert table_csv(table).splitlines()[1:] == [
        "Level,2,1,50.0,,0.50",
        "Design,2,2,100.0,1.00,",
    ]


def test_the_form_is_told_as_it_was_charted_with():
    table = form_table(EVERY_TYPE, "a1b2c3d4")
    rows = {row["field"]: row for row in rows_as_data(table)}
    assert rows["Sample"]["type"] == "number of people, 1 to 100000"
    assert rows["Design"]["options"] == "Randomised trial; Case"
    assert rows["Country"]["type"] == "country, several possible"
    assert rows["Notes"]["type"] == "text, optional"
    assert "a1b2c3d4" in table.title


answers = st.lists(
    st.tuples(
        st.sets(st.sampled_from([*LEVEL.options]), min_size=1).map(sorted),
        st.sampled_from([*DESIGN.options, "not reported"]),
    ),
    max_size=12,
)


@given(answers)
@settings(max_examples=60)
def test_crossed_fields_are_those_of_a_count_in_plain_python(said: list[tuple[list[str], str]]):
    cells = [
        cell(f"s{number}", name, value)
        for number, (levels, design) in enumerate(said, start=1)
        for name, value in (("level", ";".join(levels)), ("design", design))
    ]
    state = charting(cells, studies=max(len(said), 1), charters=1)
    crossed = cross_fields(charted_values(state), "level", "design")
    plain = Counter((level, design) for levels, design in said for level in levels)
    counted = {
        (row.key, column.key): n
        for row, numbers in zip(crossed.first.answers, crossed.cells, strict=True)
        for column, n in zip(crossed.second.answers, numbers, strict=True)
    }
    assert {pair: n for pair, n in counted.items() if n} == dict(plain)
    assert crossed.n == len(said)
    for place, row in enumerate(crossed.first.answers):
        assert row.n == sum(row.key in levels for levels, _ in said) == sum(crossed.cells[place])
