"""Where the keys of two rows agree, where they differ, and where one of them is silent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scopingreview.dedupe.features import Keys, Numbers

Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two fields say of each other; where neither array is true, one of them is silent."""

    same: Truths
    other: Truths

    def __getitem__(self, chosen: Truths) -> Agreement:
        return Agreement(self.same[chosen], self.other[chosen])


def compare_keys(values: Keys | Numbers, one: Numbers, other: Numbers) -> Agreement:
    """Where both rows have the same key, and where they have keys that differ."""
    left, right = values[one], values[other]
    known = (left != 0) & (right != 0)
    return Agreement(known & (left == right), known & (left != right))
