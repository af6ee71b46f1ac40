"""Versions of the criteria: another when a word changes, and which decisions that concerns."""

from dataclasses import replace

import pytest

from scopingreview.model import PhaseRules
from scopingreview.screening import criteria_version, made_under_other_criteria
from tests.reviews import TITLE_ABSTRACT, decide

RULES = PhaseRules(
    TITLE_ABSTRACT, criteria=("Nurses", "Stress"), exclusion_reasons={"population": "Not nurses"}
)


@pytest.mark.parametrize(
    "amended",
    [
        replace(RULES, criteria=("Nurses and midwives", "Stress")),
        replace(RULES, criteria=("Stress", "Nurses")),
        replace(RULES, criteria=("Nurses",)),
        replace(RULES, exclusion_reasons={"population": "No nurse took part"}),
        replace(RULES, exclusion_reasons={"population": "Not nurses", "topic": "Not stress"}),
    ],
)
def test_an_amended_word_order_or_reason_is_another_version(amended: PhaseRules):
    assert criteria_version(amended) != criteria_version(RULES)


def test_blanks_and_rules_that_are_no_criteria_leave_the_version_as_it_is():
    same = replace(RULES, criteria=("  Nurses", "Stress\n"), reviewers_needed=3)
    assert criteria_version(same) == criteria_version(RULES)


def test_decisions_made_under_other_criteria_are_to_be_looked_at_again():
    now = criteria_version(RULES)
    votes = {
        "1": {"a": replace(decide("1", "include", "a"), criteria=now)},
        "2": {
            "a": replace(decide("2", "exclude", "a"), criteria="0ld"),
            "b": decide("2", "include", "b"),
        },
    }
    found = made_under_other_criteria(votes, RULES)
    assert [(d.record_id, d.decided_by) for d in found] == [("2", "a"), ("2", "b")]
