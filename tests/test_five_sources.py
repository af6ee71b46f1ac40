"""A real search in five sources, where the real exports are at hand: every record arrives."""

import csv
import json
from pathlib import Path

import pytest

from tests.conftest import Run

EXPORTS = Path(__file__).parents[2] / "shared" / "exports"
SOURCES = {
    "psycinfo": ("zotero/gambling_psycinfo_124.ris", 124),
    "pubmed": ("zotero/gambling_pubmed_176.ris", 176),
    "scopus": ("scopus/gambling_255.ris", 255),
    "lens": ("lens/gambling_49.ris", 49),
    "cja": ("ebsco/gambling_crimjust_41.ris", 41),
}


@pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real exports (../shared) are not here")
def test_a_real_search_in_five_sources_goes_from_exports_to_the_figure(run: Run, tmp_path: Path):
    review = tmp_path / "gambling"
    sources = [word for name in SOURCES for word in ("--source", name)]
    run("init", review, "--title", "Gambling harms", *sources, "--reviewer", "ab")
    for source, (file, hits) in SOURCES.items():
        added = run("add", EXPORTS / file, "--source", source, "--hits", hits, "-C", review)
        assert added.status == 0, added.err
    assert run("run", "-C", review).status == 0

    read = json.loads(run("status", "--json", "-C", review).out)
    assert {s["search"]["source"]: s["records"] for s in read["searches"]} == {
        source: hits for source, (_, hits) in SOURCES.items()
    }
    assert read["records"] == 645
    with (review / "results/counts.csv").open(encoding="utf-8") as table:
        counts = {(row["box"], row["item"]): int(row["n"]) for row in csv.DictReader(table)}
    assert counts["identified", ""] == 645
    assert counts["awaiting", ""] == 645 - counts["duplicates", ""] > 0
    assert (review / "results/flow.svg").read_text().startswith("<?xml")
