"""Training against a key: hits and misses, and nothing of it ever counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.paths import Review
from scopingreview.review.agreement_by_round import agreement_by_round
from scopingreview.review.state import load_state
from scopingreview.work.acts import USUAL_KEYS, possible_acts
from scopingreview.work.keymap import keymap
from scopingreview.work.open_session import training_session
from scopingreview.work.pace import Pace
from scopingreview.work.task import Task
from tests.conftest import Run
from tests.reviews import TITLE_ABSTRACT, decide, found_with, record, snapshot, tick

KEY = "record_id,verdict,reason\npubmed:1,include,\npubmed:2,exclude,topic\npubmed:3,exclude,\n"


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return found_with(tmp_path / "review", [record(f"pubmed:{number}") for number in range(1, 6)])


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.csv"
    path.write_text(KEY)
    return path


def opened(run: Run, review: Review, key: Path) -> None:
    words = ("--key", key, "--open", "--as", "ef")
    assert run("pilot", "ta", *words, "-C", review.root).status == 0


def train(run: Run, review: Review, person: str, *words: str) -> None:
    """The person's decisions, each `record verdict` or `record verdict reason`."""
    for said in words:
        record_id, verdict, *reason = said.split()
        because = ("--reason", reason[0]) if reason else ()
        words = ("--record", f"pubmed:{record_id}", "--verdict", verdict, *because)
        answer = run("screen", "ta", "--training", "--as", person, *words, "-C", review.root)
        assert answer.status == 0, answer.err


def result(run: Run, review: Review, key: Path) -> list[dict[str, object]]:
    answer = run("pilot", "ta", "--key", key, "--json", "-C", review.root)
    assert answer.status == 0, answer.err
    found: list[dict[str, object]] = json.loads(answer.out)["training"]
    return found


def test_each_person_has_their_hits_and_misses(run: Run, review: Review, key: Path):
    opened(run, review, key)
    train(run, review, "ab", "1 include", "2 exclude topic", "3 include")
    train(run, review, "cd", "1 exclude topic", "2 exclude population")
    ab, cd = result(run, review, key)
    assert (ab["decided"], ab["hits"], ab["found"], ab["relevant"]) == (3, 2, 1, 1)
    assert ab["misses"] == [
        {"record_id": "pubmed:3", "expected": "exclude", "said": "include"},
    ]
    assert (cd["decided"], cd["hits"], cd["found"]) == (2, 0, 0)
    assert cd["misses"] == [
        {"record_id": "pubmed:1", "expected": "include", "said": "exclude (topic)"},
        {"record_id": "pubmed:2", "expected": "exclude (topic)", "said": "exclude (population)"},
    ]


def test_training_adds_up_to_nothing(run: Run, review: Review, key: Path):
    for name in ("ab", "cd"):
        store.append_decision(review, decide("pubmed:4", "include", name))
    before = load_state(review)
    agreement = agreement_by_round(before, TITLE_ABSTRACT)
    opened(run, review, key)
    for name in ("ab", "cd"):
        train(run, review, name, "1 include", "2 include", "3 include")
    after = load_state(review)
    assert after.outcomes == before.outcomes
    assert after.owed(TITLE_ABSTRACT, "ab") == before.owed(TITLE_ABSTRACT, "ab")
    assert agreement_by_round(after, TITLE_ABSTRACT) == agreement


def test_a_maybe_hits_an_include_where_it_counts_as_one(run: Run, review: Review, key: Path):
    opened(run, review, key)
    train(run, review, "ab", "1 maybe")
    assert result(run, review, key)[0]["hits"] == 1


def test_the_key_is_in_no_file_of_the_review(run: Run, review: Review, key: Path):
    opened(run, review, key)
    (event,) = store.read_events(review)
    assert event.records == ("pubmed:1", "pubmed:2", "pubmed:3")
    assert len(event.note) == 12
    written = snapshot(review.path("data/screened"))
    assert not any(b"exclude" in content for content in written.values())


def test_in_training_nobody_says_what_would_count(run: Run, review: Review, key: Path):
    opened(run, review, key)
    with training_session(review, TITLE_ABSTRACT, "ab", now=tick()) as session:
        task = Task(session, Pace(begun=tick()), keymap(USUAL_KEYS), tick)
        possible = possible_acts(task, on_screen=True)
    assert {"include", "note", "labels"} <= set(possible)
    assert not {"duplicate", "correct", "study", "discuss"} & set(possible)


def test_only_the_records_of_the_key_are_open_and_only_in_training(
    run: Run, review: Review, key: Path
):
    opened(run, review, key)
    words = ("--as", "ab", "--record", "pubmed:5", "--verdict", "include", "-C", review.root)
    refused = run("screen", "ta", "--training", *words)
    assert refused.status == 1
    assert "Only the records of the training" in refused.err
    waiting = run("screen", "ta", "--training", "--as", "ab", "--json", "-C", review.root)
    assert sorted(json.loads(waiting.out)["waiting"]) == ["pubmed:1", "pubmed:2", "pubmed:3"]


def test_another_key_is_not_held_against_what_was_said(run: Run, review: Review, key: Path):
    opened(run, review, key)
    key.write_text(KEY.replace("pubmed:3,exclude", "pubmed:3,include"))
    answer = run("pilot", "ta", "--key", key, "-C", review.root)
    assert answer.status == 1
    assert "has another key" in answer.err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("record_id,verdict\npubmed:9,include\n", 'unknown record "pubmed:9"'),
        ("record_id,verdict\npubmed:1,incldue\n", 'Did you mean "include"?'),
        ("record_id,verdict,reason\npubmed:1,exclude,topci\n", 'Did you mean "topic"?'),
        ("record_id,verdict\npubmed:1,include\npubmed:1,exclude\n", "says something twice"),
        ("record_id,verdict\n", "the key has no records"),
        ("record,verdict\npubmed:1,include\n", 'no column "record_id"'),
    ],
)
def test_a_key_that_is_wrong_is_refused_with_its_line(
    run: Run, review: Review, key: Path, text: str, says: str
):
    key.write_text(text)
    answer = run("pilot", "ta", "--key", key, "--open", "--as", "ef", "-C", review.root)
    assert answer.status == 1
    assert says in answer.err
    assert store.read_events(review) == []


def test_training_that_nobody_opened_says_how_to(run: Run, review: Review, key: Path):
    for words in (("pilot", "ta", "--key", key), ("screen", "ta", "--training", "--as", "ab")):
        answer = run(*words, "-C", review.root)
        assert answer.status == 1
        assert "no training of title-abstract was opened" in answer.err
