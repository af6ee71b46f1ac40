"""What reads the text of others takes twice the time for twice the text, and no more.

A part of what benchmarks/reading_growth.py measures: one piece of each kind, on shorter texts.
"""

from __future__ import annotations

import pytest

from scopingreview import normalise
from scopingreview.errors import ReviewError
from tests.formats.growth import (
    grown,
    growth_of_functions,
    growth_of_readers,
    growth_of_recognisers,
    repeated,
)

# Linear is 1 and quadratic 2: between them lies what a busy machine and a small text make of it.
STEEP = 1.6
PIECES = ("1", " ", "\n", ".", "{", "<a ", "A. ", "10.1234.")


def steep(found: object) -> list[object]:
    return [each for each in found if each.power > STEEP and each.seconds > 0.1]  # type: ignore[attr-defined]


def test_no_function_of_a_value_is_quadratic():
    assert steep(growth_of_functions(PIECES, 6_000)) == []


def test_no_recogniser_is_quadratic():
    assert steep(growth_of_recognisers((*PIECES, "<xml>\n", '"a\n'), 16_000)) == []


def test_no_reader_is_quadratic():
    assert steep(growth_of_readers(("1", "\n", "{", "<a "), 16_000)) == []


def test_what_is_quadratic_is_noticed():
    def slow(text: str) -> None:
        for place in range(0, len(text), 4):
            text.count("ab", place)

    found = grown("slow", "a", slow, lambda size: repeated("", "a", size), 24_000)
    assert found is not None
    assert found.power > STEEP


def test_what_is_refused_counts_as_read():
    def refuse(_: str) -> None:
        raise ReviewError("no")

    assert grown("refuse", "a", refuse, lambda size: repeated("", "a", size), 1_000) is None


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("10.1000/ab.12.;,", "10.1000/ab.12"),
        ("<a href='10.1000/x&gt;'>", "10.1000/x"),
        ("10.1000/x[doi](doi).", "10.1000/x"),
        ("10.1000.10.20/x", "10.1000.10.20/x"),
    ],
)
def test_a_doi_ends_before_what_stands_around_it(text: str, bare: str):
    assert normalise.doi(text) == bare
