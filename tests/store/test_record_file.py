"""Records read one at a time say the same as records read all together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scopingreview import store
from scopingreview.errors import MissingInputError, ReviewError
from scopingreview.model import Record
from scopingreview.paths import RECORD_INDEX, RECORDS, Review

TEXT = st.text(st.sampled_from('aé,";\n\u2028 中'), max_size=12)
RECORD_ID = st.text(st.sampled_from('aé,":~中'), min_size=1, max_size=6)
RECORDS_OF_ANY_TEXT = st.lists(
    st.builds(Record, record_id=RECORD_ID, title=TEXT, abstract=TEXT, url=TEXT),
    unique_by=lambda record: record.record_id,
    max_size=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=RECORDS_OF_ANY_TEXT)
def test_a_record_is_the_same_whichever_way_it_is_read(
    records: list[Record], tmp_path_factory: pytest.TempPathFactory
):
    review = Review(tmp_path_factory.mktemp("review"))
    store.write_records(review, records)
    read = list(store.read_records(review))
    file = store.RecordFile(review)
    assert list(file) == [record.record_id for record in read]
    assert [file[record.record_id] for record in read] == read


def test_an_import_in_between_changes_nothing_for_who_reads_already(tmp_path: Path):
    review = Review(tmp_path)
    store.write_records(review, [Record("pubmed:1", title="before")])
    file = store.RecordFile(review)
    store.write_records(review, [Record("pubmed:1", title="after, and longer")])
    assert file["pubmed:1"].title == "before"


def test_before_import_the_stage_to_run_is_named(tmp_path: Path):
    with pytest.raises(MissingInputError, match="scopingreview import"):
        store.RecordFile(Review(tmp_path))


@pytest.mark.parametrize("text", ["not,the,header\n", 'record_id\n"never closed\n'])
def test_a_spoiled_file_names_who_can_mend_it(text: str, tmp_path: Path):
    path = tmp_path / RECORDS
    path.parent.mkdir(parents=True)
    path.write_text(text)
    with pytest.raises(ReviewError, match="run scopingreview import"):
        store.RecordFile(Review(tmp_path))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=RECORDS_OF_ANY_TEXT)
def test_with_its_index_or_without_a_file_holds_the_same_records(
    records: list[Record], tmp_path_factory: pytest.TempPathFactory
):
    review = Review(tmp_path_factory.mktemp("review"))
    store.write_records(review, records)
    indexed = store.RecordFile(review)
    review.path(RECORD_INDEX).unlink()
    plain = store.RecordFile(review)
    assert (indexed.is_indexed, plain.is_indexed) == (True, False)
    assert list(indexed.items()) == list(plain.items()) == [(r.record_id, r) for r in records]
    assert indexed.read_from == plain.read_from


def test_how_many_records_each_search_gave_is_known_without_reading_them(tmp_path: Path):
    review = Review(tmp_path)
    searches = ("one", "other", "one")
    store.write_records(
        review, [Record(f"x:{at}", search=name) for at, name in enumerate(searches)]
    )
    assert store.RecordFile(review).read_from == {"one": 2, "other": 1}


def test_an_index_of_other_bytes_counts_for_nothing(tmp_path: Path):
    """Somebody edited records.csv, to the same length; the index still tells of the old one."""
    review = Review(tmp_path)
    store.write_records(review, [Record("pubmed:1", title="before"), Record("pubmed:2")])
    path = review.path(RECORDS)
    path.write_bytes(path.read_bytes().replace(b"pubmed:1,", b"pubmed:9,"))
    file = store.RecordFile(review)
    assert not file.is_indexed
    assert list(file) == ["pubmed:9", "pubmed:2"]


@pytest.mark.parametrize("spoiled", [b"", b"{", b"[]", b'{"form": 2}', b"\xff"])
def test_a_spoiled_index_costs_time_and_nothing_else(spoiled: bytes, tmp_path: Path):
    review = Review(tmp_path)
    store.write_records(review, [Record("pubmed:1", title="here")])
    review.path(RECORD_INDEX).write_bytes(spoiled)
    assert store.RecordFile(review)["pubmed:1"].title == "here"


def test_an_index_is_made_again_of_the_bytes_as_they_are(tmp_path: Path):
    """A spreadsheet has put other line ends into the file."""
    review = Review(tmp_path)
    records = [Record("pubmed:1", search="one", title="a, b"), Record("pubmed:2", search="other")]
    store.write_records(review, records)
    path = review.path(RECORDS)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    store.keep_index(review)
    file = store.RecordFile(review)
    assert file.is_indexed
    assert list(file.values()) == records
    assert file.read_from == {"one": 1, "other": 1}


def test_a_file_with_an_id_twice_has_no_index(tmp_path: Path):
    review = Review(tmp_path)
    store.write_records(review, [Record("pubmed:1")])
    path = review.path(RECORDS)
    path.write_bytes(path.read_bytes() + path.read_bytes().partition(b"\n")[2])
    store.keep_index(review)
    assert not store.RecordFile(review).is_indexed


def test_an_index_that_is_there_is_left_alone(tmp_path: Path):
    review = Review(tmp_path)
    store.write_records(review, [Record("pubmed:1")])
    before = review.path(RECORD_INDEX).stat()
    store.keep_index(review)
    assert review.path(RECORD_INDEX).stat() == before


def spoiled_year(folder: Path) -> Review:
    """Two records, of which the second has no number for its year; the first takes two lines."""
    review = Review(folder)
    store.write_records(review, [Record("pubmed:1", title="a\nb"), Record("pubmed:2", year=1999)])
    path = folder / RECORDS
    path.write_text(path.read_text().replace("1999", "19x9"))
    return review


WAYS: dict[str, Callable[[Review], object]] = {
    "one by one": lambda review: store.RecordFile(review)["pubmed:2"],
    "all in turn": lambda review: list(store.read_records(review)),
    "in chunks": lambda review: [
        record
        for chunk in store.records_in_chunks(review, 2, store.record_of_row)
        for record in chunk
    ],
}


@pytest.mark.parametrize("read", WAYS.values(), ids=WAYS)
def test_a_number_that_is_none_is_told_with_its_line_whichever_way_it_is_read(
    read: Callable[[Review], object], tmp_path: Path
):
    with pytest.raises(ReviewError, match="a number of this row is none") as refused:
        read(spoiled_year(tmp_path))
    assert (refused.value.where, refused.value.line) == (RECORDS, 4)
    assert "run scopingreview import" in refused.value.hint


@pytest.mark.parametrize("read", WAYS.values(), ids=WAYS)
def test_a_row_that_is_not_utf_8_is_told_whichever_way_it_is_read(
    read: Callable[[Review], object], tmp_path: Path
):
    review = spoiled_year(tmp_path)
    path = tmp_path / RECORDS
    path.write_bytes(path.read_bytes().replace(b"19x9", b"\xe9"))
    with pytest.raises(ReviewError, match="not UTF-8"):
        read(review)
