"""One invented export per quirk, with the records and oddities it must give beside it.

The `.json` names only the fields that the quirk is about, and the layouts where it is about them.
"""

import json
from pathlib import Path

import pytest

from scopingreview import formats
from scopingreview.model import Record

EXPORTS = Path(__file__).parents[1] / "exports"
CASES = sorted(EXPORTS.rglob("*.json"))


def test_every_export_has_its_expected_records():
    files = {path for path in EXPORTS.rglob("*") if path.is_file() and path.suffix != ".json"}
    assert files
    assert {path.with_name(path.name.removesuffix(".json")) for path in CASES} == files


def value_of(record: Record, field: str):
    value = getattr(record, field)
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.relative_to(EXPORTS))[:-5])
def test_the_export_gives_its_records_and_oddities(case: Path):
    expected = json.loads(case.read_text(encoding="utf-8"))
    (reading,) = formats.read(case.with_name(case.name.removesuffix(".json")))
    wanted = expected["records"]
    read = [
        {field: value_of(record, field) for field in fields}
        for record, fields in zip(reading.records, wanted, strict=False)
    ]
    assert read == wanted
    assert len(reading.records) == len(wanted)
    assert reading.begun == expected.get("begun", len(wanted))
    oddities = {oddity.kind.name: list(oddity.lines) for oddity in reading.oddities}
    assert oddities == expected["oddities"]
    assert expected.get("layouts", reading.layouts) == reading.layouts
