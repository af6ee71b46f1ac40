"""What a model reads of a text, held against scikit-learn's own TF-IDF."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from scopingreview.model import RankingModelName
from scopingreview.ranking.kept_features import packed, unpacked
from scopingreview.ranking.models import MODELS
from scopingreview.ranking.ranker import build_ranker
from scopingreview.ranking.sparse_rows import SparseRows
from scopingreview.ranking.text_features import Features, build_features
from scopingreview.ranking.tokens import tokenise

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


def products(features: Features) -> NDArray[np.float64]:
    rows = dense(features.rows)
    alike: NDArray[np.float64] = rows @ rows.T
    return alike


def reference(texts: list[str], *, pairs: bool) -> NDArray[np.float64]:
    vectorizer = TfidfVectorizer(ngram_range=(1, 1 + pairs), sublinear_tf=True, max_df=0.95)
    rows = vectorizer.fit_transform(texts)
    alike: NDArray[np.float64] = (rows @ rows.T).toarray()
    return alike


@pytest.mark.parametrize("pairs", [True, False])
def test_texts_are_as_alike_as_scikit_learn_says(pairs: bool):
    ours = products(build_features(tokenise(TEXTS), pairs=pairs))
    np.testing.assert_allclose(ours, reference(list(TEXTS), pairs=pairs), atol=1e-6)


@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=3, max_size=25))
def test_any_texts_are_as_alike_as_scikit_learn_says(texts: list[str]):
    texts = [*texts, "night shift", "sleep nurse", "rat"]  # it refuses an empty vocabulary
    ours = products(build_features(tokenise(texts), pairs=True))
    np.testing.assert_allclose(ours, reference(texts, pairs=True), atol=1e-6)


def test_a_term_of_one_text_alone_has_no_column_of_its_own_and_is_named_by_none():
    features = build_features(tokenise(TEXTS), pairs=True)
    named = {features.term(column) for column in range(features.rows.width)}
    assert {"night", "sleep", "night shifts", "of nurses"} <= named
    assert not named & {"rats", "after night"}


def test_the_products_of_rows_are_those_of_the_same_rows_with_their_zeros():
    rows = build_features(tokenise(TEXTS), pairs=True).rows
    few = rows.take(np.array([3, 0, 1]))
    compact, columns = few.compact()
    weights = np.array([0.5, -1.0, 2.0])
    np.testing.assert_allclose(dense(few), dense(rows)[[3, 0, 1]])
    np.testing.assert_allclose(dense(compact), dense(few)[:, columns])
    np.testing.assert_allclose(compact.weighed(weights), weights @ dense(compact))
    np.testing.assert_allclose(compact.products(weights), dense(few) @ dense(few).T @ weights)


def test_what_was_kept_ranks_as_what_was_built():
    model = MODELS[RankingModelName.TWO_VIEWS_1]
    built = build_ranker(model, TEXTS)
    read = unpacked(model, packed(built))
    assert read is not None
    labels = {0: True, 3: False}
    assert np.array_equal(built.scores(labels), read.scores(labels))  # type: ignore[arg-type]
    assert [read.views[0].term(column) for column in range(5)] == [
        built.views[0].term(column) for column in range(5)
    ]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a file of arrays"])
def test_what_was_spoiled_is_built_again(content: bytes):
    assert unpacked(MODELS[RankingModelName.TWO_VIEWS_1], content) is None
