"""`export --public` and `report --public` as people run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scopingreview.paths import Review
from tests.conftest import Run
from tests.report.test_page import a_review
from tests.reviews import snapshot


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return a_review(tmp_path / "review")


def test_a_public_copy_checks_itself(run: Run, review: Review, tmp_path: Path):
    folder = tmp_path / "public"
    said = run("export", "--public", folder, "-C", review.root)
    assert said.status == 0
    assert said.out.startswith(f"{folder}: ")
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert f"{len(files)} files, {len(files)} new or changed" in said.out
    assert "Left out: abstracts" in said.err
    for command in ("count", "draw", "tables", "figures", "checklists", "report"):
        checked = run(command, "--check", "-C", folder)
        assert (command, checked.status, checked.out) == (command, 0, "")
    assert run("check", "-C", folder).status == 0
    again = run("export", "--public", folder, "-C", review.root)
    assert again.out.endswith("nothing new\n")


def test_the_page_alone_goes_into_another_folder(run: Run, review: Review, tmp_path: Path):
    folder = tmp_path / "page"
    document = json.loads(run("report", "--public", folder, "--json", "-C", review.root).out)
    assert document["files"] == ["report.html", "public-copy.json"]
    assert set(snapshot(folder)) == {"report.html", "public-copy.json"}
    assert not review.path("results/report.html").exists()


def test_a_dry_run_tells_the_files_and_writes_none(run: Run, review: Review, tmp_path: Path):
    said = run("export", "--public", tmp_path / "public", "--dry-run", "-C", review.root)
    assert said.status == 0
    assert "public/results/counts.csv" in said.out
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("export",),
        ("export", "all.csv", "--public", "public"),
        ("export", "--public", "public", "--box", "screened"),
        ("report", "--public", "public", "--check"),
    ],
)
def test_what_excludes_each_other_is_refused(run: Run, review: Review, words: tuple[str, ...]):
    assert run(*words, "-C", review.root).status == 2


def test_a_copy_refuses_to_import_and_says_what_to_do(run: Run, review: Review, tmp_path: Path):
    run("export", "--public", tmp_path / "public", "-C", review.root)
    for command in ("import", "dedupe"):
        refused = run(command, "-C", tmp_path / "public")
        assert refused.status == 1
        assert "a public copy has no exports" in refused.err
    assert run("run", "-C", tmp_path / "public").status == 0
