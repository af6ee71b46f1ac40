"""What the next step is: first what is missing, then who owes most, then what is to be settled."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scopingreview import config, store
from scopingreview.chain import BY_NAME
from scopingreview.model import Event, EventKind, Export, Phase, PossibleDuplicate, Search
from scopingreview.paths import Review
from scopingreview.review.freshness import Freshness
from scopingreview.review.progress import work_out_progress
from scopingreview.review.state import load_state
from scopingreview.review.stopping import look_at
from scopingreview.stages.deduping import run_dedupe
from scopingreview.stages.importing import run_import
from scopingreview.stages.making import keep_made
from scopingreview.stages.running import run_chain
from tests.reviews import (
    FULL_TEXT,
    TITLE_ABSTRACT,
    change_protocol,
    decide,
    found,
    record,
    retrieved,
    tick,
)

EXPORT = "data/raw/pubmed/a.ris"
# Two records: two decisions each are asked for by title and abstract, then by full text.
RIS = "".join(f"TY  - JOUR\nTI  - On burnout {n}\nAN  - {n}\nER  - \n" for n in (1, 2))


def next_step(review: Review) -> str:
    return work_out_progress(review).next_step.removeprefix("scopingreview ")


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """A review whose two records are imported and linked, and nothing decided."""
    review = found(tmp_path)
    file = review.path(EXPORT)
    file.write_text(RIS, encoding="utf-8")
    export = Export(EXPORT, store.sha256(file))
    config.save_search(review, Search("pubmed-2023-05-01", "pubmed", (export,)))
    read_again(review)
    return review


def read_again(review: Review) -> None:
    run_import(review)
    run_dedupe(review)


def ids(review: Review) -> list[str]:
    return [each.record_id for each in store.read_records(review)]


def both(review: Review, record_id: str, verdict: str, **values: object) -> None:
    for name in ("ab", "cd"):
        store.append_decision(review, decide(record_id, verdict, name, **values))  # type: ignore[arg-type]


def test_an_empty_review_needs_an_export(tmp_path: Path):
    assert next_step(found(tmp_path)) == "add EXPORT --source SOURCE --hits N"


def test_an_export_that_was_not_read_or_that_changed_is_read_first(review: Review):
    records = review.path("data/derived/records.csv").read_bytes()
    review.path("data/derived/records.csv").unlink()
    assert next_step(review) == "run"
    review.path("data/derived/records.csv").write_bytes(records.replace(b"2023", b"2024"))
    assert next_step(review) == "run"
    read_again(review)
    assert next_step(review) == "screen title-abstract --as ab (2 left)"


def test_whoever_owes_most_is_next(review: Review):
    store.append_decision(review, decide(ids(review)[0], "include", "ab"))
    assert next_step(review) == "screen title-abstract --as cd (2 left)"


def test_a_conflict_is_next_when_nobody_owes_anything(review: Review):
    first, second = ids(review)
    both(review, first, "exclude")
    store.append_decision(review, decide(second, "exclude", "ab"))
    store.append_decision(review, decide(second, "include", "cd"))
    assert next_step(review) == "conflicts title-abstract --as ef (1 to settle)"


def test_full_texts_are_got_hold_of_before_they_are_read(review: Review):
    first, second = ids(review)
    both(review, first, "include")
    both(review, second, "include")
    assert next_step(review) == "retrieve (2 to get hold of)"
    store.append_retrievals(review, [retrieved(first), retrieved(second, "not-retrieved")])
    assert next_step(review) == "screen full-text --as ab (1 left)"


def test_a_review_in_which_all_is_decided_is_counted_and_then_checked(review: Review):
    first, second = ids(review)
    both(review, first, "include")
    both(review, second, "exclude")
    store.append_retrievals(review, [retrieved(first)])
    both(review, first, "include", phase=FULL_TEXT)
    assert next_step(review) == "run"
    list(run_chain(review))
    assert next_step(review) == "check"


def test_a_pilot_that_is_asked_for_is_opened_while_there_is_something_to_decide_on(review: Review):
    change_protocol(review, "[full_text]\n", "[title_abstract.pilot]\nsize = 1\n\n[full_text]\n")
    read_again(review)
    assert next_step(review) == "pilot title-abstract --open --as NAME"
    first = ids(review)[0]
    store.append_event(
        review,
        Event(
            tick(),
            TITLE_ABSTRACT,
            EventKind.PILOT_OPENED,
            "ab",
            records=(first,),
            people=("ab", "cd"),
        ),
    )
    assert next_step(review) == "screen title-abstract --as ab (1 left)"


def test_a_pilot_of_nothing_is_not_waited_for(review: Review):
    change_protocol(review, "[full_text]\n", "[title_abstract.pilot]\nsize = 1\n\n[full_text]\n")
    store.write_records(review, [record("pubmed:1", year=1950)])
    store.write_duplicates(review, [], [])
    path = review.path("config/review.toml")
    path.write_text(path.read_text(encoding="utf-8") + "\n[limits]\nfirst_year = 1970\n")
    for name in ("records", "duplicates", "possible_duplicates"):
        review.path(f"data/derived/{name}.csv").touch()
    assert work_out_progress(review).phases[0].locked
    assert next_step(review) == "run"


def test_pairs_left_to_people_are_judged_before_anybody_screens(review: Review):
    first, second = ids(review)
    pair = PossibleDuplicate(first, second, 0.9)
    store.write_duplicates(review, [], [pair])
    freshness = Freshness(review)
    keep_made(review, BY_NAME["dedupe"], freshness.made_from(BY_NAME["dedupe"]), freshness)
    assert next_step(review) == "dedupe --review --as NAME (1 pair)"


def test_nobody_owes_what_a_stopping_rule_left_unread(review: Review):
    both(review, ids(review)[0], "exclude")
    path = review.path("config/review.toml")
    text = path.read_text(encoding="utf-8")
    words = '\n[stopping]\ndecided_on = 2023-05-02\nrule = "enough"\n'
    path.write_text(text + words, "utf-8")
    assert sum(each.owed for each in work_out_progress(review).phases[0].reviewers) > 0
    now = datetime(2023, 5, 3, 9, tzinfo=UTC)
    look = look_at(load_state(review), Phase.TITLE_ABSTRACT, by="ab", now=now).look
    store.append_look(review, look)
    path.write_text(f'{text}{words}look = "2023-05-03T09:00:00Z"\n', "utf-8")
    progress = work_out_progress(review)
    assert [each.owed for each in progress.phases[0].reviewers] == [0, 0]
    assert (progress.phases[0].awaiting, progress.phases[0].not_screened) == (0, 1)
    assert next_step(review) == "run"
