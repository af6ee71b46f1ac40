"""Which report a PDF is: by name, DOI or title; what speaks for two is left to a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview.exchange import match_full_texts
from scopingreview.model import Record
from scopingreview.model.full_texts import FullText
from tests.reviews import record

TITLE = "Napping on night shifts and what nurses make of it"
LONGER = f"{TITLE}: a protocol"
NAPS = record("pubmed:31", title=TITLE, doi="10.5555/naps.2019.0042", pmid="31234567")
COPY = record("scopus:9", title=TITLE, doi="10.6666/other-copy-99")
REST = record("pubmed:32", title="Rest breaks in emergency departments", doi="10.5555/rest.7")
PROTOCOL = record("pubmed:33", title=LONGER)
REPORTS: dict[str, list[Record]] = {
    "pubmed:31": [NAPS, COPY],
    "pubmed:32": [REST],
    "pubmed:33": [PROTOCOL],
}


def text(name: str, page: str = "", title: str = "", digest: str = "") -> FullText:
    return FullText(Path("papers") / name, title=title, text=page, digest=digest or name)


def matched(*texts: FullText) -> list[tuple[str, str, bool]]:
    matches, _ = match_full_texts(texts, REPORTS)
    return [(match.file.name, match.record_id, match.sure) for match in matches]


def unclear(*texts: FullText) -> list[str]:
    return [each.why for each in match_full_texts(texts, REPORTS)[1]]


@pytest.mark.parametrize(
    ("file", "sure"),
    [
        (text("pubmed-31.pdf"), True),
        (text("scopus_9.pdf"), True),
        (text("31234567.pdf"), True),
        (text("PMID31234567.pdf"), True),
        (text("10.5555_naps.2019.0042.pdf"), True),
        (text("naps-2019-0042 (1).pdf"), True),
        (text("a.pdf", "see https://doi.org/10.5555/NAPS.2019.0042. Received"), True),
        (text("a.pdf", "doi:10.5555/naps.\n2019.0042 Received"), True),
        (text("a.pdf", "doi 10.6666/other-copy-99"), True),
        (
            text(
                "a.pdf", "ORIGINAL ARTICLE\nNapping on night shifts and what nur-\nses make of it"
            ),
            True,
        ),
        (text("a.pdf", title=TITLE.upper()), False),
        (text("napping_on_night_shifts_and_what_nurses_make_of_it.pdf"), False),
    ],
    ids=lambda value: value.file.name if isinstance(value, FullText) else "",
)
def test_a_file_is_known_by_any_copy_of_its_report(file: FullText, sure: bool):
    assert matched(file) == [(file.file.name, "pubmed:31", sure)]


@pytest.mark.parametrize(
    "file",
    [
        text("ek2019.pdf", "Nothing of that"),
        text("1.pdf"),
        text("pubmed-3.pdf"),
        text("pubmed-311.pdf"),
        text("10.5555_rest.71.pdf"),
        text("312345678.pdf"),
        text("a.pdf", "doi 10.5555/naps.2019.00421"),
        text("Napping.pdf"),
    ],
    ids=lambda file: file.file.name,
)
def test_what_only_resembles_is_no_match(file: FullText):
    assert matched(file) == []
    assert len(unclear(file)) == 1


def test_a_file_that_speaks_for_two_reports_is_left_to_a_person():
    both = text("a.pdf", "doi 10.5555/naps.2019.0042 ... cites 10.5555/rest.7 twice")
    assert matched(both) == []
    (why,) = unclear(both)
    assert "speaks for 2 reports (pubmed:31: the DOI is on its first pages; pubmed:32:" in why


def test_a_name_and_a_page_that_contradict_each_other_are_left_to_a_person():
    assert matched(text("pubmed-32.pdf", TITLE)) == []


def test_a_title_inside_a_longer_one_speaks_for_the_longer():
    assert matched(text("a.pdf", f"{LONGER}\nEk B")) == [("a.pdf", "pubmed:33", True)]
    assert matched(text("a.pdf", f"{TITLE}\nEk B")) == [("a.pdf", "pubmed:31", True)]


def test_of_two_reports_with_one_title_that_one_is_meant_whose_doi_is_there():
    namesake = {**REPORTS, "pubmed:99": [record("pubmed:99", title=TITLE, doi="10.5555/poster")]}
    by_title, with_doi = text("a.pdf", TITLE), text("b.pdf", f"{TITLE}\ndoi 10.5555/poster")
    matches, (left,) = match_full_texts([by_title, with_doi], namesake)
    assert [(match.file.name, match.record_id) for match in matches] == [("b.pdf", "pubmed:99")]
    assert left.record_ids == ("pubmed:31", "pubmed:99")


def test_a_name_that_is_cut_off_is_likely_where_one_title_begins_so_and_else_left_to_a_person():
    cut = text("Ek et al. - 2019 - Rest breaks in emergency depart.pdf")
    assert matched(cut) == [(cut.file.name, "pubmed:32", False)]
    assert matched(text("Ek et al. - 2019 - Napping on night shifts and what nu.pdf")) == []


def test_a_short_title_is_no_evidence():
    short = {"pubmed:1": [record("pubmed:1", title="Editorial")]}
    assert match_full_texts([text("a.pdf", "Editorial")], short)[0] == []


def test_two_files_of_one_report_are_left_to_a_person_and_two_copies_are_one():
    files = (text("pubmed-31.pdf", digest="x"), text("31234567.pdf", digest="y"))
    assert matched(*files) == []
    assert unclear(*files)[0] == "several files are pubmed:31's: pubmed-31.pdf, 31234567.pdf"
    copies = (text("pubmed-31.pdf", digest="x"), text("31234567.pdf", digest="x"))
    assert matched(*copies) == [("pubmed-31.pdf", "pubmed:31", True)]
    assert unclear(*copies) == ["it is the same file as pubmed-31.pdf"]


def test_a_file_that_could_not_be_read_is_known_by_its_name_or_says_why():
    broken = FullText(Path("31234567.pdf"), problem="it asks for a password")
    assert matched(broken) == [("31234567.pdf", "pubmed:31", True)]
    assert unclear(FullText(Path("b.pdf"), problem="it asks for a password")) == [
        "it asks for a password"
    ]
    assert unclear(text("scan.pdf"))[0].startswith("it has no text, a scan perhaps")
