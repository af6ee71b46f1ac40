"""What labels teach: held against scikit-learn, and what must be true of any order."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from scopingreview.long_array import gathered, in_memory
from scopingreview.model import RankingModelName
from scopingreview.ranking.models import MODELS
from scopingreview.ranking.ranked_order import rank, with_lots
from scopingreview.ranking.ranker import Ranker, Weights, build_ranker, ranker_of, told_ranker
from scopingreview.ranking.support_vectors import train
from scopingreview.ranking.telling_terms import telling_terms

ELAS, TWO_VIEWS = (
    MODELS[name] for name in (RankingModelName.ELAS_U4, RankingModelName.TWO_VIEWS_1)
)


def corpus(number: int = 120) -> tuple[list[str], list[bool]]:
    """Invented texts, of which every sixth is about night shifts."""
    random = np.random.default_rng(4)
    common = [f"word{each}" for each in range(60)]
    about = ["night", "shift", "sleep", "nurse", "roster"]
    texts, is_relevant = [], []
    for place in range(number):
        words = list(random.choice(common, 25))
        is_relevant.append(place % 6 == 0)
        words += list(random.choice(about, 4 if is_relevant[-1] else 1))
        texts.append(" ".join(random.permutation(words)))
    return texts, is_relevant


TEXTS, IS_RELEVANT = corpus()


def some_labels(number: int) -> dict[int, bool]:
    return {place: IS_RELEVANT[place] for place in range(number)}


def elas_scores(labels: dict[int, bool]) -> NDArray[np.float64]:
    """The scores of ASReview's default model, by the libraries that it is made of."""
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=0.95)
    rows = vectorizer.fit_transform(TEXTS)
    places, wanted = list(labels), np.array(list(labels.values()))
    weights = np.where(wanted, 1.0, wanted.sum() / (9.8 * (~wanted).sum()))
    machine = LinearSVC(C=0.11, loss="squared_hinge", tol=1e-12, max_iter=1_000_000, dual=False)
    machine.fit(rows[places], wanted, sample_weight=weights * len(wanted) / weights.sum())
    scores: NDArray[np.float64] = rows @ machine.coef_[0]
    return scores


@pytest.mark.parametrize("number", [7, 30, 110])
def test_the_replica_of_asreviews_model_scores_as_its_libraries_do(number: int):
    labels = some_labels(number)
    scores = build_ranker(ELAS, TEXTS).scores(labels)
    assert scores is not None
    np.testing.assert_allclose(scores, elas_scores(labels), atol=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_the_machine_finds_the_optimum_of_any_problem(seed: int):
    random = np.random.default_rng(seed)
    rows, signs = random.normal(size=(40, 6)), np.where(random.random(40) < 0.3, 1.0, -1.0)
    costs = random.uniform(0.01, 20, 40)
    dual = train(lambda numbers: rows @ (rows.T @ numbers), signs, costs)
    machine = LinearSVC(C=1, loss="squared_hinge", tol=1e-12, max_iter=10_000_000, dual=False)
    machine.fit(rows, signs, sample_weight=costs)
    weights, bias = rows.T @ dual, dual.sum()

    def loss(weights: NDArray[np.float64], bias: float) -> float:
        short = np.maximum(0, 1 - signs * (rows @ weights + bias))
        return float((weights @ weights + bias * bias) / 2 + costs @ short**2)

    best = loss(machine.coef_[0], float(machine.intercept_[0]))
    assert loss(weights, bias) <= best * (1 + 1e-8)


def test_the_same_labels_give_the_same_order_whatever_the_way_to_them():
    ranker, labels = build_ranker(TWO_VIEWS, TEXTS), some_labels(60)
    turned = dict(reversed(labels.items()))
    assert np.array_equal(ranker.scores(labels), ranker.scores(turned))  # type: ignore[arg-type]
    step_by_step = None
    for number in range(7, 61):
        step_by_step = ranker.learn(some_labels(number), after=step_by_step)
    assert step_by_step is not None
    near = ranker.scores_by(step_by_step)
    np.testing.assert_allclose(near, ranker.scores(labels), atol=1e-4)  # type: ignore[arg-type]


def test_a_relevant_record_alone_brings_those_like_it_first():
    scores = build_ranker(TWO_VIEWS, [*TEXTS, "night shift sleep"]).scores({len(TEXTS): True})
    assert scores is not None
    first = np.argsort(-scores[: len(TEXTS)])[:10]
    assert sum(IS_RELEVANT[place] for place in first) >= 6


def test_nothing_is_learnt_from_no_relevant_record():
    assert build_ranker(TWO_VIEWS, TEXTS).scores({1: False, 2: False}) is None
    assert build_ranker(ELAS, TEXTS).scores({0: True}) is None  # as ASReview has it


def test_ties_come_in_the_order_given_and_what_is_labelled_does_not_come():
    scores = np.array([0.5, 0.9, 0.5, 0.1, 0.9])
    tie_order = np.array([4, 2, 0, 3, 1])
    assert rank(scores, [3], tie_order).tolist() == [4, 1, 2, 0]
    assert rank(None, [3], tie_order).tolist() == [4, 2, 0, 1]


def test_a_lot_brings_the_next_record_of_the_random_order():
    order, drawn = with_lots("abcdef", "xfbade", is_lot=lambda place: place in (1, 3), ahead=6)
    assert order == ["a", "f", "b", "d", "c", "e"]
    assert drawn == {"f", "d"}
    assert with_lots("abc", "cba", is_lot=lambda _: False, ahead=3) == (["a", "b", "c"], set())


def test_the_terms_that_speak_for_a_record_are_those_of_the_relevant_ones():
    ranker: Ranker = build_ranker(TWO_VIEWS, TEXTS)
    terms = telling_terms(ranker, ranker.learn(some_labels(110)), 114, TEXTS[114])
    assert IS_RELEVANT[114]
    assert {"night", "shift", "sleep", "nurse", "roster"} & set(terms.speak_for[:3])
    assert not {"night", "shift", "sleep", "nurse", "roster"} & set(terms.speak_against)


def test_an_array_that_is_missing_makes_no_ranker():
    arrays = gathered(told_ranker(TWO_VIEWS, TEXTS, in_memory))
    assert ranker_of(TWO_VIEWS, arrays) is not None
    for name in arrays:
        rest = {each: arrays[each] for each in arrays if each != name}
        assert ranker_of(TWO_VIEWS, rest) is None, name
    of_one_view = gathered(told_ranker(ELAS, TEXTS, in_memory))
    assert ranker_of(TWO_VIEWS, of_one_view) is None


def test_one_is_told_how_far_it_is():
    said: list[str] = []
    gathered(told_ranker(TWO_VIEWS, TEXTS, in_memory, said.append))
    assert said == [
        "getting ready to rank: counting terms, 0 of 120 texts",
        "getting ready to rank: weighing terms, 0 of 120 texts",
    ] * len(TWO_VIEWS.views)


def test_a_column_that_no_labelled_text_has_weighs_nothing():
    weights = Weights(np.array([2, 5]), np.array([0.5, -1.0]))
    assert weights.of(np.array([5, 0, 2, 9, 3])).tolist() == [-1.0, 0.0, 0.5, 0.0, 0.0]
    assert weights.spread(7).tolist() == [0, 0, 0.5, 0, 0, -1.0, 0]
