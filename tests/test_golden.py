"""A golden file is written once, in the form that the others have, and never by accident."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.golden import golden_file, golden_of, main, read_whole

EXPORTS = Path(__file__).parent / "exports"
GOLDEN = sorted(EXPORTS.rglob("*.json"))
RECORD = "TY  - JOUR\nTI  - Rést\nAU  - Okoro, Ada\nPY  - 2019\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "quirk.ris"
    path.write_text(f"{RECORD}\nTY  - THES\nTI  - Sleep\nER  - \n", encoding="utf-8")
    return path


def test_a_golden_file_holds_what_was_read_and_what_was_odd(
    export: Path, capsys: pytest.CaptureFixture[str]
):
    assert main([str(export)]) == 0
    written = golden_file(export).read_text(encoding="utf-8")
    assert json.loads(written) == {
        "records": [
            {"type": "article", "title": "Rést", "authors": ["Okoro, Ada"], "year": 2019},
            {"type": "thesis", "title": "Sleep"},
        ],
        "oddities": {"MISSING_END": [6]},
    }
    assert "Rést" in written
    shown = capsys.readouterr().out
    assert "RIS, by" in shown
    assert "2 begin, 2 read\n" in shown
    assert "  authors: Okoro, Ada\n" in shown
    assert "MISSING_END, record without its end line (line 6)" in shown


def test_a_golden_file_that_somebody_has_looked_at_is_not_overwritten(
    export: Path, capsys: pytest.CaptureFixture[str]
):
    golden_file(export).write_text("looked at", encoding="utf-8")
    assert main([str(export)]) == 1
    assert golden_file(export).read_text(encoding="utf-8") == "looked at"
    assert "--force" in capsys.readouterr().err
    assert main([str(export), "--force"]) == 0
    assert "records" in json.loads(golden_file(export).read_text(encoding="utf-8"))


def test_what_is_no_export_gets_no_golden_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "letter.txt"
    path.write_text("Dear all,\n", encoding="utf-8")
    assert main([str(path)]) == 1
    assert not golden_file(path).exists()
    assert "no known export format" in capsys.readouterr().err


def test_an_export_too_big_to_be_looked_at_gets_no_golden_file(
    export: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("scopingreview.formats.spans.CHUNK_BYTES", 300)
    export.write_text(f"{RECORD}ER  - \n" * 300, encoding="utf-8")
    assert main([str(export)]) == 1
    assert not golden_file(export).exists()
    assert "too big for a test" in capsys.readouterr().err


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: str(path.relative_to(EXPORTS))[:-5])
def test_the_golden_files_that_are_there_have_this_form(golden: Path):
    expected = json.loads(golden.read_text(encoding="utf-8"))
    written = golden_of(read_whole(golden.with_name(golden.name.removesuffix(".json"))))
    assert expected.keys() == written.keys()
    assert expected["oddities"] == written["oddities"]
    assert expected.get("begun") == written.get("begun")
    for wanted, told in zip(expected["records"], written["records"], strict=True):
        said = {name: value for name, value in wanted.items() if value}
        assert said == {name: told.get(name) for name in said}
