"""Small reviews to test with: a record, a decision, a whole folder, each with the least words."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scopingreview import config, store
from scopingreview.model import (
    Decision,
    Duplicate,
    Phase,
    Protocol,
    Record,
    Retrieval,
    RetrievalStatus,
    Verdict,
)
from scopingreview.paths import Review
from scopingreview.stages.adding import SearchDetails, add_exports
from scopingreview.stages.new_review import Plan, found_review

START = datetime(2023, 5, 1, 9, 0, tzinfo=UTC)
TITLE_ABSTRACT, FULL_TEXT = Phase.TITLE_ABSTRACT, Phase.FULL_TEXT

_minutes = iter(range(10**9))


def tick() -> datetime:
    """A minute later than the last time."""
    return START + timedelta(minutes=next(_minutes))


def record(record_id: str, **values: object) -> Record:
    """A record of the source its id begins with."""
    source = record_id.split(":")[0]
    blank = Record(record_id, source=source, search=f"{source}-2023-05-01", title=f"On {record_id}")
    return replace(blank, **values)  # type: ignore[arg-type]


def decide(
    record_id: str, verdict: str, by: str, phase: Phase = TITLE_ABSTRACT, reason: str = ""
) -> Decision:
    """A decision a minute after the last one."""
    return Decision(tick(), record_id, phase, Verdict(verdict), by, reason)


def retrieved(record_id: str, status: str = "retrieved") -> Retrieval:
    """A step in getting hold of a report, a minute after the last one."""
    return Retrieval(tick(), record_id, RetrievalStatus(status))


def found(
    folder: Path,
    *,
    sources: Iterable[str] = ("pubmed", "scopus"),
    reviewers: Iterable[str] = ("ab", "cd"),
) -> Review:
    """A new review with an adjudicator, ef, and no records."""
    found_review(folder, Plan("A review", list(sources), list(reviewers), ["ef"]))
    return Review(folder)


def found_with(
    folder: Path,
    records: Iterable[Record],
    *,
    duplicates: Mapping[str, str] | None = None,
    decisions: Iterable[Decision] = (),
) -> Review:
    """A review whose records are imported and linked (`duplicates`: record to unique record)."""
    review = found(folder)
    store.write_records(review, records)
    links = [Duplicate(a, b, rule="same DOI") for a, b in (duplicates or {}).items()]
    store.write_duplicates(review, links, [])
    for decision in decisions:
        store.append_decision(review, decision)
    return review


def found_with_exports(folder: Path) -> Review:
    """A review with an export of each source, added and not yet imported."""
    review = found(folder)
    for source in ("pubmed", "scopus"):
        export = folder.parent / f"{source}.ris"
        export.write_text(
            "".join(
                f"TY  - JOUR\nID  - {number}\nTI  - {title} of {source}\nAU  - Ek, Bo\n"
                f"PY  - 2011\nER  - \n\n"
                for number, title in enumerate(("Rest on night wards", "Naps after rounds"), 1)
            )
        )
        details = SearchDetails(source=source, run_on=START.date(), hits=2)
        add_exports(review, [export], details)
    return review


def protocol(review: Review) -> Protocol:
    """The protocol of the review."""
    return config.load_protocol(review)


def change_protocol(review: Review, old: str, new: str) -> None:
    """config/review.toml with one text in place of another."""
    path = review.path("config/review.toml")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file under the folder and its bytes; what only remembers times is left out."""
    return {
        os.fspath(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "digests.json"
    }
