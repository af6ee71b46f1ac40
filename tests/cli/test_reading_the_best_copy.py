"""Wherever a record is read, its gaps are filled from its duplicates, and that is said."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import rispy

from scopingreview import store
from scopingreview.paths import RECORDS, Review
from scopingreview.review.state import load_state
from scopingreview.work.filters import Filter, among
from scopingreview.work.session import Session, screening_desk
from tests.conftest import Run
from tests.reviews import TITLE_ABSTRACT, change_protocol, decide, found_with, record, retrieved

ABSTRACT = "We asked nurses on night wards."


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """A record of PubMed without an abstract, and its duplicate of Scopus that has one."""
    review = found_with(
        tmp_path,
        [
            record("pubmed:1", title="Naps", year=2020),
            record("scopus:1", title="Naps!", year=2021, volume="7", abstract=ABSTRACT),
            record("pubmed:2", title="Rest", abstract="We slept."),
        ],
        duplicates={"scopus:1": "pubmed:1"},
    )
    change_protocol(review, "[title_abstract]\n", '[title_abstract]\norder = "imported"\n')
    change_protocol(review, "reviewers_needed = 2", "reviewers_needed = 1")
    return review


def test_the_prompt_shows_the_abstract_and_names_its_source(review: Review, run: Run):
    shown = run("screen", "ta", "--as", "ab", "--plain", "-C", review.root, typed="i\nq\n").out
    first, second = shown.split("-- 1 left")
    assert ABSTRACT in first
    assert "Taken from: year, volume, abstract (Scopus)" in first
    assert "Taken from" not in second


def test_the_adjudicator_reads_the_same_copy(review: Review, run: Run):
    change_protocol(review, "reviewers_needed = 1", "reviewers_needed = 2")
    for verdict, name in (("include", "ab"), ("exclude", "cd")):
        store.append_decision(review, decide("pubmed:1", verdict, name))
    shown = run("conflicts", "ta", "--as", "ef", "--plain", "-C", review.root, typed="q\n").out
    assert ABSTRACT in shown
    assert "Taken from: year, volume, abstract (Scopus)" in shown


def test_sheets_and_exports_carry_it_and_say_so(review: Review, run: Run, tmp_path: Path):
    said = "year, volume, abstract (Scopus)"
    run("export", tmp_path / "ab.csv", "--for-screening", "ta", "--as", "ab", "-C", review.root)
    sheet = (tmp_path / "ab.csv").read_text(encoding="utf-8-sig")
    first, second = csv.DictReader(io.StringIO(sheet))
    assert (first["abstract"], first["taken_from"]) == (ABSTRACT, said)
    assert second["taken_from"] == ""
    run("export", tmp_path / "all.ris", "-C", review.root)
    first, second = rispy.loads((tmp_path / "all.ris").read_text(encoding="utf-8"))
    assert (first["abstract"], first["year"]) == (ABSTRACT, "2021")
    assert f"taken from: {said}" in first["notes"]
    assert not any("taken from" in note for note in second["notes"])


def test_a_duplicate_that_is_written_out_itself_is_as_its_database_gave_it(
    review: Review, run: Run, tmp_path: Path
):
    run("export", tmp_path / "out.csv", "--box", "duplicates", "-C", review.root)
    sheet = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(sheet))
    assert (row["record_id"], row["title"], row["taken_from"]) == ("scopus:1", "Naps!", "")


def test_an_excluded_report_is_cited_as_it_appeared_in_print(review: Review, run: Run):
    store.append_decision(review, decide("pubmed:1", "include", "ab"))
    store.append_retrievals(review, [retrieved("pubmed:1")])
    run("screen", "ft", "--as", "ab", "--record", "pubmed:1", "--verdict", "exclude",
        "--reason", "population", "-C", review.root)  # fmt: skip
    assert run("count", "-C", review.root).status == 0
    assert "Naps. 2021;7." in review.path("results/excluded_reports.md").read_text()


def test_trace_shows_the_record_as_it_was_and_what_is_read(review: Review, run: Run):
    found = json.loads(run("trace", "pubmed:1", "--json", "-C", review.root).out)
    assert (found["record"]["abstract"], found["record"]["year"]) == ("", 2020)
    assert found["best"]["record"]["abstract"] == ABSTRACT
    assert found["best"]["taken"]["abstract"] == ["scopus:1"]
    shown = run("trace", "pubmed:1", "-C", review.root).out
    assert "Read from: year, volume, abstract (Scopus)" in shown


@pytest.mark.parametrize("words", [("night",), ("naps", "night"), ("NAPS",)])
@pytest.mark.parametrize("on_disk", [True, False])
def test_words_are_found_wherever_a_copy_has_them(
    review: Review, words: tuple[str, ...], on_disk: bool
):
    state = load_state(review, records=store.RecordFile(review) if on_disk else None)
    desk = screening_desk(state, TITLE_ABSTRACT)
    session = Session(review, state, desk=desk, person="ab", queue=state.unique_ids)
    found = among(session, Filter(words=words), ["pubmed:1", "pubmed:2"])
    assert list(found) == ["pubmed:1"]


def test_the_newest_first_goes_by_the_year_that_is_read(review: Review, run: Run):
    change_protocol(review, 'order = "imported"', 'order = "newest"')
    rows = [record("pubmed:1", year=2018), record("scopus:1", year=2021, volume="7"),
            record("pubmed:2", year=2020)]  # fmt: skip
    store.write_records(review, rows)
    waiting = json.loads(run("screen", "ta", "--as", "ab", "--json", "-C", review.root).out)
    assert waiting["waiting"] == ["pubmed:1", "pubmed:2"]


def test_no_limit_and_no_count_looks_at_another_copy(review: Review):
    change_protocol(review, "# [limits]\n", "[limits]\nfirst_year = 2021\n")
    state = load_state(review)
    assert state.as_read("pubmed:1").year == 2021
    assert state.eligibility.removed == {"pubmed:1": "published too early"}


def test_records_stay_as_they_were(review: Review, run: Run):
    before = review.path(RECORDS).read_bytes()
    run("screen", "ta", "--as", "ab", "--plain", "-C", review.root, typed="i\nq\n")
    assert review.path(RECORDS).read_bytes() == before
