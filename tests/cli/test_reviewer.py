"""`reviewer`: somebody leaves, what follows is told first, and a line takes it back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scopingreview.paths import Review
from scopingreview.review.charting import charting_of
from scopingreview.review.state import load_state
from tests.charted_reviews import INCLUDED, charted_review
from tests.conftest import Answer, Run
from tests.reviews import (
    FULL_TEXT,
    TITLE_ABSTRACT,
    change_protocol,
    decide,
    found_with,
    record,
    snapshot,
)

EVENTS = "data/screened/events.csv"
RECORDS = [record(f"pubmed:{number}") for number in range(6)]


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Three reviewers; ab and cd differ on pubmed:1 and agree on pubmed:2."""
    decisions = [
        *(decide("pubmed:1", "include", "ab"), decide("pubmed:1", "exclude", "cd")),
        *(decide("pubmed:2", "include", "ab"), decide("pubmed:2", "include", "cd")),
    ]
    review = found_with(tmp_path, RECORDS, decisions=decisions)
    change_protocol(
        review,
        '[[adjudicators]]\nname = "ef"',
        '[[reviewers]]\nname = "gh"\n\n[[adjudicators]]\nname = "ef"',
    )
    return review


def leave(run: Run, review: Review, *words: str) -> Answer:
    return run(
        *("reviewer", "leave", "cd", "--reason", "new job", "--as", "ef", "-C", review.root), *words
    )


def test_leaving_is_a_line_a_phase_and_rewrites_nothing(run: Run, review: Review):
    before = snapshot(review.root)
    assert leave(run, review).status == 0
    after = snapshot(review.root)
    lines = after.pop(EVENTS).decode().splitlines()
    assert [line.partition(",")[2] for line in lines[1:]] == [
        "title-abstract,reviewer-left,ef,,cd,new job",
        "full-text,reviewer-left,ef,,cd,new job",
    ]
    assert after == before


def test_who_owes_what_is_told_before_and_after(run: Run, review: Review):
    told = json.loads(leave(run, review, "--json").out)
    (titles, _) = told["changes"]
    assert titles["owed"] == {"ab": [4, 4], "cd": [4, 0], "gh": [4, 4]}
    assert titles["decisions"] == 2
    assert titles["standings"] == {}
    assert titles["short"] == 0


def test_conflicts_and_counts_that_change_are_told_and_a_dry_run_only_tells(
    run: Run, review: Review
):
    before = snapshot(review.root)
    told = leave(run, review, "--set-aside", "--dry-run")
    assert told.status == 0
    assert "1 in conflict → awaiting: pubmed:1" in told.out
    assert "1 included → awaiting: pubmed:2" in told.out
    assert "1 awaiting → not in this phase: pubmed:2" in told.out  # full text is read of included
    assert "nothing cd decided counts" in told.out
    assert snapshot(review.root) == before


def test_whoever_left_decides_nothing_until_they_are_back(run: Run, review: Review, tmp_path: Path):
    leave(run, review)
    sheet = tmp_path / "cd.csv"
    sheet.write_text("record_id,verdict\npubmed:3,include\n")
    for words in (
        ("screen", "ta", "--as", "cd", "--record", "pubmed:3", "--verdict", "include"),
        ("screen", "ta", "--as", "cd", "--from", sheet),
        ("import-decisions", "ta", sheet, "--as", "cd"),
    ):
        refused = run(*words, "-C", review.root)
        assert refused.status == 1
        assert "cd left title-abstract screening" in refused.err
        assert "reviewer return cd" in refused.err
    back = run("reviewer", "return", "cd", "--reason", "x", "--as", "ab", "-C", review.root)
    assert back.status == 0, back.err
    assert run("screen", "ta", "--as", "cd", "--from", sheet, "-C", review.root).status == 0


def test_status_says_who_left_and_the_team_is_shown(run: Run, review: Review):
    leave(run, review, "--set-aside", "--phase", "ta")
    told = run("status", "-C", review.root).out
    assert told.count("cd left on ") == 1
    assert "new job; what they decided is set aside" in told
    shown = json.loads(run("reviewer", "-C", review.root, "--json").out)["reviewers"]
    screens = {(each["name"], each["phase"]): each["screens"] for each in shown}
    assert screens["cd", "title-abstract"] is False
    assert screens["cd", "full-text"] is True


def test_too_few_reviewers_are_told(run: Run, review: Review):
    leave(run, review)
    told = run("reviewer", "leave", "gh", "--reason", "x", "--as", "ef", "-C", review.root)
    assert "lacks 1 of the reviewers" in told.err
    assert "V07" in run("check", "-C", review.root).out


def test_a_pilot_waits_for_nobody_who_left(run: Run, review: Review):
    change_protocol(review, "[title_abstract]", "[title_abstract]\npilot = { size = 2 }")
    run("pilot", "ta", "--open", "--as", "ab", "-C", review.root)
    (round_,) = load_state(review).pilots[TITLE_ABSTRACT].rounds
    assert round_.people == ("ab", "cd", "gh")
    leave(run, review)
    (round_,) = load_state(review).pilots[TITLE_ABSTRACT].rounds
    assert round_.people == ("ab", "gh")


def test_agreement_is_of_decisions_that_count(run: Run, review: Review):
    assert "2 records decided twice" in run("agreement", "ta", "-C", review.root).out
    leave(run, review, "--set-aside")
    assert "0 records decided twice" in run("agreement", "ta", "-C", review.root).out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("leave", "xy", "--reason", "x", "--as", "ef"), '"xy" is no reviewer'),
        (("leave", "ef", "--reason", "x", "--as", "ef"), '"ef" is no reviewer'),
        (("leave", "cd", "--reason", " ", "--as", "ef"), "needs a reason"),
        (("leave", "cd", "--reason", "x", "--as", "nobody"), '"nobody" is no reviewer'),
        (("return", "cd", "--reason", "x", "--as", "ef"), "cd has not left"),
        (("leave", "cd", "--reason", "x"), "who are you?"),
        (("leave",), "who?"),
        (("goes", "cd"), 'a reviewer does not "goes"'),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    run: Run, review: Review, words: tuple[str, ...], told: str
):
    refused = run("reviewer", *words, "-C", review.root)
    assert refused.status in (1, 2)
    assert told in refused.err
    assert not review.path(EVENTS).exists()


def test_leaving_twice_is_told_and_setting_aside_later_is_possible(run: Run, review: Review):
    leave(run, review)
    assert "cd has left already" in leave(run, review).err
    assert leave(run, review, "--set-aside").status == 0


def test_the_team_says_why_somebody_is_dealt_nothing(run: Run, review: Review):
    change_protocol(review, 'name = "gh"', 'name = "gh"\nactive = false')
    shown = run("reviewer", "-C", review.root).out
    assert "active = false in config/review.toml" in shown
    leave(run, review)
    assert "left on " in run("reviewer", "-C", review.root).out


def test_a_training_round_is_for_nobody_who_left(run: Run, review: Review, tmp_path: Path):
    key = tmp_path / "key.csv"
    key.write_text("record_id,verdict\npubmed:3,include\n")
    leave(run, review)
    opened = run("pilot", "ta", "--key", key, "--open", "--as", "ab", "-C", review.root)
    assert opened.status == 0, opened.err
    assert load_state(review).events[-1].people == ("ab", "gh")


def test_whoever_left_full_text_owes_no_charting_until_they_are_back(run: Run, tmp_path: Path):
    review = charted_review(tmp_path / "charted")

    def owed(name: str) -> list[str]:
        document = json.loads(run("status", "--json", "-C", review.root).out)
        (said,) = (c["owed"] for c in document["charting"]["charters"] if c["charter"] == name)
        studies = charting_of(review).owed(name)
        assert said == len(studies)
        return studies

    leave(run, review, "--phase", "ta")
    assert owed("cd") == [*INCLUDED], "studies are charted from full texts"
    leave(run, review)
    assert (owed("ab"), owed("cd")) == ([*INCLUDED], [])
    assert "C05" in run("check", "-C", review.root).out, "two are to chart, and one is left"
    run("reviewer", "return", "cd", "--reason", "back", "--as", "ef", "-C", review.root)
    assert owed("cd") == [*INCLUDED]


def test_no_effort_in_full_text_is_no_leaving_of_charting(tmp_path: Path):
    review = charted_review(tmp_path / "charted")
    change_protocol(review, "[full_text]", "[full_text]\nallocation = { effort = { cd = 0 } }")
    assert load_state(review).team(FULL_TEXT).people == ("ab",)
    assert charting_of(review).owed("cd") == [*INCLUDED]


def test_who_leaves_is_told_the_charting_that_falls_away(run: Run, tmp_path: Path):
    review = charted_review(tmp_path / "charted")
    told = json.loads(leave(run, review, "--json", "--dry-run").out)["charting_owed"]
    assert told["cd"] == [len(INCLUDED), 0]
    assert told["ab"] == [len(INCLUDED), len(INCLUDED)]
    assert "charting: studies that wait for each" in leave(run, review, "--dry-run").out
    assert "charting" not in leave(run, review, "--phase", "ta").out, "nothing changes there"
