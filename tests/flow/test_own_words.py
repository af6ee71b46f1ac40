"""Words of the review's own in the diagram: which may stand, and what they never change."""

from __future__ import annotations

import re
import tomllib
from string import Formatter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scopingreview.errors import ReviewError
from scopingreview.flow.diagram.arrangement import lay_out
from scopingreview.flow.diagram.boxes import compose
from scopingreview.flow.diagram.page import render
from scopingreview.flow.diagram.wording import SEPARATORS, as_toml, wording, wording_for
from scopingreview.model import Box, FlowCounts, FlowRules
from tests.flow.test_picture import UPDATED_V2, assert_tidy

ENGLISH = wording("en").words
OPEN = FlowCounts({**UPDATED_V2.totals, Box.AWAITING: 7, Box.CONFLICTS: 1}, UPDATED_V2.lines)


def own(**words: str) -> FlowRules:
    return FlowRules(own_words=words)


def drawn(rules: FlowRules, flow: FlowCounts = OPEN) -> str:
    return render(flow, rules, "txt").decode()


def test_a_word_of_its_own_stands_and_all_others_are_the_languages():
    text = drawn(FlowRules(language="de", own_words={"screened": "Gelesene Titel"}))
    assert "Gelesene Titel" in text
    assert "Gesichtete Datensätze" not in text
    assert "Ausgeschlossene Datensätze" in text


def test_numbers_are_parted_as_the_review_wants_them():
    assert wording_for(FlowRules(thousands="’")).number(1234567) == "1’234’567"
    assert wording_for(FlowRules(thousands="")).number(1234567) == "1234567"


@pytest.mark.parametrize("language", SEPARATORS)
def test_every_word_printed_to_begin_with_is_taken_back_as_it_is(language: str):
    usual = wording(language)
    read = tomllib.loads(as_toml(usual))
    rules = FlowRules(language=language, own_words=read["words"], thousands=read["thousands"])
    assert wording_for(rules) == usual


@pytest.mark.parametrize(
    ("words", "told", "hint"),
    [
        ({"screnned": "Gelesen"}, 'called "screnned"', "screened"),
        ({"screened": " "}, '"screened" is empty', "Leave the line out"),
        ({"screened": "Records screened: 5"}, '"screened" holds a digit', "counted"),
        ({"screened": "Read {n}"}, "numbers it is for", "no {"),
        ({"note_extra": "More reports."}, "numbers it is for", "{n}"),
        ({"note_extra": "{n} or {n}"}, "numbers it is for", "{n}"),
        ({"note_extra": "{n!r} reports"}, "numbers it is for", "{n}"),
        ({"note_extra": "{n:>9} reports"}, "numbers it is for", "{n}"),
        ({"note_extra": "{n reports"}, "numbers it is for", "{n}"),
        ({"in_progress": "{awaiting} open"}, "numbers it is for", "{awaiting} {conflicts}"),
        ({"source": "Drawn by us"}, "where the diagram is from", "10.1136/bmj.n71"),
    ],
)
def test_what_no_diagram_has_or_would_change_a_number_is_refused(
    words: dict[str, str], told: str, hint: str
):
    with pytest.raises(ReviewError, match=re.escape(told)) as caught:
        compose(OPEN, own(**words))
    assert str(caught.value).startswith("config/wording.toml")
    assert hint in str(caught.value)


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(ReviewError) as caught:
        wording_for(FlowRules(own_words={"a": "b", "screened": ""}, thousands="12"))
    assert len(str(caught.value).split("config/wording.toml")) == 4


letters = st.text(st.characters(categories=("L", "Zs", "P"), exclude_characters="{}"), min_size=1)


@st.composite
def other_words(draw: st.DrawFn) -> dict[str, str]:
    """Some words of the diagram in letters of any script, with the places for their numbers."""
    keys = draw(st.lists(st.sampled_from(sorted(ENGLISH)), unique=True, max_size=20))
    words = {}
    for key in keys:
        places = [f"{{{name}}}" for _, name, _, _ in Formatter().parse(ENGLISH[key]) if name]
        doi = ["doi:10.1136/bmj.n71"] if key == "source" else []
        parts = [draw(letters), *places, *doi]
        words[key] = " ".join(draw(st.permutations(parts)))
    return {key: text for key, text in words.items() if text.strip()}


def numbers(text: str) -> list[str]:
    """The numbers of the diagram in order; no own words of these tests have an equals sign."""
    return re.findall(r"\(n = ([\d,]*)\)", text)


@settings(deadline=None, max_examples=60)
@given(other_words())
@example({"title": "n"})
@example({"title": ":"})
def test_no_words_change_a_number(words: dict[str, str]):
    rules = FlowRules(own_words=words)
    assert sorted(numbers(drawn(rules))) == sorted(numbers(drawn(FlowRules())))


@settings(deadline=None, max_examples=60)
@given(other_words(), st.integers(320, 900))
def test_longer_words_wrap_and_never_overlap(words: dict[str, str], width: int):
    short = {key: text[:80] for key, text in words.items() if "{" not in text and key != "source"}
    stages = ("identification", "screening", "included")
    short |= {key: short[key][:40] for key in stages if key in short}
    short = {key: text for key, text in short.items() if text.strip()}
    assert_tidy(lay_out(compose(OPEN, FlowRules(own_words=short)), width=float(width)))


def test_the_longest_labels_of_stages_make_room_for_themselves():
    long = "Zusammenstellung und Sichtung aller Fundstellen"
    rules = FlowRules(own_words=dict.fromkeys(("identification", "screening", "included"), long))
    for flow in (OPEN, FlowCounts({Box.IDENTIFIED: 1})):
        assert_tidy(lay_out(compose(flow, rules)))
