"""How much is found at least: against what is known of the hypergeometric, and how often wrong."""

from __future__ import annotations

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scopingreview.ranking.recall_bound import (
    audit_size,
    further_irrelevant,
    least_recall,
    least_recall_by_audit,
    most_relevant,
    single_look,
)


def chance_of_at_most(seen: int, left: int, relevant: int, drawn: int) -> float:
    ways = sum(
        comb(relevant, number) * comb(left - relevant, drawn - number)
        for number in range(seen + 1)
        if drawn - number <= left - relevant
    )
    return ways / comb(left, drawn)


@given(
    st.lists(st.booleans(), min_size=1, max_size=25),
    st.integers(0, 20),
    st.sampled_from([0.8, 0.95]),
)
def test_the_p_value_of_one_look_is_that_of_callaghan_and_mueller_hansen(
    found: list[bool], unread: int, recall: float
):
    """Over all moments, as their paper has it; ours looks only at those after a relevant record."""
    records, relevant = len(found) + unread, sum(found)
    missed = int(relevant / recall + 1e-9) + 1
    smallest = min(
        0.0
        if missed - relevant > unread
        else chance_of_at_most(
            sum(found[begin:]), records - begin, missed - sum(found[:begin]), len(found) - begin
        )
        for begin in range(len(found))
    )
    assert single_look(found, records=records, recall=recall) == pytest.approx(smallest, abs=1e-9)


@pytest.mark.parametrize(
    ("relevant", "share"),
    [(10, 0.95), (20, 0.78), (50, 0.63), (100, 0.39), (200, 0.24), (500, 0.1)],
)
def test_what_an_audit_costs_for_95_percent_recall(relevant: int, share: float):
    """The arithmetic of the sampling: few relevant records make a guarantee dear."""
    size = audit_size(relevant, unread=100_000, recall=0.95)
    assert size / 100_000 == pytest.approx(share, abs=0.006)


def test_an_audit_of_that_size_without_a_relevant_record_shows_the_target_and_a_smaller_one_not():
    size = audit_size(60, unread=900, recall=0.9)
    shown = least_recall_by_audit(before=60, unread=900, drawn=size, found=0)
    less = least_recall_by_audit(before=60, unread=900, drawn=size - 1, found=0)
    assert less < 0.9 <= shown


def test_an_audit_of_all_that_is_unread_shows_everything():
    assert least_recall_by_audit(before=5, unread=40, drawn=40, found=3) == 1


def test_nothing_is_known_of_recall_before_a_relevant_record_is_found():
    assert least_recall([False] * 50, records=60) == 0
    assert least_recall([], records=60) == 0


def test_all_is_found_when_all_is_screened():
    assert least_recall([True, False, True], records=3) == 1
    assert further_irrelevant([True, False, True], records=3, recall=0.95) == 0


@given(st.lists(st.booleans(), max_size=40), st.integers(0, 60))
def test_there_may_be_no_fewer_than_are_found_and_no_more_than_fit(found: list[bool], unread: int):
    most = most_relevant(found, records=len(found) + unread)
    assert sum(found) <= most <= sum(found) + unread


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(1, 200))
def test_so_many_irrelevant_in_a_row_and_not_one_fewer_show_the_target(
    found: list[bool], unread: int
):
    records = len(found) + unread
    more = further_irrelevant(found, records=records, recall=0.9)
    if any(found):
        assert least_recall([*found, *[False] * more], records=records) >= 0.9
    if more:
        assert least_recall([*found, *[False] * (more - 1)], records=records) < 0.9


def test_the_bound_holds_over_all_orders_of_a_small_review_however_often_it_is_asked():
    """Every order of 12 records with 4 relevant ones, looked at after each record."""
    records, relevant = 12, 4
    orders = [o for o in product((False, True), repeat=records) if sum(o) == relevant]
    ever_wrong = sum(
        any(
            most_relevant(order[:screened], records=records, confidence=0.8) < relevant
            for screened in range(records + 1)
        )
        for order in orders
    )
    assert ever_wrong / len(orders) <= 0.2
    assert ever_wrong > 0  # a bound that is never wrong says nothing


@pytest.mark.parametrize("target", [0.8, 0.95])
def test_a_team_that_stops_as_soon_as_the_target_is_shown_is_seldom_wrong(target: float):
    """In random order, where the smallest p-value of all moments is wrong more often."""
    wrong = {"bound": 0, "one look": 0}
    for seed in range(60):
        found = np.zeros(400, dtype=bool)
        found[np.random.default_rng(seed).permutation(400)[:100]] = True
        for name in wrong:
            seen: list[bool] = next(
                found[:n].tolist()
                for n in range(20, 420, 20)
                if (
                    least_recall(found[:n].tolist(), records=400) >= target
                    if name == "bound"
                    else single_look(found[:n].tolist(), records=400, recall=target) < 0.05
                )
            )
            wrong[name] += sum(seen) < target * 100
    assert wrong["bound"] <= 3
    assert wrong["bound"] <= wrong["one look"]
