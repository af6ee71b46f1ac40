"""What is worked out once for all that are in the same case, as thousands of records are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import count
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


def once_a_case(
    keys: Iterable[Key], cases: Iterable[Hashable], work_out: Callable[[Key], Value]
) -> Iterator[Value]:
    """What `work_out` makes of each key, in their order; it is asked of one key of each case.

    `cases` has an entry for each key.
    """
    numbers = defaultdict[Hashable, int](count().__next__)
    case_of = list(map(numbers.__getitem__, cases))
    one_of_each = dict(zip(case_of, keys, strict=True))
    worked_out = {case: work_out(key) for case, key in one_of_each.items()}
    return map(worked_out.__getitem__, case_of)
