"""Rows that are mostly zeros, kept as what is in them, and the two products a model is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from scopingreview.long_array import NewArray, Numbers, Stretches, Whole

AT_ONCE = 256  # rows: what is worked on stays in the nearest memory of the processor
FEW = 1 << 22  # entries that are quicker to work on as a whole


@dataclass(frozen=True, slots=True)
class SparseRows:
    """Row i holds `values[starts[i]:starts[i + 1]]` in `columns[…]` of `width`, zeros elsewhere.

    No row is without an entry: one that would be has a zero in column 0, since numpy adds up no
    empty stretch.
    """

    starts: Whole
    columns: Stretches
    values: Stretches
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
        if self.starts[-1] <= FEW:
            spread = self._spread(slice(0, len(self)), weights)
            return np.asarray(np.bincount(self.columns[:], spread, self.width), dtype=np.float64)
        total = np.zeros(self.width)
        for rows in self._in_parts():  # the same sum, one after the other
            np.add.at(total, self.columns[self._entries(rows)], self._spread(rows, weights))
        return total

    def products(self, weights: Numbers) -> Numbers:
        """Each row's product with the sum of all rows, each times its weight."""
        return self.times(self.weighed(weights))

    def dense(self, place: int) -> Numbers:
        """One row with its zeros: `width` numbers."""
        numbers = np.zeros(self.width)
        entries = slice(self.starts[place], self.starts[place + 1])
        np.add.at(numbers, self.columns[entries], self.values[entries])
        return numbers

    def take(self, places: Whole, new_array: NewArray) -> SparseRows:
        """The rows at these places, in this order."""
        starts = np.concatenate(([0], np.cumsum(np.diff(self.starts)[places])))
        whole, real = _kinds(starts[-1])
        columns, values = new_array(whole), new_array(real)
        for begin in range(0, len(places), AT_ONCE):
            stretches = [
                slice(self.starts[place], self.starts[place + 1])
                for place in places[begin : begin + AT_ONCE].tolist()
            ]
            columns.extend(np.concatenate([self.columns[each] for each in stretches]))
            values.extend(np.concatenate([self.values[each] for each in stretches]))
        return SparseRows(starts, columns, values, self.width)

    def compact(self, new_array: NewArray) -> tuple[SparseRows, Whole]:
        """The same rows without the columns that none of them uses, and the columns kept."""
        used = np.zeros(self.width, dtype=bool)
        for rows in self._in_parts():
            used[self.columns[self._entries(rows)]] = True
        whole, _ = _kinds(self.starts[-1])
        renumbered = np.cumsum(used, dtype=whole) - 1
        columns = new_array(whole)
        for rows in self._in_parts():
            columns.extend(renumbered[self.columns[self._entries(rows)]])
        kept = np.flatnonzero(used)
        return SparseRows(self.starts, columns, self.values, len(kept)), kept

    def _in_parts(self) -> Iterator[slice]:
        """All rows, if they are few, or some at a time."""
        step = AT_ONCE if self.starts[-1] > FEW else len(self)
        for begin in range(0, len(self), step):
            yield slice(begin, min(begin + step, len(self)))

    def _spread(self, rows: slice, weights: Numbers) -> Numbers:
        """The values of these rows, each times the weight of its row."""
        lengths = np.diff(self.starts[rows.start : rows.stop + 1])
        return np.asarray(np.repeat(weights[rows], lengths) * self.values[self._entries(rows)])

    def _entries(self, rows: slice) -> slice:
        return slice(self.starts[rows.start], self.starts[rows.stop])


def _kinds(entries: int) -> tuple[type[np.signedinteger[Any]], type[np.floating[Any]]]:
    """Of columns and values: as processors work with them, or half as long where they are many."""
    return (np.intp, np.float64) if entries <= FEW else (np.int32, np.float32)
