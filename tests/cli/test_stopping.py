"""`stopping`: a look, its log, an audit, and the rule of the protocol that closes a phase."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.model import EventKind, Phase
from scopingreview.paths import Review
from tests.conftest import Run
from tests.reviews import change_protocol, decide, found_with, record, snapshot

TA = Phase.TITLE_ABSTRACT
NUMBER = 120


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """A hundred and twenty records, twenty of them relevant, a hundred screened."""
    found = found_with(tmp_path / "review", [record(f"pubmed:{n}") for n in range(NUMBER)])
    change_protocol(found, "reviewers_needed = 2", "reviewers_needed = 1")
    store.append_decisions(
        found, [decide(f"pubmed:{n}", "include" if n < 20 else "exclude", "ab") for n in range(100)]
    )
    return found


def add_to_protocol(review: Review, table: str) -> None:
    path = review.path("config/review.toml")
    path.write_text(path.read_text(encoding="utf-8") + table, encoding="utf-8")


TARGET = "\n[stopping]\ndecided_on = 2023-01-01\nrecall = 0.8\n"


def test_a_look_says_what_is_found_at_least_and_is_logged(run: Run, review: Review):
    before = snapshot(review.root)
    answer = run("stopping", "ta", "--as", "ab", "-C", review.root)
    assert answer.status == 0
    assert "100 screened, 20 of them relevant, 20 not screened; 80 since the last" in answer.out
    assert "With 95% confidence at least" in answer.out
    assert "Assumed: the next record is at least as likely" in answer.out
    assert "The protocol sets no target: nothing stops." in answer.out
    after = snapshot(review.root)
    assert set(after) - set(before) == {"data/screened/looks.csv"}
    assert {name: after[name] for name in before} == before
    (look,) = store.read_looks(review)
    assert (look.screened, look.relevant, look.unread, look.since_last) == (100, 20, 20, 80)
    assert f"at least {look.least_recall:.0%}" in answer.out


def test_every_look_is_a_line_whatever_it_shows(run: Run, review: Review):
    for _ in range(3):
        run("stopping", "ta", "--as", "ab", "-C", review.root)
    assert len(store.read_looks(review)) == 3


def test_a_target_closes_the_phase_only_by_the_look_that_the_protocol_names(
    run: Run, review: Review
):
    add_to_protocol(review, TARGET)
    answer = json.loads(run("stopping", "ta", "--as", "ab", "-C", review.root, "--json").out)
    assert answer["is_met"] is True
    run("count", "-C", review.root)
    counts = review.path("results/counts.csv").read_text(encoding="utf-8")
    assert "awaiting,title-abstract,20" in counts, "the rule is met, and nobody has said so yet"
    (look,) = store.read_looks(review)
    stamp = f"{look.looked_at:%Y-%m-%dT%H:%M:%SZ}"
    add_to_protocol(review, f'look = "{stamp}"\n')
    run("count", "-C", review.root)
    counts = review.path("results/counts.csv").read_text(encoding="utf-8")
    assert "not_screened,,20" in counts
    assert "excluded,,80" in counts, "what is unread is nobody's exclusion"


def test_a_look_that_is_not_on_file_closes_nothing_and_check_says_so(run: Run, review: Review):
    add_to_protocol(review, TARGET + 'look = "2024-01-01T00:00:00Z"\n')
    answer = run("check", "-C", review.root)
    assert answer.status == 1
    assert "no look on file shows its recall" in answer.out + answer.err
    run("count", "-C", review.root)
    assert "awaiting,title-abstract,20" in review.path("results/counts.csv").read_text("utf-8")


def test_a_target_never_excludes(run: Run, review: Review):
    add_to_protocol(review, f'\n[flow]\nunscreened = "excluded_by_tool"\n{TARGET}')
    answer = run("stopping", "ta", "--as", "ab", "-C", review.root)
    assert answer.status == 1
    assert "would exclude what a target for recall leaves unread" in answer.err


def test_an_audit_is_drawn_once_met_first_and_judged_when_it_is_read(run: Run, review: Review):
    add_to_protocol(review, TARGET + 'basis = "audit"\n')
    answer = run("stopping", "ta", "--as", "ab", "--audit", "--size", "8", "-C", review.root)
    assert "Audit drawn: 8 of 20 unread" in answer.out
    (event,) = store.read_events(review)
    assert event.kind is EventKind.AUDIT_DRAWN
    waiting = json.loads(run("screen", "ta", "--as", "ab", "--json", "-C", review.root).out)
    assert tuple(waiting["waiting"][:8]) == event.records
    again = run("stopping", "ta", "--as", "ab", "--audit", "-C", review.root)
    assert again.status == 1
    assert "8 of its records do not stand yet" in again.err
    later = event.recorded_at + timedelta(minutes=1)
    read = [replace(decide(key, "exclude", "ab"), decided_at=later) for key in event.records]
    store.append_decisions(review, read)
    answer = run("stopping", "ta", "--as", "ab", "-C", review.root)
    assert "8 of 20 unread records, 8 stand, 0 of them relevant" in answer.out
    look = store.read_looks(review)[-1]
    assert f"By the audit alone, with 95% confidence at least {look.least_recall:.0%}" in answer.out


def test_the_size_of_an_audit_is_worked_out_from_the_target(run: Run, review: Review):
    add_to_protocol(review, TARGET)
    answer = run("stopping", "ta", "--as", "ab", "--audit", "--json", "-C", review.root)
    document = json.loads(answer.out)
    (target,) = (each for each in document["view"]["targets"] if each["recall"] == 0.8)
    assert len(document["drawn"]["records"]) == target["audit_size"]
    assert 0 < target["audit_size"] < 20


def test_a_size_without_an_audit_is_wrong_usage(run: Run, review: Review):
    assert run("stopping", "ta", "--as", "ab", "--size", "5", "-C", review.root).status == 2


def test_the_statement_says_what_people_did_and_what_is_unread(run: Run, review: Review):
    answer = run("ai-use", "ta", "-C", review.root)
    assert answer.out == (
        "No model ranked, included or excluded records by title and abstract. All 100 decisions "
        "were taken by people (ab); the program took none and excluded no record. 20 records are "
        "not screened yet.\n"
    )


def test_the_statement_names_the_model_and_how_it_does_on_the_reviews_own_labels(
    run: Run, review: Review
):
    change_protocol(review, "[title_abstract]\n", '[title_abstract]\norder = "relevance"\n')
    answer = run("ai-use", "ta", "--runs", "1", "-C", review.root)
    assert "ranked them with its model two-views-1" in answer.out
    assert "Replayed on the review's own 100 screened records (20 relevant" in answer.out
    without = run("ai-use", "ta", "--runs", "0", "-C", review.root)
    assert "Replayed" not in without.out
