"""`init`: a review folder that is whole and valid from the first minute."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from scopingreview.chain import STAGES
from scopingreview.config import PROPER_NAMES
from scopingreview.formats.databases import DATABASES, PLATFORMS
from tests.conftest import Run
from tests.reviews import found, protocol, snapshot

NEW = ("--title", 'Stress & "calm"', "--source", "pubmed", "--source", "Web of Science")
TEAM = ("--reviewer", "ab", "--reviewer", "cd", "--adjudicator", "ef")


def test_what_init_makes_passes_the_check(run: Run, tmp_path: Path):
    assert run("init", tmp_path / "new", *NEW, *TEAM).status == 0
    checked = run("check", "-C", tmp_path / "new")
    assert (checked.status, checked.out) == (0, "")


def test_a_review_with_nothing_in_it_draws_and_says_what_is_next(run: Run, tmp_path: Path):
    found(tmp_path)
    ran = run("run", "-C", tmp_path)
    assert ran.status == 0
    assert (tmp_path / "results/flow.svg").is_file()
    assert "scopingreview add EXPORT" in ran.err.splitlines()[-1]


def test_a_source_that_is_known_gets_its_proper_name_and_any_other_the_one_it_was_given(
    tmp_path: Path,
):
    sources = ("ebsco", "EBSCO", "Google Scholar", "ovid", "our-shelf")
    named = {each: found(tmp_path / each, sources=[each]) for each in sources}
    told = {each: protocol(review).sources[0] for each, review in named.items()}
    assert {each: (source.name, source.label) for each, source in told.items()} == {
        "ebsco": ("ebsco", "EBSCOhost"),
        "EBSCO": ("ebsco", "EBSCOhost"),
        "Google Scholar": ("google-scholar", "Google Scholar"),
        "ovid": ("ovid", "Ovid"),
        "our-shelf": ("our-shelf", "our-shelf"),
    }


def test_every_database_and_platform_that_an_export_tells_has_a_proper_name():
    assert {*DATABASES, *PLATFORMS} <= set(PROPER_NAMES.values())


def test_init_says_what_to_do_next(run: Run, tmp_path: Path):
    made = run("init", tmp_path / "new", *NEW, *TEAM)
    assert "scopingreview add EXPORT --source pubmed" in made.err.splitlines()[-1]


def test_init_says_what_is_not_for_the_public_and_why(run: Run, tmp_path: Path):
    made = run("init", tmp_path / "new", *NEW, *TEAM)
    assert "data/raw, data/derived and data/fulltexts hold abstracts and full texts" in made.err
    assert "under copyright" in made.err
    assert "scopingreview export --public DIR" in made.err
    ignored = (tmp_path / "new/.gitignore").read_text().splitlines()
    assert {"/data/derived/", "/data/fulltexts/", "#/data/raw/"} <= set(ignored)


def test_a_folder_that_holds_a_review_is_refused_and_left_as_it_is(run: Run, tmp_path: Path):
    found(tmp_path)
    before = snapshot(tmp_path)
    refused = run("init", tmp_path, *NEW, *TEAM)
    assert refused.status == 1
    assert "holds a review already" in refused.err
    assert snapshot(tmp_path) == before


def test_init_leaves_a_file_that_is_there_already(run: Run, tmp_path: Path):
    (tmp_path / "README.md").write_text("mine")
    assert run("init", tmp_path, *NEW, *TEAM).status == 0
    assert (tmp_path / "README.md").read_text() == "mine"


def test_a_reviewer_whose_name_cannot_name_a_file_is_refused(run: Run, tmp_path: Path):
    refused = run("init", tmp_path / "new", *NEW, "--reviewer", "A/B")
    assert refused.status == 1
    assert '"A/B" cannot name a file' in refused.err
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_hands_the_chain_to_the_program_which_knows_what_is_out_of_date(tmp_path: Path):
    found(tmp_path)
    program = tmp_path / ".program"
    program.write_text('#!/bin/sh\necho "ran $*"\n')
    program.chmod(0o755)
    asked = {}
    for target in ("all", "check"):
        run = subprocess.run(
            ["make", "-s", target, "SCOPINGREVIEW=./.program"],
            cwd=tmp_path,
            env={name: value for name, value in os.environ.items() if name != "MAKEFLAGS"},
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, run.stderr
        asked[target] = run.stdout.splitlines()
    assert asked == {"all": ["ran run"], "check": ["ran run --until dedupe", "ran check"]}


def test_what_make_cleans_is_all_that_the_chain_makes_and_nothing_else(tmp_path: Path):
    found(tmp_path)
    makefile = (tmp_path / "Makefile").read_text()
    recipe = makefile.split("\nclean:")[1].split("\n\n")[0]
    removed = [word for word in recipe.split() if word.startswith(("data/", "results/"))]
    for stage in STAGES:
        for name in stage.writes:
            assert any(name == each or name.startswith(f"{each}/") for each in removed)
    assert all(each.startswith(("data/derived", "results/")) for each in removed)


def test_the_workflow_compares_the_results_before_anything_writes_there(tmp_path: Path):
    found(tmp_path)
    lines = (tmp_path / ".github/workflows/review.yml").read_text().splitlines()
    steps = [line.split("run: ")[1] for line in lines if "run: scopingreview" in line]
    assert steps == [
        "scopingreview run --until dedupe",
        "scopingreview check",
        "scopingreview run",
    ]


def test_what_the_workflow_installs_is_one_variable(tmp_path: Path):
    found(tmp_path)
    text = (tmp_path / ".github/workflows/review.yml").read_text()
    assert text.count("run: pip") == 1
    assert 'run: pip install "$SCOPINGREVIEW"' in text
    assert "  SCOPINGREVIEW: ${{ vars.SCOPINGREVIEW || 'scopingreview' }}" in text


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_leaves_the_line_ends_of_exports_and_merges_decisions(tmp_path: Path):
    found(tmp_path)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    asked = ["data/raw/pubmed/a.ris", "data/screened/title-abstract/ab.csv"]
    said = subprocess.run(
        ["git", "check-attr", "text", "merge", "--", *asked],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert f"{asked[0]}: text: unset" in said
    assert f"{asked[1]}: merge: union" in said


def test_a_person_named_in_full_gets_the_name_of_a_file(run: Run, tmp_path: Path):
    team = ("--reviewer", "Anna Müller", "--reviewer", "CD", "--adjudicator", "Łucja O'Hara")
    made = run("init", tmp_path / "new", *NEW, *team)
    assert made.status == 0, made.err
    assert "Anna Müller is anna-muller here" in made.err
    told = (tmp_path / "new/config/review.toml").read_text(encoding="utf-8")
    assert 'name = "anna-muller"\nfull_name = "Anna Müller"' in told
    assert 'name = "cd"\nfull_name = "CD"' in told
    refused = run("screen", "ta", "--as", "anna müller", "-C", tmp_path / "new")
    assert refused.status == 1


def test_two_people_cannot_share_a_file(run: Run, tmp_path: Path):
    refused = run("init", tmp_path / "new", *NEW, "--reviewer", "Ana", "--reviewer", "Aná")
    assert refused.status == 1
    assert "would have one file, ana.csv" in refused.err
    assert not (tmp_path / "new").exists()
