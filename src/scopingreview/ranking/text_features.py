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
    """How often a term is in a text, of some texts: three parallel arrays, in their order.

    `texts` are places from 0, the first of which is place `begin` of all; there are `number`.
    """

    begin: int
    number: int
    texts: Whole
    terms: Whole
    times: Whole


@dataclass(frozen=True, slots=True)
class _Weighing:
    """The terms of all texts in order; what each weighs, and which column is its own, else -1.

    `is_own` says of each whether one text alone has it; `width` is how many have a column.
    """

    terms: Whole
    rarity: Numbers
    is_own: Whole
    column: Whole
    width: int


def build_features(tokens: Tokens, *, pairs: bool) -> Features:
    """The features of the texts: their words, and with `pairs` each two that follow each other."""
    number_of_texts, base = len(tokens), len(tokens.words) + 1
    counts = list(_counts(tokens, base, pairs=pairs))
    terms, texts_with = _terms_of(counts)
    is_own = texts_with == 1
    # The commonest first: what is asked for often lies close together.
    kept = np.flatnonzero(~is_own & (texts_with <= IN_TOO_MANY * number_of_texts))
    kept = kept[np.argsort(-texts_with[kept], kind="stable")]
    column = np.full(len(terms), -1, np.int32)
    column[kept] = np.arange(len(kept))
    rarity = np.log((1 + number_of_texts) / (1 + texts_with)) + 1
    weighing = _Weighing(terms, rarity, is_own, column, len(kept))
    rows = _joined([_rows(each, weighing) for each in counts], len(kept) + number_of_texts)
    first, second = np.divmod(terms[kept], base)
    return Features(rows, tokens.words, np.column_stack((first, second - 1)))


def _counts(tokens: Tokens, base: int, *, pairs: bool) -> Iterator[_Counts]:
    """The counts of some texts at a time; a term is `first * base + second + 1`."""
    for begin in range(0, len(tokens), AT_ONCE):
        starts = tokens.starts[begin : begin + AT_ONCE + 1]
        numbers = tokens.numbers[starts[0] : starts[-1]].astype(np.int64)
        texts = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        terms = numbers * base
        if pairs:
            follow = texts[:-1] == texts[1:]
            terms = np.concatenate((terms, (terms[:-1] + numbers[1:] + 1)[follow]))
            texts = np.concatenate((texts, texts[:-1][follow]))
        different, times = np.unique(texts * base**2 + terms, return_counts=True)
        text, term = np.divmod(different, base**2)
        small = text.astype(np.int32), times.astype(np.int32)
        yield _Counts(begin, len(starts) - 1, small[0], term, small[1])


def _terms_of(counts: list[_Counts]) -> tuple[Whole, Whole]:
    """All terms in order, and in how many texts each is."""
    found = [np.unique(each.terms, return_counts=True) for each in counts]
    if not found:
        nothing = np.zeros(0, np.int64)
        return nothing, nothing
    terms, texts_with = (np.concatenate(each) for each in zip(*found, strict=True))
    order = np.argsort(terms, kind="stable")  # of runs that are in order, which makes it quick
    terms = terms[order]
    begins = np.flatnonzero(np.concatenate(([True], terms[1:] != terms[:-1])))[: len(terms)]
    return terms[begins], np.add.reduceat(texts_with[order], begins) if len(begins) else texts_with


def _rows(counts: _Counts, weighing: _Weighing) -> tuple[Whole, Whole, Whole]:
    """The rows of some texts, of length 1: their lengths, and the columns and values of all.

    In each stand the text's shared terms, then what it alone has.
    """
    place = np.searchsorted(weighing.terms, counts.terms)
    weights = (1 + np.log(counts.times)) * weighing.rarity[place]
    squares = np.where(weighing.is_own[place], weights**2, 0.0)
    own = np.sqrt(np.bincount(counts.texts, squares, minlength=counts.number))
    columns = weighing.column[place]
    is_shared = columns >= 0
    texts, columns, weights = counts.texts[is_shared], columns[is_shared], weights[is_shared]
    lengths = np.bincount(texts, minlength=counts.number) + 1
    norms = np.sqrt(np.bincount(texts, weights**2, minlength=counts.number) + own**2)
    norms[norms == 0] = 1
    ends = np.cumsum(lengths)
    is_own = np.zeros(ends[-1], dtype=bool)
    is_own[ends - 1] = True
    all_columns, values = np.empty(ends[-1], np.int32), np.empty(ends[-1], np.float32)
    all_columns[is_own] = weighing.width + counts.begin + np.arange(counts.number)
    all_columns[~is_own] = columns
    values[is_own] = own / norms
    values[~is_own] = weights / norms[texts]
    return lengths, all_columns, values


def _joined(parts: list[tuple[Whole, Whole, Whole]], width: int) -> SparseRows:
    """The rows of all texts; a value is what four bytes hold of it, as it is kept."""
    if not parts:
        return SparseRows(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0), width)
    lengths, columns, values = (np.concatenate(each) for each in zip(*parts, strict=True))
    starts = np.concatenate(([0], np.cumsum(lengths)))
    return SparseRows(starts, columns, values.astype(np.float64), width)
