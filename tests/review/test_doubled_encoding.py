"""Texts that were encoded twice are found in the file of records, without reading each of them."""

from __future__ import annotations

from pathlib import Path

from scopingreview import store
from scopingreview.model import Record
from scopingreview.paths import Review
from scopingreview.review.doubled_encoding import (
    ROW_WITH_TWO_OF_ONE,
    TWO_OF_ONE,
    suggested_corrections,
)

EVERY = map(chr, range(0x10000))


def test_a_row_shows_whatever_may_be_encoded_twice():
    second = [each for each in EVERY if TWO_OF_ONE.match(f"Ã{each}")]
    assert len(second) > 64
    for first in map(chr, range(0xC2, 0xF5)):
        assert TWO_OF_ONE.match(f"{first}{second[0]}")
        for each in second:
            assert ROW_WITH_TWO_OF_ONE.search(f"a{first}{each}b".encode())


def test_the_file_of_records_tells_of_the_same_texts_as_the_records(tmp_path: Path):
    records = [
        Record("pubmed:1", title="MÃ¼ller and nurses", abstract="Plain, “quoted”"),
        Record("pubmed:2", title="Müller, Ã la carte", keywords=("sÃ¼ss", "naïve")),
        Record("pubmed:3", abstract="Itâ€™s said"),
    ]
    review = Review(tmp_path)
    store.write_records(review, records)
    file = store.RecordFile(review)
    found = list(suggested_corrections({each.record_id: each for each in records}))
    assert file.is_indexed
    assert list(suggested_corrections(file)) == found
    assert [(each.record_id, each.field) for each in found] == [
        ("pubmed:1", "title"),
        ("pubmed:2", "keywords"),
        ("pubmed:3", "abstract"),
    ]
