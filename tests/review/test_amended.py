"""The methods tell what changed while people screened: criteria, an overridden pilot, who left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.model import Event, EventKind
from scopingreview.paths import Review
from scopingreview.review.reporting import report_page
from scopingreview.screening import criteria_version
from tests.report.test_page import a_review
from tests.review.test_checklists import item_of
from tests.reviews import TITLE_ABSTRACT, change_protocol, decide, protocol, tick


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return a_review(tmp_path / "review")


def happens(review: Review, kind: EventKind, note: str, *people: str) -> str:
    """The day on which it happened."""
    event = Event(tick(), TITLE_ABSTRACT, kind, "ef", people=people, note=note)
    store.append_event(review, event)
    return f"{event.recorded_at:%Y-%m-%d}"


def methods(review: Review) -> str:
    return " ".join(report_page(review).methods)


def test_a_review_in_which_nothing_changed_says_nothing_of_it(review: Review):
    told = methods(review)
    assert "amended" not in told
    assert "left" not in told
    assert "other criteria" not in told


def test_amended_criteria_are_told_with_the_reason_and_what_was_decided_before(review: Review):
    earlier = criteria_version(protocol(review).phases[TITLE_ABSTRACT])
    store.append_decision(review, replace(decide("pubmed:1", "include", "ab"), criteria=earlier))
    change_protocol(review, "criteria = [", 'criteria = ["Nurses only",')
    version = criteria_version(protocol(review).phases[TITLE_ABSTRACT])
    day = happens(review, EventKind.CRITERIA_AMENDED, f"{version}: too many teachers.")
    told = methods(review)
    assert f"The criteria of title and abstract were amended on {day}: too many teachers." in told
    assert "that stand were made under other criteria than those of today." in told
    item = item_of(review, "prisma-scr", "5").answer
    assert "too many teachers" in item.text
    assert "data/screened/events.csv" in item.places


def test_who_left_is_told_and_whether_what_they_decided_counts_but_not_why(review: Review):
    happens(review, EventKind.REVIEWER_LEFT, "illness", "cd")
    told = methods(review)
    assert "cd left the screening by title and abstract" in told
    assert "what they had decided counts on." in told
    assert "illness" not in told
    happens(review, EventKind.REVIEWER_SET_ASIDE, "illness", "cd")
    assert "what they had decided no longer counts." in methods(review)


def test_who_left_before_they_had_decided_is_not_told(review: Review):
    change_protocol(
        review,
        '[[reviewers]]\nname = "cd"',
        '[[reviewers]]\nname = "gh"\n\n[[reviewers]]\nname = "cd"',
    )
    happens(review, EventKind.REVIEWER_LEFT, "a new job", "gh")
    assert "gh" not in methods(review)


def test_a_pilot_that_was_overridden_is_told(review: Review):
    change_protocol(
        review,
        "[full_text]",
        "[title_abstract.pilot]\nsize = 2\nagreement = 0.9\n\n[full_text]",
    )
    day = happens(review, EventKind.PILOT_OVERRIDDEN, "all had screened the first version")
    told = methods(review)
    assert f"The pilot of title and abstract was overridden on {day}: all had screened" in told
