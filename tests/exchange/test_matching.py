"""Which record a row means: by id, DOI, PMID, then title, and never by guessing."""

import pytest

from scopingreview.errors import ReviewError
from scopingreview.exchange import Finder, Said
from scopingreview.model import Record
from tests.reviews import record

RECORDS = [
    record("pubmed:1", title="Stress in nurses", doi="10.1000/one", pmid="1", year=2019),
    record("scopus:1", title="Stress in nurses.", doi="", year=2020),
    record("pubmed:2", title="Editorial", pmid="2", year=2019),
    record("pubmed:3", title="Editorial", pmid="3", year=2019),
    record("pubmed:4", title="Poster A", doi="10.1000/supplement"),
    record("pubmed:5", title="Poster B", doi="10.1000/supplement"),
]
CANONICAL = {each.record_id: each.record_id for each in RECORDS} | {"scopus:1": "pubmed:1"}
BY_ID = {each.record_id: each for each in RECORDS}


def found(said: Said) -> str:
    return Finder(BY_ID, CANONICAL, [said]).find(said)


def row(*record_ids: str, **values: object) -> Said:
    return Said(line=2, record=record("their:9", **{"title": "", **values}), record_ids=record_ids)


@pytest.mark.parametrize(
    ("said", "unique_id"),
    [
        (row("pubmed:2"), "pubmed:2"),
        (row("scopus:1"), "pubmed:1"),
        (row("17", doi="https://doi.org/10.1000/ONE"), "pubmed:1"),
        (row(pmid="3", title="Editorial"), "pubmed:3"),
        (row(title="STRESS in nurses"), "pubmed:1"),
        (row(title="Stress in nurses", year=2021), "pubmed:1"),
        (row(title="Poster B", doi="10.1000/supplement"), "pubmed:5"),
    ],
)
def test_a_row_is_found_by_what_it_has(said: Said, unique_id: str):
    assert found(said) == unique_id


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        (row(title="Something else"), "is no record of this review"),
        (row(title="Editorial"), "may be any of pubmed:2, pubmed:3"),
        (row(title="Stress in nurses", doi="10.1000/other"), "another DOI or year"),
        (row(title="Stress in nurses", year=1999), "another DOI or year"),
        (row(doi="10.1000/supplement"), "is no record of this review"),
        (row(), "a row without id, DOI or title"),
    ],
)
def test_a_row_that_could_be_none_or_several_is_named_and_not_guessed(said: Said, complaint: str):
    with pytest.raises(ReviewError, match=complaint):
        found(said)


def test_missing_never_matches_missing():
    nothing = Said(line=1, record=Record(""))
    finder = Finder({"a:1": Record("a:1")}, {"a:1": "a:1"}, [nothing])
    with pytest.raises(ReviewError):
        finder.find(nothing)


def test_what_is_found_of_one_row_does_not_hang_on_the_other_rows():
    rows = [
        *(row("pubmed:2"), row("17", doi="10.1000/one"), row(pmid="3", title="Editorial")),
        *(
            row(title="Stress in nurses", year=2021),
            row(title="Poster B", doi="10.1000/supplement"),
        ),
    ]
    finder = Finder(BY_ID, CANONICAL, rows)
    assert [finder.find(each) for each in rows] == [found(each) for each in rows]


class Unread(dict[str, Record]):
    """Records that nobody may read."""

    def values(self):
        raise AssertionError("all records were read")


def test_no_record_is_read_for_rows_that_name_their_own():
    named = [row("pubmed:2"), row("scopus:1", title="Stress in nurses")]
    finder = Finder(Unread(BY_ID), CANONICAL, named)
    assert [finder.find(each) for each in named] == ["pubmed:2", "pubmed:1"]
