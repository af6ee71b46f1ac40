"""Records read one at a time say the same as records read all together."""

from __future__ import annotations

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
