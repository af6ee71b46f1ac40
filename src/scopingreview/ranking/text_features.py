"""What a model reads of a record: which words and pairs of words are in it, weighed by TF-IDF.

The weights are those of scikit-learn's `TfidfVectorizer` with `sublinear_tf` and `max_df=0.95`,
as ASReview has them (Salton & Buckley 1988, doi:10.1016/0306-4573(88)90021-0): (1 + ln times)
x (1 + ln((1 + texts) / (1 + texts with the term))), each row of length 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scopingreview.long_array import (
    LongArray,
    Scratch,
    Stretches,
    ToldArray,
    Whole,
    told,
)
from scopingreview.progress_note import Tell
from scopingreview.ranking.shared_terms import (
    Counts,
    SharedTerms,
    base_of,
    counts_of,
    shared_terms,
)
from scopingreview.ranking.sparse_rows import SparseRows
from scopingreview.ranking.tokens import Tokens

IN_TOO_MANY = 0.95  # a term in a larger share of the texts tells none from another
AT_ONCE = 1 << 20  # entries: what is read back of a long array to be told


@dataclass(frozen=True)
class Words:
    """The words of all texts by their places, which lie in memory as one text."""

    letters: Whole

    @cached_property
    def _ends(self) -> Whole:
        return np.flatnonzero(self.letters == ord("\n"))

    def __getitem__(self, place: int) -> str:
        begin = self._ends[place - 1] + 1 if place else 0
        return bytes(self.letters[begin : self._ends[place]]).decode()


@dataclass(frozen=True, slots=True)
class Features:
    """The rows of all texts in their order, and the terms that the first columns stand for.

    A term is two places in `words`, the second -1 for a word alone. What is in one text only has
    no column of its own: no other text is like it by that. All such terms of a text are one
    column, after the terms': the same length and the same products, in half the room.
    """

    rows: SparseRows
    words: Words
    terms: Stretches

    def term(self, column: int) -> str:
        """The word or the two words of a column; "" for what one text alone has."""
        if column >= len(self.terms):
            return ""
        ((first, second),) = self.terms[column : column + 1].tolist()
        return f"{self.words[first]} {self.words[second]}" if second >= 0 else self.words[first]


@dataclass(frozen=True, slots=True)
class _Weighing:
    """The shared terms, and which column is each one's own, -1 for none.

    `width` is how many have a column, `texts` how many texts there are.
    """

    shared: SharedTerms
    column: Whole
    width: int
    texts: int


def told_words(tokens: Tokens) -> ToldArray:
    """The words of all texts, a line each."""
    letters = "\n".join((*tokens.words, "")).encode()
    return told("words", np.uint8, np.frombuffer(letters, np.uint8))


def told_features(
    tokens: Tokens, scratch: Scratch, tell: Tell, name: str, *, pairs: bool
) -> Iterator[ToldArray]:
    """The features of the texts: their words, and with `pairs` each two that follow each other.

    Each array has the `name` at the end of its own. `tell` hears how far it is.
    """

    def counts(doing: str) -> Iterator[Counts]:
        for each in counts_of(tokens, pairs=pairs):
            tell(f"getting ready to rank: {doing}, {each.begin:,} of {len(tokens):,} texts")
            yield each

    with scratch() as new_array:
        shared = shared_terms(tokens, counts("counting terms"), new_array)
    kept = _kept(shared, len(tokens))
    words = _words_of(shared.terms, kept, base_of(tokens))
    yield ToldArray(f"terms{name}", np.int32, (len(kept), 2), words)
    weighing = _Weighing(shared, _numbered(kept, len(shared.terms)), len(kept), len(tokens))
    entries = int(shared.texts_with[kept].sum()) + len(tokens)
    with scratch() as new_array:
        lengths, values = new_array(np.int32), new_array(np.float32)
        columns = _columns(counts("weighing terms"), weighing, lengths, values)
        yield ToldArray(f"columns{name}", np.int32, (entries,), columns)
        yield ToldArray(f"values{name}", np.float32, (entries,), _parts(values))
        yield ToldArray(f"lengths{name}", np.int32, (len(tokens),), _parts(lengths))


def features_of(arrays: Mapping[str, Stretches], name: str) -> Features:
    """The features that were told under the name. Raises KeyError for an array that is missing."""
    lengths, terms = arrays[f"lengths{name}"], arrays[f"terms{name}"]
    starts = np.concatenate(([0], np.cumsum(lengths[:], dtype=np.int64)))
    width = len(terms) + len(lengths)
    rows = SparseRows(starts, arrays[f"columns{name}"], arrays[f"values{name}"], width)
    return Features(rows, Words(arrays["words"][:]), terms)


def _kept(shared: SharedTerms, texts: int) -> Whole:
    """The places of the terms that have a column, in the order of these.

    The commonest come first: what is asked for often lies close together.
    """
    kept = np.flatnonzero(shared.texts_with <= IN_TOO_MANY * texts).astype(np.int32)
    order = np.argsort(-shared.texts_with[kept], kind="stable")
    return np.asarray(kept[order])


def _words_of(terms: Whole, kept: Whole, base: int) -> Iterator[Whole]:
    """The places of the two words of each term that is kept, -1 for the second of a word alone."""
    for begin in range(0, len(kept), AT_ONCE):
        first, second = np.divmod(terms[kept[begin : begin + AT_ONCE]], base)
        yield np.column_stack((first, second - 1))


def _numbered(kept: Whole, terms: int) -> Whole:
    """Of each of so many terms the number among those kept, -1 for none."""
    numbers = np.full(terms, -1, np.int32)
    numbers[kept] = np.arange(len(kept))
    return numbers


def _parts(array: LongArray) -> Iterator[Whole]:
    for begin in range(0, len(array), AT_ONCE):
        yield array[begin : begin + AT_ONCE]


def _columns(
    counts: Iterable[Counts], weighing: _Weighing, lengths: LongArray, values: LongArray
) -> Iterator[Whole]:
    """The columns of all rows; their lengths and values are in the long arrays then."""
    for each in counts:
        length, column, value = _rows(each, weighing)
        lengths.extend(length)
        values.extend(value)
        yield column


def _rows(counts: Counts, weighing: _Weighing) -> tuple[Whole, Whole, Whole]:
    """The rows of some texts, of length 1: their lengths, and the columns and values of all.

    In each stand the text's shared terms, then what it alone has.
    """
    texts, columns, weights, is_alone = _weighed(counts, weighing)
    squares = np.where(is_alone, weights**2, 0.0)
    own = np.sqrt(np.bincount(texts, squares, minlength=counts.number))
    is_shared = columns >= 0
    texts, columns, weights = texts[is_shared], columns[is_shared], weights[is_shared]
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


def _weighed(counts: Counts, weighing: _Weighing) -> tuple[Whole, Whole, Whole, Whole]:
    """Of each term of each text, by text: the text, its column, its weight, if it alone has it."""
    runs = counts.runs()
    different, shared = counts.terms[runs[:-1]], weighing.shared
    place = np.searchsorted(shared.terms, different)
    is_shared = place < len(shared.terms)
    is_shared[is_shared] = shared.terms[place[is_shared]] == different[is_shared]
    place = place[is_shared]
    texts_with, column = np.ones(len(different)), np.full(len(different), -1, np.int32)
    texts_with[is_shared], column[is_shared] = shared.texts_with[place], weighing.column[place]
    rarity = np.log((1 + weighing.texts) / (1 + texts_with)) + 1
    order = np.argsort(counts.texts, kind="stable")
    run = np.repeat(np.arange(len(different), dtype=np.int32), np.diff(runs))[order]
    weights = (1 + np.log(counts.times[order])) * rarity[run]
    return counts.texts[order], column[run], weights, ~is_shared[run]
