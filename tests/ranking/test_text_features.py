"""What a model reads of a text, held against scikit-learn's own TF-IDF."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from scopingreview.long_array import ArrayInMemory
from scopingreview.ranking import shared_terms, sparse_rows, text_features
from scopingreview.ranking.sparse_rows import SparseRows
from scopingreview.ranking.text_features import Features
from tests.ranking.told import features

TEXTS = (
    "Night shifts and sleep: night after night",
    "Sleep of nurses on night shifts",
    "",
    "Rats; rats, and more RATS of the night",
    "a b c",
    "Été à l'hôpital: sleep of nurses",
)
WORDS = st.sampled_from(["night", "shift", "Sleep", "nurse", "x", "rat", "ünder", "1990", "-"])


def dense(rows: SparseRows) -> NDArray[np.float64]:
    return np.array([rows.dense(place) for place in range(len(rows))])


def products(found: Features) -> NDArray[np.float64]:
    rows = dense(found.rows)
    alike: NDArray[np.float64] = rows @ rows.T
    return alike


def reference(texts: list[str], *, pairs: bool) -> NDArray[np.float64]:
    vectorizer = TfidfVectorizer(ngram_range=(1, 1 + pairs), sublinear_tf=True, max_df=0.95)
    rows = vectorizer.fit_transform(texts)
    alike: NDArray[np.float64] = (rows @ rows.T).toarray()
    return alike


@pytest.mark.parametrize("pairs", [True, False])
def test_texts_are_as_alike_as_scikit_learn_says(pairs: bool):
    ours = products(features(TEXTS, pairs=pairs))
    np.testing.assert_allclose(ours, reference(list(TEXTS), pairs=pairs), atol=1e-6)


@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=3, max_size=25))
def test_any_texts_are_as_alike_as_scikit_learn_says(texts: list[str]):
    texts = [*texts, "night shift", "sleep nurse", "rat"]  # it refuses an empty vocabulary
    ours = products(features(texts, pairs=True))
    np.testing.assert_allclose(ours, reference(texts, pairs=True), atol=1e-6)


def test_a_term_of_one_text_alone_has_no_column_of_its_own_and_is_named_by_none():
    found = features(TEXTS, pairs=True)
    named = {found.term(column) for column in range(found.rows.width)}
    assert {"night", "sleep", "night shifts", "of nurses"} <= named
    assert not named & {"rats", "after night"}


def test_the_products_of_rows_are_those_of_the_same_rows_with_their_zeros():
    rows = features(TEXTS, pairs=True).rows
    few = rows.take(np.array([3, 0, 1]), ArrayInMemory)
    compact, columns = few.compact(ArrayInMemory)
    weights = np.array([0.5, -1.0, 2.0])
    np.testing.assert_allclose(dense(few), dense(rows)[[3, 0, 1]])
    np.testing.assert_allclose(dense(compact), dense(few)[:, columns])
    np.testing.assert_allclose(compact.weighed(weights), weights @ dense(compact))
    np.testing.assert_allclose(compact.products(weights), dense(few) @ dense(few).T @ weights)


@pytest.mark.parametrize("pairs", [True, False])
def test_features_are_the_same_however_few_texts_are_counted_at_once(
    pairs: bool, monkeypatch: pytest.MonkeyPatch
):
    whole = features(TEXTS, pairs=pairs)
    monkeypatch.setattr(shared_terms, "AT_ONCE", 2)
    monkeypatch.setattr(shared_terms, "TOGETHER", 3)
    monkeypatch.setattr(text_features, "AT_ONCE", 5)
    parts = features(TEXTS, pairs=pairs)
    for told in ("starts", "columns", "values"):
        assert np.array_equal(getattr(parts.rows, told), getattr(whole.rows, told))
    assert np.array_equal(parts.terms[:], whole.terms[:])


def test_rows_are_the_same_however_few_are_worked_on_at_once(monkeypatch: pytest.MonkeyPatch):
    rows, weights = features(TEXTS, pairs=True).rows, np.arange(1.0, len(TEXTS) + 1)
    compact, columns = rows.compact(ArrayInMemory)
    monkeypatch.setattr(sparse_rows, "AT_ONCE", 2)
    monkeypatch.setattr(sparse_rows, "FEW", 7)
    few, few_columns = rows.take(np.arange(len(TEXTS)), ArrayInMemory).compact(ArrayInMemory)
    np.testing.assert_array_equal(few_columns, columns)
    np.testing.assert_allclose(few.products(weights), compact.products(weights))


@pytest.mark.parametrize("texts", [(), ("",), ("a", "b"), ("night",), ("night", "night")])
def test_texts_of_hardly_a_word_have_features(texts: tuple[str, ...]):
    found = features(texts, pairs=True)
    assert len(found.rows) == len(texts)
    assert found.rows.times(np.ones(found.rows.width)).shape == (len(texts),)
