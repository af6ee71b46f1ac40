"""D12: every file in results/ says what the data say, and a false one is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.flow.diagram.page import PRESETS
from scopingreview.model import Finding
from scopingreview.paths import Review
from scopingreview.review import results
from scopingreview.review.checks import check_review
from scopingreview.stages.counting import run_count
from scopingreview.stages.drawing import run_draw
from scopingreview.stages.tabulating import run_tables
from tests.charting.forms import cell
from tests.reviews import FULL_TEXT, decide, found_with, record, retrieved

OLD, NEW = "0.0.1", "0.0.2"
FORM = """
[charting]
[[charting.fields]]
key = "country"
type = "country"
"""


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Two records, one excluded by title, the other in full text: counted and drawn."""
    both = ("ab", "cd")
    review = found_with(
        tmp_path,
        [record("pubmed:1"), record("pubmed:2")],
        decisions=[
            *(decide("pubmed:1", "include", by) for by in both),
            *(decide("pubmed:2", "exclude", by) for by in both),
            *(decide("pubmed:1", "exclude", by, FULL_TEXT, "population") for by in both),
        ],
    )
    store.append_retrievals(review, [retrieved("pubmed:1")])
    run_count(review)
    run_draw(review)
    return review


def false_results(review: Review) -> list[Finding]:
    return [finding for finding in check_review(review) if finding.code == "D12"]


def test_nothing_is_asked_of_results_before_the_first_count(tmp_path: Path):
    assert false_results(found_with(tmp_path, [record("pubmed:1")])) == []


def test_results_that_the_data_give_are_no_finding(review: Review):
    assert false_results(review) == []


def test_results_that_the_decisions_have_overtaken_are_one_error_that_counts_them(review: Review):
    for by in ("ab", "cd"):
        store.append_decision(review, decide("pubmed:2", "include", by))
    (wrong,) = false_results(review)
    assert wrong.error
    # Beside the counts: prisma2020.csv, summary.md, provenance.json, flow.svg, excluded_reports.md.
    assert wrong.message.startswith("results/counts.csv:")
    assert wrong.message.endswith("; 5 more files differ")
    assert wrong.hint.endswith("scopingreview run")


def test_what_differs_first_is_told_and_not_what_a_file_says_it_was_made_from(review: Review):
    run_tables(review)
    for by in ("ab", "cd"):
        store.append_decision(review, decide("pubmed:2", "include", by))
    (_, tables) = false_results(review)
    assert tables.message.startswith("results/tables/source_yield.csv:")


def test_a_changed_number_is_told_by_itself_where_only_other_results_were_overtaken(
    review: Review,
):
    """What was charted is in the tables and not in the counts."""
    path = review.path("config/review.toml")
    path.write_text(path.read_text() + FORM)
    run_count(review)
    run_draw(review)
    run_tables(review)
    store.append_cells(review, [cell("pubmed:1", "country", "FR")])
    counts = review.path("results/counts.csv")
    counts.write_text(counts.read_text().replace("screened,,2", "screened,,7"))
    changed, overtaken = false_results(review)
    assert changed.message.startswith("results/counts.csv:")
    assert "more file" not in changed.message
    assert changed.hint.startswith("The data are the same")
    assert overtaken.message.startswith("results/tables/")
    assert "more files differ" in overtaken.message


def test_a_number_that_somebody_changed_is_told_with_file_and_line(review: Review):
    path = review.path("results/counts.csv")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith("screened,,2"))
    lines[at] = lines[at].replace(",2", ",7")
    path.write_text("".join(lines), encoding="utf-8")
    (wrong,) = false_results(review)
    assert wrong.error
    where = f"results/counts.csv:{at + 1}"
    assert wrong.message == f"{where}: says “screened,,7” where the data give “screened,,2”"


def test_a_figure_that_the_counts_do_not_give_is_told(review: Review):
    path = review.path("results/flow.svg")
    path.write_text(path.read_text(encoding="utf-8").replace("(n = 2)", "(n = 20)"), "utf-8")
    (wrong,) = false_results(review)
    assert wrong.error
    assert "says “20” where the data give “2”" in wrong.message


def test_files_that_somebody_changed_are_told_each_by_itself_also_where_they_say_their_data(
    review: Review,
):
    for name, said, instead in (("flow.svg", "(n = 2)", "(n = 20)"), ("summary.md", "#", "##")):
        path = review.path(f"results/{name}")
        text = path.read_text(encoding="utf-8")
        assert "; protocol " in text, "what it was made from stands in it"
        path.write_text(text.replace(said, instead), encoding="utf-8")
    found = false_results(review)
    assert len(found) == 2
    assert all(wrong.hint.startswith("The data are the same") for wrong in found)


def test_a_result_that_is_not_there_is_told(review: Review):
    review.path("results/summary.md").unlink()
    (wrong,) = false_results(review)
    assert wrong.error
    assert wrong.message == "results/summary.md is not there"


def test_numbers_do_not_become_false_when_a_new_version_comes(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(results, "__version__", OLD)
    run_count(review)
    run_draw(review)
    monkeypatch.setattr(results, "__version__", NEW)
    assert store.read_provenance(review).program == OLD
    assert false_results(review) == []


def test_counts_for_old_versions_of_the_r_package_are_as_true(review: Review):
    before = review.path("results/prisma2020.csv").read_bytes()
    run_count(review, two_reasons=True)
    assert review.path("results/prisma2020.csv").read_bytes() != before
    assert false_results(review) == []


def test_a_figure_is_compared_on_the_sheet_that_it_was_drawn_on(review: Review):
    before = review.path("results/flow.svg").read_bytes()
    run_draw(review, sheet=PRESETS["plos"])
    assert review.path("results/flow.svg").read_bytes() != before
    assert false_results(review) == []


def test_the_provenance_of_results_follows_from_all_that_people_decided(review: Review):
    before = store.read_provenance(review).data
    store.append_decision(review, decide("pubmed:2", "exclude", "ab"))
    run_count(review)
    assert store.read_provenance(review).data != before
