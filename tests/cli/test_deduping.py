"""The dedupe command: links, people's words on pairs, and why."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.model import Record
from scopingreview.paths import Review
from tests.conftest import Run
from tests.reviews import change_protocol, found, found_with_exports, snapshot

ONE = Record(
    "pubmed:1",
    source="pubmed",
    title="Compassion training for prison officers",
    authors=("Ito, Ken",),
    year=2019,
    journal="Prison Work",
    doi="10.5555/pw.1",
)
COPY = replace(ONE, record_id="scopus:1", source="scopus")
RIVAL = replace(ONE, record_id="scopus:2", source="scopus", doi="10.5555/pw.2")


@pytest.fixture
def review(tmp_path: Path) -> Review:
    review = found(tmp_path / "review")
    records = [replace(record, ordinal=at) for at, record in enumerate((ONE, COPY, RIVAL), 1)]
    store.write_records(review, records)
    return review


def test_links_and_possible_pairs_are_written(review: Review, run: Run):
    answer = run("dedupe", "-C", review.root)
    assert answer.status == 0
    assert "3 records are 2 reports" in answer.out
    assert "dedupe --review" in answer.err
    (link,) = store.read_duplicates(review)
    assert (link.record_id, link.duplicate_of) == ("scopus:1", "pubmed:1")
    (pair,) = store.read_possible_duplicates(review)
    assert {pair.record_id, pair.other_id} == {"pubmed:1", "scopus:2"}


def test_the_same_input_gives_the_same_bytes(review: Review, run: Run):
    run("dedupe", "-C", review.root)
    before = snapshot(review.root)
    run("dedupe", "-C", review.root)
    assert snapshot(review.root) == before


def test_json_counts_by_source_by_pair_of_sources_and_by_rule(review: Review, run: Run):
    document = json.loads(run("dedupe", "-C", review.root, "--json").out)
    assert document["removed"] == {"scopus": 1}
    assert document["pairs"] == {"scopus": {"pubmed": 1}}
    assert document["rules"] == {"same DOI and title": 1}


def test_nothing_is_linked_before_import(tmp_path: Path, run: Run):
    answer = run("dedupe", "-C", found(tmp_path / "empty").root)
    assert answer.status == 1
    assert "scopingreview import" in answer.err


def test_a_word_is_a_line_in_the_judges_file_and_changes_the_links(review: Review, run: Run):
    words = ("--record", "pubmed:1", "--other", "scopus:1", "--different", "--as", "ab")
    assert run("dedupe", "-C", review.root, *words).status == 0
    lines = review.judgements("ab").read_text("utf-8").splitlines()
    assert lines[-1].endswith(",pubmed:1,scopus:1,no,")
    run("dedupe", "-C", review.root)
    assert store.read_duplicates(review) == []


def test_the_same_word_twice_is_written_once(review: Review, run: Run):
    words = ("--record", "pubmed:1", "--other", "scopus:1", "--same", "--as", "ab")
    run("dedupe", "-C", review.root, *words)
    answer = run("dedupe", "-C", review.root, *words)
    assert "stood already" in answer.out
    assert len(review.judgements("ab").read_text("utf-8").splitlines()) == 2


def test_a_word_can_be_taken_back(review: Review, run: Run):
    pair = ("--record", "pubmed:1", "--other", "scopus:1", "--as", "ab")
    run("dedupe", "-C", review.root, *pair, "--different")
    run("dedupe", "-C", review.root, *pair, "--withdraw")
    run("dedupe", "-C", review.root)
    assert len(store.read_duplicates(review)) == 1
    assert len(review.judgements("ab").read_text("utf-8").splitlines()) == 3


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--record", "pubmed:1", "--other", "scopus:9", "--same", "--as", "ab"), 1, "scopus:9"),
        (("--record", "pubmed:1", "--other", "scopus:1", "--same", "--as", "zz"), 1, "zz"),
        (("--record", "pubmed:1", "--other", "pubmed:1", "--same", "--as", "ab"), 1, "different"),
        (("--record", "pubmed:1", "--same", "--as", "ab"), 2, "--other"),
        (("--record", "pubmed:1", "--other", "scopus:1", "--same"), 2, "--as"),
        (("--explain", "pubmed:1", "pubmed:7"), 1, "pubmed:7"),
    ],
)
def test_what_cannot_be_judged_is_refused_and_nothing_is_written(
    review: Review, run: Run, words: tuple[str, ...], status: int, said: str
):
    before = snapshot(review.root)
    answer = run("dedupe", "-C", review.root, *words)
    assert answer.status == status
    assert said in answer.err
    assert snapshot(review.root) == before


def test_pairs_are_judged_one_by_one_and_a_word_is_undone(review: Review, run: Run):
    run("dedupe", "-C", review.root)
    answer = run("dedupe", "-C", review.root, "--review", "--as", "ab", typed="c\nsame text\ns\n")
    assert "x DOI" in answer.out
    assert "*10.5555/pw.2*" in answer.out
    assert "1 judged in this sitting, 0 pairs left" in answer.err
    run("dedupe", "-C", review.root)
    assert len(store.read_duplicates(review)) == 2
    notes = [judgement.note for judgement in store.read_judgements(review)]
    assert notes == ["same text"]


def test_undo_puts_the_pair_back_on_the_table(review: Review, run: Run):
    store.write_records(
        review,
        [
            replace(record, ordinal=at)
            for at, record in enumerate(
                (ONE, RIVAL, replace(RIVAL, record_id="scopus:3", doi="10.5555/pw.3")), 1
            )
        ],
    )
    run("dedupe", "-C", review.root)
    answer = run("dedupe", "-C", review.root, "--review", "--as", "ab", typed="d\nu\nk\nq\n")
    assert "Taken back" in answer.out
    assert [judgement.same for judgement in store.read_judgements(review)] == [False, None]
    assert "0 judged in this sitting, 3 pairs left" in answer.err


def test_a_pair_that_was_judged_is_not_shown_again(review: Review, run: Run):
    run("dedupe", "-C", review.root)
    run("dedupe", "-C", review.root, "--review", "--as", "ab", typed="d\n")
    answer = run("dedupe", "-C", review.root, "--review", "--as", "cd", typed="")
    assert answer.err.startswith("Nothing to judge: no pair waits for anybody's word.\n")


def test_where_no_pair_waits_the_next_step_is_that_of_the_review(tmp_path: Path, run: Run):
    review = found_with_exports(tmp_path / "review")
    run("run", "-C", review.root)
    answer = run("dedupe", "-C", review.root, "--review", "--as", "ab", typed="")
    assert answer.err.splitlines() == [
        "Nothing to judge: no pair waits for anybody's word.",
        "Next: scopingreview screen title-abstract --as ab (4 left)",
    ]


def test_who_leaves_without_a_word_is_led_back_to_the_pairs(review: Review, run: Run):
    run("dedupe", "-C", review.root)
    answer = run("dedupe", "-C", review.root, "--review", "--as", "ab", typed="q\n")
    assert answer.err.splitlines() == [
        "0 judged in this sitting, 1 pair left.",
        "Next: scopingreview dedupe --review --as ab (1 pair)",
    ]


def test_people_who_contradict_each_other_are_told_so(review: Review, run: Run):
    pair = ("--record", "pubmed:1", "--other", "scopus:1")
    run("dedupe", "-C", review.root, *pair, "--same", "--as", "ab")
    run("dedupe", "-C", review.root, *pair, "--different", "--as", "cd")
    answer = run("dedupe", "-C", review.root)
    assert "contradiction: pubmed:1 and scopus:1" in answer.err
    assert store.read_duplicates(review) == []


def test_explain_prints_the_evidence_and_the_rule(review: Review, run: Run):
    answer = run("dedupe", "-C", review.root, "--explain", "pubmed:1", "scopus:2")
    assert "are possible" in answer.out
    assert 'veto "different DOI"' in answer.out
    assert "What would change it" in answer.out


def test_the_protocol_decides_whether_preprints_are_together(review: Review, run: Run):
    preprint = replace(
        ONE, record_id="scopus:4", source="scopus", journal="medRxiv", doi="10.1101/2019.5"
    )
    store.write_records(review, [ONE, preprint])
    run("dedupe", "-C", review.root)
    assert store.read_duplicates(review) == []
    change_protocol(
        review, "[title_abstract]", '[dedupe]\npreprints = "together"\n\n[title_abstract]'
    )
    run("dedupe", "-C", review.root)
    assert len(store.read_duplicates(review)) == 1


def test_records_are_read_in_chunks_that_end_between_records(review: Review, monkeypatch):
    monkeypatch.setattr("scopingreview.store.record_chunks.SMALLEST_CHUNK", 200)
    records = [
        replace(ONE, record_id=f"pubmed:{at}", ordinal=at, abstract='Two\nlines, "quoted"\n\n,' * 3)
        for at in range(60)
    ]
    store.write_records(review, records)
    chunks = store.records_in_chunks(review, 7, store.record_of_row)
    assert len(chunks) == 7
    assert [record for chunk in chunks for record in chunk] == records
