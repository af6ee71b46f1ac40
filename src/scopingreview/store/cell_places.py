"""Which cells of files are the same: a place for each that is another, 100,000 looked up at once.

A cell is compared as a few words of eight bytes, filled up with noughts, so that no cell may hold
one. Words are found by a table of slots, as those of a dict are: the first slot is where a hash of
the words says, the next one follows when another cell has it. Cells of more bytes than such words
hold are looked up one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Offsets = NDArray[np.intp]
Places = NDArray[np.int32]
Words = NDArray[np.uint64]

WORD = 8  # bytes
MOST_WORDS = 8  # of a cell that is looked up with all others
MARGIN = (
    WORD * MOST_WORDS
)  # bytes of nought that stand behind a text, so that a last cell has words
# Keeps the bytes of a word that belong to its cell: none of them, one, … all.
OF_CELL = np.array([(1 << 8 * kept) - 1 for kept in range(WORD + 1)], "<u8")
STIRRED = np.uint64(0x9E3779B97F4A7C15)  # 2^64 by the golden ratio, as Fibonacci hashing has it
HALF = np.uint64(32)
LINE_END = ord("\n")
NOBODY = -1


class CellPlaces:
    """A place for each cell that is another one, from 0, those of a first file before all others.

    Within a file places are in no order.
    """

    def __init__(self) -> None:
        self._size = 0
        self._words = np.zeros((1, 0), "<u8")  # of each cell, a row for the first words of all
        self._slots = np.full(1 << 10, NOBODY, np.int32)
        self._long: dict[bytes, int] = {}

    def of(self, text: Bytes, begins: Offsets, ends: Offsets) -> Places:
        """The places of the cells of a text; those that are new get the next.

        A cell holds no nought and no line end. Behind the last one stand MARGIN noughts.
        """
        lengths = ends - begins
        short = lengths <= MARGIN
        if short.all():
            return self._of_short(text, begins, lengths)
        places = np.empty(len(begins), np.int32)
        places[short] = self._of_short(text, begins[short], lengths[short])
        for row in np.flatnonzero(~short).tolist():
            places[row] = self._of_long(text[begins[row] : ends[row]].tobytes())
        return places

    def cells(self) -> list[str]:
        """The cells by their places. Raises UnicodeDecodeError when one is not UTF-8."""
        of_bytes = np.ascontiguousarray(self._words[:, : self._size].T).view(np.uint8)
        ended = np.full((self._size, of_bytes.shape[1] + 1), LINE_END, np.uint8)
        ended[:, :-1] = of_bytes
        text: str = ended[ended != 0].tobytes().decode()
        found = text.split("\n")[: self._size]
        for cell, place in self._long.items():
            found[place] = cell.decode()
        return found

    def _of_long(self, cell: bytes) -> int:
        if cell not in self._long:
            self._make_room(1)
            self._long[cell] = self._size
            self._size += 1
        return self._long[cell]

    def _of_short(self, text: Bytes, begins: Offsets, lengths: Offsets) -> Places:
        needed = -(-int(lengths.max(initial=1)) // WORD)
        if needed > len(self._words):
            more = np.zeros((needed - len(self._words), self._words.shape[1]), "<u8")
            self._words = np.concatenate([self._words, more])
            self._find_slots_again()
        width = WORD * len(self._words)
        found = np.lib.stride_tricks.sliding_window_view(text, width)[begins].view("<u8")
        kept = [OF_CELL[np.clip(lengths - at, 0, WORD)] for at in range(0, width, WORD)]
        return self._look_up([each & its for each, its in zip(found.T, kept, strict=True)])

    def _look_up(self, words: Sequence[Words]) -> Places:
        """The places of cells by their words, a column for the first words of all, and so on."""
        self._make_room(len(words[0]))
        places = np.full(len(words[0]), NOBODY, np.int32)
        for left, slots in self._slots_of(words, places):
            there = self._slots[slots]
            new = left[there == NOBODY]
            if len(new):
                there = self._take_slots(words, new, slots, there)
            asked = words if len(left) == len(places) else [each[left] for each in words]
            same = np.logical_and.reduce(
                [known[there] == each for known, each in zip(self._words, asked, strict=True)]
            )
            places[left[same]] = there[same]
        return places

    def _slots_of(
        self, words: Sequence[Words], places: Places
    ) -> Iterator[tuple[Offsets, Offsets]]:
        """Which cells have no place yet, and the slot to look for each: the next one each time."""
        left, slots = np.arange(len(places)), _hashed(words) & (len(self._slots) - 1)
        while len(left):
            yield left, slots
            without = places[left] == NOBODY
            left, slots = left[without], (slots[without] + 1) & (len(self._slots) - 1)

    def _take_slots(
        self, words: Sequence[Words], new: Offsets, slots: Offsets, there: Places
    ) -> Places:
        """What stands in the slots when each that is free has one of the new cells that want it."""
        wanted = slots[there == NOBODY]
        self._slots[wanted] = new  # of several the last one stays
        first = self._slots[wanted] == new
        taken, rows = wanted[first], new[first]
        places = np.arange(self._size, self._size + len(rows), dtype=np.int32)
        self._slots[taken] = places
        for known, column in zip(self._words, words, strict=True):
            known[places] = column[rows]
        self._size += len(rows)
        return self._slots[slots]

    def _make_room(self, cells: int) -> None:
        """There is room for so many more, and no more than half of the slots are taken."""
        wanted = self._size + cells
        if wanted > self._words.shape[1]:
            grown = np.zeros((len(self._words), 2 * wanted), "<u8")
            grown[:, : self._size] = self._words[:, : self._size]
            self._words = grown
        if 2 * wanted > len(self._slots):
            self._slots = np.full(1 << (2 * wanted).bit_length(), NOBODY, np.int32)
            self._find_slots_again()

    def _find_slots_again(self) -> None:
        """Every short cell has a slot, by all of its words."""
        self._slots[:] = NOBODY
        is_short = np.ones(self._size, np.bool_)
        is_short[list(self._long.values())] = False
        numbers = np.flatnonzero(is_short)
        words = [known[numbers] for known in self._words]
        placed = np.full(len(numbers), NOBODY, np.int32)
        for left, slots in self._slots_of(words, placed):
            free = self._slots[slots] == NOBODY
            self._slots[slots[free]] = numbers[left[free]]
            here = self._slots[slots] == numbers[left]
            placed[left[here]] = numbers[left[here]]


def _hashed(words: Sequence[Words]) -> Offsets:
    """A number from 0 for each cell that follows from its words."""
    mixed = np.zeros(len(words[0]), np.uint64)
    for column in words:
        mixed = (mixed ^ column) * STIRRED
        mixed ^= mixed >> HALF
    return (mixed >> np.uint64(1)).astype(np.intp)
