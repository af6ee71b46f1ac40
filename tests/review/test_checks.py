"""`check`: raw files unchanged, every decision about a known record by a known person."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scopingreview import config, store
from scopingreview.model import Export, Search
from scopingreview.paths import Review
from tests.conftest import Run
from tests.reviews import change_protocol, decide, found_with, record, retrieved

RECORDS = [record("pubmed:1"), record("pubmed:2"), record("scopus:1")]


def registered(tmp_path: Path) -> Review:
    """A review with one registered export, imported and linked."""
    review = found_with(tmp_path, RECORDS, duplicates={"scopus:1": "pubmed:1"})
    file = review.path("data/raw/pubmed/a.nbib")
    file.write_bytes(b"PMID- 1\n")
    export = Export("data/raw/pubmed/a.nbib", store.sha256(file))
    config.save_search(review, Search("pubmed-2023-05-01", "pubmed", (export,)))
    return review


def codes(run: Run, review: Review) -> list[str]:
    findings = json.loads(run("check", "-C", review.root, "--json").out)["findings"]
    return [finding["code"] for finding in findings if finding["code"][0] in "RV"]


def test_a_review_whose_files_hold_together_has_no_finding(run: Run, tmp_path: Path):
    assert codes(run, registered(tmp_path)) == []


def test_an_edited_export_is_found(run: Run, tmp_path: Path):
    review = registered(tmp_path)
    review.path("data/raw/pubmed/a.nbib").write_bytes(b"PMID- 2\n")
    assert codes(run, review) == ["R02"]
    assert run("check", "-C", tmp_path).status == 1


def test_a_lost_export_is_found(run: Run, tmp_path: Path):
    review = registered(tmp_path)
    review.path("data/raw/pubmed/a.nbib").unlink()
    assert codes(run, review) == ["R01"]


def test_an_export_dropped_in_by_hand_is_named_with_the_command_that_registers_it(
    run: Run, tmp_path: Path
):
    review = registered(tmp_path)
    review.path("data/raw/scopus/s.ris").write_bytes(b"TY  - JOUR\nER  - \n")
    command = "scopingreview add data/raw/scopus/s.ris --source scopus"
    assert codes(run, review) == ["R03"]
    assert command in run("check", "-C", tmp_path).out
    status = run("status", "-C", tmp_path)
    assert command in status.err
    assert "data/raw/scopus/s.ris is in data/raw but belongs to no search" in status.out


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (decide("pubmed:3", "include", "ab"), "V01"),
        (decide("pubmed:1", "include", "zz"), "V02"),
        (decide("pubmed:1", "exclude", "ab", reason="topc"), "V03"),
    ],
)
def test_a_decision_that_cannot_count_is_found(run: Run, tmp_path: Path, decision, code: str):
    review = registered(tmp_path)
    store.append_decision(review, decision)
    assert codes(run, review) == [code]


def test_a_reason_that_left_the_protocol_is_found_only_where_it_stands(run: Run, tmp_path: Path):
    review = registered(tmp_path)
    store.append_decision(review, decide("pubmed:1", "exclude", "ab", reason="topic"))
    store.append_decision(review, decide("pubmed:2", "exclude", "ab", reason="topic"))
    store.append_decision(review, decide("pubmed:2", "include", "ab"))
    change_protocol(review, "topic = ", "subject = ")
    findings = json.loads(run("check", "-C", tmp_path, "--json").out)["findings"]
    assert [f["records"] for f in findings if f["code"] == "V03"] == [["pubmed:1"]]


def test_consensus_on_a_record_that_is_not_in_conflict_is_a_note(run: Run, tmp_path: Path):
    review = registered(tmp_path)
    store.append_consensus(review, [decide("pubmed:2", "include", "ef")])
    assert codes(run, review) == ["V05"]
    assert run("check", "-C", tmp_path).status == 0


def test_a_person_who_contradicts_themselves_on_a_duplicate_is_told(run: Run, tmp_path: Path):
    review = registered(tmp_path)
    store.append_decision(review, decide("pubmed:1", "include", "ab"))
    store.append_decision(review, decide("scopus:1", "exclude", "ab"))
    assert codes(run, review) == ["V06"]


def test_a_retrieval_of_an_unknown_record_is_found(run: Run, tmp_path: Path):
    review = registered(tmp_path)
    store.append_retrievals(review, [retrieved("pubmed:9")])
    assert codes(run, review) == ["V01"]


def test_an_export_that_is_gone_stops_run_and_the_final_count(run: Run, tmp_path: Path):
    review = registered(tmp_path)
    review.path("data/raw/pubmed/a.nbib").unlink()
    for words in (("run",), ("count", "--final")):
        answer = run(*words, "-C", tmp_path)
        assert answer.status == 1
        assert "data/raw/pubmed/a.nbib" in answer.err
        assert "registered but not there" in answer.err


def test_an_export_that_was_edited_stops_the_final_count(run: Run, tmp_path: Path):
    review = registered(tmp_path)
    review.path("data/raw/pubmed/a.nbib").write_bytes(b"PMID- 2\n")
    answer = run("count", "--final", "-C", tmp_path)
    assert answer.status == 1
    assert "a.nbib is not the file that was added" in answer.err


def test_a_strategy_that_was_edited_is_found(run: Run, tmp_path: Path):
    review = registered(tmp_path)
    strategy = review.path("config/searches/pubmed.txt")
    strategy.parent.mkdir(exist_ok=True)
    strategy.write_text("rest")
    (search,) = config.load_searches(review, config.load_protocol(review))
    sha256 = store.sha256(strategy)
    config.save_search(
        review, replace(search, strategy="config/searches/pubmed.txt", strategy_sha256=sha256)
    )
    assert codes(run, review) == []
    strategy.write_text("rest OR sleep")
    assert codes(run, review) == ["R06"]
