"""`correct`: a line with who, when and why; everything after reads it; another takes it back."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.model import Correction
from scopingreview.paths import RECORDS, Review
from scopingreview.review.state import load_state
from scopingreview.stages.deduping import run_dedupe
from tests.conftest import Run
from tests.reviews import START, change_protocol, found_with, record, snapshot

ABSTRACT = "We asked forty nurses on night wards how they sleep, and whether naps help them."


@pytest.fixture
def review(tmp_path: Path) -> Review:
    review = found_with(
        tmp_path / "review",
        [
            record("pubmed:1", title="Naps of nurses on long night shifts", authors=("Ek, Bo",),
                   year=2008, abstract=ABSTRACT, doi="10.1000/1"),
            record("scopus:1", title="Naps of nurses on long night shifts",
                   authors=("MÃ¼ller, Al",), year=2019, journal="Sleep"),
        ],
    )  # fmt: skip
    change_protocol(review, "reviewers_needed = 2", "reviewers_needed = 1")
    return review


def correct(run: Run, review: Review, *words: str, status: int = 0) -> str:
    answer = run("correct", *words, "-C", review.root)
    assert answer.status == status, answer.err
    return answer.out + answer.err


def lines(review: Review, person: str = "ab") -> list[dict[str, str]]:
    path = review.corrections(person)
    return list(csv.DictReader(path.open(encoding="utf-8"))) if path.is_file() else []


def test_a_correction_is_a_line_with_who_when_and_why(review: Review, run: Run):
    said = correct(
        run, review, "pubmed:1", "--field", "year=1999", "--why", "the PDF", "--as", "ab"
    )
    assert "pubmed:1 year: “1999”, was “2008”" in said
    (line,) = lines(review)
    assert line.pop("recorded_at").endswith("Z")
    assert line == {"record_id": "pubmed:1", "field": "year", "step": "set", "value": "1999",
                    "why": "the PDF"}  # fmt: skip
    assert load_state(review).records["pubmed:1"].year == 1999


def test_records_and_exports_stay_byte_for_byte(review: Review, run: Run):
    before = snapshot(review.root)
    correct(run, review, "pubmed:1", "--field", "title=Rest", "--why", "so it is", "--as", "ab")
    after = snapshot(review.root)
    assert {name for name in after if after[name] != before.get(name)} == {
        "data/screened/corrections/ab.csv"
    }


def test_another_line_takes_it_back(review: Review, run: Run):
    correct(run, review, "pubmed:1", "--field", "year=1999", "--why", "the PDF", "--as", "ab")
    said = correct(run, review, "pubmed:1", "--take-back", "year", "--as", "cd")
    assert "pubmed:1 year: as its database gave it, was “1999”" in said
    assert [each["step"] for each in (*lines(review), *lines(review, "cd"))] == ["set", "withdrawn"]
    assert load_state(review).records["pubmed:1"].year == 2008
    refused = correct(run, review, "pubmed:1", "--take-back", "year", "--as", "cd", status=1)
    assert "year of pubmed:1 is not corrected" in refused


def test_a_clock_that_was_set_back_does_not_turn_the_order(review: Review, run: Run):
    later = START + timedelta(days=40_000)
    store.append_corrections(review, [Correction(later, "pubmed:1", "year", "1998", "cd", "why")])
    correct(run, review, "pubmed:1", "--field", "year=1999", "--why", "the PDF", "--as", "ab")
    assert load_state(review).records["pubmed:1"].year == 1999


def test_what_the_record_says_already_is_not_written(review: Review, run: Run):
    words = ("--field", "doi=https://doi.org/10.1000/1", "--field", "year=1999", "--why", "x")
    said = correct(run, review, "pubmed:1", *words, "--as", "ab")
    assert "1 written, 1 stood already" in said
    assert [each["field"] for each in lines(review)] == ["year"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("pubmed:1", "--field", "year=199", "--why", "x", "--as", "ab"), '"199" is no year'),
        (("pubmed:1", "--field", "doi=none", "--why", "x", "--as", "ab"), "holds no DOI"),
        (("pubmed:1", "--field", "pmid=x", "--why", "x", "--as", "ab"), "holds no PMID"),
        (("pubmed:1", "--field", "yaer=1", "--why", "x", "--as", "ab"), 'Did you mean "year"?'),
        (("pubmed:1", "--field", "source=1", "--why", "x", "--as", "ab"), "can be written"),
        (("pubmed:9", "--field", "year=1999", "--why", "x", "--as", "ab"), "unknown record"),
        (("pubmed:1", "--field", "year=1999", "--why", "x", "--as", "zz"), '"zz" is no reviewer'),
        (("pubmed:1", "--field", "year=1999", "--as", "ab"), "a correction says why"),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_is_written(
    review: Review, run: Run, words: tuple[str, ...], message: str
):
    assert message in correct(run, review, *words, status=1)
    assert lines(review) == []


def test_a_long_text_comes_from_a_file(review: Review, run: Run, tmp_path: Path):
    (tmp_path / "abstract.txt").write_text("AIMS: To ask.\nRESULTS: Few.\n", encoding="utf-8")
    field = f"abstract=@{tmp_path / 'abstract.txt'}"
    correct(run, review, "scopus:1", "--field", field, "--why", "the page", "--as", "ab")
    assert load_state(review).records["scopus:1"].abstract == "AIMS: To ask. RESULTS: Few."


def test_duplicates_are_found_by_what_was_corrected(review: Review, run: Run):
    run_dedupe(review)
    assert store.read_duplicates(review) == []
    words = ("--field", "doi=10.1000/1", "--field", "year=2008", "--field", "authors=Ek, Bo")
    correct(run, review, "scopus:1", *words, "--why", "the PDF", "--as", "ab")
    run_dedupe(review)
    (link,) = store.read_duplicates(review)
    assert (link.record_id, link.duplicate_of) == ("scopus:1", "pubmed:1")
    explained = run("dedupe", "--explain", "pubmed:1", "scopus:1", "-C", review.root)
    assert "same DOI and title" in explained.out


def test_dedupe_is_out_of_date_after_a_correction(review: Review, run: Run):
    run_dedupe(review)
    correct(run, review, "scopus:1", "--field", "year=2008", "--why", "x", "--as", "ab")
    found = json.loads(run("check", "--json", "-C", review.root).out)["findings"]
    assert any("dedupe has to run again" in each["message"] for each in found)


def test_a_limit_looks_at_what_was_corrected_on_any_copy(review: Review, run: Run):
    store.write_duplicates(review, [], [])
    change_protocol(review, "# [limits]\n", "[limits]\nfirst_year = 2000\n")
    assert load_state(review).eligibility.removed == {}
    correct(run, review, "scopus:1", "--field", "year=1999", "--why", "x", "--as", "ab")
    assert load_state(review).eligibility.removed == {"scopus:1": "published too early"}


def test_who_screens_and_who_exports_sees_the_mark(review: Review, run: Run, tmp_path: Path):
    correct(run, review, "scopus:1", "--field", "abstract=We slept.", "--why", "x", "--as", "cd")
    shown = run("screen", "ta", "--as", "ab", "--plain", "-C", review.root, typed="n\nq\n").out
    assert "We slept." in shown
    assert "Taken from: abstract (corrected by cd)" in shown
    run("export", tmp_path / "all.ris", "-C", review.root)
    assert "taken from: abstract (corrected by cd)" in (tmp_path / "all.ris").read_text()


def test_trace_keeps_what_the_database_gave(review: Review, run: Run):
    correct(run, review, "pubmed:1", "--field", "year=1999", "--why", "the PDF", "--as", "ab")
    found = json.loads(run("trace", "pubmed:1", "--json", "-C", review.root).out)
    assert found["record"]["year"] == 2008
    assert found["best"]["record"]["year"] == 1999
    (line,) = found["corrections"]
    assert (line["value"], line["by"], line["why"]) == ("1999", "ab", "the PDF")
    shown = run("trace", "pubmed:1", "-C", review.root).out
    assert "Corrected:" in shown
    assert "2008" in shown


def test_the_standing_corrections_are_listed(review: Review, run: Run):
    correct(run, review, "pubmed:1", "--field", "year=1999", "--why", "the PDF", "--as", "ab")
    assert "1 correction stands" in correct(run, review)
    (listed,) = json.loads(run("correct", "--json", "-C", review.root).out)["corrections"]
    assert (listed["field"], listed["value"]) == ("year", "1999")


def test_text_that_was_encoded_twice_is_offered_and_not_changed(review: Review, run: Run):
    said = correct(run, review, "--suggest")
    assert "“MÃ¼ller, Al” → “Müller, Al”" in said
    assert lines(review) == []
    noted = run("check", "-C", review.root)
    assert "V21 note: 1 text of 1 record is encoded twice" in noted.out + noted.err
    correct(run, review, "--accept", "scopus:1", "--as", "ab")
    assert load_state(review).records["scopus:1"].authors == ("Müller, Al",)
    assert "0 texts" in correct(run, review, "--suggest")


def test_a_text_that_only_looks_odd_is_left_alone(review: Review, run: Run):
    odd = ["Ã la carte", "SÃO PAULO", "naïve “quotes” – £5", "Â", "中文", "Ünïcödé"]
    store.write_records(review, [record(f"pubmed:{at}", title=t) for at, t in enumerate(odd)])
    assert "0 texts" in correct(run, review, "--suggest")


def test_a_line_about_no_record_is_told_with_the_way_out(review: Review, run: Run):
    store.append_corrections(review, [Correction(START, "pubmed:9", "year", "1999", "ab", "x")])
    told = run("check", "-C", review.root)
    assert "V20" in told.out + told.err
    correct(run, review, "pubmed:9", "--take-back", "year", "--as", "ab")
    assert "V20" not in run("check", "-C", review.root).out


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2023-05-01T09:00:00Z,pubmed:1,source,set,x,why", "no field that can be corrected"),
        ("2023-05-01T09:00:00Z,pubmed:1,year,was,1999,why", '"step" is set or withdrawn'),
        ("2023-05-01T09:00:00Z,pubmed:1,year,set,MCM,why", "a year is a whole number"),
    ],
)
def test_a_line_that_says_nothing_is_named_with_its_place(
    review: Review, run: Run, row: str, message: str
):
    path = review.corrections("ab")
    path.parent.mkdir(parents=True)
    path.write_text(f"recorded_at,record_id,field,step,value,why\n{row}\n", encoding="utf-8")
    answer = run("status", "-C", review.root)
    assert answer.status == 1
    assert "data/screened/corrections/ab.csv:2" in answer.err
    assert message in answer.err


def test_nothing_is_written_in_a_dry_run(review: Review, run: Run):
    said = correct(run, review, "pubmed:1", "--field", "year=1999", "--why", "x", "--as", "ab",
                   "--dry-run")  # fmt: skip
    assert "data/screened/corrections/ab.csv" in said
    assert lines(review) == []
    assert review.path(RECORDS).is_file()
