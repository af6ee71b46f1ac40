"""Why two records are one report, or are not."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings

from scopingreview.dedupe import explain, link
from scopingreview.dedupe.blocking import KEYS
from scopingreview.dedupe.doubts import DOUBTS, Doubt
from scopingreview.dedupe.rules import RULES, Rule
from scopingreview.dedupe.vetoes import VETOES, Veto
from scopingreview.model import DuplicateJudgement, Record
from tests.dedupe.neighbours import groups_in, neighbours
from tests.dedupe.pairs import Pair, read_pairs

Table = tuple[Rule | Veto | Doubt, ...]

ONE = Record(
    "a:1",
    title="Bread ovens as meeting places",
    authors=("Roth, E", "Lind, P"),
    year=2015,
    journal="Village Studies",
    volume="22",
    pages="340-353",
)
COPY = replace(ONE, record_id="b:1", title="BREAD OVENS AS MEETING PLACES")
PAIR = ("a:1", "b:1")


def test_a_link_names_its_rule_and_what_would_part_the_records():
    explanation = explain([ONE, COPY], PAIR)
    assert explanation.outcome == "linked"
    assert "same title, authors and place" in explanation.because
    assert "same title" in explanation.met_by
    assert "if DOI contradicted each other: possible" in explanation.would_change


def test_nothing_is_in_doubt_where_a_rule_links():
    kinds = {reason.kind for reason in explain([ONE, COPY], PAIR).reasons}
    assert kinds == {"rule"}
    elsewhere = replace(COPY, pages="12-19")
    assert {"veto", "doubt"} <= {reason.kind for reason in explain([ONE, elsewhere], PAIR).reasons}


def test_evidence_speaks_for_or_against_or_neither():
    other = replace(COPY, pages="12-19")
    speaks = {piece.about: piece.speaks for piece in explain([ONE, other], PAIR).evidence}
    assert speaks["title"] == "for"
    assert speaks["pages"] == "against"
    assert speaks["DOI"] == "neither"


def test_an_issn_and_an_abstract_in_common_speak_for_one_report():
    abstract = "We asked the bakers of nine villages, who met at ovens in 1850. They were 120."
    known = [
        replace(each, issn="1234-5679", abstract=f"{abstract} Ovens are social places.")
        for each in (ONE, COPY)
    ]
    speaks = {piece.about: piece.speaks for piece in explain(known, PAIR).evidence}
    assert speaks["ISSN"] == speaks["abstract"] == "for"
    assert not {"ISSN", "abstract"} & {piece.about for piece in explain([ONE, COPY], PAIR).evidence}


@pytest.mark.parametrize(
    "pair", [pair for pair in read_pairs() if pair.answer != "linked"], ids=lambda pair: pair.kind
)
def test_it_is_said_why_a_pair_is_not_linked(pair: Pair):
    explanation = explain(pair.records, PAIR)
    would_link = [change for change in explanation.would_change if change.endswith(": linked")]
    untitled = explanation.evidence[0].says == "empty"
    assert "the veto" in explanation.because or would_link or untitled


def test_where_no_single_piece_would_link_two_are_named_that_would():
    sequel = replace(COPY, title=f"{ONE.title}: part 2", authors=("Wei, G",), volume="", pages="")
    assert explain([ONE, sequel], PAIR).would_change == (
        "if DOI were the same and the titles were the same: linked",
        "if the authors were the same and the titles were the same: linked",
    )


def test_a_veto_is_named():
    reply = replace(COPY, title=f"Reply to: {ONE.title}", pages="360")
    explanation = explain([ONE, reply], PAIR)
    assert explanation.outcome == "apart"
    assert "another kind of item" in explanation.because


def test_a_persons_word_is_named():
    word = DuplicateJudgement(datetime(2026, 1, 1, tzinfo=UTC), "b:1", "a:1", False, "ab")
    explanation = explain([ONE, COPY], PAIR, judgements=[word])
    assert explanation.outcome == "apart"
    assert "ab" in explanation.because


def test_records_that_meet_through_a_third_say_so():
    bare = Record(
        "b:1", title=f"{ONE.title}: a study", authors=ONE.authors, year=2015, doi="10.5555/x"
    )
    bridge = replace(ONE, record_id="c:1", doi="10.5555/x")
    explanation = explain([replace(ONE, year=2017), bridge, bare], PAIR)
    assert explanation.outcome == "linked"
    assert explanation.because == (
        'other copies: a:1 is linked to c:1 by the rule "same title, authors and place"; '
        'c:1 is linked to b:1 by the rule "same DOI and title"'
    )


def test_of_two_chains_of_one_length_the_same_is_told_in_any_order():
    bare = Record(
        "b:1", title=f"{ONE.title}: a study", authors=ONE.authors, year=2015, doi="10.5555/x"
    )
    bridges = [replace(ONE, record_id=each, doi="10.5555/x") for each in ("c:1", "d:1")]
    records = [replace(ONE, year=2017), bare, *bridges]
    reasons = {explain(order, PAIR).because for order in permutations(records)}
    assert len(reasons) == 1
    assert "c:1" in reasons.pop()


@settings(max_examples=60, deadline=None)
@given(records=neighbours())
def test_a_new_record_links_two_others_only_for_a_reason_that_is_named(records: list[Record]):
    before = groups_in(link(records[:-1]))
    for group in groups_in(link(records)):
        for pair in combinations(sorted(group - {records[-1].record_id}), 2):
            if any(set(pair) <= known for known in before):
                continue
            explanation = explain(records, pair)
            assert explanation.outcome == "linked"
            assert "the rule" in explanation.because


def test_records_that_share_nothing_were_never_compared():
    stranger = Record("b:1", title="On storks", authors=("Wei, G",), year=1990)
    explanation = explain([ONE, stranger], PAIR)
    assert explanation.outcome == "apart"
    assert explanation.met_by == ()


@pytest.mark.parametrize("table", [RULES, VETOES, DOUBTS], ids=["rules", "vetoes", "doubts"])
def test_every_rule_has_a_name_of_its_own_and_says_what_it_means(table: Table):
    names = [entry.name for entry in table]
    assert len(set(names)) == len(names)
    assert all(entry.says.endswith(".") for entry in table)


def test_every_key_says_what_two_copies_have_in_common():
    assert all(key.says.startswith("same ") for key in KEYS)
