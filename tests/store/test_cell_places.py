"""Every cell has a place, the same for the same bytes and another for any other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scopingreview.store import cell_places
from scopingreview.store.cell_places import MARGIN, CellPlaces, Words

CELL = st.text(st.sampled_from("ab,é中"), max_size=6) | st.text(
    st.sampled_from("ab"), min_size=MARGIN - 9, max_size=MARGIN + 9
)
FILES = st.lists(st.lists(CELL, max_size=40), max_size=4)


def places_in(found: CellPlaces, cells: list[str]) -> list[int]:
    """The places of the cells of one file."""
    encoded = [cell.encode() for cell in cells]
    text = np.frombuffer(b"\n".join(encoded) + b"\n" + bytes(MARGIN), np.uint8)
    lengths = np.array([len(cell) for cell in encoded], np.intp)
    begins = np.cumsum(lengths + 1) - lengths - 1
    places: list[int] = found.of(text, begins, begins + lengths).tolist()
    return places


@settings(deadline=None)
@given(FILES, st.booleans())
def test_each_cell_has_one_place_whatever_file_it_stands_in(files: list[list[str]], alike: bool):
    """Also when all are looked for in the same slot first."""
    with pytest.MonkeyPatch.context() as patched:
        if alike:
            patched.setattr(cell_places, "_hashed", of_nothing)
        found = CellPlaces()
        places = [places_in(found, cells) for cells in files]
    told = found.cells()
    assert [[told[place] for place in of_file] for of_file in places] == files
    assert sorted(told) == sorted({cell for cells in files for cell in cells})


def of_nothing(words: list[Words]) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return np.zeros(len(words[0]), np.intp)


def test_many_cells_find_their_places_again_when_longer_ones_come():
    found = CellPlaces()
    short = [f"pubmed:{number:05}" for number in range(5_000)]
    first = places_in(found, short)
    longer = [f"wos:WOS:{number:020}" for number in range(5_000)]
    assert sorted(first) == list(range(5_000))
    assert places_in(found, [*longer, *short])[5_000:] == first
    assert sorted(found.cells()) == [*short, *longer]


def test_a_cell_that_is_no_text_is_refused():
    found = CellPlaces()
    text = np.frombuffer(b"\xff\n" + bytes(MARGIN), np.uint8)
    found.of(text, np.array([0]), np.array([1]))
    with pytest.raises(UnicodeDecodeError):
        found.cells()
