"""Bytes of an export become text, and what was lost on the way is told."""

import pytest

from scopingreview.formats.decoding import UTF_8, decode
from scopingreview.formats.oddities import Kind, Oddities


@pytest.mark.parametrize("meant", ["é", "Å", "£", "ü", "’", "–", "“"])
def test_a_sign_that_was_encoded_twice_is_reported_with_its_line(meant):
    garbled = meant.encode().decode("cp1252", "ignore")
    oddities = Oddities()
    text = f"TI  - Sleep\nAB  - One {garbled} two"
    assert decode(text.encode(), UTF_8, oddities) == text
    (oddity,) = oddities.seen()
    assert (oddity.kind, oddity.lines) == (Kind.MOJIBAKE, (2,))


@pytest.mark.parametrize("text", ["São Paulo", "10 €", "Ångström", "Ã"])
def test_a_sign_that_is_meant_is_not_reported(text):
    oddities = Oddities()
    assert decode(text.encode(), UTF_8, oddities) == text
    assert oddities.seen() == ()
