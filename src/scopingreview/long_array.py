"""Arrays that may be longer than memory: they grow at their end and are read a stretch at a time.

Whoever asks for features says where such arrays lie: here, in memory, or where the store has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[Any]  # of some whole type: which one is the store's business


class Stretches(Protocol):
    """Anything that gives a stretch of itself as an array: a numpy array does."""

    def __len__(self) -> int: ...

    def __getitem__(self, stretch: slice, /) -> NDArray[Any]: ...


class LongArray(Stretches, Protocol):
    """An array that grows; what was read of it stays as it is."""

    def extend(self, part: NDArray[Any]) -> None:
        """The part ends it."""


NewArray: TypeAlias = Callable[[type[np.generic]], LongArray]  # of numbers of that type
Scratch: TypeAlias = Callable[[], AbstractContextManager[NewArray]]  # gone when the context ends


class ArrayInMemory:
    """A long array that is short enough."""

    def __init__(self, kind: type[np.generic]) -> None:
        self._parts: list[NDArray[Any]] = [np.zeros(0, kind)]

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def extend(self, part: NDArray[Any]) -> None:
        """The part ends it."""
        self._parts.append(part.astype(self._parts[0].dtype, copy=False))

    def __getitem__(self, stretch: slice, /) -> NDArray[Any]:
        if len(self._parts) > 1:
            self._parts = [np.concatenate(self._parts)]
        return self._parts[0][stretch]


@contextmanager
def in_memory() -> Iterator[NewArray]:
    """Long arrays for whoever has the room."""
    yield ArrayInMemory


@dataclass(frozen=True, slots=True)
class ToldArray:
    """An array as it is told to whoever keeps it: its parts come one after the other, once.

    They are taken before the next array is asked for. `shape` and `kind` (of its numbers) are
    those of the whole.
    """

    name: str
    kind: type[np.generic]
    shape: Sequence[int]
    parts: Iterable[NDArray[Any]]


def told(name: str, kind: type[np.generic], whole: NDArray[Any]) -> ToldArray:
    """An array that is there, in one part."""
    return ToldArray(name, kind, whole.shape, [whole.astype(kind, copy=False)])


def gathered(arrays: Iterable[ToldArray]) -> dict[str, NDArray[Any]]:
    """The told arrays in memory."""
    return {
        each.name: np.concatenate(
            [np.zeros((0, *each.shape[1:])), *each.parts], dtype=each.kind, casting="unsafe"
        )
        for each in arrays
    }
