"""Which correction stands, and what a record says with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scopingreview.model import CORRECTABLE, Correction, Record
from scopingreview.screening.best_copy import best_copy
from scopingreview.screening.corrected import (
    CorrectedRecords,
    correct,
    of_unique_records,
    standing_corrections,
    text_of,
)
from tests.reviews import START, record


def word(
    field: str, value: str | None, record_id: str = "pubmed:1", by: str = "ab", minute: int = 0
) -> Correction:
    """A correction that many minutes after the start."""
    return Correction(START + timedelta(minutes=minute), record_id, field, value, by, "the PDF")


def mended(original: Record, *words: Correction) -> Record:
    return correct(original, standing_corrections(words).get(original.record_id, {}))


def test_the_last_word_on_a_field_stands_whoever_said_it():
    words = [word("year", "1998"), word("year", "1999", by="cd", minute=1)]
    assert mended(record("pubmed:1", year=2008), *words).year == 1999


def test_a_word_taken_back_leaves_what_the_database_said():
    words = [word("year", "1998"), word("year", None, by="cd", minute=1)]
    original = record("pubmed:1", year=2008)
    assert mended(original, *words) == original


def test_a_field_can_be_emptied():
    assert mended(record("pubmed:1", doi="10.1000/1"), word("doi", "")).doi == ""
    assert mended(record("pubmed:1", year=2008), word("year", "")).year is None
    assert mended(record("pubmed:1", authors=("Ek, Bo",)), word("authors", "")).authors == ()


def test_a_correction_of_one_record_changes_no_other():
    originals = {key: record(key) for key in ("pubmed:1", "pubmed:2")}
    records = CorrectedRecords(originals, standing_corrections([word("title", "Naps")]))
    assert [each.title for each in records.values()] == ["Naps", "On pubmed:2"]
    assert records.originals["pubmed:1"] == originals["pubmed:1"]


def test_what_is_true_of_one_copy_is_true_of_the_report():
    """The latest of corrections of several copies counts, in whichever order they are read."""
    canonical = {"pubmed:1": "pubmed:1", "scopus:1": "pubmed:1"}
    early, late = word("year", "1998"), word("year", "1999", "scopus:1", minute=1)
    for words in ([early, late], [late, early]):
        found = of_unique_records(standing_corrections(words), canonical)
        assert found == {"pubmed:1": {"year": late}}


def test_a_correction_of_a_record_that_is_gone_counts_nowhere():
    assert of_unique_records(standing_corrections([word("year", "1999")]), {}) == {}


def test_a_correction_goes_before_every_copy():
    fields = {"abstract": word("abstract", "We slept ..."), "year": word("year", "1999")}
    unique = correct(record("pubmed:1"), fields)
    other = record("scopus:1", abstract="We asked nurses.", year=2001, volume="7")
    found = best_copy([unique, other], fields)
    assert (found.record.abstract, found.record.year, found.record.volume) == (
        "We slept ...",
        1999,
        "7",
    )
    assert found.taken == {"volume": ("scopus:1",)}
    assert found.corrected == fields


def test_where_a_field_was_emptied_another_copy_speaks():
    fields = {"doi": word("doi", "")}
    found = best_copy([record("pubmed:1"), record("scopus:1", doi="10.1000/1")], fields)
    assert (found.record.doi, found.taken) == ("10.1000/1", {"doi": ("scopus:1",)})


def test_corrected_keywords_stand_alone():
    fields = {"keywords": word("keywords", "Naps")}
    unique = correct(record("pubmed:1", keywords=("Nap",)), fields)
    found = best_copy([unique, record("scopus:1", keywords=("Rest",))], fields)
    assert (found.record.keywords, found.taken) == (("Naps",), {})


ORIGINAL = replace(
    record("pubmed:1", year=2008, authors=("Ek, Bo", "Ong, Al"), doi="10.1000/1"),
    keywords=("Naps", "Rest"),
    accession="1",
)


@pytest.mark.parametrize("field", CORRECTABLE)
def test_a_field_corrected_to_what_it_says_is_as_it_was(field: str):
    assert mended(ORIGINAL, word(field, text_of(ORIGINAL, field))) == ORIGINAL


@given(st.lists(st.tuples(st.sampled_from(CORRECTABLE), st.sampled_from([None, "", "1999"]))))
def test_no_correction_touches_where_a_record_came_from(said: list[tuple[str, str | None]]):
    words = [word(field, value, minute=at) for at, (field, value) in enumerate(said)]
    found = mended(ORIGINAL, *words)
    kept = ("record_id", "source", "search", "file", "ordinal", "accession")
    assert [getattr(found, name) for name in kept] == [getattr(ORIGINAL, name) for name in kept]
    last = dict(said)
    for field in CORRECTABLE:
        expected = last.get(field)
        assert text_of(found, field) == (text_of(ORIGINAL, field) if expected is None else expected)
