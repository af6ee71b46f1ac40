"""The way of a record through the review, as `trace` tells it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from scopingreview import store
from tests.conftest import Run
from tests.reviews import change_protocol, decide, found_with, record, retrieved

MINUTE = datetime(2025, 3, 14, 9, 30, tzinfo=UTC)


def test_what_was_said_in_one_minute_is_told_in_its_order(run: Run, tmp_path: Path):
    review = found_with(tmp_path / "review", [record("pubmed:1")])
    change_protocol(review, "reviewers_needed = 2", "reviewers_needed = 1")
    for second, verdict in enumerate(("include", "exclude", "include")):
        said = decide("pubmed:1", verdict, "ab")
        store.append_decision(review, replace(said, decided_at=MINUTE.replace(second=second)))
    step = replace(retrieved("pubmed:1"), recorded_at=MINUTE.replace(second=30))
    store.append_retrievals(review, [step])
    out = run("trace", "pubmed:1", "-C", review.root).out
    told = [line.split()[2:] for line in out.splitlines() if line.startswith("2025-03-14 09:30")]
    assert told == [
        ["title-abstract", "ab", "include"],
        ["title-abstract", "ab", "exclude"],
        ["title-abstract", "ab", "include"],
        ["retrieval", "retrieved"],
    ]
