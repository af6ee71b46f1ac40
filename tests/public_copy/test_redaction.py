"""Who is called what in a public copy, and texts in which nobody is named."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scopingreview.model import Person
from scopingreview.public_copy.redaction import (
    LEFT_OUT,
    Redaction,
    left_out,
    left_out_answer,
    left_out_note,
    redaction_of,
)
from tests.reviews import found, protocol

NAMED = Redaction(
    {"ab": "reviewer-1", "cd": "reviewer-2", "x": "adjudicator-1"},
    {"ab": "Anna Bell", "cd": "Anna Bell-Dahl", "x": "José (Pepe) Ruiz y Sol"},
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Written by Anna Bell.", "Written by reviewer-1."),
        ("ANNA\n  BELL wrote", "reviewer-1 wrote"),
        ("Bell, Anna; others", "reviewer-1; others"),
        ("Anna Bell-Dahl agreed", "reviewer-2 agreed"),
        ("Joanna Bellamy is somebody else", "Joanna Bellamy is somebody else"),
        ("Anna alone is nobody", "Anna alone is nobody"),
        ("asked José (Pepe) Ruiz y Sol again", "asked adjudicator-1 again"),
        ("mail <anna.bell+x@uni.example>", "mail <(e-mail address left out)>"),
        (
            "mail a@b.example, c@d.example.",
            "mail (e-mail address left out), (e-mail address left out)",
        ),
        ("fold 3 @ 4 times, @home", "fold 3 @ 4 times, @home"),
    ],
)
def test_a_text_names_nobody(text: str, said: str):
    assert NAMED.text(text) == said


@given(st.text())
def test_a_text_without_names_and_addresses_stays(text: str):
    if "@" not in text and "bell" not in text.casefold() and "ruiz" not in text.casefold():
        assert NAMED.text(text) == text


def test_a_name_of_one_word_may_be_any_other_word(tmp_path: Path):
    team = replace(protocol(found(tmp_path)), reviewers=(Person("may", "May"), Person("gr", "")))
    assert redaction_of(team, []).text("Searched in May") == "Searched in May"


def test_nobody_is_called_by_a_name_that_no_file_had():
    assert NAMED.person("") == ""
    with pytest.raises(KeyError):
        NAMED.person("stranger")


def test_a_long_text_takes_no_longer_than_its_length():
    begin = time.perf_counter()
    NAMED.text("a" * 200_000 + " @ " + "b." * 100_000)
    assert time.perf_counter() - begin < 5


def test_what_was_left_out_says_that_something_was_there():
    assert (left_out("a note"), left_out("")) == (LEFT_OUT, "")
    assert left_out_note("same as pubmed:7 (see page 3).", {"pubmed:7"}) == f"pubmed:7 {LEFT_OUT}"
    assert left_out_note("", {"pubmed:7"}) == ""


def test_of_a_text_that_is_left_out_it_stays_to_be_seen_who_said_the_same():
    assert left_out_answer("Naps  help") == left_out_answer("naps help")
    assert left_out_answer("Naps help") != left_out_answer("Naps do not help")
    assert left_out_answer("") == ""
