"""Which records wait to be read, and in which order a reviewer meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.model import Outcome, Phase, RetrievalStatus, ScreeningOrder, Standing
from scopingreview.screening import in_order, order_seed, reports_to_assess
from scopingreview.screening.outcomes import Outcomes
from tests.conftest import Run
from tests.reviews import FULL_TEXT, decide, found_with, record, retrieved

IDS = [f"pubmed:{number}" for number in range(50)]


def random_order(ids: list[str], reviewer: str = "ab") -> list[str]:
    seed = order_seed("A review", Phase.TITLE_ABSTRACT, reviewer)
    return in_order(ids, ScreeningOrder.RANDOM, seed=seed, year_of=lambda _: None)


def test_a_random_order_is_the_same_after_every_restart_and_another_for_each_reviewer():
    assert random_order(IDS) == random_order(IDS)
    assert sorted(random_order(IDS)) == sorted(IDS)
    assert random_order(IDS, "ab") != random_order(IDS, "cd")
    assert random_order(IDS) != IDS


def test_a_later_search_does_not_move_the_records_that_were_there():
    grown = random_order([*IDS, "scopus:1", "scopus:2"])
    assert [key for key in grown if key in IDS] == random_order(IDS)


def test_the_newest_come_first_and_those_without_a_year_last():
    years = {"a": 2001, "b": None, "c": 2020, "d": 2001}
    ordered = in_order(years, ScreeningOrder.NEWEST, seed="", year_of=years.__getitem__)
    assert ordered == ["c", "a", "d", "b"]


@pytest.mark.parametrize(
    ("steps", "may_be_read"),
    [
        ((), False),
        (("sought",), False),
        (("retrieved",), True),
        (("not-retrieved",), False),
        (("sought", "retrieved"), True),
        (("retrieved", "not-retrieved"), False),
    ],
    ids=lambda given: " then ".join(given) or "nothing" if isinstance(given, tuple) else None,
)
def test_a_report_is_decided_on_in_full_only_while_it_is_retrieved(
    steps: tuple[str, ...], may_be_read: bool, run: Run, tmp_path: Path
):
    decisions = [decide("pubmed:1", "include", who) for who in ("ab", "cd")]
    review = found_with(tmp_path, [record("pubmed:1")], decisions=decisions)
    for status in steps:
        store.append_retrievals(review, [retrieved("pubmed:1", status)])
    words = ("--as", "ab", "--record", "pubmed:1", "--verdict", "include", "-C", tmp_path)
    answer = run("screen", "ft", *words)
    assert len(store.read_decisions(review, FULL_TEXT)) == may_be_read
    assert ("pubmed:1 is not open to decide on" in answer.err) != may_be_read


@pytest.mark.parametrize("status", RetrievalStatus)
def test_only_a_report_that_was_retrieved_is_read_in_full_text(status: RetrievalStatus):
    included = {"r": Outcome("r", Phase.TITLE_ABSTRACT, Standing.INCLUDED)}
    found = reports_to_assess(Outcomes(included), {"r": retrieved("r", status)})
    assert found == (["r"] if status is RetrievalStatus.RETRIEVED else [])


def test_a_report_of_which_nothing_was_recorded_is_not_read():
    included = {"r": Outcome("r", Phase.TITLE_ABSTRACT, Standing.INCLUDED)}
    assert reports_to_assess(Outcomes(included), {}) == []


@pytest.mark.parametrize("standing", Standing)
def test_only_a_record_included_by_title_and_abstract_is_read(standing: Standing):
    outcomes = {"r": Outcome("r", Phase.TITLE_ABSTRACT, standing)}
    found = reports_to_assess(Outcomes(outcomes), {"r": retrieved("r")})
    assert found == (["r"] if standing is Standing.INCLUDED else [])
