"""What a model reads of a record: which words and pairs of words are in it, weighed by TF-IDF.

The weights are those of scikit-learn's `TfidfVectorizer` with `sublinear_tf` and `max_df=0.95`,
as ASReview has them (Salton & Buckley 1988, doi:10.1016/0306-4573(88)90021-0): (1 + ln times)
x (1 + ln((1 + texts) / (1 + texts with the term))), each row of length 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scopingreview.ranking.sparse_rows import Numbers, SparseRows, Whole
from scopingreview.ranking.tokens import Tokens

IN_TOO_MANY = 0.95  # a term in a larger share of the texts tells none from another
AT_ONCE = 4_000  # texts that are counted together: what bounds the memory it takes


@dataclass(frozen=True, slots=True)
class Features:
    """The rows of all texts in their order, and the terms that the first columns stand for.

    A term is two places in `words`, the second -1 for a word alone. What is in one text only has
    no column of its own: no other text is like it by that. All such terms of a text are one
    column, after the terms': the same length and the same products, in half the room.
    """

    rows: SparseRows
    words: tuple[str, ...]
    terms: Whole

    def term(self, column: int) -> str:
        """The word or the two words of a column; "" for what one text alone has."""
        if column >= len(self.terms):
            return ""
        first, second = map(int, self.terms[column])
        return f"{self.words[first]} {self.words[second]}" if second >= 0 else self.words[first]


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often a term is in a text: three parallel arrays, in the order of the texts."""

    texts: Whole
    terms: Whole
    times: Whole


def build_features(tokens: Tokens, *, pairs: bool) -> Features:
    """The features of the texts: their words, and with `pairs` each two that follow each other."""
    number_of_texts, base = len(tokens), len(tokens.words) + 1
    counts = _joined(list(_counts(tokens, base, pairs=pairs)))
    terms, column_of, texts_with = np.unique(counts.terms, return_inverse=True, return_counts=True)
    weights = (1 + np.log(counts.times)) * _rarity(texts_with, number_of_texts)[column_of]
    is_own = texts_with == 1
    is_own_entry = is_own[column_of]
    is_kept = ~is_own & (texts_with <= IN_TOO_MANY * number_of_texts)
    # The commonest first: what is asked for often lies close together.
    kept = np.flatnonzero(is_kept)
    kept = kept[np.argsort(-texts_with[kept], kind="stable")]
    column = np.full(len(terms), -1)
    column[kept] = np.arange(len(kept))
    squares = np.where(is_own_entry, weights**2, 0.0)
    own = np.sqrt(np.bincount(counts.texts, squares, minlength=number_of_texts))
    shared = is_kept[column_of]
    rows = _rows(counts.texts[shared], column[column_of[shared]], weights[shared], own, len(kept))
    first, second = np.divmod(terms[kept], base)
    return Features(rows, tokens.words, np.column_stack((first, second - 1)))


def _rarity(texts_with: Whole, number_of_texts: int) -> Numbers:
    rarity: Numbers = np.log((1 + number_of_texts) / (1 + texts_with)) + 1
    return rarity


def _counts(tokens: Tokens, base: int, *, pairs: bool) -> Iterator[_Counts]:
    """The counts of some texts at a time; a term is `first * base + second + 1`."""
    for begin in range(0, len(tokens), AT_ONCE):
        starts = tokens.starts[begin : begin + AT_ONCE + 1]
        numbers = tokens.numbers[starts[0] : starts[-1]]
        texts = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        terms = numbers * base
        if pairs:
            follow = texts[:-1] == texts[1:]
            terms = np.concatenate((terms, (terms[:-1] + numbers[1:] + 1)[follow]))
            texts = np.concatenate((texts, texts[:-1][follow]))
        different, times = np.unique(texts * base**2 + terms, return_counts=True)
        text, term = np.divmod(different, base**2)
        yield _Counts(text + begin, term, times)


def _joined(parts: list[_Counts]) -> _Counts:
    if not parts:
        nothing = np.zeros(0, np.int64)
        return _Counts(nothing, nothing, nothing)
    return _Counts(
        np.concatenate([part.texts for part in parts]),
        np.concatenate([part.terms for part in parts]),
        np.concatenate([part.times for part in parts]),
    )


def _rows(texts: Whole, columns: Whole, weights: Numbers, own: Numbers, width: int) -> SparseRows:
    """The rows of length 1: each text's shared terms, then what it alone has."""
    number_of_texts = len(own)
    lengths = np.bincount(texts, minlength=number_of_texts) + 1
    starts = np.concatenate(([0], np.cumsum(lengths)))
    norms = np.sqrt(np.bincount(texts, weights**2, minlength=number_of_texts) + own**2)
    norms[norms == 0] = 1
    is_own = np.zeros(starts[-1], dtype=bool)
    is_own[starts[1:] - 1] = True
    all_columns, values = np.empty(starts[-1], np.int32), np.empty(starts[-1])
    all_columns[is_own] = width + np.arange(number_of_texts)
    all_columns[~is_own] = columns
    values[is_own] = own / norms
    values[~is_own] = weights / norms[texts]
    values = values.astype(np.float32).astype(np.float64)  # as they are kept (`kept_features`)
    return SparseRows(starts, all_columns, values, width + number_of_texts)
