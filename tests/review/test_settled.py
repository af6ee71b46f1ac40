"""What is sent out is what was settled: the verdict that stands, why, the box, the sources."""

from __future__ import annotations

import csv
import io
import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
import rispy
from openpyxl import load_workbook

from scopingreview import formats, store
from scopingreview.paths import Review
from tests.conftest import Answer, Run
from tests.reviews import FULL_TEXT, change_protocol, decide, found_with, record, retrieved

FORMATS = ["csv", "xlsx", "ris", "bib", "json"]


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """pubmed:1 is excluded by an adjudicator; pubmed:2 is included; pubmed:3 waits for cd."""
    review = found_with(
        tmp_path / "review",
        [
            record("pubmed:1", title="On rest", authors=("Bell, Ada Mary", "WHO"), year=2019,
                   journal="Sleep", doi="10.1000/1", abstract="A\nER  - \n\nTY  - JOUR"),
            record("pubmed:2", title="On naps & a_b 100%}"),
            record("pubmed:3"),
            record("scopus:1"),
        ],
        duplicates={"scopus:1": "pubmed:1"},
    )  # fmt: skip
    for name in ("ab", "cd"):
        for number in (1, 2):
            store.append_decision(review, decide(f"pubmed:{number}", "include", name))
        store.append_decision(review, decide("pubmed:2", "include", name, FULL_TEXT))
    store.append_decision(review, decide("pubmed:3", "include", "ab"))
    store.append_retrievals(review, [retrieved("pubmed:1"), retrieved("pubmed:2")])
    for name, verdict, reason in (("ab", "include", ""), ("cd", "exclude", "concept")):
        store.append_decision(review, decide("pubmed:1", verdict, name, FULL_TEXT, reason))
    return review


def settle(review: Review) -> None:
    """The adjudicator excludes pubmed:1 for its population, and it fails the language too."""
    said = decide("scopus:1", "exclude", "ef", FULL_TEXT, "population")
    store.append_consensus(review, [replace(said, labels=("also:language",))])


def export(run: Run, review: Review, suffix: str, *words: object) -> bytes:
    file = review.root.parent / f"out.{suffix}"
    answer: Answer = run("export", file, "--overwrite", *words, "-C", review.root)
    assert answer.status == 0, answer.err
    return file.read_bytes()


def rows(content: bytes) -> dict[str, dict[str, str]]:
    found = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return {row["record_id"]: row for row in found}


def test_a_box_of_excluded_reports_is_sent_out_with_what_was_settled(run: Run, review: Review):
    settle(review)
    (row,) = rows(export(run, review, "csv", "--box", "reports_excluded", "--as", "ab")).values()
    assert row["record_id"] == "pubmed:1"
    assert (row["box"], row["phase"], row["settled"]) == (
        "reports_excluded",
        "full-text",
        "excluded",
    )
    assert (row["reason"], row["reason_wording"]) == ("population", "Wrong population")
    assert row["further_reasons"] == "Language not covered"
    assert row["found_in"] == "PubMed; Scopus"


def test_nobodys_single_vote_is_sent_out(run: Run, review: Review):
    for suffix in FORMATS:
        content = export(run, review, suffix)
        assert b"Wrong concept" not in content
    sent = rows(export(run, review, "csv"))
    assert (sent["pubmed:1"]["box"], sent["pubmed:1"]["settled"]) == ("conflicts", "in conflict")
    assert (sent["pubmed:3"]["box"], sent["pubmed:3"]["settled"]) == ("awaiting", "awaiting")
    assert "verdict" not in sent["pubmed:1"]


def test_a_duplicate_is_sent_out_with_the_record_it_is_a_duplicate_of(run: Run, review: Review):
    (row,) = rows(export(run, review, "csv", "--box", "duplicates")).values()
    assert (row["record_id"], row["duplicate_of"], row["settled"]) == ("scopus:1", "pubmed:1", "")


def test_every_format_carries_what_was_settled(run: Run, review: Review):
    settle(review)
    words = "excluded by full-text (population): Wrong population; also: Language not covered"
    box = ("--box", "reports_excluded")
    assert words in export(run, review, "ris", *box).decode()
    assert words in export(run, review, "bib", *box).decode()
    (item,) = json.loads(export(run, review, "json", *box))
    assert words in item["note"]
    assert item["custom"]["further_reasons"] == ["Language not covered"]
    assert item["author"] == [{"family": "Bell", "given": "Ada Mary"}, {"literal": "WHO"}]
    sheet = load_workbook(io.BytesIO(export(run, review, "xlsx", *box)))["records"]
    assert [cell.value for cell in sheet[2]][:6] == [
        "pubmed:1",
        "reports_excluded",
        "full-text",
        "excluded",
        "population",
        "Wrong population",
    ]


def test_no_abstract_can_begin_a_record_of_its_own_in_ris(run: Run, review: Review):
    text = export(run, review, "ris").decode()
    read = rispy.loads(text)
    assert [each["id"] for each in read] == ["pubmed:1", "pubmed:2", "pubmed:3"]
    assert read[0]["abstract"] == "A ER - TY - JOUR"
    assert not any(line.strip().endswith(".") and line[:-1].isdigit() for line in text.split("\n"))


def test_bibtex_comes_back_as_it_went_out(run: Run, review: Review):
    export(run, review, "bib")
    file = review.root.parent / "out.bib"
    read = [one for part in formats.read(file) for one in part.records]
    assert [one.title for one in read] == ["On rest", "On naps & a_b 100%}", "On pubmed:3"]
    assert read[0].authors == ("Bell, Ada Mary", "WHO")


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_records_are_the_same_bytes_whenever_they_are_written(
    run: Run, review: Review, suffix: str, monkeypatch: pytest.MonkeyPatch
):
    first = export(run, review, suffix)
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *_: (2040, 1, 2, 3, 4, 5, 0, 2, 0))
    assert export(run, review, suffix) == first


def test_authors_stay_hidden_of_what_reviewers_blind_to_them_have_still_to_decide_on(
    run: Run, review: Review
):
    change_protocol(review, "[full_text]", "[full_text]\nblind_to_authors = true")
    assert rows(export(run, review, "csv"))["pubmed:1"]["authors"] == ""
    settle(review)
    assert rows(export(run, review, "csv"))["pubmed:1"]["authors"] == "Bell, Ada Mary; WHO"


def test_the_excluded_reports_and_their_reasons_are_a_result(run: Run, review: Review):
    settle(review)
    assert run("count", "-C", review.root).status == 0
    text = review.path("results/excluded_reports.md").read_text(encoding="utf-8")
    assert "## Wrong population (n = 1)\n\n- Bell AM, WHO. On rest. Sleep. 2019. " in text
    assert "Also: Language not covered." in text
    assert "scopingreview " in text.splitlines()[-1]
    sheet = review.path("results/excluded_reports.csv").read_text(encoding="utf-8")
    (row,) = csv.DictReader(io.StringIO(sheet))
    assert (row["record_id"], row["reason"]) == ("pubmed:1", "population")


def test_check_finds_a_reason_that_somebody_changed_in_the_list(run: Run, review: Review):
    settle(review)
    run("count", "-C", review.root)
    for name in ("results/excluded_reports.csv", "results/excluded_reports.md"):
        path = review.path(name)
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("Wrong population", "Wrong concept"), encoding="utf-8")
        assert name in run("check", "-C", review.root).out
        path.write_text(text, encoding="utf-8")
        assert name not in run("check", "-C", review.root).out
