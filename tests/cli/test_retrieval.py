"""`retrieve`: PDFs matched and shown first, places that must be there, lists to order by."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from scopingreview import store
from scopingreview.model import RetrievalStatus
from scopingreview.paths import RETRIEVAL, Review
from scopingreview.review.state import load_state
from tests.conftest import Run
from tests.pdfs import pdf, pdf_file
from tests.reviews import decide, found_with, record, retrieved, snapshot

NAPS = record(
    "pubmed:1",
    title="Napping on night shifts and what nurses make of it",
    doi="10.5555/naps.42",
    authors=("Ek, Bo",),
    year=2019,
    journal="Rest",
    volume="7",
    pages="1-9",
    issn="1234-5678",
)
NAPS_AGAIN = record("scopus:1", title=NAPS.title, issue="2")
BREAKS = record("pubmed:2", title="Rest breaks in emergency departments", pmid="2222222")
LEFT_OUT = record("pubmed:3", title="Sleep in submarines and other places", doi="10.5555/sub")


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Two reports that are sought and one that was excluded."""
    return found_with(
        tmp_path / "review",
        [NAPS, BREAKS, LEFT_OUT, NAPS_AGAIN],
        duplicates={"scopus:1": "pubmed:1"},
        decisions=[
            *(decide(f"pubmed:{n}", "include", by) for n in (1, 2) for by in ("ab", "cd")),
            *(decide("pubmed:3", "exclude", by) for by in ("ab", "cd")),
        ],
    )


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder as people have it: one to match, one of an excluded report, one of nobody's."""
    folder = tmp_path / "papers"
    pdf_file(folder / "from library", "ek2019.pdf", f"{NAPS.title}\nBo Ek")
    pdf_file(folder, "submarines.pdf", LEFT_OUT.title)
    pdf_file(folder, "invoice.pdf", "To be paid")
    (folder / "login.pdf").write_text("<html>")
    return folder


def document(run: Run, review: Review, *words: object) -> dict[str, dict[str, list[object]]]:
    answer = run("retrieve", *words, "-C", review.root, "--json")
    assert answer.status == 0, answer.err
    found: dict[str, dict[str, list[object]]] = json.loads(answer.out)
    return found


def test_matches_are_shown_and_nothing_is_written_before_they_are_confirmed(
    review: Review, papers: Path, run: Run
):
    before = snapshot(review.root)
    shown = run("retrieve", "--match", papers, "-C", review.root)
    assert "4 PDFs: 1 matched, 3 left to you, 0 there already; 1 reports still" in shown.out
    assert "ek2019.pdf  pubmed:1" in shown.out
    assert "the title is on its first pages" in shown.out
    assert "login.pdf: it is no PDF, whatever its name says" in shown.out
    assert "Nothing was written" in shown.err
    assert not document(run, review, "--match", papers)["written"]
    assert snapshot(review.root) == before


def test_what_is_kept_is_copied_into_the_review_and_said_in_a_line(
    review: Review, papers: Path, run: Run
):
    assert run("retrieve", "--match", papers, "--yes", "-C", review.root).status == 0
    step = load_state(review).retrievals["pubmed:1"]
    assert (step.status, step.where) == (RetrievalStatus.RETRIEVED, "data/fulltexts/pubmed-1.pdf")
    original = papers / "from library/ek2019.pdf"
    assert review.path(step.where).read_bytes() == original.read_bytes()
    again = run("retrieve", "--match", papers, "--yes", "-C", review.root)
    assert "0 matched, 3 left to you, 1 there already" in again.out
    assert len(store.read_retrievals(review)) == 1


def test_a_dry_run_says_what_it_would_copy(review: Review, papers: Path, run: Run):
    before = snapshot(review.root)
    told = run("retrieve", "--match", papers, "--yes", "--dry-run", "-C", review.root)
    assert "would write" in told.out
    assert "pubmed-1.pdf" in told.out
    assert snapshot(review.root) == before


def test_a_file_that_is_in_the_review_stays_where_it_is(review: Review, run: Run):
    pdf_file(review.root / "papers", "2222222.pdf", "x")
    run("retrieve", "--match", review.root / "papers", "--yes", "-C", review.root)
    assert load_state(review).retrievals["pubmed:2"].where == "papers/2222222.pdf"
    assert not review.path("data/fulltexts").exists()


def test_another_file_in_the_place_is_not_written_over(review: Review, papers: Path, run: Run):
    place = pdf_file(review.path("data/fulltexts"), "pubmed-1.pdf", "something else")
    content = place.read_bytes()
    refused = run("retrieve", "--match", papers, "--yes", "-C", review.root)
    assert refused.status == 1
    assert "another file is there already" in refused.err
    assert place.read_bytes() == content
    assert not review.path(RETRIEVAL).exists()


def test_full_texts_that_would_lie_outside_the_review_are_refused(
    review: Review, papers: Path, tmp_path: Path, run: Run
):
    (tmp_path / "drive").mkdir()
    review.path("data/fulltexts").symlink_to(tmp_path / "drive")
    refused = run("retrieve", "--match", papers, "--yes", "-C", review.root)
    assert refused.status == 1
    assert "data/fulltexts: this folder is a link that leads out of the review" in refused.err
    assert list((tmp_path / "drive").iterdir()) == []


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda _: None, "no such folder"),
        (lambda folder: folder.mkdir(), "this folder holds no PDF"),
        (lambda folder: folder.write_bytes(pdf("x")), "this is a file"),
    ],
)
def test_a_folder_without_pdfs_is_told(review: Review, tmp_path: Path, run: Run, make, told: str):
    make(tmp_path / "place")
    refused = run("retrieve", "--match", tmp_path / "place", "-C", review.root)
    assert (refused.status, told in refused.err) == (1, True)


@pytest.mark.parametrize(
    "where",
    ["smith2019.pdf", "../secret.pdf", "file:///etc/passwd", "shelf 3", "config/review.toml"],
)
def test_a_place_that_is_no_document_of_the_review_is_refused(review: Review, run: Run, where: str):
    (review.root.parent / "secret.pdf").write_bytes(pdf("x"))
    words = ("--record", "pubmed:1", "--status", "retrieved", "--where", where)
    refused = run("retrieve", *words, "-C", review.root)
    assert refused.status == 1
    assert f"no document of the review is called {where}" in refused.err
    assert not review.path(RETRIEVAL).exists()


@pytest.mark.parametrize(
    "where", ["https://example.org/a.pdf", "ek.pdf", "data/fulltexts/ek.pdf", ""]
)
def test_an_address_or_a_file_that_is_there_is_taken(review: Review, run: Run, where: str):
    pdf_file(review.path("data/fulltexts"), "ek.pdf")
    words = ("--record", "pubmed:1", "--status", "retrieved", "--where", where)
    assert run("retrieve", *words, "-C", review.root).status == 0


def test_a_sheet_with_a_file_that_is_not_there_is_refused_with_its_line(
    review: Review, tmp_path: Path, run: Run
):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "record_id,status,where\npubmed:1,sought,\npubmed:2,retrieved,gone.pdf\n", "utf-8"
    )
    refused = run("retrieve", "--from", sheet, "-C", review.root)
    assert "sheet.csv:3: pubmed:2: no document of the review is called gone.pdf" in refused.err
    assert not review.path(RETRIEVAL).exists()


def test_check_names_full_texts_that_vanished_and_stays_green(
    review: Review, papers: Path, run: Run
):
    run("retrieve", "--match", papers, "--yes", "-C", review.root)
    assert "V15" not in run("check", "-C", review.root).out
    review.path("data/fulltexts/pubmed-1.pdf").unlink()
    checked = run("check", "-C", review.root)
    assert "V15 note: 1 full texts are not where data/screened/retrieval.csv says" in checked.out
    assert "data/fulltexts/pubmed-1.pdf" in checked.out


def test_a_list_tells_of_which_reports_a_workbook_cut_the_authors(run: Run, tmp_path: Path):
    many = tuple(f"Author{n:05}, A." for n in range(3000))
    said = [decide("pubmed:1", "include", by) for by in ("ab", "cd")]
    review = found_with(tmp_path / "r", [record("pubmed:1", authors=many)], decisions=said)
    answer = run("retrieve", "--list", tmp_path / "desk.xlsx", "-C", review.root)
    assert "32,767 characters: pubmed:1 (authors). A .csv has all of it." in answer.err


def test_the_list_for_the_library_has_all_that_an_order_needs(
    review: Review, tmp_path: Path, run: Run
):
    sought = retrieved("pubmed:1", "sought")
    store.append_retrievals(review, [sought])
    file = tmp_path / "desk.csv"
    assert run("retrieve", "--list", file, "-C", review.root).status == 0
    (first, second) = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    assert first["title"] == NAPS.title
    assert [first[name] for name in ("authors", "year", "journal", "volume", "issue", "pages")] == [
        *("Ek, Bo", "2019", "Rest", "7", "2", "1-9")
    ]
    assert (first["issn"], first["doi"]) == ("1234-5678", "10.5555/naps.42")
    assert (first["found_in"], first["sought_since"]) == (
        "PubMed; Scopus",
        f"{sought.recorded_at:%Y-%m-%d}",
    )
    assert (second["record_id"], second["pmid"]) == ("pubmed:2", "2222222")
    refused = run("retrieve", "--list", file, "-C", review.root)
    assert "this file is there already" in refused.err


def test_the_list_is_a_workbook_and_ris_too(review: Review, tmp_path: Path, run: Run):
    book, ris = tmp_path / "desk.xlsx", tmp_path / "desk.ris"
    for file in (book, ris):
        assert run("retrieve", "--list", file, "-C", review.root).status == 0
    rows = list(openpyxl.load_workbook(book).active.values)
    assert [row[0] for row in rows] == ["record_id", "pubmed:1", "pubmed:2"]
    text = ris.read_text(encoding="utf-8")
    assert text.count("TY  - JOUR") == 2
    assert "DO  - 10.5555/naps.42" in text
    assert "IS  - 2" in text
    assert run("retrieve", "--list", tmp_path / "desk.bib", "-C", review.root).status == 2


def test_ways_to_say_what_to_do_exclude_each_other(review: Review, papers: Path, run: Run):
    words = ("--match", papers, "--list", "x.csv")
    assert run("retrieve", *words, "-C", review.root).status == 2
