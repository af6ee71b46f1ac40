"""`export` and `import-decisions` at the command line: what they print, and what they refuse."""

import zipfile
from pathlib import Path

import pytest

from scopingreview import formats
from scopingreview.cli import transfer
from scopingreview.exchange import row, written_ris
from scopingreview.paths import Review
from scopingreview.review.reporting import report_page
from tests.conftest import Run
from tests.report.test_page import a_review
from tests.reviews import found_with, record, snapshot


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return found_with(tmp_path / "review", [record("pubmed:1"), record("pubmed:2")])


def test_a_sheet_has_the_mark_of_spreadsheets_and_standard_output_has_not(
    review: Review, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
):
    from scopingreview.cli import main

    file = review.root / "all.csv"
    for target in (str(file), "-"):
        monkeypatch.setattr("sys.argv", ["scopingreview", "export", target, "-C", str(review.root)])
        with pytest.raises(SystemExit):
            main()
    printed = capfdbinary.readouterr().out
    assert file.read_bytes().startswith(b"\xef\xbb\xbfrecord_id,")
    assert b"\nrecord_id," in printed
    assert b"\xef\xbb\xbf" not in printed


def test_a_workbook_tells_of_which_records_it_cut_a_text_and_a_csv_cuts_none(
    run: Run, tmp_path: Path
):
    long = {f"pubmed:{n}": "word " * 8000 for n in range(1, 13)}
    records = [record(key, abstract=text) for key, text in long.items()]
    review = found_with(tmp_path / "review", [record("pubmed:0"), *records])
    answer = run("export", tmp_path / "all.xlsx", "-C", review.root)
    assert answer.err == (
        "Cut in this file, where a cell of Excel holds 32,767 characters: "
        + ", ".join(f"pubmed:{n} (abstract)" for n in range(1, 11))
        + " and 2 more. A .csv has all of it.\n"
    )
    assert run("export", tmp_path / "all.csv", "-C", review.root).err == ""
    assert (tmp_path / "all.csv").read_text("utf-8").count("word word") == 12 * 4000


def zipped(folder: Path) -> Path:
    path = folder / "rayyan.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("customizations_log.csv", "x")
        archive.writestr("articles.csv", "x")
    return path


def test_decisions_in_an_archive_or_a_folder_are_refused_and_its_files_named(
    review: Review, run: Run, tmp_path: Path
):
    before = snapshot(review.root)
    (tmp_path / "from-rayyan").mkdir()
    (tmp_path / "from-rayyan/articles.csv").write_text("x")
    for path, what in (
        (zipped(tmp_path), "a zip archive"),
        (tmp_path / "from-rayyan", "a folder"),
    ):
        for words in (
            ("import-decisions", "ta", path, "--as", "ab"),
            ("screen", "ta", "--as", "ab", "--from", path),
            ("retrieve", "--from", path),
        ):
            refused = run(*words, "-C", review.root)
            assert refused.status == 1
            assert f"this is {what}" in refused.err
            assert "articles.csv" in refused.err
    missing = run("import-decisions", "ta", tmp_path / "none.csv", "--as", "ab", "-C", review.root)
    assert "there is no such file" in missing.err
    after = snapshot(review.root)
    assert {name: after[name] for name in after if "/locks/" not in name} == before


def test_a_workbook_is_a_file_that_holds_decisions(review: Review, run: Run, tmp_path: Path):
    sheet = tmp_path / "ab.xlsx"
    exported = run("export", sheet, "--for-screening", "ta", "--as", "ab", "-C", review.root)
    assert exported.status == 0
    taken = run("import-decisions", "ta", sheet, "--as", "ab", "-C", review.root)
    assert "no row of this file holds a verdict" in taken.err
    refused = run("screen", "ta", "--as", "ab", "--from", sheet, "-C", review.root)
    assert "a workbook, not CSV" in refused.err


def test_every_box_of_the_diagram_goes_out_in_every_format_and_comes_back(run: Run, tmp_path: Path):
    """The records of the page's list of a box, whatever they are written as."""
    review = a_review(tmp_path / "whole")
    for box in report_page(review).boxes:
        for suffix in ("csv", "xlsx", "ris", "bib", "json"):
            file = tmp_path / f"{box.name}.{suffix}"
            assert run("export", file, "--box", box.name, "-C", review.root).status == 0
            (reading,) = formats.read(file)
            assert len(reading.records) == sum(each.n for each in box.lists), file.name


def test_an_export_that_is_interrupted_leaves_the_older_file_as_it_was(
    review: Review, run: Run, monkeypatch: pytest.MonkeyPatch
):
    file = review.root / "out" / "all.ris"
    assert run("export", file, "-C", review.root).status == 0
    before = file.read_bytes()
    pieces = iter([None])

    def stop_at_the_second(*_: object) -> None:
        if next(pieces, "none left"):
            raise KeyboardInterrupt

    monkeypatch.setattr(row, "IN_A_PIECE", 1)
    monkeypatch.setattr(written_ris, "_refuse_losses", stop_at_the_second)
    assert run("export", file, "--overwrite", "-C", review.root).status == 130
    assert [*file.parent.iterdir()] == [file]
    assert file.read_bytes() == before


def test_a_workbook_that_would_end_before_its_records_is_refused(
    review: Review, run: Run, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(transfer, "LAST_ROW", 3)  # the heading and two records
    assert run("export", review.root / "two.xlsx", "-C", review.root).status == 0
    monkeypatch.setattr(transfer, "LAST_ROW", 2)
    for words in ((), ("--for-screening", "ta", "--as", "ab")):
        refused = run("export", review.root / "all.xlsx", *words, "-C", review.root)
        assert refused.status == 1
        assert "2 records, and a sheet of Excel holds 1" in refused.err
        assert not (review.root / "all.xlsx").exists()
    assert run("export", review.root / "all.csv", "-C", review.root).status == 0
