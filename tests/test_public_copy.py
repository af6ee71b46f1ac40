"""Anyone who clones the public copy of the bundled review gets its counts and its figure."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

from scopingreview.paths import COUNTS, FIGURE, Review
from scopingreview.stages.publishing import publish_review
from tests.conftest import Run
from tests.reviews import snapshot
from tests.store.test_merge import git
from tests.test_example import copy_of_the_review, run_all

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
MADE_BY = re.compile("<metadata>.*</metadata>")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """A clone of a repository that has the public copy of the bundled review and nothing else."""
    folder = tmp_path_factory.mktemp("clone")
    review = copy_of_the_review(folder / "review")
    run_all(review)
    publish_review(review, folder / "public")
    git(folder / "public", "init", "--quiet", "--initial-branch", "main")
    git(folder / "public", "add", "--all")
    git(folder / "public", "commit", "--quiet", "--message", "The public copy")
    git(folder, "clone", "--quiet", "public", "clone")
    return Review(folder / "clone")


def test_a_clone_gets_the_same_counts_and_the_same_figure(clone: Review, run: Run):
    for command in ("count", "draw"):
        checked = run(command, "--check", "-C", clone.root)
        assert (command, checked.status, checked.out) == (command, 0, "")
    assert clone.path(COUNTS).read_bytes() == (ROOT / COUNTS).read_bytes()
    drawn, published = (
        MADE_BY.sub("", (root / f"{FIGURE}.svg").read_text()) for root in (clone.root, ROOT)
    )
    assert drawn == published


def test_what_it_counts_it_counts_from_the_decisions_in_the_clone(clone: Review, run: Run):
    """Nothing is taken from results/: without them the same numbers come out."""
    before = {
        name: text for name, text in snapshot(clone.root / "results").items() if ".csv" in name
    }
    shutil.rmtree(clone.root / "results")
    assert run("run", "-C", clone.root).status == 0
    after = snapshot(clone.root / "results")
    assert {name: after[name] for name in before} == before


def test_a_clone_has_nothing_to_put_right(clone: Review, run: Run):
    checked = run("check", "-C", clone.root)
    assert checked.status == 0, checked.out
    assert "this is a public copy of a review" in checked.out


def test_no_abstract_quote_note_or_name_of_the_bundled_review_is_in_the_clone(clone: Review):
    everything = b"\n".join(
        content
        for name, content in snapshot(clone.root).items()
        if not name.startswith(".git/") and not name.endswith((".pdf", ".png", ".xlsx"))
    ).decode()
    for secret in (*_private_cells(), "Alma Brenner", "Cato Dahlin", "Esther Fairbourne"):
        assert secret not in everything, secret


def _private_cells() -> set[str]:
    """Every abstract, and every note, quote, comment and place of the bundled review."""
    found: set[str] = set()
    for path in (ROOT / "data").rglob("*.csv"):
        if "derived" in path.parts:
            continue
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found |= {row.get(key) or "" for key in ("note", "quote", "where")}
                if row.get("field") == "comment":
                    found.add(row["value"])
    for path in (ROOT / "data/raw").rglob("*.ris"):
        found |= set(re.findall(r"^AB  - (.{60})", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert len(found) > 200
    # A DOI is a fact of publication, and stands wherever its report is cited.
    return {each for each in found if len(each) > 3 and not each.startswith("https://doi.org/")}
