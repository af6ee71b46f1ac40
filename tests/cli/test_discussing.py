"""Threads on conflicts: blind until all have decided, and never counted as independent."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.cli.screen import beside_record
from scopingreview.model import Standing
from scopingreview.paths import Review
from scopingreview.review.agreement_by_round import agreement_by_round
from scopingreview.review.state import load_state
from scopingreview.workbench.app import Workbench
from tests.conftest import Run
from tests.reviews import TITLE_ABSTRACT, change_protocol, decide, found_with, record, snapshot
from tests.workbench.benches import work_on
from tests.workbench.test_record_screen import screen_after, typed

BOTH = ("ab", "cd")


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """ab and cd differ on pubmed:1, agree on pubmed:2; of pubmed:3 only ab has said something."""
    review = found_with(tmp_path, [record(f"pubmed:{number}") for number in (1, 2, 3)])
    for key, said in (("pubmed:1", ("include", "exclude")), ("pubmed:2", ("include", "include"))):
        for name, verdict in zip(BOTH, said, strict=True):
            store.append_decision(review, decide(key, verdict, name))
    store.append_decision(review, decide("pubmed:3", "include", "ab"))
    return review


def threads(run: Run, review: Review, person: str, *words: str) -> dict[str, list[dict[str, str]]]:
    answer = run("discuss", "ta", "--as", person, *words, "--json", "-C", review.root)
    assert answer.status == 0, answer.err
    found: dict[str, list[dict[str, str]]] = json.loads(answer.out)["threads"]
    return found


def say(run: Run, review: Review, person: str, text: str, key: str = "pubmed:1") -> None:
    words = ("--record", key, "--note", text)
    answer = run("discuss", "ta", "--as", person, *words, "-C", review.root)
    assert answer.status == 0, answer.err


def test_what_one_says_the_other_reads_and_nobody_is_named(run: Run, review: Review):
    say(run, review, "ab", "the sample is mixed")
    say(run, review, "cd", "half of them are nurses")
    say(run, review, "ef", "please look at table 2")
    (thread,) = threads(run, review, "cd").values()
    assert [(each["by"], each["text"]) for each in thread] == [
        ("another reviewer", "the sample is mixed"),
        ("you", "half of them are nurses"),
        ("an adjudicator", "please look at table 2"),
    ]


def test_a_thread_is_open_on_conflicts_only(run: Run, review: Review):
    assert list(threads(run, review, "ab")) == ["pubmed:1"]
    for key in ("pubmed:2", "pubmed:3"):
        words = ("--record", key, "--note", "hello")
        answer = run("discuss", "ta", "--as", "ab", *words, "-C", review.root)
        assert answer.status == 1
        assert "has no thread for ab" in answer.err
    assert not review.path("data/screened/discussion").exists()


def test_nobody_reads_a_word_before_they_have_decided(run: Run, review: Review):
    say(run, review, "ab", "the sample is mixed")
    store.append_decision(review, decide("pubmed:1", "withdrawn", "cd"))
    assert threads(run, review, "cd") == {}
    assert threads(run, review, "ab") == {}
    store.append_decision(review, decide("pubmed:1", "exclude", "cd"))
    assert list(threads(run, review, "cd")) == ["pubmed:1"]


def test_two_who_differ_are_told_nothing_while_a_third_is_awaited(run: Run, review: Review):
    change_protocol(review, "reviewers_needed = 2", "reviewers_needed = 3")
    assert threads(run, review, "ab") == {}
    assert threads(run, review, "ef") == {}


def test_the_thread_begins_with_the_comments_on_the_decisions(run: Run, tmp_path: Path):
    review = found_with(tmp_path, [record("pubmed:1")])
    for name, verdict in zip(BOTH, ("include", "exclude"), strict=True):
        said = replace(decide("pubmed:1", verdict, name), note=f"{verdict}, I think")
        store.append_decision(review, said)
    (thread,) = threads(run, review, "ab").values()
    assert [each["text"] for each in thread] == ["include, I think", "exclude, I think"]


def test_names_are_told_once_the_conflict_is_unblinded(run: Run, review: Review):
    path = review.path("config/review.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("[title_abstract]\n", "[title_abstract]\nunblind_conflicts = true\n")
    )
    say(run, review, "ab", "the sample is mixed")
    run("unblind", "ta", "--as", "ef", "--reason", "meeting", "-C", review.root)
    (thread,) = threads(run, review, "cd").values()
    assert [each["by"] for each in thread] == ["ab"]


def test_what_is_changed_after_a_discussion_is_no_independent_verdict(run: Run, review: Review):
    def agreed() -> float:
        (screening,) = agreement_by_round(load_state(review), TITLE_ABSTRACT)
        percent = screening.agreements[0].percent
        assert percent is not None
        return percent.value

    assert agreed() == 0.5
    say(run, review, "ab", "the sample is mixed")
    later = load_state(review).discussion[-1].recorded_at
    changed = replace(decide("pubmed:1", "include", "cd"), decided_at=later + timedelta(seconds=5))
    store.append_decision(review, changed)
    state = load_state(review)
    assert state.outcomes[TITLE_ABSTRACT]["pubmed:1"].standing is Standing.INCLUDED
    assert agreed() == 0.5


def test_the_workbench_shows_the_thread_and_writes_in_it(review: Review):
    task = work_on(review)
    task.beside = lambda record: beside_record(task.session, record)
    shown = screen_after(Workbench(task), ["f", *typed("conflict"), "d", *typed("look at page 3")])
    assert "1 of 1 listed" in shown["head"]
    assert "You and another reviewer differ: 1 x exclude, 1 x include" in shown["record"]
    assert "you: look at page 3" in shown["record"]


def test_an_adjudicator_is_told_that_the_reviewers_differ_not_they_themselves(
    run: Run, review: Review
):
    answer = run("discuss", "ta", "--as", "ef", "-C", review.root)
    assert "  The reviewers differ: 1 x exclude, 1 x include\n" in answer.out
    assert "Next: scopingreview conflicts title-abstract --as ef" in answer.err


def test_reviewers_who_all_say_maybe_have_something_to_discuss_and_do_not_differ(
    run: Run, tmp_path: Path
):
    said = [decide("pubmed:1", "maybe", name) for name in BOTH]
    review = found_with(tmp_path, [record("pubmed:1")], decisions=said)
    change_protocol(review, 'maybe = "include"', 'maybe = "discuss"')
    for person in ("ab", "ef"):
        answer = run("discuss", "ta", "--as", person, "-C", review.root)
        assert "  To be discussed: 2 x maybe\n" in answer.out
    answer = run("conflicts", "ta", "--as", "ef", "--plain", "-C", review.root, typed="q\n")
    assert "Verdicts: 2 x maybe\n" in answer.out


def test_a_dry_run_says_nothing_in_the_thread(run: Run, review: Review):
    before = snapshot(review.root)
    words = ("--record", "pubmed:1", "--note", "hello", "--dry-run")
    answer = run("discuss", "ta", "--as", "ab", *words, "-C", review.root)
    assert "data/screened/discussion/ab.csv: 1 more line" in answer.out
    assert snapshot(review.root) == before
