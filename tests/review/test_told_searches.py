"""Where a search was run is told by one name: in the tables, the checklists and the methods."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scopingreview import config
from scopingreview.model import Search
from scopingreview.paths import Review
from scopingreview.review.reporting import report_page
from scopingreview.review.told_searches import told_searches
from tests.reviews import change_protocol, found_with, protocol, record

DAY = date(2023, 1, 5)


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return found_with(tmp_path, [record("pubmed:1")])


def search(review: Review, source: str, platform: str) -> None:
    config.save_search(review, Search(f"{source}-1", source, (), platform=platform, run_on=DAY))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("ebsco", "EBSCOhost"),
        ("ovid", "Ovid"),
        ("Ebsco, at the library", "Ebsco, at the library"),
        ("EBSCO", "EBSCO"),
        ("", ""),
    ],
)
def test_a_platform_is_told_by_its_proper_name_unless_people_spelled_it_themselves(
    review: Review, written: str, told: str
):
    search(review, "scopus", written)
    (found,) = told_searches(review, protocol(review))
    assert found.platform == told


def test_the_platform_of_the_source_stands_for_that_of_the_search(review: Review):
    change_protocol(review, 'label = "Scopus"', 'label = "Scopus"\nplatform = "elsevier"')
    search(review, "scopus", "")
    (found,) = told_searches(review, protocol(review))
    assert found.platform == "elsevier"


def test_the_methods_name_platforms_as_the_diagram_would_and_no_database_as_its_own(
    review: Review,
):
    search(review, "pubmed", "pubmed")
    search(review, "scopus", "ovid")
    said = report_page(review).methods[0]
    assert said == "2 searches were run: PubMed (2023-01-05); Scopus (via Ovid, 2023-01-05)."
