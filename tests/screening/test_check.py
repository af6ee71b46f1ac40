"""Which decisions may be taken."""

from scopingreview.model import PhaseRules
from scopingreview.screening.check import check_decision
from tests.reviews import FULL_TEXT, decide

RULES = PhaseRules(FULL_TEXT, exclusion_reasons={"population": "Wrong population"})


def complaints(verdict: str, reason: str = "", *, open_ids: tuple[str, ...] = ("r",)) -> list[str]:
    found = check_decision(
        decide("r", verdict, "ab", FULL_TEXT, reason),
        rules=RULES,
        canonical={"r": "r"},
        open_ids=open_ids,
        closed="It was not retrieved.",
    )
    return [error.message for error in found]


def test_a_record_that_is_closed_by_now_takes_no_decision_but_the_last_one_can_be_taken_back():
    assert complaints("include", open_ids=()) == ["r is not open to decide on"]
    assert complaints("withdrawn", open_ids=()) == []


def test_an_exclusion_in_full_text_has_a_reason_of_the_protocol_and_nothing_else_has_one():
    assert complaints("exclude", "population") == complaints("include") == []
    assert complaints("exclude") == ["r: a report excluded by its full text needs a reason"]
    assert complaints("exclude", "colour") == ['r: unknown reason "colour"']
    assert complaints("include", "population") == [
        'r: "include" has no reason, only an exclusion has'
    ]
