"""Another, stricter round: what was not excluded waits again, and the flow still adds up."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.model import Standing
from scopingreview.paths import Review
from scopingreview.review.agreement_by_round import agreement_by_round
from scopingreview.review.state import load_state
from scopingreview.screening import criteria_version
from tests.conftest import Run
from tests.reviews import (
    FULL_TEXT,
    TITLE_ABSTRACT,
    change_protocol,
    decide,
    found_with,
    protocol,
    record,
    retrieved,
    snapshot,
)

STRICTER = "while they screen\n", 'while they screen\n"Randomised trials only",\n'
BOTH = ("ab", "cd")


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """By title 1 and 2 are included, 3 is excluded, 4 awaits cd, 5 is unread; 1 was read."""
    review = found_with(tmp_path, [record(f"pubmed:{number}") for number in range(1, 6)])
    for name in BOTH:
        screen_all(review, name, {"1": "include", "2": "include", "3": "exclude"})
    screen_all(review, "ab", {"4": "include"})
    store.append_retrievals(review, [retrieved("pubmed:1")])
    for name in BOTH:
        store.append_decision(review, decide("pubmed:1", "include", name, FULL_TEXT))
    return review


def screen_all(review: Review, name: str, verdicts: dict[str, str]) -> None:
    version = criteria_version(protocol(review).phases[TITLE_ABSTRACT])
    for number, verdict in verdicts.items():
        said = replace(decide(f"pubmed:{number}", verdict, name), criteria=version)
        store.append_decision(review, said)


def allow(review: Review, rounds: int = 2) -> None:
    change_protocol(review, "[title_abstract]\n", f"[title_abstract]\nrounds = {rounds}\n")


def rescreen(run: Run, review: Review, *words: str):
    return run("rescreen", "ta", "--reason", "too broad", "--as", "ef", *words, "-C", review.root)


def again(run: Run, review: Review, name: str, **verdicts: str) -> None:
    for number, verdict in verdicts.items():
        words = ("--record", f"pubmed:{number[1:]}", "--verdict", verdict)
        answer = run("screen", "ta", "--as", name, *words, "-C", review.root)
        assert answer.status == 0, answer.err


@pytest.fixture
def second(run: Run, review: Review) -> Review:
    """The review in its second round."""
    allow(review)
    change_protocol(review, "before their eyes while they screen\n", STRICTER[1])
    answer = rescreen(run, review)
    assert answer.status == 0, answer.err
    assert "Round 2 of title-abstract: 3 records wait again." in answer.out
    return review


def test_what_was_not_excluded_waits_again_and_exclusions_stand(second: Review):
    state = load_state(second)
    assert state.owed(TITLE_ABSTRACT, "ab") == [f"pubmed:{n}" for n in (1, 2, 4, 5)]
    assert state.outcomes[TITLE_ABSTRACT]["pubmed:3"].standing is Standing.EXCLUDED
    assert state.made_under_other_criteria(TITLE_ABSTRACT) == [], "what failed then fails now"


def test_the_flow_adds_up_with_each_record_once(run: Run, second: Review):
    for name in BOTH:
        again(run, second, name, r1="include", r2="exclude", r4="exclude", r5="exclude")
    state = load_state(second)
    standing = {key: each.standing for key, each in state.outcomes[TITLE_ABSTRACT].items()}
    assert standing["pubmed:1"] is Standing.INCLUDED
    assert [standing[f"pubmed:{n}"] for n in (2, 3, 4, 5)] == [Standing.EXCLUDED] * 4
    assert state.outcomes[FULL_TEXT]["pubmed:1"].standing is Standing.INCLUDED, "read already"
    counted = run("count", "-C", second.root)
    assert counted.status == 0, counted.out + counted.err
    rows = second.path("results/counts.csv").read_text().splitlines()
    assert {"screened,,5", "excluded,,4", "sought,,1", "included_reports,,1"} <= set(rows)


def test_what_was_read_already_may_fail_by_title_now(run: Run, second: Review):
    for name in BOTH:
        again(run, second, name, r1="exclude", r2="exclude", r4="exclude", r5="exclude")
    assert run("count", "-C", second.root).status == 0
    rows = second.path("results/counts.csv").read_text().splitlines()
    assert {"excluded,,5", "included_reports,,0"} <= set(rows)
    found = json.loads(run("check", "--format", "json", "-C", second.root).out)["findings"]
    assert not [each for each in found if each["code"] in ("D10", "D01") and each["error"]]


def test_each_round_has_an_agreement_of_its_own(run: Run, second: Review):
    again(run, second, "ab", r1="include", r2="include")
    again(run, second, "cd", r1="exclude", r2="include")
    first, stricter = agreement_by_round(load_state(second), TITLE_ABSTRACT)
    assert (first.round, first.decided_twice, stricter.round) == ("screening", 3, "round 2")
    assert stricter.decided_twice == 2
    values = [each.agreements[0].percent for each in (first, stricter)]
    assert [value and value.value for value in values] == [1.0, 0.5]


def test_no_line_is_touched(run: Run, review: Review):
    before = snapshot(review.path("data/screened"))
    allow(review)
    change_protocol(review, "before their eyes while they screen\n", STRICTER[1])
    assert rescreen(run, review).status == 0
    after = snapshot(review.path("data/screened"))
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == {"events.csv"}


@pytest.mark.parametrize(
    ("rounds", "changed", "says"),
    [
        (1, True, "allows no more rounds"),
        (2, False, "are those by which the records were screened"),
    ],
)
def test_a_round_that_the_protocol_does_not_have_is_refused(
    run: Run, review: Review, rounds: int, changed: bool, says: str
):
    allow(review, rounds)
    if changed:
        change_protocol(review, "before their eyes while they screen\n", STRICTER[1])
    answer = rescreen(run, review)
    assert answer.status == 1
    assert says in answer.err
    assert store.read_events(review) == []


def test_a_third_round_needs_the_protocol_to_allow_it(run: Run, second: Review):
    answer = rescreen(run, second)
    assert answer.status == 1
    assert "rounds = 3 in [title_abstract]" in answer.err
