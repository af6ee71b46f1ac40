"""Texts as numbers: each word of two characters or more, in lower case."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scopingreview.long_array import NewArray, Stretches

TOKEN = re.compile(r"\w\w+")
AT_ONCE = 1 << 20  # words in memory before they go to the long array


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of all texts, one text after the other, each as its place in `words`.

    Text i is `numbers[starts[i]:starts[i + 1]]`.
    """

    words: tuple[str, ...]
    numbers: Stretches
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1


def terms_in(text: str) -> set[str]:
    """The words of the text, and each two that follow each other with a blank between them."""
    words = TOKEN.findall(text.lower())
    return {*words, *map(" ".join, pairwise(words))}


def tokenise(texts: Iterable[str], new_array: NewArray) -> Tokens:
    """The words of the texts, which are read once."""
    places: dict[str, int] = {}
    numbers, read = new_array(np.int32), array("i")
    starts = array("q", [0])
    for text in texts:
        found = TOKEN.findall(text.lower())
        read.extend([places.setdefault(word, len(places)) for word in found])
        starts.append(starts[-1] + len(found))
        if len(read) > AT_ONCE:
            numbers.extend(np.asarray(read, np.int32))
            read = array("i")
    numbers.extend(np.asarray(read, np.int32))
    return Tokens(tuple(places), numbers, np.asarray(starts, np.int64))
