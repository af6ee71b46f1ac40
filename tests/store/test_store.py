"""Data files: what is written reads back, what people decided is only ever appended to."""

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scopingreview import store
from scopingreview.errors import CombinedError, MissingInputError, ReviewError
from scopingreview.model import (
    Content,
    Decision,
    DuplicateJudgement,
    PossibleDuplicate,
    Record,
    Verdict,
)
from scopingreview.paths import POSSIBLE_DUPLICATES, SCREENED, Review
from tests.reviews import TITLE_ABSTRACT, decide, found, found_with, record, retrieved, tick

text = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\r"), max_size=30
).map(str.strip)
names = st.lists(text.filter(lambda name: name and ";" not in name), max_size=3).map(tuple)
records = st.builds(
    Record,
    record_id=text,
    source=text,
    ordinal=st.integers(1, 10**6),
    title=text,
    authors=names,
    year=st.none() | st.integers(1000, 2100),
    doi=text,
    abstract=st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n")),
    keywords=names,
)


@given(st.lists(records, max_size=5))
def test_any_records_read_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, some):
    review = Review(tmp_path_factory.mktemp("review"))
    assert store.write_records(review, some) == len(some)
    assert list(store.read_records(review)) == some


def test_a_missing_table_names_the_stage_that_makes_it(tmp_path: Path):
    with pytest.raises(
        MissingInputError, match=r"data/derived/records\.csv.*\n.*scopingreview import"
    ):
        list(store.read_records(Review(tmp_path)))


def test_writing_again_replaces_the_table_whole(tmp_path: Path):
    review = Review(tmp_path)
    store.write_records(review, [record("pubmed:1"), record("pubmed:2")])
    store.write_records(review, [record("pubmed:3")])
    assert [each.record_id for each in store.read_records(review)] == ["pubmed:3"]
    written = {path.name for path in (tmp_path / "data/derived").iterdir()}
    assert written == {"records.csv", "record_index.json"}


def test_an_interrupted_writing_leaves_the_old_table(tmp_path: Path):
    review = Review(tmp_path)
    store.write_records(review, [record("pubmed:1")])

    def cut_short() -> Iterator[Record]:
        yield record("pubmed:2")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.write_records(review, cut_short())
    assert [each.record_id for each in store.read_records(review)] == ["pubmed:1"]


def test_decisions_are_appended_and_earlier_lines_stay_to_the_byte(tmp_path: Path):
    review = found(tmp_path)
    path = review.decisions(TITLE_ABSTRACT, "ab")
    store.append_decision(review, decide("pubmed:1", "include", "ab"))
    before = path.read_bytes()
    second = decide("pubmed:2", "exclude", "ab", reason="topic")
    store.append_decision(review, second)
    assert path.read_bytes().startswith(before)
    assert path.read_bytes().count(b"\n") == 3
    assert store.read_decisions(review, TITLE_ABSTRACT)[-1] == second


def test_a_line_is_a_decision_whatever_the_comment_holds(tmp_path: Path):
    review = found(tmp_path)
    decision = Decision(
        tick(), "pubmed:1", TITLE_ABSTRACT, Verdict.MAYBE, "ab", note='says "no",\n\nbut why?'
    )
    store.append_decision(review, decision)
    assert review.decisions(TITLE_ABSTRACT, "ab").read_text().count("\n") == 2
    (read,) = store.read_decisions(review, TITLE_ABSTRACT)
    assert read.note == 'says "no", but why?'


def test_a_decision_that_a_full_disk_cuts_short_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    review = found(tmp_path)
    store.append_decision(review, decide("pubmed:1", "include", "ab"))
    path = review.decisions(TITLE_ABSTRACT, "ab")
    before = path.read_bytes()
    write = os.write

    def half(descriptor: int, content: bytes) -> int:
        write(descriptor, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(ReviewError, match="could not be written: No space left"):
        store.append_decision(review, decide("pubmed:2", "include", "ab"))
    assert path.read_bytes() == before


def test_a_decision_of_which_only_a_part_was_written_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    review = found(tmp_path)
    store.append_decision(review, decide("pubmed:1", "include", "ab"))
    path = review.decisions(TITLE_ABSTRACT, "ab")
    before = path.read_bytes()
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, content: write(file, content[:-5]))
    with pytest.raises(ReviewError, match="could not be written"):
        store.append_decision(review, decide("pubmed:2", "include", "ab"))
    assert path.read_bytes() == before


def test_everybodys_decisions_come_in_order_of_time(tmp_path: Path):
    review = found(tmp_path)
    made = [decide("pubmed:1", "include", "cd"), decide("pubmed:1", "exclude", "ab")]
    for decision in reversed(made):
        store.append_decision(review, decision)
    assert store.read_decisions(review, TITLE_ABSTRACT) == made


def test_two_branches_that_both_began_a_file_merge_into_one_that_reads(tmp_path: Path):
    review = found(tmp_path)
    store.append_decision(review, decide("pubmed:1", "include", "ab"))
    path = review.decisions(TITLE_ABSTRACT, "ab")
    path.write_text(path.read_text() * 2)
    assert len(store.read_decisions(review, TITLE_ABSTRACT)) == 2


def test_every_bad_line_is_named_at_once(tmp_path: Path):
    review = found(tmp_path)
    path = review.decisions(TITLE_ABSTRACT, "ab")
    path.write_text(
        "decided_at,record_id,verdict,reason,labels,note,criteria\n"
        "yesterday,pubmed:1,include,,,,\n"
        "2023-05-01T09:00:00Z,pubmed:2,inclde,,,,\n"
        "2023-05-01T09:00:00Z,pubmed:3\n"
        "2023-05-01T09:00:00Z,pubmed:4,include,,,,\n"
    )
    with pytest.raises(CombinedError) as caught:
        store.read_decisions(review, TITLE_ABSTRACT)
    assert sorted(error.line for error in caught.value.errors) == [2, 3, 4]
    assert 'Did you mean "include"?' in str(caught.value)


def test_a_file_that_a_spreadsheet_saved_anew_is_refused(tmp_path: Path):
    review = found(tmp_path)
    path = review.decisions(TITLE_ABSTRACT, "ab")
    path.write_text("decided_at;record_id;verdict;reason;labels;note;criteria\n")
    with pytest.raises(ReviewError, match=r"ab\.csv:1: the first line must be decided_at,"):
        store.read_decisions(review, TITLE_ABSTRACT)


def test_a_file_that_a_spreadsheet_saved_in_its_own_encoding_is_refused(tmp_path: Path):
    review = found(tmp_path)
    store.append_decision(review, replace(decide("pubmed:1", "include", "ab"), note="für später"))
    path = review.decisions(TITLE_ABSTRACT, "ab")
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    with pytest.raises(ReviewError, match=r"ab\.csv: this file is not UTF-8\n.*spreadsheet"):
        store.read_decisions(review, TITLE_ABSTRACT)


def test_consensus_judgements_and_retrievals_read_back_as_they_were(tmp_path: Path):
    review = found(tmp_path)
    settled = decide("pubmed:1", "exclude", "ef", reason="topic")
    judged = DuplicateJudgement(tick(), "pubmed:1", "scopus:1", True, "ab", "a reprint")
    step = retrieved("pubmed:1")
    store.append_consensus(review, [settled])
    store.append_judgement(review, judged)
    store.append_retrievals(review, [step])
    assert store.read_consensus(review, TITLE_ABSTRACT) == [settled]
    assert store.read_judgements(review) == [judged]
    assert store.read_retrievals(review) == [step]
    assert store.read_decisions(review, TITLE_ABSTRACT) == []


def test_a_word_on_a_pair_that_nobody_knows_is_named(tmp_path: Path):
    review = found(tmp_path)
    path = review.judgements("ab")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "decided_at,record_id,other_id,same,note\n2023-05-01T09:00:00Z,pubmed:1,scopus:1,perhaps,\n"
    )
    with pytest.raises(ReviewError, match='"same" is yes, no or withdrawn, not "perhaps"'):
        store.read_judgements(review)


def test_times_are_kept_in_utc_whatever_the_zone_at_the_desk(tmp_path: Path):
    review = found(tmp_path)
    made = decide("pubmed:1", "include", "ab")
    store.append_decision(review, made)
    line = review.decisions(TITLE_ABSTRACT, "ab").read_text().splitlines()[1]
    assert datetime.fromisoformat(line.split(",")[0]) == made.decided_at.astimezone(UTC)
    assert line.split(",")[0].endswith("Z")


def test_possible_duplicates_read_back_as_they_were(tmp_path: Path):
    review = Review(tmp_path)
    pair = PossibleDuplicate("pubmed:1", "scopus:1", 0.875, "titles agree, years differ")
    store.write_duplicates(review, [], [pair])
    assert store.read_possible_duplicates(review) == [pair]
    assert store.read_duplicates(review) == []


def test_hidden_files_among_the_exports_are_nobodys(tmp_path: Path):
    review = found(tmp_path)
    (tmp_path / "data/raw/pubmed/.DS_Store").write_bytes(b"\0")
    (tmp_path / "data/raw/pubmed/a.nbib").write_bytes(b"PMID- 1\n")
    assert store.raw_files(review) == ["data/raw/pubmed/a.nbib"]


def test_a_score_that_is_no_number_is_told_with_its_line(tmp_path: Path):
    review = Review(tmp_path)
    store.write_duplicates(review, [], [PossibleDuplicate("pubmed:1", "scopus:1", 0.5, "")])
    path = review.path(POSSIBLE_DUPLICATES)
    path.write_text(path.read_text().replace("0.500", "half"))
    with pytest.raises(ReviewError, match=r"possible_duplicates\.csv:2: a number of this row"):
        store.read_possible_duplicates(review)


def test_a_folder_that_cannot_be_read_is_not_a_folder_without_decisions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    review = found_with(tmp_path, [record("pubmed:1")])
    store.append_decision(review, decide("pubmed:1", "include", "ab"))
    monkeypatch.setattr(os, "scandir", refuses_to_list(review.path(SCREENED)))
    with pytest.raises(PermissionError):
        store.read_decisions(review, TITLE_ABSTRACT)
    with pytest.raises(PermissionError):
        store.log_files(review)


def refuses_to_list(folder: Path) -> Callable[[str], object]:
    """`os.scandir` as it is for somebody who may not read that folder and those below."""
    scandir = os.scandir

    def scan(place: str) -> object:
        if Path(place).is_relative_to(folder):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), place)
        return scandir(place)

    return scan


def test_what_a_record_holds_is_its_last_columns():
    assert store.RECORD_COLUMNS[-len(Content._fields) :] == Content._fields
