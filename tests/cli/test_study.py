"""`link` and `unlink`: a study has the reports that people said, and no others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.errors import ReviewError
from scopingreview.model import Phase
from scopingreview.paths import STUDIES, Review
from scopingreview.review.state import load_state
from scopingreview.work.open_session import screening_session
from tests.conftest import Run
from tests.reviews import FULL_TEXT, decide, found_with, record, retrieved, snapshot, tick

OLD = "recorded_at,record_id,study,note\n2023-05-01T09:00:00Z,pubmed:1,doe-2011,\n"


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Two reports are included, pubmed:3 is excluded by its full text, pubmed:4 by title."""
    review = found_with(
        tmp_path,
        [*(record(f"pubmed:{n}") for n in range(1, 6)), record("scopus:1")],
        duplicates={"scopus:1": "pubmed:1"},
    )
    by_title = {"1": "include", "2": "include", "3": "include", "4": "exclude", "5": "include"}
    for name in ("ab", "cd"):
        for number, verdict in by_title.items():
            store.append_decision(review, decide(f"pubmed:{number}", verdict, name))
        for number, verdict in {"1": "include", "2": "include", "3": "exclude"}.items():
            reason = "population" if verdict == "exclude" else ""
            said = decide(f"pubmed:{number}", verdict, name, FULL_TEXT, reason)
            store.append_decision(review, said)
    store.append_retrievals(review, [retrieved(f"pubmed:{n}") for n in (1, 2, 3, 5)])
    return review


def in_review(run: Run, review: Review, *words: object):
    return run(*words, "-C", review.root)


def test_linked_reports_are_one_study_and_who_linked_them_is_kept(run: Run, review: Review):
    answer = in_review(run, review, "link", "pubmed:1", "pubmed:2", "--study", "doe", "--as", "ab")
    assert answer.status == 0, answer.err
    links = store.read_study_links(review)
    assert [(x.record_id, x.study, x.by) for x in links] == [
        ("pubmed:1", "doe", "ab"),
        ("pubmed:2", "doe", "ab"),
    ]
    assert "included_studies,,1\n" in (in_review(run, review, "count"), read(review))[1]


def read(review: Review) -> str:
    return review.path("results/counts.csv").read_text(encoding="utf-8")


def test_a_link_that_stands_is_not_written_twice(run: Run, review: Review):
    for _ in range(2):
        in_review(run, review, "link", "pubmed:1", "scopus:1", "--study", "doe", "--as", "ab")
    assert len(store.read_study_links(review)) == 1


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ("pubmed:22", "unknown record"),
        ("pubmed:3", "is excluded by its full text"),
        ("pubmed:4", "is excluded by title and abstract"),
    ],
)
def test_a_report_that_is_not_in_the_review_cannot_be_linked_and_the_nearest_is_named(
    run: Run, review: Review, report: str, told: str
):
    before = snapshot(review.root)
    answer = in_review(run, review, "link", "pubmed:1", report, "--study", "doe", "--as", "ab")
    assert answer.status == 1
    assert told in answer.err
    assert 'Did you mean "pubmed:' in answer.err
    assert snapshot(review.root) == before


def test_a_stranger_links_nothing(run: Run, review: Review):
    answer = in_review(run, review, "link", "pubmed:1", "--study", "doe", "--as", "zz")
    assert answer.status == 1
    assert not review.path(STUDIES).exists()


def test_a_name_that_differs_in_capitals_only_does_not_make_a_second_study(
    run: Run, review: Review
):
    in_review(run, review, "link", "pubmed:1", "--study", "doe-2011", "--as", "ab")
    answer = in_review(run, review, "link", "pubmed:2", "--study", "Doe-2011", "--as", "ab")
    assert answer.status == 1
    assert 'there is a study "doe-2011" already' in answer.err


def test_unlink_takes_a_link_back_with_one_more_line(run: Run, review: Review):
    in_review(run, review, "link", "pubmed:1", "--study", "doe", "--as", "ab")
    before = review.path(STUDIES).read_bytes()
    assert in_review(run, review, "unlink", "scopus:1", "--as", "cd").status == 0
    assert review.path(STUDIES).read_bytes().startswith(before)
    assert store.read_study_links(review)[-1].study == ""
    assert in_review(run, review, "unlink", "pubmed:1", "--as", "cd").status == 1


def test_a_dry_run_says_what_would_be_linked_and_writes_nothing(run: Run, review: Review):
    words = ("link", "pubmed:1", "--study", "doe", "--as", "ab", "--dry-run")
    before = snapshot(review.root)
    answer = in_review(run, review, *words)
    assert "data/screened/studies.csv: 1 more line" in answer.out
    assert snapshot(review.root) == before


def test_a_file_from_before_people_were_kept_is_read_and_appended_to(run: Run, review: Review):
    review.path(STUDIES).write_text(OLD, encoding="utf-8")
    assert store.read_study_links(review)[0].by == ""
    in_review(run, review, "link", "pubmed:2", "--study", "doe-2011", "--as", "ab")
    assert review.path(STUDIES).read_text(encoding="utf-8").startswith(OLD)
    assert [link.by for link in store.read_study_links(review)] == ["", "ab"]


@pytest.mark.parametrize("report", ["pubmed:99", "pubmed:3", "pubmed:4"])
def test_check_finds_a_link_of_a_report_that_is_not_in_the_review(
    run: Run, review: Review, report: str
):
    def found() -> list[object]:
        answer = in_review(run, review, "check", "--json")
        return [each["records"] for each in findings(answer.out) if each["code"] == "V12"]

    assert found() == []
    review.path(STUDIES).write_text(OLD.replace("pubmed:1", report), encoding="utf-8")
    assert found() == [[report]]
    assert in_review(run, review, "check").status == 1
    assert in_review(run, review, "unlink", report, "--as", "ab").status == 0
    assert found() == []


def findings(out: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(out)["findings"]
    return found


def test_trace_shows_the_study_of_a_report_and_its_other_reports(run: Run, review: Review):
    in_review(run, review, "link", "pubmed:1", "pubmed:2", "--study", "doe", "--as", "ab")
    shown = in_review(run, review, "trace", "scopus:1").out
    assert "Study: doe (with pubmed:2), linked by ab on 20" in shown


def test_the_study_that_a_screener_names_goes_through_the_same_checks(review: Review):
    def link(unique_id: str, study: str) -> None:
        with screening_session(review, Phase.FULL_TEXT, "ab", now=tick()) as session:
            session.list.put_on_table(unique_id)
            session.link_study(study, now=tick())

    link("pubmed:5", "doe")
    assert load_state(review).outcomes[FULL_TEXT]["pubmed:5"].standing == "awaiting"
    with pytest.raises(ReviewError, match="is excluded by its full text"):
        link("pubmed:3", "doe")
    with pytest.raises(ReviewError, match='a study "doe" already'):
        link("pubmed:1", "Doe")
    assert [(each.study, each.by) for each in store.read_study_links(review)] == [("doe", "ab")]
