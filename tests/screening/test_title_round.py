"""A first round by titles alone: they exclude by agreement, and nothing passes on a title."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.model import Phase, Record, Standing
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from tests.conftest import Run
from tests.reviews import (
    FULL_TEXT,
    TITLE_ABSTRACT,
    change_protocol,
    decide,
    found_with,
    found_with_exports,
)

TITLES_FIRST = "[title_abstract]\nrounds = 2\ntitles_first = true\n"
HIDDEN = "Night nurses were asked"


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """By title both exclude 1, both include 2, and differ on 3; 4 is unread."""
    records = [
        Record(f"pubmed:{n}", "pubmed", title=f"Rest {n}", abstract=HIDDEN, keywords=("naps",))
        for n in range(1, 5)
    ]
    said = {"ab": ("exclude", "include", "include"), "cd": ("exclude", "include", "exclude")}
    decisions = [
        decide(f"pubmed:{number}", verdict, name)
        for name, verdicts in said.items()
        for number, verdict in enumerate(verdicts, 1)
    ]
    review = found_with(tmp_path / "review", records, decisions=decisions)
    change_protocol(review, "[title_abstract]\n", TITLES_FIRST)
    return review


def standing(review: Review, phase: Phase = TITLE_ABSTRACT) -> dict[str, str]:
    outcomes = load_state(review).outcomes[phase]
    return {key.removeprefix("pubmed:"): outcomes[key].standing for key in outcomes}


def begin_abstracts(run: Run, review: Review) -> None:
    words = ("rescreen", "ta", "--reason", "titles are read", "--as", "ef", "-C", review.root)
    assert run(*words).status == 0


def test_a_title_excludes_by_agreement_and_everything_else_awaits_its_abstract(review: Review):
    waits = Standing.AWAITING
    assert standing(review) == {"1": Standing.EXCLUDED, "2": waits, "3": waits, "4": waits}
    assert standing(review, FULL_TEXT) == {}, "nothing is sought by its title"


def test_the_abstracts_follow_under_the_same_criteria_and_exclusions_stand(
    run: Run, review: Review
):
    begin_abstracts(run, review)
    state = load_state(review)
    assert not state.by_titles_alone(TITLE_ABSTRACT)
    assert state.owed(TITLE_ABSTRACT, "ab") == ["pubmed:2", "pubmed:3", "pubmed:4"]
    assert standing(review)["1"] is Standing.EXCLUDED
    for name in ("ab", "cd"):
        words = ("--record", "pubmed:2", "--verdict", "include")
        assert run("screen", "ta", "--as", name, *words, "-C", review.root).status == 0
    assert standing(review)["2"] is Standing.INCLUDED
    assert standing(review, FULL_TEXT) == {"2": Standing.AWAITING}


def test_nobody_reads_an_abstract_before_that(run: Run, review: Review, tmp_path: Path):
    def settled_sheet() -> str:
        whole = tmp_path / "whole.csv"
        assert run("export", whole, "--overwrite", "-C", review.root).status == 0
        return whole.read_text(encoding="utf-8-sig")

    def shown() -> tuple[str, str]:
        screen = run("screen", "ta", "--as", "ab", "--plain", "-C", review.root, typed="q\n")
        sheet = tmp_path / "sheet.csv"
        words = ("--for-screening", "ta", "--as", "ab", "--overwrite")
        assert run("export", sheet, *words, "-C", review.root).status == 0
        return screen.out, sheet.read_text(encoding="utf-8-sig")

    screen, sheet = shown()
    assert "Rest 4" in screen
    assert "[by title alone in this round]" in screen
    assert HIDDEN not in screen + sheet
    assert "naps" not in screen + sheet
    assert all(row["title"] for row in csv.DictReader(io.StringIO(sheet)))
    rows = list(csv.DictReader(io.StringIO(settled_sheet())))
    seen = {row["record_id"]: row["abstract"] for row in rows}
    assert seen == {"pubmed:1": HIDDEN, "pubmed:2": "", "pubmed:3": "", "pubmed:4": ""}

    begin_abstracts(run, review)
    screen, sheet = shown()
    assert HIDDEN in screen
    assert HIDDEN in sheet


def test_status_names_the_round_that_follows_when_the_titles_are_read(run: Run, tmp_path: Path):
    review = found_with_exports(tmp_path / "review")
    change_protocol(review, "[title_abstract]\n", TITLES_FIRST)
    assert run("run", "-C", review.root).status == 0
    for name in ("ab", "cd"):
        for number, unique_id in enumerate(load_state(review).unique_ids):
            verdict = "include" if number else "exclude"
            store.append_decision(review, decide(unique_id, verdict, name))
    told = json.loads(run("status", "--json", "-C", review.root).out)
    waiting = len(load_state(review).unique_ids) - 1
    assert told["next_step"].startswith("scopingreview rescreen title-abstract --reason")
    assert f"({waiting} to read by abstract)" in told["next_step"]
    assert "titles alone" in run("status", "-C", review.root).out
    refused = run("count", "--final", "-C", review.root)
    assert refused.status == 1, "what awaits its abstract is open"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("rounds = 2\ntitles_first", "titles_first", "titles_first needs a second round"),
        ("[full_text]\n", "[full_text]\ntitles_first = true\n", "a full text is read whole"),
    ],
)
def test_a_protocol_that_cannot_mean_it_is_refused(
    run: Run, review: Review, old: str, new: str, told: str
):
    change_protocol(review, old, new)
    answer = run("status", "-C", review.root)
    assert answer.status == 1
    assert told in answer.err
