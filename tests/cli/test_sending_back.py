"""`send-back`: a report goes back to an earlier phase as a logged act, and nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.paths import EVENTS, Review
from scopingreview.review.state import load_state
from tests.conftest import Run
from tests.reviews import FULL_TEXT, TITLE_ABSTRACT, decide, found_with, record, retrieved, snapshot

REASON = "it was the wrong record"


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """pubmed:1 was included by title and excluded by its full text, pubmed:2 is unread."""
    review = found_with(tmp_path, [record("pubmed:1"), record("pubmed:2")])
    for name in ("ab", "cd"):
        store.append_decision(review, decide("pubmed:1", "include", name))
    store.append_retrievals(review, [retrieved("pubmed:1")])
    for name in ("ab", "cd"):
        said = decide("pubmed:1", "exclude", name, FULL_TEXT, "population")
        store.append_decision(review, said)
    return review


def send_back(run: Run, review: Review, *words: object, to: str = "title-abstract"):
    words = words or ("pubmed:1",)
    return run("send-back", *words, "--to", to, "--reason", REASON, "--as", "ef", "-C", review.root)


def screen(run: Run, review: Review, verdict: str) -> None:
    for name in ("ab", "cd"):
        answer = run("screen", "ta", "--as", name, "--record", "pubmed:1", "--verdict", verdict,
                     "-C", review.root)  # fmt: skip
        assert answer.status == 0, answer.err


def findings(run: Run, review: Review, code: str) -> list[bool]:
    """Whether each finding of that code is an error."""
    answer = run("check", "--format", "json", "-C", review.root)
    found = json.loads(answer.out)["findings"]
    return [each["error"] for each in found if each["code"] == code]


def test_what_was_sent_back_waits_for_everybody_again(run: Run, review: Review):
    before = snapshot(review.path("data/screened"))
    answer = send_back(run, review)
    assert answer.status == 0, answer.err
    state = load_state(review)
    assert state.owed(TITLE_ABSTRACT, "ab") == ["pubmed:1", "pubmed:2"]
    assert "pubmed:1" not in state.outcomes[FULL_TEXT]
    after = snapshot(review.path("data/screened"))
    assert {name: after[name] for name in before} == before
    (event,) = store.read_events(review)
    assert (event.kind, event.by, event.records, event.note) == (
        "sent-back",
        "ef",
        ("pubmed:1",),
        REASON,
    )


def test_a_report_excluded_by_title_after_it_was_read_is_no_error_once_it_was_sent_back(
    run: Run, review: Review
):
    screen(run, review, "exclude")
    assert findings(run, review, "D10") == [True]
    assert send_back(run, review).status == 0
    screen(run, review, "exclude")
    assert findings(run, review, "D10") == [False]
    assert "pubmed:1" not in load_state(review).owed(TITLE_ABSTRACT, "ab")


def test_full_text_alone_can_be_begun_anew(run: Run, review: Review):
    assert send_back(run, review, to="ft").status == 0
    state = load_state(review)
    assert state.outcomes[TITLE_ABSTRACT]["pubmed:1"].standing == "included"
    assert state.owed(FULL_TEXT, "ab") == ["pubmed:1"]


def test_the_way_of_the_record_shows_who_sent_it_back_and_why(run: Run, review: Review):
    send_back(run, review)
    shown = run("trace", "pubmed:1", "-C", review.root).out
    assert f"title-abstract  ef  sent back to here  {REASON}" in shown


@pytest.mark.parametrize(
    ("record_id", "told"),
    [("pubmed:3", "unknown record"), ("pubmed:2", "nobody has decided on it")],
)
def test_what_was_never_decided_on_cannot_be_sent_back(
    run: Run, review: Review, record_id: str, told: str
):
    answer = send_back(run, review, "pubmed:1", record_id)
    assert (answer.status, told in answer.err) == (1, True)
    assert not review.path(EVENTS).exists()


def test_a_dry_run_sends_nothing_back(run: Run, review: Review):
    answer = send_back(run, review, "pubmed:1", "--dry-run")
    assert "data/screened/events.csv: 1 more line" in answer.out
    assert not review.path(EVENTS).exists()


def test_a_report_that_was_sent_back_is_not_removed_by_a_limit(run: Run, review: Review):
    send_back(run, review)
    state = load_state(review)
    assert not state.eligibility.is_untouched("pubmed:1")
    assert state.eligibility.is_untouched("pubmed:2")
