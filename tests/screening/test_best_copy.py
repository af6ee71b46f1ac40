"""What people read of a report: the best of its copies, field by field, and from which."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scopingreview.model import BestCopy, Duplicate, Record
from scopingreview.screening.best_copy import FIELDS, BestCopies, best_copy
from tests.reviews import record

TRUST = ("pubmed", "scopus", "lens")


def best(*copies: Record) -> BestCopy:
    return best_copy(copies)


def test_a_duplicate_gives_the_abstract_that_the_trusted_copy_lacks():
    found = best(record("pubmed:1"), record("scopus:1", abstract="We asked nurses."))
    assert found.record == record("pubmed:1", abstract="We asked nurses.")
    assert found.taken == {"abstract": ("scopus:1",)}


def test_a_record_without_duplicates_is_read_as_it_is():
    alone = record("pubmed:1", abstract="We asked nurses...", keywords=("a", "A"))
    assert best(alone) == BestCopy(alone)


@pytest.mark.parametrize("field", [field for field in FIELDS if field not in ("year", "keywords")])
def test_what_the_trusted_copy_says_stands(field: str):
    own, other = ("A",), ("B, C",)
    said = (own, other) if field == "authors" else ("10.1000/a", "10.1000/b")
    trusted = record("pubmed:1", **{field: said[0]})
    assert best(trusted, record("scopus:1", **{field: said[1]})) == BestCopy(trusted)


def test_of_two_duplicates_the_more_trusted_one_fills_a_gap():
    found = best(
        record("pubmed:1"), record("scopus:1", journal="Rest"), record("lens:1", journal="Sleep")
    )
    assert (found.record.journal, found.taken) == ("Rest", {"journal": ("scopus:1",)})


@pytest.mark.parametrize(
    ("field", "broken", "whole"),
    [
        ("abstract", "We asked nurses and ...", "We slept."),
        ("abstract", "We asked nurses and…", "We slept."),
        ("abstract", "We asked. (ABSTRACT TRUNCATED AT 250 WORDS)", "We slept."),
        ("abstract", "We asked nurses in war", "We asked nurses in\nwards and slept."),
        ("abstract", "We asked M\ufffdller.", "We asked Müller."),
        ("title", "Rest on night …", "Rest on night wards"),
        ("title", "Rest after M\ufffdller", "Rest after Müller"),
        ("authors", ("Ek, Bo", "et al."), ("Ek, Bo", "Ong, Al")),
        ("journal", "Sleep and ...", "Sleep and Rest"),
        ("pages", "45", "45-52"),
        ("doi", "doi unknown", "10.1000/a"),
    ],
)
def test_a_value_that_breaks_off_or_lost_a_character_gives_way_to_a_whole_one(
    field: str, broken: object, whole: object
):
    found = best(record("pubmed:1", **{field: broken}), record("scopus:1", **{field: whole}))
    assert getattr(found.record, field) == whole
    assert found.taken == {field: ("scopus:1",)}


@pytest.mark.parametrize(
    ("field", "own", "other"),
    [
        # The longer one has a licence, or a second language, at its end.
        ("abstract", "We slept well.", "We slept well. Nous avons bien dormi."),
        ("abstract", "We slept", "We woke and then we slept again."),
        ("title", "Rest", "Rest on night wards"),
        ("pages", "45", "450-452"),
        ("authors", ("Betal, Et",), ("Betal, Et", "Ong, Al")),
    ],
)
def test_the_longest_value_is_not_the_best(field: str, own: object, other: object):
    found = best(record("pubmed:1", **{field: own}), record("scopus:1", **{field: other}))
    assert getattr(found.record, field) == own


@pytest.mark.parametrize(
    "notice",
    [
        "[Abstract not available]",
        "No abstract available.",
        "An abstract is not available.",
        "[No abstract]",
        "Publisher: Abstract available from the publisher.",
    ],
)
def test_a_notice_that_there_is_no_abstract_gives_way_even_to_a_broken_one(notice: str):
    found = best(record("pubmed:1", abstract=notice), record("scopus:1", abstract="We asked ..."))
    assert found.record.abstract == "We asked ..."


def test_an_abstract_that_speaks_of_availability_is_no_notice():
    own = record("pubmed:1", abstract="Abstract not available devices are asked for.")
    assert best(own, record("scopus:1", abstract="We slept.")) == BestCopy(own)


def test_a_broken_value_stands_where_no_copy_has_a_whole_one():
    own = record("pubmed:1", abstract="We asked ...")
    assert best(own, record("scopus:1", abstract="We slept ...")) == BestCopy(own)


def test_year_volume_issue_and_pages_come_from_the_copy_that_appeared_in_print():
    """An appearance online has the year before and a count of its pages."""
    found = best(
        record("pubmed:1", year=2020, pages="1-21"),
        record("lens:1", year=2019, issue="9"),
        record("scopus:1", year=2021, volume="29", issue="3", pages="148-154"),
    ).record
    assert (found.year, found.volume, found.issue, found.pages) == (2021, "29", "3", "148-154")


def test_a_place_is_filled_from_a_copy_of_the_same_volume_first():
    found = best(
        record("pubmed:1", year=2021, volume="29"),
        record("scopus:1", volume="28", pages="1-9"),
        record("lens:1", volume="29", pages="148-154"),
    )
    assert (found.record.pages, found.taken) == ("148-154", {"pages": ("lens:1",)})


def test_where_no_copy_names_a_volume_the_trusted_one_says_the_year():
    own = record("pubmed:1", year=2021)
    assert best(own, record("scopus:1", year=2020)) == BestCopy(own)


def test_keywords_are_those_of_all_copies_each_once():
    found = best(
        record("pubmed:1", keywords=("Naps", "*Nurses")),
        record("scopus:1", keywords=("NAPS", "Night shift")),
        record("lens:1", keywords=("nurses",)),
    )
    assert found.record.keywords == ("Naps", "*Nurses", "Night shift")
    assert found.taken == {"keywords": ("scopus:1",)}


def test_where_a_record_came_from_is_never_another_s():
    found = best(record("pubmed:1"), record("scopus:1", accession="2-s2.0-1", file="a.ris"))
    assert found == BestCopy(record("pubmed:1"))


# ── what holds of any group ──────────────────────────────────────────────────────────────────

WORDS = st.sampled_from(["", "", "Rest", "Rest…", "On rest.", "[no abstract]", "M\ufffdller"])
TUPLES = st.lists(st.sampled_from(["a", "A", "*b", "c"]), max_size=3).map(tuple)


@st.composite
def groups(draw: st.DrawFn) -> list[Record]:
    """Copies of one report, the unique record first."""
    size = draw(st.integers(1, 4))
    values = st.fixed_dictionaries(
        {field: WORDS for field in FIELDS if field not in ("year", "authors", "keywords")}
        | {"year": st.none() | st.integers(1999, 2001), "authors": TUPLES, "keywords": TUPLES}
    )
    sources = draw(st.lists(st.sampled_from(TRUST), min_size=size, max_size=size))
    return [record(f"{source}:{number}", **draw(values)) for number, source in enumerate(sources)]


@given(groups())
def test_the_best_copy_lacks_nothing_that_a_copy_has(copies: list[Record]):
    found = best_copy(copies).record
    for field in FIELDS:
        assert bool(getattr(found, field)) == any(getattr(copy, field) for copy in copies)


@given(groups())
def test_every_value_is_that_of_the_copy_it_is_said_to_be_from(copies: list[Record]):
    found = best_copy(copies)
    by_id = {copy.record_id: copy for copy in copies}
    for field in (each for each in FIELDS if each != "keywords"):
        (origin,) = found.taken.get(field, (copies[0].record_id,))
        assert getattr(found.record, field) == getattr(by_id[origin], field)
    origins = found.taken.get("keywords", ())
    words = {word for origin in (copies[0].record_id, *origins) for word in by_id[origin].keywords}
    assert set(found.record.keywords) <= words


@given(st.lists(groups(), min_size=1, max_size=3), st.randoms())
def test_the_order_of_files_and_links_changes_nothing_and_groups_never_mix(
    several: list[list[Record]], draw: object
):
    renamed = [
        [replace(copy, record_id=f"{copy.record_id}-{number}") for copy in copies]
        for number, copies in enumerate(several)
    ]
    records = [copy for copies in renamed for copy in copies]
    links = [
        Duplicate(copy.record_id, copies[0].record_id, "same DOI")
        for copies in renamed
        for copy in copies[1:]
    ]
    before = BestCopies({each.record_id: each for each in records}, links, TRUST, {})
    shuffled, turned = list(records), list(links)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    draw.shuffle(turned)  # type: ignore[attr-defined]
    after = BestCopies({each.record_id: each for each in shuffled}, turned, TRUST, {})
    assert dict(after) == dict(before)
    for copies in renamed:
        unique_id = copies[0].record_id
        alone = BestCopies(
            {each.record_id: each for each in copies},
            [link for link in links if link.duplicate_of == unique_id],
            TRUST,
            {},
        )
        assert before[unique_id] == alone[unique_id]


def test_only_the_records_of_the_group_are_read():
    class Watched(dict[str, Record]):
        read: list[str]

        def __getitem__(self, key: str) -> Record:
            self.read.append(key)
            return super().__getitem__(key)

    records = Watched({key: record(key) for key in ("pubmed:1", "scopus:1", "pubmed:2")})
    records.read = []
    copies = BestCopies(records, [Duplicate("scopus:1", "pubmed:1", "same DOI")], TRUST, {})
    assert copies["pubmed:1"].record == record("pubmed:1")
    assert sorted(records.read) == ["pubmed:1", "scopus:1"]


def test_a_duplicate_has_no_best_copy_of_its_own():
    records = {key: record(key) for key in ("pubmed:1", "scopus:1")}
    copies = BestCopies(records, [Duplicate("scopus:1", "pubmed:1", "same DOI")], TRUST, {})
    assert list(copies) == ["pubmed:1"]
    assert len(copies) == 1
    assert "scopus:1" not in copies
    with pytest.raises(KeyError):
        copies["scopus:1"]
