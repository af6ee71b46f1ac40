"""What is out of date is known by content: what came, went or changed, never by when."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.model import DuplicateJudgement
from scopingreview.paths import OWN_ANSWERS, Review
from scopingreview.review import freshness
from scopingreview.review.checks import check_review
from scopingreview.review.freshness import Freshness
from scopingreview.stages.running import run_chain
from tests.reviews import FULL_TEXT, START, change_protocol, decide, found_with_exports, retrieved

CHAIN = ["import", "dedupe", "count", "draw", "tables", "figures", "checklists", "report"]


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """A review of two exports through which the whole chain has run."""
    review = found_with_exports(tmp_path / "review")
    assert [ran.stage for ran in run_chain(review) if ran.why] == CHAIN
    return review


def ran_again(review: Review) -> dict[str, str]:
    """The stages that ran, and why."""
    return {ran.stage: ran.why for ran in run_chain(review) if ran.why}


def test_the_second_run_does_nothing(review: Review):
    assert [(ran.why, ran.did) for ran in run_chain(review)] == [("", "")] * len(CHAIN)


def test_a_copy_with_other_times_is_as_good_as_the_original(review: Review, tmp_path: Path):
    copy = tmp_path / "copy"
    shutil.copytree(review.root, copy)
    for path in copy.rglob("*"):
        os.utime(path, (1_000_000 + len(path.name), 1_000_000 - len(path.name)))
    assert ran_again(Review(copy)) == {}


def test_a_new_decision_counts_and_draws_anew_and_imports_nothing(review: Review):
    store.append_decision(review, decide("pubmed:1", "include", "ab"))
    assert ran_again(review) == {
        "count": "data/screened/title-abstract/ab.csv is new",
        "draw": "results/provenance.json changed",
        "tables": "data/screened/title-abstract/ab.csv is new",
        "figures": "data/screened/title-abstract/ab.csv is new",
        "checklists": "data/screened/title-abstract/ab.csv is new",
        "report": "data/screened/title-abstract/ab.csv is new",
    }


def test_a_decision_on_a_full_text_counts_anew(review: Review):
    store.append_decision(review, decide("pubmed:1", "include", "ab", FULL_TEXT))
    assert ran_again(review)["count"] == "data/screened/full-text/ab.csv is new"


def test_a_full_text_that_was_got_hold_of_counts_anew(review: Review):
    store.append_retrievals(review, [retrieved("pubmed:1")])
    assert ran_again(review)["count"] == "data/screened/retrieval.csv is new"


def test_another_version_of_the_program_makes_everything_anew(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(freshness, "__version__", "another")
    why = "the version of the program changed"
    assert ran_again(review) == dict.fromkeys(CHAIN, why)


def test_what_is_on_file_of_a_search_counts_where_it_makes_a_difference(review: Review):
    """The day of a search stands in the summary, its platform makes other advice of an import."""
    path = review.path("config/searches.toml")
    day = "run_on = 2023-05-01"
    path.write_text(path.read_text().replace(day, "run_on = 2023-05-02"))
    why = "config/searches.toml changed"
    after = ("count", "tables", "figures", "checklists", "report")
    assert ran_again(review) == dict.fromkeys(after, why)
    path.write_text(path.read_text().replace("\nhits = 2", '\nplatform = "Ovid"\nhits = 2'))
    assert list(ran_again(review)) == ["import", "count", "tables", "checklists", "report"]


def test_a_judgement_file_that_is_gone_is_missed(review: Review):
    store.append_judgement(review, DuplicateJudgement(START, "pubmed:1", "scopus:1", False, "ab"))
    assert "dedupe" in ran_again(review)
    review.judgements("ab").unlink()
    assert ran_again(review)["dedupe"] == "data/screened/duplicates/ab.csv is gone"


def test_rewording_a_criterion_makes_neither_import_nor_dedupe_out_of_date(review: Review):
    change_protocol(review, "before their eyes while they screen\n", 'while\n"Nurses",\n')
    assert list(ran_again(review)) == CHAIN[2:]


def test_a_comment_in_the_protocol_changes_nothing(review: Review):
    path = review.path("config/review.toml")
    path.write_text(path.read_text() + "\n# A thought.\n")
    assert ran_again(review) == {}


def test_another_order_of_trust_links_anew(review: Review):
    path = review.path("config/review.toml")
    first, second, third = path.read_text().split("[[sources]]")
    tables, rest = third.split("\n\n", 1)
    path.write_text(f"{first}[[sources]]{tables}\n\n[[sources]]{second}{rest}")
    assert "dedupe" in ran_again(review)


@pytest.mark.parametrize(
    "name",
    [
        *("results/flow.svg", "results/counts.csv", "results/summary.md"),
        *("results/tables/source_yield.csv", "results/figures/source_combinations.svg"),
        *("results/checklists/prisma-s.md", "results/report.html"),
    ],
)
def test_a_result_that_someone_changed_is_made_again(review: Review, name: str):
    path = review.path(name)
    before = path.read_bytes()
    path.write_bytes(before.replace(b"2", b"3"))
    assert ran_again(review)
    assert path.read_bytes() == before


def test_a_stage_of_which_one_file_is_gone_runs_again(review: Review):
    review.path("results/flow.pdf").unlink()
    assert ran_again(review) == {"draw": "results/flow.pdf is gone"}


def test_what_a_stage_made_and_makes_no_more_is_taken_away(review: Review):
    left_out = review.path("results/tables/source_overlap.csv")
    assert left_out.is_file()
    path = review.path("config/review.toml")
    path.write_text(path.read_text() + '\n[tables]\nleave_out = ["source_overlap"]\n')
    why = "config/review.toml changed"
    assert ran_again(review) == {"tables": why, "checklists": why, "report": why}
    assert not left_out.exists()
    assert ran_again(review) == {}


def test_where_an_item_stands_makes_the_checklists_anew_and_the_page_that_has_them(review: Review):
    review.path(OWN_ANSWERS).write_text('[prisma-s.14]\nwhere = "page 3"\n')
    why = "config/checklists.toml is new"
    assert ran_again(review) == {"checklists": why, "report": why}
    assert "page 3" in review.path("results/checklists/prisma-s.md").read_text()


def test_a_file_that_no_stage_made_stays_and_is_told(review: Review):
    stranger = review.path("results/figures/mine.svg")
    stranger.write_text("<svg/>")
    assert ran_again(review) == {"figures": "results/figures/mine.svg is new"}
    assert stranger.read_text() == "<svg/>"
    assert ran_again(review) == {}
    told = [each.message for each in check_review(review) if each.code == "D12"]
    assert told == ["results/figures/mine.svg belongs to no table and no figure of this review"]


def test_a_file_that_changes_while_a_stage_runs_makes_it_out_of_date(review: Review):
    """What it was made from is looked at before the stage reads."""
    before = Freshness(review)
    store.append_decision(review, decide("pubmed:1", "include", "ab"))
    assert before.stale_stages() == ["count", "tables", "figures", "checklists", "report"]


def test_an_export_that_was_edited_stops_the_chain(review: Review):
    export = next(path for path in review.path("data/raw").rglob("*.ris"))
    export.write_bytes(export.read_bytes() + b"\n")
    with pytest.raises(Exception, match="sha256 differs"):
        ran_again(review)


def test_a_file_that_an_earlier_program_did_not_write_is_made(review: Review):
    made = store.read_made(review, "count")
    known = {name: digest for name, digest in made.outputs.items() if "excluded" not in name}
    store.write_made(review, "count", store.Made(made.inputs, known))
    for name in made.outputs.keys() - known.keys():
        review.path(name).unlink()
    assert "was never made" in ran_again(review)["count"]
    assert ran_again(review) == {}


def test_what_is_known_of_the_files_can_be_deleted(review: Review):
    review.path("data/derived/digests.json").unlink()
    assert ran_again(review) == {}
    shutil.rmtree(review.path("data/derived/made"))
    assert list(ran_again(review)) == CHAIN
