"""Rows that are mostly zeros, kept as what is in them, and the two products a model is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[Any]  # of some whole type: which one is the store's business


AT_ONCE = 256  # rows: what is worked on stays in the nearest memory of the processor


@dataclass(frozen=True, slots=True)
class SparseRows:
    """Row i holds `values[starts[i]:starts[i + 1]]` in `columns[…]` of `width`, zeros elsewhere.

    No row is without an entry: one that would be has a zero in column 0, since numpy adds up no
    empty stretch.
    """

    starts: Whole
    columns: Whole
    values: Numbers
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def times(self, vector: Numbers) -> Numbers:
        """Each row's product with a vector of `width` numbers."""
        sums = np.empty(len(self))
        for begin in range(0, len(self), AT_ONCE):
            starts = self.starts[begin : begin + AT_ONCE + 1]
            entries = slice(starts[0], starts[-1])
            products = np.take(vector, self.columns[entries], mode="clip")  # all are in range
            products *= self.values[entries]
            np.add.reduceat(products, starts[:-1] - starts[0], out=sums[begin : begin + AT_ONCE])
        return sums

    def weighed(self, weights: Numbers) -> Numbers:
        """The sum of all rows, each times its weight: `width` numbers."""
        spread = np.repeat(weights, np.diff(self.starts))
        spread *= self.values
        return np.asarray(np.bincount(self.columns, spread, self.width), dtype=np.float64)

    def products(self, weights: Numbers) -> Numbers:
        """Each row's product with the sum of all rows, each times its weight."""
        return self.times(self.weighed(weights))

    def dense(self, place: int) -> Numbers:
        """One row with its zeros: `width` numbers."""
        numbers = np.zeros(self.width)
        entries = slice(self.starts[place], self.starts[place + 1])
        np.add.at(numbers, self.columns[entries], self.values[entries])
        return numbers

    def take(self, places: Whole) -> SparseRows:
        """The rows at these places, in this order."""
        lengths = np.diff(self.starts)[places]
        starts = np.concatenate(([0], np.cumsum(lengths)))
        # Where each entry of the new rows stands in the old ones.
        old = np.repeat(self.starts[places] - starts[:-1], lengths) + np.arange(starts[-1])
        return SparseRows(starts, self.columns[old], self.values[old], self.width)

    def compact(self) -> tuple[SparseRows, Whole]:
        """The same rows without the columns that none of them uses, and the columns kept."""
        used = np.zeros(self.width, dtype=bool)
        used[self.columns] = True
        kept = np.flatnonzero(used)
        renumbered = np.cumsum(used) - 1
        return SparseRows(self.starts, renumbered[self.columns], self.values, len(kept)), kept
