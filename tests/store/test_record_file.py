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
from scopingreview.paths import RECORDS, Review

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
