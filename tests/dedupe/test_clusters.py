"""Groups hold whatever order, split or repetition the records come in."""

import random
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scopingreview.dedupe import link
from scopingreview.dedupe.clusters import Groups, joined_groups, part_groups
from scopingreview.dedupe.judged import kept_apart
from scopingreview.model import Record
from tests.dedupe.neighbours import groups_in

WORDS = ("ferry", "moss", "chimney", "bell", "goat", "lantern", "harbour", "oven", "meadow")
NAMES = ("Abara, N", "Solberg, I", "Wei, G", "Kovač, A", "Ito, K")


@st.composite
def works(draw: st.DrawFn) -> list[Record]:
    """Some copies of a few works, with the habits of databases; ids are unique."""
    records = []
    for work in range(draw(st.integers(1, 4))):
        dice = random.Random(draw(st.integers(0, 10_000)))
        title = " ".join(dice.choices(WORDS, k=6))
        first = dice.randrange(1, 900)
        whole = Record(
            record_id="",
            title=title,
            authors=tuple(dice.sample(NAMES, 3)),
            year=dice.randrange(1990, 2020),
            journal="Journal of Invention",
            volume=str(dice.randrange(1, 40)),
            pages=f"{first}-{first + 8}",
            doi=f"10.5555/w{work}.{first}",
        )
        for copy in range(draw(st.integers(1, 4))):
            changes: dict[str, Any] = {
                "title": dice.choice([title, title.upper(), f"[{title}]", f"{title}."]),
                "doi": dice.choice([whole.doi, ""]),
                "pages": dice.choice([whole.pages, ""]),
                "volume": dice.choice([whole.volume, ""]),
            }
            source = dice.choice(["pubmed", "scopus"])
            record_id = f"{source}:{work}.{copy}"
            records.append(replace(whole, record_id=record_id, source=source, **changes))
    return records


@settings(max_examples=40, deadline=None)
@given(works(), st.randoms())
def test_any_order_gives_the_same_links(records: list[Record], dice: random.Random):
    shuffled = list(records)
    dice.shuffle(shuffled)
    assert link(shuffled) == link(records)


@settings(max_examples=25, deadline=None)
@given(works(), st.integers(0, 20))
def test_any_split_into_chunks_gives_the_same_links(records: list[Record], at: int):
    assert link(records[:at], records[at:]) == link(records)


@settings(max_examples=25, deadline=None)
@given(works(), st.sampled_from(["a", "b"]))
def test_the_sources_of_the_records_do_not_decide_who_belongs_together(
    records: list[Record], name: str
):
    elsewhere = [replace(record, source=name) for record in records]
    assert groups_in(link(elsewhere)) == groups_in(link(records))


@settings(max_examples=25, deadline=None)
@given(works())
def test_a_record_that_comes_twice_joins_its_group_and_moves_no_other(records: list[Record]):
    again = replace(records[0], record_id=f"{records[0].record_id}~2")
    before = groups_in(link(records))
    after = groups_in(link([*records, again]))
    assert {frozenset(group - {again.record_id}) for group in after} - {
        frozenset([records[0].record_id])
    } == before
    assert any({again.record_id, records[0].record_id} <= group for group in after)


@settings(max_examples=25, deadline=None)
@given(works())
def test_every_duplicate_points_to_a_unique_record(records: list[Record]):
    links = link(records).duplicates
    assert not {link.record_id for link in links} & {link.duplicate_of for link in links}


def test_a_link_never_joins_two_records_that_are_apart_through_a_third():
    apart = {1: {3}, 3: {1}}
    groups, _ = joined_groups([(1, 2, 0), (2, 3, 1)], apart)
    assert sorted(groups) == [[1, 2]]


def test_the_stronger_link_is_followed_first():
    apart = {1: {3}, 3: {1}}
    groups, followed = joined_groups([(2, 3, 0), (1, 2, 4)], apart)
    assert sorted(groups) == [[2, 3]]
    assert followed == {2: 0, 3: 0}


@given(
    st.lists(st.tuples(*[st.integers(0, 12)] * 2, st.integers(0, 3)), max_size=20),
    st.lists(st.tuples(*[st.integers(0, 12)] * 2).filter(lambda pair: pair[0] != pair[1])),
)
def test_groups_that_are_parted_are_those_that_never_met(
    links: list[tuple[int, int, int]], pairs: list[tuple[int, int]]
):
    links = [link for link in links if link[0] != link[1]]
    apart = kept_apart(pairs)
    groups, followed = joined_groups(links, {})
    part_groups(groups, followed, links, apart)
    expected, expected_followed = joined_groups(links, apart)
    assert sorted(groups) == sorted(expected)
    assert followed == expected_followed


def test_groups_of_groups_become_one():
    groups = Groups()
    for one, other in ((1, 2), (3, 4), (5, 6), (2, 3), (6, 1)):
        groups.join(one, other)
    assert list(groups) == [[1, 2, 3, 4, 5, 6]]


def test_a_record_of_several_letters_does_not_join_a_letter_to_its_reply():
    place: dict[str, Any] = {"year": 2004, "journal": "Choral Notes", "volume": "19", "issue": "8"}
    letter = Record(
        "a:1", title="Stage fright in choirs", authors=("Yild, B",), pages="943", **place
    )
    reply = Record(
        "a:2", title="Stage fright in choirs - Reply", authors=("Shep, A",), pages="945", **place
    )
    both = Record(
        "a:3", title="Stage fright in choirs (multiple letters)", authors=("Yild, B", "Shep, A"),
        pages="943-945", **place,
    )  # fmt: skip
    groups = groups_in(link([letter, reply, both]))
    assert not any({"a:1", "a:2"} <= group for group in groups)


def test_a_copy_without_pages_does_not_join_two_papers_of_one_title():
    paper = Record(
        record_id="a:1",
        source="a",
        title="Heredity of the gait of ferry goats after long crossings",
        authors=("Abara, N",),
        year=1977,
        journal="Journal of Invention",
        volume="53",
        issue="3",
        pages="263-267",
    )
    sequel = replace(paper, record_id="a:2", pages="269-276")
    bare = replace(paper, record_id="b:1", source="b", volume="", issue="", pages="")
    for records in ([paper, sequel, bare], [bare, sequel, paper]):
        links = link(records)
        kept = {record.record_id for record in records} - {d.record_id for d in links.duplicates}
        assert {"a:1", "a:2"} <= kept
