"""The terms that several texts have, counted some texts at a time: no more of them are in memory.

What is counted of two thousand texts lies in long arrays, in the order of the terms. Then all that
begins with some of the words is taken together, until every word was one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scopingreview.long_array import LongArray, NewArray, Whole
from scopingreview.ranking.tokens import Tokens

AT_ONCE = 2_048  # texts that are counted together: what bounds the memory it takes
TOGETHER = 1 << 21  # how often words stand in the texts whose terms are taken together


@dataclass(frozen=True, slots=True)
class Counts:
    """How often a term is in a text, of some texts: three parallel arrays, by term, then by text.

    `texts` are places from 0, the first of which is place `begin` of all; there are `number`.
    """

    begin: int
    number: int
    texts: Whole
    terms: Whole
    times: Whole

    def runs(self) -> Whole:
        """Where each different term begins, and where the last one ends."""
        changes = np.flatnonzero(self.terms[1:] != self.terms[:-1]) + 1
        return np.concatenate(([0], changes, [len(self.terms)])) if len(self.terms) else changes


@dataclass(frozen=True, slots=True)
class SharedTerms:
    """The terms of two texts or more, in order, and in how many texts each is."""

    terms: Whole
    texts_with: Whole


def base_of(tokens: Tokens) -> int:
    """A term is `first * base + second + 1`, by the places of its words; a word alone ends in 0."""
    return len(tokens.words) + 1


def counts_of(tokens: Tokens, *, pairs: bool) -> Iterator[Counts]:
    """The counts of some texts at a time: words, and with `pairs` each two that follow."""
    base = base_of(tokens)
    for begin in range(0, len(tokens), AT_ONCE):
        starts = tokens.starts[begin : begin + AT_ONCE + 1]
        numbers = tokens.numbers[slice(starts[0], starts[-1])].astype(np.int64)
        texts = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        terms = numbers * base
        if pairs:
            follow = texts[:-1] == texts[1:]
            terms = np.concatenate((terms, (terms[:-1] + numbers[1:] + 1)[follow]))
            texts = np.concatenate((texts, texts[:-1][follow]))
        different, times = np.unique(terms * AT_ONCE + texts, return_counts=True)
        term, text = np.divmod(different, AT_ONCE)
        yield Counts(begin, len(starts) - 1, text.astype(np.int16), term, times.astype(np.int32))


def shared_terms(tokens: Tokens, counts: Iterable[Counts], new_array: NewArray) -> SharedTerms:
    """The terms that several of the texts have, from the counts of all of them."""
    bounds = _bounds(tokens)
    terms, texts_with = new_array(np.int64), new_array(np.int16)
    begins: list[Whole] = []  # of each bound in what was counted, for each some texts
    for each in counts:
        runs = each.runs()
        different = each.terms[runs[:-1]]
        begins.append(len(terms) + np.searchsorted(different, bounds))
        terms.extend(different)
        texts_with.extend(np.diff(runs))
    shared, with_each = new_array(np.int64), new_array(np.int32)
    for part in range(len(bounds) - 1):
        stretches = [slice(at[part], at[part + 1]) for at in begins]
        for array, found in zip(
            (shared, with_each), _together(terms, texts_with, stretches), strict=True
        ):
            array.extend(found)
    return SharedTerms(shared[:], with_each[:])


def _bounds(tokens: Tokens) -> Whole:
    """Terms between which there is not too much to take together, the last above all terms."""
    base = base_of(tokens)
    used = np.zeros(base - 1, np.int64)
    for begin, end in pairwise([*range(0, len(tokens), AT_ONCE), len(tokens)]):
        numbers = tokens.numbers[slice(tokens.starts[begin], tokens.starts[end])]
        used += np.bincount(numbers, minlength=base - 1)
    part = np.cumsum(used) // TOGETHER
    firsts = np.flatnonzero(np.diff(part, prepend=-1))
    return np.concatenate((firsts, [base - 1])) * base


def _together(
    terms: LongArray, texts_with: LongArray, stretches: list[slice]
) -> tuple[Whole, Whole]:
    """Of the terms in these stretches, each of which is in order, the shared ones; with how many.

    That is in how many texts each is.
    """
    every = np.concatenate([terms[stretch] for stretch in stretches])
    counted = np.concatenate([texts_with[stretch] for stretch in stretches])
    order = np.argsort(every, kind="stable")  # of runs that are in order, which makes it quick
    every = every[order]
    begins = np.flatnonzero(np.diff(every, prepend=-1))
    if not len(begins):
        return every, counted.astype(np.int32)
    sums = np.add.reduceat(counted[order], begins, dtype=np.int32)
    is_shared = sums > 1
    return every[begins[is_shared]], sums[is_shared]
