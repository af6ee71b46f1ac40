"""Texts as numbers: each word of two characters or more, in lower case."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

TOKEN = re.compile(r"\w\w+")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of all texts, one text after the other, each as its place in `words`.

    Text i is `numbers[starts[i]:starts[i + 1]]`.
    """

    words: tuple[str, ...]
    numbers: NDArray[np.int32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1


def terms_in(text: str) -> set[str]:
    """The words of the text, and each two that follow each other with a blank between them."""
    words = TOKEN.findall(text.lower())
    return {*words, *map(" ".join, pairwise(words))}


def tokenise(texts: Iterable[str]) -> Tokens:
    """The words of the texts, which are read once."""
    places: dict[str, int] = {}
    numbers, starts = array("i"), array("q", [0])
    for text in texts:
        found = TOKEN.findall(text.lower())
        numbers.extend([places.setdefault(word, len(places)) for word in found])
        starts.append(len(numbers))
    return Tokens(tuple(places), np.asarray(numbers, np.int32), np.asarray(starts, np.int64))
