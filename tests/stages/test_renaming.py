"""A source gets another name: ids, decisions and exports stay, everything else says the new one."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from scopingreview import config, store
from scopingreview.errors import ReviewError
from scopingreview.paths import COUNTS, RECORDS, Review
from scopingreview.review.state import load_state
from scopingreview.stages.deduping import run_dedupe
from scopingreview.stages.importing import run_import
from scopingreview.stages.renaming import rename_source
from tests.conftest import Run
from tests.reviews import (
    TITLE_ABSTRACT,
    change_protocol,
    decide,
    found_with_exports,
    protocol,
    snapshot,
)


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Four records of two sources, imported, linked and partly decided on."""
    review = found_with_exports(tmp_path / "review")
    run_import(review)
    run_dedupe(review)
    for record_id in load_state(review).records:
        store.append_decision(review, decide(record_id, "include", "ab"))
    return review


def ids(review: Review) -> list[str]:
    return [record.record_id for record in store.read_records(review)]


def test_no_file_but_the_two_of_the_protocol_changes(review: Review):
    before = snapshot(review.root)
    rename_source(review, "pubmed", "medline")
    after = snapshot(review.root)
    changed = {name for name in before if after.get(name) != before[name]}
    assert changed == {"config/review.toml", "config/searches.toml"}
    assert after.keys() - before.keys() <= {"data/derived/locks/config-searches.toml.lock"}


def test_ids_and_votes_are_the_same_before_and_after_the_next_import(review: Review):
    known, votes = ids(review), load_state(review).votes[TITLE_ABSTRACT]
    rename_source(review, "pubmed", "medline")
    assert load_state(review).votes[TITLE_ABSTRACT] == votes
    run_import(review)
    run_dedupe(review)
    assert ids(review) == known
    assert load_state(review).votes[TITLE_ABSTRACT] == votes
    assert {record.source for record in store.read_records(review)} == {"medline", "scopus"}


def test_everything_says_the_new_name_also_before_the_next_import(review: Review, run: Run):
    rename_source(review, "pubmed", "medline")
    assert {record.source for record in load_state(review).records.values()} == {
        "medline",
        "scopus",
    }
    assert run("status", "-C", review.root).status == 0
    assert run("run", "-C", review.root).status == 0
    assert run("check", "-C", review.root).status == 0
    with review.path(COUNTS).open(encoding="utf-8", newline="") as file:
        items = {row["item"] for row in csv.DictReader(file) if row["box"] == "identified"}
    assert items == {"", "medline", "scopus"}


def test_comments_and_the_label_stay(review: Review):
    text = review.path("config/review.toml").read_text(encoding="utf-8")
    rename_source(review, "pubmed", "medline")
    renamed = review.path("config/review.toml").read_text(encoding="utf-8")
    assert renamed == text.replace('name = "pubmed"\n', 'name = "medline"\n').replace(
        'label = "PubMed"\nkind = "database"\n',
        'label = "PubMed"\nkind = "database"\nformerly = ["pubmed"]\n',
    )
    assert protocol(review).source("medline").label == "PubMed"


def test_a_later_search_gives_ids_that_begin_as_the_others_do(review: Review, run: Run):
    rename_source(review, "pubmed", "medline")
    more = review.root.parent / "more.ris"
    more.write_text("TY  - JOUR\nID  - 77\nTI  - Later\nER  - \n")
    run("add", more, "--source", "medline", "--run-on", "2024-01-01", "-C", review.root)
    assert review.path("data/raw/medline/more.ris").is_file()
    run_import(review)
    assert len(ids(review)) == 5
    assert {record_id.partition(":")[0] for record_id in ids(review)} == {"pubmed", "scopus"}


def test_names_can_follow_each_other_and_the_first_begins_the_ids(review: Review):
    known = ids(review)
    rename_source(review, "pubmed", "medline")
    rename_source(review, "medline", "ovid")
    assert protocol(review).source("ovid").formerly == ("pubmed", "medline")
    run_import(review)
    assert ids(review) == known
    rename_source(review, "ovid", "pubmed")
    assert protocol(review).source("pubmed").id_prefix == "pubmed"
    run_import(review)
    assert ids(review) == known


def test_a_source_renamed_by_hand_is_told_what_it_costs_and_is_mended(review: Review, run: Run):
    known = ids(review)
    change_protocol(review, 'name = "pubmed"', 'name = "medline"')
    told = run("status", "-C", review.root)
    assert told.status == 1
    assert "every decision hangs on them" in told.err
    assert "scopingreview source rename pubmed NEW" in told.err
    assert run("source", "rename", "pubmed", "medline", "-C", review.root).status == 0
    run_import(review)
    assert ids(review) == known


def test_a_killed_rename_leaves_searches_that_still_mean_the_source(review: Review):
    config.save_source_name(review, "pubmed", "medline", ["pubmed"])
    searches = config.load_searches(review, protocol(review))
    assert [search.source for search in searches] == ["medline", "scopus"]
    done = rename_source(review, "pubmed", "medline")
    assert done.searches == ("pubmed-2023-05-01",)
    assert 'source = "medline"' in review.path("config/searches.toml").read_text()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("pubmd", "medline", 'no source is called "pubmd"'),
        ("pubmed", "scopus", '"scopus" is the name of the source scopus'),
        ("pubmed", "Web of Science", 'Write "web-of-science"'),
        ("pubmed", "../raw", "cannot name a folder"),
    ],
)
def test_a_name_that_is_unknown_taken_or_none_is_refused(
    review: Review, old: str, new: str, told: str
):
    before = snapshot(review.root)
    with pytest.raises(ReviewError) as refused:
        rename_source(review, old, new)
    assert told in str(refused.value)
    assert snapshot(review.root) == before


def test_a_name_that_a_source_once_had_stays_taken(review: Review):
    rename_source(review, "pubmed", "medline")
    with pytest.raises(ReviewError, match='"pubmed" was once the name of the source medline'):
        rename_source(review, "scopus", "pubmed")
    change_protocol(review, 'name = "scopus"', 'name = "pubmed"')
    with pytest.raises(ReviewError, match='"pubmed" stands 2 times among the sources'):
        protocol(review)


def test_texts_with_a_marker_of_the_old_name_are_named(review: Review, run: Run):
    text = review.path("methods.md")
    text.write_text("<!-- n: identified/pubmed -->2<!-- /n --> records")
    told = run("source", "rename", "pubmed", "medline", "-C", review.root)
    assert "methods.md has a marker for pubmed" in told.err
    assert "2 record ids go on beginning with pubmed:" in told.out


def test_the_sources_are_shown_with_what_their_ids_begin_with(review: Review, run: Run):
    rename_source(review, "pubmed", "medline")
    shown = json.loads(run("source", "-C", review.root, "--json").out)["sources"]
    assert [(each["name"], each["ids_begin_with"], each["records"]) for each in shown] == [
        ("medline", "pubmed:", 2),
        ("scopus", "scopus:", 2),
    ]
    assert run("source", "rename", "medline", "-C", review.root).status == 2


def test_trust_follows_a_source_whatever_its_records_still_say(review: Review):
    """Duplicates found before the next import keep the record of the source trusted most."""
    kept = store.read_duplicates(review)
    rename_source(review, "pubmed", "medline")
    assert "pubmed" in review.path(RECORDS).read_text(encoding="utf-8")
    run_dedupe(review)
    assert store.read_duplicates(review) == kept


def test_whoever_reads_an_id_knows_its_source(review: Review):
    rename_source(review, "pubmed", "medline")
    of_ids = protocol(review).sources_of_ids()
    assert {prefix: source.name for prefix, source in of_ids.items()} == {
        "pubmed": "medline",
        "scopus": "scopus",
    }


def test_an_export_that_is_added_under_a_former_name_is_of_the_source(review: Review, run: Run):
    rename_source(review, "pubmed", "medline")
    dropped = review.path("data/raw/pubmed/later.ris")
    dropped.write_text("TY  - JOUR\nTI  - Later\nER  - \n")
    assert "--source pubmed" in run("status", "-C", review.root).err
    added = run("add", dropped, "--source", "pubmed", "--search", "later", "-C", review.root)
    assert added.status == 0, added.err
    searches = {each.name: each for each in config.load_searches(review, protocol(review))}
    assert searches["later"].source == "medline"
