"""What several votes on one record add up to, by the rule that the protocol lays down."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scopingreview.model import (
    ConflictKind,
    ConsensusRule,
    Decision,
    MaybeRule,
    Outcome,
    Phase,
    PhaseRules,
    Standing,
    Verdict,
)
from scopingreview.screening import outcomes, standing_decisions
from tests.reviews import FULL_TEXT, TITLE_ABSTRACT, decide

REASONS = {"population": "Wrong population", "outcome": "No outcome"}
TA = PhaseRules(TITLE_ABSTRACT, maybe=MaybeRule.INCLUDE, exclusion_reasons=REASONS)
FT = PhaseRules(FULL_TEXT, maybe=MaybeRule.DISCUSS, exclusion_reasons=REASONS)
INCLUDED, EXCLUDED, CONFLICT = Standing.INCLUDED, Standing.EXCLUDED, Standing.IN_CONFLICT


def vote(words: str, phase: Phase) -> list[Decision]:
    """Decisions of a, b, c … on one record: `"include exclude:outcome"`."""
    decisions = []
    for name, word in zip("abcde", words.split(), strict=False):
        verdict, _, reason = word.partition(":")
        decisions.append(decide("r", verdict, name, phase, reason))
    return decisions


def outcome(words: str, rules: PhaseRules, *, settled: str = "", needed: int = 0) -> Outcome:
    votes = vote(words, rules.phase)
    consensus = vote(settled, rules.phase)
    return outcomes(
        {"r": needed or len(votes)},
        standing_decisions(votes, {"r": "r"}),
        standing_decisions(consensus, {"r": "r"}),
        rules=rules,
    )["r"]


@pytest.mark.parametrize(
    ("rule", "words", "standing"),
    [
        ("unanimous", "include include", INCLUDED),
        ("unanimous", "include exclude", CONFLICT),
        ("unanimous", "include maybe", INCLUDED),
        ("unanimous", "maybe exclude", CONFLICT),
        ("any-include", "include exclude exclude", INCLUDED),
        ("any-include", "exclude maybe", INCLUDED),
        ("any-include", "exclude exclude", EXCLUDED),
        ("majority", "include exclude exclude", EXCLUDED),
        ("majority", "include exclude", CONFLICT),
        ("majority", "include maybe exclude", INCLUDED),
        ("majority", "include include exclude exclude", CONFLICT),
    ],
)
def test_the_rule_decides_which_votes_settle_a_record(rule: str, words: str, standing: Standing):
    assert outcome(words, replace(TA, consensus=ConsensusRule(rule))).standing is standing


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("unanimous", "include maybe"),
        ("any-include", "maybe exclude:outcome"),
        ("majority", "include exclude:outcome maybe"),
    ],
)
def test_a_maybe_that_must_be_discussed_takes_no_side(rule: str, words: str):
    found = outcome(words, replace(FT, consensus=ConsensusRule(rule)))
    assert (found.standing, found.conflict) == (CONFLICT, ConflictKind.VERDICT)


def test_one_verdict_for_different_reasons_is_a_conflict_of_its_own_kind_at_full_text():
    found = outcome("exclude:population exclude:outcome", FT)
    assert (found.standing, found.conflict) == (CONFLICT, ConflictKind.REASON)


def test_by_title_and_abstract_the_first_reason_of_the_protocol_stands_for_all():
    found = outcome("exclude:outcome exclude:population", TA)
    assert (found.standing, found.reason) == (EXCLUDED, "population")


def test_a_majority_also_decides_the_reason():
    rules = replace(FT, consensus=ConsensusRule.MAJORITY)
    words = "exclude:outcome exclude:population exclude:outcome include"
    assert outcome(words, rules).reason == "outcome"
    tied = outcome("exclude:outcome exclude:population include", rules)
    assert (tied.standing, tied.conflict) == (CONFLICT, ConflictKind.REASON)


def test_adjudication_settles_the_reason_and_the_outcome_still_tells_of_the_conflict():
    found = outcome("exclude:population exclude:outcome", FT, settled="exclude:outcome")
    assert (found.standing, found.reason) == (EXCLUDED, "outcome")
    assert (found.adjudicated_by, found.conflict) == ("a", ConflictKind.REASON)


def test_consensus_never_outvotes_reviewers_who_agree():
    found = outcome("include include", TA, settled="exclude")
    assert (found.standing, found.adjudicated_by) == (INCLUDED, "")


def test_the_last_of_several_adjudications_settles():
    found = outcome("include exclude", TA, settled="exclude include")
    assert (found.standing, found.adjudicated_by) == (INCLUDED, "b")


def test_one_include_does_not_settle_a_record_before_the_second_reviewer_has_decided():
    rules = replace(TA, consensus=ConsensusRule.ANY_INCLUDE)
    found = outcome("include", rules, needed=2)
    assert (found.standing, found.decided_by) == (Standing.AWAITING, ("a",))


def test_a_record_that_needs_one_decision_stands_after_one():
    assert outcome("exclude:outcome", FT, needed=1).standing is EXCLUDED


WORDS = st.sampled_from(["include", "maybe", "exclude", "exclude:population", "exclude:outcome"])


@given(
    words=st.lists(WORDS, min_size=1, max_size=5),
    order=st.randoms(use_true_random=False),
    rule=st.sampled_from(ConsensusRule),
    rules=st.sampled_from([TA, FT]),
)
def test_the_order_of_the_votes_never_matters(words, order, rule, rules):
    rules = replace(rules, consensus=rule)
    shuffled = order.sample(words, len(words))
    first, second = outcome(" ".join(words), rules), outcome(" ".join(shuffled), rules)
    assert (first.standing, first.reason) == (second.standing, second.reason)


@given(words=st.lists(WORDS, min_size=1, max_size=5), rule=st.sampled_from(ConsensusRule))
def test_whoever_agrees_in_everything_is_never_in_conflict(words, rule):
    same = " ".join([words[0]] * len(words))
    standing = outcome(same, replace(TA, consensus=rule)).standing
    assert standing is (EXCLUDED if Verdict.EXCLUDE in words[0] else INCLUDED)
