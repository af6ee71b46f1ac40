"""How far two charters agree, against numbers worked out by hand."""

from __future__ import annotations

import pytest

from scopingreview.charting import agreement_by_field
from scopingreview.model import Form
from tests.charting.forms import ARMS, DESIGN, LEVEL, N, both, cell, charting


def test_a_choice_has_percent_and_kappa():
    """10 studies: 4 both rct, 3 both case, 2 rct/case, 1 case/rct.

    Observed 0.7; ab says rct 6 times of 10, cd 5: chance 0.6*0.5 + 0.4*0.5 = 0.5; kappa 0.4.
    """
    said = [("rct", "rct")] * 4 + [("case", "case")] * 3 + [("rct", "case")] * 2 + [("case", "rct")]
    cells = [c for n, pair in enumerate(said, 1) for c in both(f"s{n}", "design", *pair)]
    (found,) = agreement_by_field(charting(cells, studies=10, form=Form((DESIGN,))))
    assert (found.compared, found.alike) == (10, 7)
    assert found.percent is not None
    assert found.kappa is not None
    assert found.percent.value == pytest.approx(0.7)
    assert found.kappa.value == pytest.approx(0.4)


def test_a_field_of_several_options_has_the_mean_of_shared_to_all_chosen():
    """1/1, then 1 of 2, then 0 of 2: the mean is 0.5, and one of three is alike."""
    cells = [
        *both("s1", "level", "team", "team"),
        *both("s2", "level", "team", "individual;team"),
        *both("s3", "level", "team", "not reported"),
    ]
    (found,) = agreement_by_field(charting(cells, studies=3, form=Form((LEVEL,))))
    assert (found.compared, found.alike) == (3, 1)
    assert found.jaccard == pytest.approx(0.5)
    assert found.kappa is None


def test_numbers_agree_when_they_are_equal():
    cells = [*both("s1", "n", "12", "12.0"), *both("s2", "n", "12", "21")]
    (found,) = agreement_by_field(charting(cells, studies=2, form=Form((N,))))
    assert (found.compared, found.alike) == (2, 1)


def test_what_was_changed_after_the_consensus_began_is_no_agreement():
    cells = both("s1", "design", "rct", "case")
    settled = [cell("s1", "design", "rct", "ef")]
    later = [cell("s1", "design", "rct", "cd")]
    (found,) = agreement_by_field(charting([*cells, *later], settled, form=Form((DESIGN,))))
    assert (found.compared, found.alike) == (1, 0)


def test_a_study_that_only_one_has_charted_is_not_compared():
    (found,) = agreement_by_field(charting([cell("s1", "design", "rct")], form=Form((DESIGN,))))
    assert found.compared == 0
    assert found.percent is None


def test_the_rows_of_a_group_are_compared_one_by_one():
    cells = [
        *(cell("s1", "arms.name", "A", by, row="1") for by in ("ab", "cd")),
        cell("s1", "arms.n", "20", "ab", row="1"),
        cell("s1", "arms.n", "22", "cd", row="1"),
        cell("s1", "arms.name", "B", "ab", row="2"),
        cell("s1", "arms.n", "9", "ab", row="2"),
    ]
    name, size = agreement_by_field(charting(cells, form=Form((ARMS,))))
    assert (name.field, name.compared, name.alike) == ("arms.name", 1, 1)
    assert (size.field, size.compared, size.alike) == ("arms.n", 1, 0)
