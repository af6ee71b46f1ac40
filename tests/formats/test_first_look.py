"""What a first look tells of an export is what reading all of it tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview import formats
from scopingreview.errors import ReviewError
from scopingreview.formats import spans

EXPORTS = sorted(
    path
    for path in (Path(__file__).parents[1] / "exports").rglob("*")
    if path.is_file() and path.suffix != ".json"
)


@pytest.mark.parametrize("path", EXPORTS[::5], ids=lambda path: path.name)
def test_records_are_counted_without_being_read(path: Path):
    try:
        format_ = formats.recognise(path).format
    except ReviewError:
        pytest.skip("no export")
    begun = sum(reading.begun for reading in formats.read(path))
    assert formats.look_at(path, format_, {}).records == begun


def test_a_big_file_is_counted_span_by_span(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spans, "CHUNK_BYTES", 200)
    path = tmp_path / "many.ris"
    path.write_text("TY  - JOUR\nTI  - Rest\nDB  - Scopus\nER  - \n\n" * 50, encoding="utf-8")
    format_ = formats.recognise(path).format
    assert len(list(formats.spans_of(path, format_))) > 3
    look = formats.look_at(path, format_, {})
    assert (look.records, look.layouts) == (50, ("RIS from Scopus",))


def test_a_record_that_is_none_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A line of hundreds of megabytes is looked at no further than a record can reach."""
    monkeypatch.setattr(spans, "CHUNK_BYTES", 200)
    monkeypatch.setattr(spans, "WINDOW_BYTES", 256)
    monkeypatch.setattr(spans, "MOST_OF_RECORD", 1 << 20)
    record = "TY  - JOUR\nTI  - Rest\nAB  - {}\nER  - \n\n"
    path = tmp_path / "huge.ris"
    path.write_text(record.format("x") * 9 + record.format("x" * (3 << 20)), encoding="utf-8")
    format_ = formats.recognise(path).format
    with pytest.raises(ReviewError, match="a record of more than 1 MB is none") as refused:
        formats.look_at(path, format_, {})
    assert refused.value.where == str(path)
    assert refused.value.line == 46
    path.write_text(record.format("x") * 9 + record.format("x" * (1 << 19)), encoding="utf-8")
    assert formats.look_at(path, format_, {}).records == 10
