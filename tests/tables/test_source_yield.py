"""What each source was worth: counted once more in plain Python, and where sums would be wrong."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings

from scopingreview.flow.review_data import ReviewData
from scopingreview.model import Phase, Standing
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from scopingreview.screening.eligibility import Lane
from scopingreview.screening.review_state import ReviewState
from scopingreview.tables.paper_table import rows_as_data
from scopingreview.tables.source_yield import Reached, SourceYield, source_yields
from scopingreview.tables.yield_tables import yield_table
from tests.conftest import Run
from tests.flow.stories import Story, reviews, tell
from tests.test_five_sources import EXPORTS, SOURCES

ROOT = Path(__file__).parents[2]

READ = ("included", "included", "retrieved")


@pytest.fixture
def three_sources() -> dict[str, SourceYield]:
    """PubMed and Embase share one included report; each has another; a website has its own."""
    data = tell(
        Story("pubmed:1", *READ),
        Story("embase:1", same_as="pubmed:1"),
        Story("embase:2", same_as="pubmed:1"),
        Story("pubmed:2", "excluded"),
        Story("embase:3", *READ),
        Story("web:1", *READ),
    )
    yields = source_yields(data.state)
    return {each.label: each for each in (*yields.sources, *yields.totals)}


def test_a_report_that_two_sources_found_counts_for_each_and_once_in_the_total(
    three_sources: dict[str, SourceYield],
):
    assert three_sources["PubMed"].included == Reached(found=1, only_here=0, of_all=3)
    assert three_sources["Embase"].included == Reached(found=2, only_here=1, of_all=3)
    assert three_sources["All databases and registers"].included == Reached(2, 1, 3)


def test_a_duplicate_within_a_source_is_a_record_and_no_report(
    three_sources: dict[str, SourceYield],
):
    assert three_sources["Embase"].records == 3
    assert three_sources["Embase"].reports.found == 2


def test_sources_of_other_methods_stand_apart_with_a_total_of_their_own(
    three_sources: dict[str, SourceYield],
):
    assert three_sources["Websites"].lane is Lane.OTHER
    assert three_sources["All other methods"].reports == Reached(1, 1, 4)
    assert three_sources["All sources"].reports == Reached(4, 3, 4)


def test_precision_and_number_needed_to_read_ask_unique_reports(
    three_sources: dict[str, SourceYield],
):
    assert three_sources["PubMed"].precision == 0.5
    assert three_sources["PubMed"].number_needed_to_read == 2.0


def test_a_source_that_gave_nothing_has_no_precision():
    data = tell(Story("pubmed:1", "excluded"))
    (pubmed,) = source_yields(data.state).sources
    assert (pubmed.included.share, pubmed.number_needed_to_read) == (None, None)
    assert pubmed.precision == 0.0


def test_a_review_without_records_has_a_yield_of_nothing():
    yields = source_yields(tell(sources=()).state)
    assert (yields.sources, yields.combinations, yields.all_reports) == ((), (), 0)


def test_a_source_without_records_stands_there_with_nothing():
    yields = source_yields(tell().state)
    assert {each.records for each in (*yields.sources, *yields.totals)} == {0}
    assert len(yields.sources) == 5
    assert yields.combinations == ()


def counted_plainly(state: ReviewState) -> dict[str, tuple[int, ...]]:
    """Records, and found and found only here at each phase, by source: without any library."""
    sources_of: dict[str, set[str]] = {}
    for record_id, unique_id in state.canonical.items():
        sources_of.setdefault(unique_id, set()).add(record_id.split(":")[0])
    reached = [
        set(sources_of),
        set(state.standing_at(Phase.TITLE_ABSTRACT, Standing.INCLUDED)),
        set(state.standing_at(Phase.FULL_TEXT, Standing.INCLUDED)),
    ]
    counted = {}
    for source in state.protocol.sources:
        name, numbers = source.name, []
        for unique_ids in reached:
            found = [sources_of[key] for key in unique_ids if name in sources_of[key]]
            numbers += [len(found), sum(len(each) == 1 for each in found)]
        records = sum(key.split(":")[0] == name for key in state.records)
        counted[name] = (records, *numbers)
    return counted


def counted_by_pandas(state: ReviewState) -> dict[str, tuple[int, ...]]:
    counted = {}
    for each in source_yields(state).sources:
        assert each.source is not None
        phases = (each.reports, each.screened_in, each.included)
        numbers = [n for reached in phases for n in (reached.found, reached.only_here)]
        counted[each.source.name] = (each.records, *numbers)
    return counted


@given(reviews)
@settings(max_examples=60)
def test_every_number_is_that_of_a_count_in_plain_python(data: ReviewData):
    assert counted_by_pandas(data.state) == counted_plainly(data.state)


@given(reviews)
@settings(max_examples=40)
def test_every_report_stands_in_exactly_one_combination(data: ReviewData):
    yields = source_yields(data.state)
    assert yields.all_reports == len(data.state.unique_ids)
    assert len({each.sources for each in yields.combinations}) == len(yields.combinations)
    for place, each in enumerate(yields.sources):
        assert each.source is not None
        of_source = [c for c in yields.combinations if each.source.name in c.sources]
        assert sum(c.reports for c in of_source) == each.reports.found
        assert sum(c.included for c in of_source) == each.included.found
        assert yields.overlap[place][place] == each.reports.found


# ── the bundled review, and a real search in five sources ────────────────────────────────────


def test_the_yield_of_the_bundled_review_is_what_its_files_say():
    """Read from the committed files alone, without the program's own reading."""
    with (ROOT / "results/tables/source_yield.csv").open(encoding="utf-8") as table:
        rows = {row["source"]: row for row in csv.DictReader(table)}
    total = rows.pop("All databases and registers")
    assert (total["reports"], total["included"], total["records"]) == ("321", "51", "563")
    only = {name: int(row["included_only_here"]) for name, row in rows.items()}
    assert only == {"PubMed": 2, "PsycINFO": 7, "Embase": 1, "CINAHL": 2, "Web of Science": 2}
    assert sum(float(row["included_share_percent"]) for row in rows.values()) > 100
    with (ROOT / "results/tables/source_combinations.csv").open(encoding="utf-8") as table:
        combinations = [int(row["reports"]) for row in csv.DictReader(table)]
    assert len(combinations) == 30 + 1
    assert sum(combinations[:-1]) == combinations[-1] == 321


@pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real exports (../shared) are not here")
def test_the_yield_of_a_real_search_is_that_of_an_independent_count(run: Run, tmp_path: Path):
    review = tmp_path / "gambling"
    sources = [word for name in SOURCES for word in ("--source", name)]
    run("init", review, "--title", "Gambling harms", *sources, "--reviewer", "ab")
    for source, (file, hits) in SOURCES.items():
        run("add", EXPORTS / file, "--source", source, "--hits", hits, "-C", review)
    assert run("run", "--until", "count", "-C", review).status == 0
    found: dict[str, set[str]] = {}
    unique_of = {}
    with (review / "data/derived/duplicates.csv").open(encoding="utf-8") as table:
        unique_of = {row["record_id"]: row["duplicate_of"] for row in csv.DictReader(table)}
    with (review / "data/derived/records.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            unique_id = unique_of.get(row["record_id"], row["record_id"])
            found.setdefault(unique_id, set()).add(row["source"])
    yields = source_yields(load_state(Review(review)))
    patterns = Counter(frozenset(each) for each in found.values())
    assert {frozenset(c.sources): c.reports for c in yields.combinations} == dict(patterns)
    assert [c.reports for c in yields.combinations] == sorted(patterns.values(), reverse=True)
    assert yields.all_reports == len(found)
    for each in yields.sources:
        assert each.source is not None
        name = each.source.name
        assert each.reports.found == sum(name in names for names in found.values())
        assert each.reports.only_here == sum(names == {name} for names in found.values())
    counted = json.loads(run("count", "--json", "-C", review).out)
    assert counted["source_yield"] == rows_as_data(yield_table(yields))
