"""A labelled review screened over again, and how good an order is."""

from __future__ import annotations

import pytest

from scopingreview.model import RankingModelName
from scopingreview.ranking.models import MODELS
from scopingreview.ranking.ranker import build_ranker
from scopingreview.ranking.replay import Replay, drawn_relevant, replay
from tests.ranking.test_ranker import IS_RELEVANT, TEXTS


def of(found: str, records: int) -> Replay:
    """A replay that found relevant records where the text has an x."""
    return Replay((), tuple(range(len(found))), tuple(each == "x" for each in found), records)


def test_the_loss_is_0_for_a_perfect_order_and_1_for_the_worst():
    assert of("xxx", 10).loss == 0
    assert of("-------xxx", 10).loss == 1
    assert of("-x", 3).loss == 0.5


def test_the_work_saved_is_what_is_unread_beyond_chance():
    """10 relevant of 100: at 95 % recall all ten must be found, after 20 records."""
    found = of("x" * 9 + "-" * 10 + "x", 100)
    assert found.work_saved() == pytest.approx(0.8 - 0.05)
    assert found.recall_after(0.1) == 0.9
    assert found.screened_for(0.9) == 9


@pytest.mark.parametrize("name", list(RankingModelName))
def test_a_replay_screens_every_relevant_record_and_none_twice(name: RankingModelName):
    ranker = build_ranker(MODELS[name], TEXTS)
    found = replay(ranker, IS_RELEVANT, known=drawn_relevant(IS_RELEVANT, 1, seed=3))
    assert len(set(found.order)) == len(found.order)
    assert set(found.known).isdisjoint(found.order)
    assert sum(found.found) == sum(IS_RELEVANT) - 1
    assert found.found[-1]
    assert found.loss < 0.2


def test_a_replay_is_the_same_every_time():
    ranker = build_ranker(MODELS[RankingModelName.TWO_VIEWS_1], TEXTS)
    assert replay(ranker, IS_RELEVANT, known=[6]) == replay(ranker, IS_RELEVANT, known=[6])


def test_without_a_known_record_it_begins_in_the_order_of_the_file():
    ranker = build_ranker(MODELS[RankingModelName.TWO_VIEWS_1], TEXTS[1:])
    assert replay(ranker, IS_RELEVANT[1:], known=[]).order[:6] == (0, 1, 2, 3, 4, 5)
