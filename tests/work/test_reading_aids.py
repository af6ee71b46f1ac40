"""Headings of abstracts, terms to mark, filters, and where a record can be read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scopingreview.errors import UsageError
from scopingreview.model import Retrieval, RetrievalStatus, Verdict
from scopingreview.paths import Review
from scopingreview.work.abstract_headings import paragraphs
from scopingreview.work.filters import among, candidates, parse_filter
from scopingreview.work.full_text import addresses
from scopingreview.work.highlights import Leaning, Mark, Terms
from tests.reviews import START, record
from tests.workbench.benches import small_review, work_on


@pytest.mark.parametrize(
    "abstract",
    [
        "BACKGROUND: Why. METHODS: How. RESULTS: What.",
        "BACKGROUND: Why.\nMETHODS: How.\nRESULTS: What.",
        "Background: Why. Methods: How. Results: What.",
        "Background Why. Methods How. Results What.",
        "BACKGROUND Why. METHODS How. RESULTS What.",
        "BACKGROUND. Why. METHODS. How. RESULTS. What.",
        "Background\nWhy.\nMethods\nHow.\nResults\nWhat.",
    ],
)
def test_headings_are_set_apart_however_they_are_written(abstract: str):
    found = [(each.heading.upper(), each.text) for each in paragraphs(abstract)]
    assert found == [("BACKGROUND", "Why."), ("METHODS", "How."), ("RESULTS", "What.")]


def test_a_heading_may_join_two_words():
    (found,) = paragraphs("Background and aims: To know.")
    assert (found.heading, found.text) == ("Background and aims", "To know.")


@pytest.mark.parametrize(
    "abstract",
    [
        "We found this: it works. Methods that work are rare.",
        "Patients In Need is the name of a charity.",
        "One ward tried it. USA: another did not.",
    ],
)
def test_running_text_has_no_headings(abstract: str):
    assert [each.heading for each in paragraphs(abstract)] == [""]


@given(st.text(st.sampled_from("Aa.: \nBACKGROUNDMETHODSresults"), max_size=80))
def test_no_word_of_an_abstract_is_lost(abstract: str):
    shown = " ".join(f"{each.heading} {each.text}" for each in paragraphs(abstract))
    letters = "".join(filter(str.isalpha, shown))
    wanted = "".join(filter(str.isalpha, abstract))
    assert letters == wanted or len(paragraphs(abstract)) == 0 or letters in wanted


def bracketed(text: str, marks: Iterable[Mark]) -> str:
    """The text with its terms in brackets, for where there is nothing but characters."""
    signs = {Leaning.INCLUDE: "+", Leaning.EXCLUDE: "-", Leaning.SEARCHED: "="}
    parts: list[str] = []
    end = 0
    for mark in marks:
        sign = signs[mark.leaning]
        parts += [text[end : mark.begin], f"[{sign}{text[mark.begin : mark.end]}{sign}]"]
        end = mark.end
    return "".join([*parts, text[end:]])


def test_a_star_stands_for_any_ending_and_nothing_else_does():
    terms = Terms(["nurs*", "rat"], [])
    text = "Nurses rate rats; a rat is nursing"
    assert bracketed(text, terms.marks(text)) == "[+Nurses+] rate rats; a [+rat+] is [+nursing+]"


def test_include_and_exclude_terms_are_told_apart_and_the_longer_wins():
    terms = Terms(["night shift"], ["shift work*"])
    text = "Night-shift and shift workers"
    assert bracketed(text, terms.marks(text)) == "[+Night-shift+] and [-shift workers-]"


def test_terms_are_counted_by_what_they_speak_for():
    terms = Terms(["nurs*"], ["mice"])
    assert terms.tally("Nurses, nurses, mice", Leaning.INCLUDE) == {"nurses": 2}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("undecided", [3, 4, 5]),
        ("mine", [1, 2]),
        ("maybe", [1]),
        ("exclude reason:topic", [2]),
        ("label:later", [1]),
        ("year:2013-", [3, 4, 5]),
        ("year:2012 mine", [2]),
        ("source:scopus", []),
        ("naps", [5]),
        ("burnout wards", [3]),
    ],
)
def test_a_filter_lists_what_it_says(text: str, found: list[int], tmp_path: Path):
    session = work_on(small_review(tmp_path)).session
    session.annotate(labels=["later"], now=START)
    session.decide(Verdict.MAYBE, now=START)
    session.decide(Verdict.EXCLUDE, reason="topic", now=START)
    wanted = parse_filter(text)
    listed = list(among(session, wanted, candidates(session, wanted)))
    assert sorted(listed) == [f"pubmed:{number}" for number in found]


@pytest.mark.parametrize("text", ["year:last", "year:", "yaer:2012"])
def test_a_filter_that_makes_no_sense_is_refused(text: str):
    with pytest.raises(UsageError):
        parse_filter(text)


def test_the_pdf_comes_first_then_where_it_was_found_then_its_doi(tmp_path: Path):
    review = Review(tmp_path)
    report = record("pubmed:7", doi="10.1234/seven", pmid="7")
    step = Retrieval(START, "pubmed:7", RetrievalStatus.RETRIEVED, "https://example.org/seven")
    web = [
        "https://example.org/seven",
        "https://doi.org/10.1234/seven",
        "https://pubmed.ncbi.nlm.nih.gov/7/",
    ]
    assert addresses(review, report, step) == web
    pdf = tmp_path / "data" / "fulltexts" / "pubmed-7.pdf"
    pdf.parent.mkdir(parents=True)
    pdf.touch()
    assert addresses(review, report, step) == [str(pdf), *web]


def test_the_place_that_retrieval_names_is_looked_up_in_the_review(tmp_path: Path):
    pdf = tmp_path / "data" / "fulltexts" / "doe2011.pdf"
    pdf.parent.mkdir(parents=True)
    pdf.touch()
    step = Retrieval(START, "pubmed:7", RetrievalStatus.RETRIEVED, "doe2011.pdf")
    assert addresses(Review(tmp_path), record("pubmed:7"), step) == [str(pdf)]


@pytest.mark.parametrize(
    ("where", "opened"),
    [
        ("https://example.org/a b\x1b]0;x", "https://example.org/a%20b%1B]0;x"),
        ("https://example.org/100%/%7Edoe", "https://example.org/100%25/%7Edoe"),
        ("https://example.org/\u202egpj.exe", "https://example.org/%E2%80%AEgpj.exe"),
        ("http://example.org/\n--new-window", "http://example.org/%0A--new-window"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https:///etc/passwd", None),
        ("HTTPS ://example.org", None),
        ("\ud800", None),
    ],
)
def test_an_address_is_of_the_web_and_encoded(where: str, opened: str | None, tmp_path: Path):
    step = Retrieval(START, "pubmed:7", RetrievalStatus.RETRIEVED, where)
    wanted = [] if opened is None else [opened]
    assert addresses(Review(tmp_path), record("pubmed:7"), step) == wanted
    assert addresses(Review(tmp_path), record("pubmed:7", url=where), None) == wanted


@pytest.mark.parametrize(
    "where",
    ["/etc/passwd", "../outside.pdf", "data/fulltexts/../../../outside.pdf", "link.pdf",
     "run.desktop", "run.sh", "folder.pdf", "x" * 5000, "\0.pdf"],
)  # fmt: skip
def test_nothing_is_opened_but_a_document_inside_the_review(where: str, tmp_path: Path):
    texts = tmp_path / "review" / "data" / "fulltexts"
    texts.mkdir(parents=True)
    (tmp_path / "outside.pdf").touch()
    (texts / "link.pdf").symlink_to(tmp_path / "outside.pdf")
    (texts / "folder.pdf").mkdir()
    for name in ("run.desktop", "run.sh"):
        (texts / name).touch()
    step = Retrieval(START, "pubmed:7", RetrievalStatus.RETRIEVED, where)
    assert addresses(Review(tmp_path / "review"), record("pubmed:7"), step) == []


def test_a_record_with_an_endless_id_has_no_file(tmp_path: Path):
    assert addresses(Review(tmp_path), record(f"pubmed:{'7' * 5000}"), None) == []
