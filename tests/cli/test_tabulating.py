"""`tables` and `figures` as people run them, and which commands load what they need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.paths import Review
from scopingreview.stages.deduping import run_dedupe
from scopingreview.stages.importing import run_import
from tests.conftest import Run
from tests.reviews import (
    FULL_TEXT,
    TITLE_ABSTRACT,
    decide,
    found_with,
    found_with_exports,
    record,
    retrieved,
    snapshot,
)

FORM = """
[charting]
charters = 1

[[charting.fields]]
key = "level"
label = "Level"
type = "multi"
options = { one = "Individual", team = "Team" }

[[charting.fields]]
key = "design"
label = "Design"
type = "choice"
options = { rct = "Randomised trial", case = "Case report" }

[[charting.fields]]
key = "comment"
label = "Comment"
required = false
"""


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Two reports, included by both reviewers; a form, and nothing charted yet."""
    review = found_with(
        tmp_path / "review",
        [record("pubmed:1", year=2019, authors=("Ek, Bo",)), record("scopus:2", year=2019)],
        decisions=[
            decide(key, "include", by, phase)
            for key in ("pubmed:1", "scopus:2")
            for by in ("ab", "cd")
            for phase in (TITLE_ABSTRACT, FULL_TEXT)
        ],
    )
    store.append_retrievals(review, [retrieved("pubmed:1"), retrieved("scopus:2")])
    path = review.path("config/review.toml")
    path.write_text(path.read_text(encoding="utf-8") + FORM, encoding="utf-8")
    return review


def names(review: Review, folder: str) -> set[str]:
    return {path.stem for path in review.path(f"results/{folder}").glob("*.csv")}


def test_a_review_that_nobody_has_charted_has_the_tables_that_need_no_charting(
    run: Run, review: Review
):
    assert run("tables", "-C", review.root).status == 0
    assert names(review, "tables") == {
        *("searches", "search_strategies", "source_yield", "source_overlap"),
        *("source_combinations", "excluded_reports", "included_studies", "extraction_form"),
    }
    assert run("figures", "-C", review.root).status == 0
    assert names(review, "figures") == {"years", "source_combinations", "decisions_per_week"}


def test_each_table_is_written_in_every_format_and_each_figure_with_its_words(
    run: Run, review: Review
):
    run("tables", "-C", review.root)
    run("figures", "-C", review.root)
    tables = {path.name for path in review.path("results/tables").glob("source_yield.*")}
    assert tables == {f"source_yield.{kind}" for kind in ("csv", "md", "tex", "html")}
    assert review.path("results/tables/tables.xlsx").is_file()
    figures = {path.name for path in review.path("results/figures").glob("years.*")}
    assert figures == {f"years.{kind}" for kind in ("svg", "pdf", "png", "csv", "txt")}


def test_what_the_workbook_cuts_is_named_and_every_other_format_has_it(run: Run, tmp_path: Path):
    review = found_with_exports(tmp_path / "review")
    path = review.path("config/searches.toml")
    kept = 'strategy = "one_line.txt"\nhits = 2'
    text = path.read_text(encoding="utf-8").replace("hits = 2", kept, 1)
    path.write_text(text, encoding="utf-8")
    line = " OR ".join(f"term{number}" for number in range(4000))
    review.path("one_line.txt").write_text(line, encoding="utf-8")
    ran = run("run", "--until", "tables", "-C", review.root)
    assert "1 cell cut in tables.xlsx (scopingreview tables says which)" in ran.err
    assert run("tables", "-C", review.root).err == (
        "Cut in results/tables/tables.xlsx, where a cell of Excel holds 32,767 characters: "
        "search_strategies row 4 (Strategy, line by line). A .csv has all of it.\n"
        "Next: scopingreview figures\n"
    )
    for kind in ("csv", "md", "html"):
        table = review.path(f"results/tables/search_strategies.{kind}")
        assert line in table.read_text(encoding="utf-8")


def test_one_table_is_shown_and_nothing_is_written(run: Run, review: Review):
    before = snapshot(review.root)
    shown = run("tables", "source_yield", "-C", review.root)
    assert shown.out.startswith("What each source was worth\n")
    assert "All databases and registers" in shown.out
    document = json.loads(run("tables", "source_yield", "--json", "-C", review.root).out)
    assert document["tables"][0]["rows"][0]["source"] == "PubMed"
    assert snapshot(review.root) == before


def test_a_table_that_there_is_not_is_refused_with_the_nearest(run: Run, review: Review):
    refused = run("tables", "source_yeild", "-C", review.root)
    assert refused.status == 2
    assert "source_yield" in refused.err


def test_the_check_tells_a_number_that_somebody_changed(run: Run, review: Review):
    run("tables", "-C", review.root)
    run("figures", "-C", review.root)
    assert run("tables", "--check", "-C", review.root).status == 0
    assert run("figures", "--check", "-C", review.root).status == 0
    for name, command in (("tables/source_yield.md", "tables"), ("figures/years.svg", "figures")):
        path = review.path(f"results/{name}")
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("2", "3"), encoding="utf-8")
        checked = run(command, "--check", "-C", review.root)
        assert checked.status == 1
        assert f"results/{name} as it is" in checked.out
        assert f"results/{name}" in run("check", "-C", review.root).out


def test_a_field_that_the_form_lacks_is_refused_with_those_it_has(run: Run, review: Review):
    path = review.path("config/review.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        f'{text}\n[tables]\ncounts = ["lvel"]\n'
        '[figures]\nmatrices = [["level", "comment"], ["x"]]\n',
        encoding="utf-8",
    )
    refused = run("tables", "-C", review.root)
    assert refused.status == 1
    for message in (
        '"lvel" under "counts" is no field of the form that can stand there in [tables]',
        '"comment" under "matrices" is no field of the form that can stand there in [figures]',
        "\"matrices\" must hold pairs of fields, not ['x'] in [figures]",
        "Such are: level, design.",
    ):
        assert message in refused.err


def test_a_table_to_leave_out_must_be_one(run: Run, review: Review):
    path = review.path("config/review.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(f'{text}\n[tables]\nleave_out = ["sources"]\n', encoding="utf-8")
    refused = run("tables", "-C", review.root)
    assert refused.status == 1
    assert '"sources" is left out by leave_out in [tables], but there is none' in refused.err


def test_a_dry_run_writes_nothing_and_takes_nothing_away(run: Run, review: Review):
    run("tables", "-C", review.root)
    path = review.path("config/review.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(f'{text}\n[tables]\nleave_out = ["searches"]\n', encoding="utf-8")
    before = snapshot(review.root)
    assert "Dry run" in run("tables", "--dry-run", "-C", review.root).out
    assert snapshot(review.root) == before


LOADED = (
    "import sys\nfrom scopingreview.cli import main\nsys.argv = {words!r}\n"
    + """
try:
    main()
except SystemExit:
    pass
print(*sorted({{name.split('.')[0] for name in sys.modules}}), file=sys.stderr)
"""
)


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["status"],
        ["screen", "ta", "--as", "ab", "--record", "pubmed:1", "--verdict", "include"],
        ["conflicts", "ta", "--as", "ef"],
        ["dedupe"],
    ],
    ids=lambda words: words[0],
)
def test_what_people_wait_for_loads_no_table_library(words: list[str], tmp_path: Path):
    review = found_with_exports(tmp_path / "review")
    run_import(review)
    run_dedupe(review)
    where = [] if words == ["--help"] else ["-C", str(review.root)]
    script = LOADED.format(words=["scopingreview", *words, *where])
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    loaded = set(ran.stderr.splitlines()[-1].split())
    assert "scopingreview" in loaded
    assert not loaded & {"pandas", "matplotlib"}
