"""Coefficients against published worked examples, and what is said around them."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scopingreview.model import Decision, MaybeRule, PhaseRules
from scopingreview.screening.agreement import agreement, agreements
from scopingreview.screening.coefficients import (
    Estimate,
    Ratings,
    brennan_prediger,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    student_t,
)
from tests.reviews import FULL_TEXT, TITLE_ABSTRACT, decide

TA = PhaseRules(TITLE_ABSTRACT, maybe=MaybeRule.INCLUDE)
FT = PhaseRules(FULL_TEXT, maybe=MaybeRule.DISCUSS)


def pair(*rows: list[int]) -> Ratings:
    """Two people's ratings from their contingency table."""
    words = "ABCDE"[: len(rows)]
    cells = zip(product(words, words), (n for row in rows for n in row), strict=True)
    return Ratings(dict(cells), words)


def spread(*rows: list[int]) -> Ratings:
    """Several people's ratings from how many chose each category, a row a subject."""
    words = "ABCDE"[: len(rows[0])]
    patterns = Counter(
        tuple(word for word, times in zip(words, row, strict=True) for _ in range(times))
        for row in rows
    )
    return Ratings(patterns, words)


def close(estimate: Estimate | None, value: float, low: float, high: float) -> bool:
    """Equal to the digits that were published; intervals may use n for n - 1."""
    assert estimate is not None
    bounds = pytest.approx((low, high), abs=0.0025)
    return (round(estimate.value, 7) == value) and (estimate.low, estimate.high) == bounds


# Gwet 2014, Handbook of Inter-Rater Reliability, table of 100 patients and 2 abstractors
# (cont3x3abstractors); values as printed in the vignette of R's irrCAC.
ABSTRACTORS = pair([13, 0, 0], [0, 20, 7], [0, 4, 56])


@pytest.mark.parametrize(
    ("coefficient", "value", "low", "high"),
    [
        (cohen_kappa, 0.7964094, 0.680, 0.913),
        (fleiss_kappa, 0.7962397, 0.679, 0.913),
        (gwet_ac1, 0.8493305, 0.764, 0.935),
        (brennan_prediger, 0.835, 0.742, 0.928),
        (krippendorff_alpha, 0.7972585, 0.680, 0.914),
    ],
)
def test_two_abstractors_of_gwets_handbook(coefficient, value, low, high):
    assert close(coefficient(ABSTRACTORS), value, low, high)


# Fifteen patients and six psychiatrists (distrib.6raters), same source.
# fmt: off
PSYCHIATRISTS = spread(
    [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0],
    [2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6],
    [1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1],
)
# fmt: on


@pytest.mark.parametrize(
    ("coefficient", "value", "low", "high"),
    [
        (fleiss_kappa, 0.4139265, 0.240, 0.588),
        (gwet_ac1, 0.4448007, 0.264, 0.625),
        (brennan_prediger, 0.4388889, 0.261, 0.617),
        (krippendorff_alpha, 0.4204384, 0.244, 0.597),
    ],
)
def test_six_psychiatrists_of_gwets_handbook(coefficient, value, low, high):
    assert close(coefficient(PSYCHIATRISTS), value, low, high)


def test_krippendorffs_own_example_with_four_observers_and_missing_data():
    # Krippendorff 2011, Computing Krippendorff's alpha-reliability, example C: nominal 0.743.
    observers = ("123321412---", "1233224125-3", "-3332342251-", "12332441251-")
    patterns = Counter(tuple(said.strip("-") for said in unit) for unit in zip(*observers))  # noqa: B905
    alpha = krippendorff_alpha(Ratings(patterns, "12345"))
    assert alpha is not None
    assert round(alpha.value, 3) == 0.743


def test_cohens_own_example():
    # Cohen 1960, table 1: 200 patients, three diagnoses, as proportions of 200.
    first = pair([88, 14, 18], [10, 40, 10], [2, 6, 12])
    kappa = cohen_kappa(first)
    assert kappa is not None
    assert round(kappa.value, 3) == 0.492


def test_the_paradox_of_feinstein_and_cicchetti():
    # 1990, J Clin Epidemiol 43:543: the same 85 % of agreement, kappa 0.70 and 0.32; Byrt 1993
    # gives PABAK 0.70 for both.
    balanced, skewed = pair([40, 9], [6, 45]), pair([80, 10], [5, 5])
    kappas = [cohen_kappa(balanced), cohen_kappa(skewed)]
    assert [round(kappa.value, 2) for kappa in kappas if kappa] == [0.70, 0.32]
    for each in (balanced, skewed):
        pabak = brennan_prediger(each)
        assert pabak is not None
        assert round(pabak.value, 2) == 0.70


def test_wilsons_interval_says_something_even_of_perfect_agreement():
    percent = percent_agreement(pair([10, 0], [0, 0]))
    assert percent is not None
    assert (percent.value, round(percent.low, 3), percent.high) == (1, 0.722, 1)


@pytest.mark.parametrize(
    ("freedom", "table"), [(7, 2.365), (11, 2.201), (24, 2.064), (120, 1.980), (10**6, 1.960)]
)
def test_students_t_is_that_of_the_tables(freedom: int, table: float):
    assert round(student_t(freedom), 3) == table


def votes_on(*words: str, phase=TITLE_ABSTRACT) -> dict[str, dict[str, Decision]]:
    """Votes of a, b, c … on one record a word: `ie` is include and exclude, `-` nothing."""
    spelt = {"i": "include", "e": "exclude", "m": "maybe"}
    return {
        str(number): {
            name: decide(str(number), spelt[letter], name, phase)
            for name, letter in zip("abc", word, strict=False)
            if letter != "-"
        }
        for number, word in enumerate(words)
    }


def test_the_table_has_a_row_per_verdict_of_the_first_reviewer():
    found = agreement(votes_on("ii", "ie", "ie", "ei", "ee", "ee", "ee"), ("a", "b"), rules=TA)
    assert found.verdicts == ("include", "exclude")
    assert found.table == ((1, 2), (1, 3))


def test_a_maybe_is_an_include_where_the_protocol_says_so_and_else_a_verdict_of_its_own():
    votes = votes_on("im", "ee")
    assert agreement(votes, ("a", "b"), rules=TA).table == ((1, 0), (0, 1))
    found = agreement(votes, ("a", "b"), rules=FT)
    assert found.verdicts == ("include", "maybe", "exclude")
    assert found.table[0] == (0, 1, 0)


def test_a_record_that_only_one_of_them_decided_says_nothing_about_agreement():
    assert agreement(votes_on("ii", "e-", "-e", "ee"), ("a", "b"), rules=TA).records == 2


def test_three_reviewers_are_told_pair_by_pair_and_together():
    found = agreements(votes_on("iie", "eee", "ie-"), TA)
    assert [each.reviewers for each in found] == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
        ("a", "b", "c"),
    ]
    assert [each.records for each in found] == [3, 2, 2, 3]
    assert found[-1].table == ()


def test_when_nearly_everything_is_excluded_the_reader_is_warned_of_kappa():
    found = agreement(votes_on(*["ee"] * 18, "ie", "ei"), ("a", "b"), rules=TA)
    assert found.skewed
    assert (found.commonest, found.commonest_share) == ("exclude", 0.95)
    assert found.kappa is not None
    assert found.kappa.value < 0 < 0.85 < (found.ac1.value if found.ac1 else 0)


def test_when_only_one_verdict_was_used_kappa_cannot_be_told():
    found = agreement(votes_on("ee", "ee"), ("a", "b"), rules=TA)
    assert found.kappa is None
    assert found.ac1 is not None
    assert found.ac1.value == 1


def test_nothing_decided_twice_has_no_agreement():
    assert agreements(votes_on("i-", "-e"), TA) == []
    assert agreement({}, ("a", "b"), rules=TA).percent is None


def test_how_many_were_excluded_for_one_reason_is_told_beside_the_verdicts():
    votes = {
        key: {
            "a": decide(key, "exclude", "a", FULL_TEXT, first),
            "b": decide(key, "exclude", "b", FULL_TEXT, second),
        }
        for key, first, second in [("1", "outcome", "outcome"), ("2", "outcome", "population")]
    }
    found = agreement(votes, ("a", "b"), rules=FT)
    assert (found.both_excluded, found.same_reason) == (2, 1)


UNITS = st.lists(st.tuples(*[st.sampled_from(["A", "B", "C", ""])] * 4), min_size=2, max_size=30)


@given(UNITS)
def test_a_coefficient_lies_in_its_interval_and_none_is_above_one(units: list[tuple[str, ...]]):
    ratings = Ratings(Counter(units), "ABC")
    for coefficient in (percent_agreement, fleiss_kappa, gwet_ac1, krippendorff_alpha):
        if estimate := coefficient(ratings):
            assert -1 <= estimate.low <= estimate.value + 1e-9
            assert estimate.value - 1e-9 <= estimate.high <= 1


def test_a_coefficient_has_no_interval_where_no_record_could_move_it():
    alike = Ratings({("include", "include"): 3, ("exclude", "exclude"): 5}, ("include", "exclude"))
    one_sided = Ratings({("include", "exclude"): 3, ("exclude", "exclude"): 5}, alike.verdicts)
    mixed = Ratings(
        {("include", "exclude"): 3, ("include", "include"): 5, ("exclude", "exclude"): 2},
        alike.verdicts,
    )
    for of in (cohen_kappa, fleiss_kappa, krippendorff_alpha, gwet_ac1):
        same, other = of(alike), of(mixed)
        assert same is not None
        assert same.value == pytest.approx(1)
        assert not same.varies
        assert other is not None
        assert other.varies
    habitual = cohen_kappa(one_sided)
    assert habitual is not None
    assert habitual.value == pytest.approx(0)
    assert not habitual.varies
