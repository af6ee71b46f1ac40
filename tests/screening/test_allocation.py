"""Who is dealt which record: by lot, in the shares agreed on, with as little moved as can be."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scopingreview.model import Allocation, Person, PhaseRules, Protocol
from scopingreview.screening import Team, decisions_needed, team_of, waiting
from tests.reviews import TITLE_ABSTRACT, decide

RECORDS = [f"pubmed:{number}" for number in range(2000)]
EVERYONE = Allocation()


def dealing(
    people: Iterable[str], needed: int = 2, allocation: Allocation | None = EVERYONE
) -> Team:
    """The team of those people, where each record needs so many of them."""
    rules = PhaseRules(TITLE_ABSTRACT, reviewers_needed=needed, allocation=allocation)
    persons = tuple(Person(name.strip("-"), active="-" not in name) for name in people)
    phases = {TITLE_ABSTRACT: rules}
    return team_of(Protocol("t", "", (), persons, (), phases, seed="A review"), TITLE_ABSTRACT)


def hand(team: Team, needed: int = 2) -> dict[str, list[str]]:
    """Who is dealt each record while nothing is decided."""
    return {record_id: team.waits_for(record_id, (), needed) for record_id in RECORDS}


def shares(team: Team, needed: int = 2) -> dict[str, float]:
    """The share of the records that each is dealt."""
    dealt = Counter(name for names in hand(team, needed).values() for name in names)
    return {name: times / len(RECORDS) for name, times in sorted(dealt.items())}


@given(
    people=st.sets(st.sampled_from("abcdefg"), min_size=1),
    needed=st.integers(1, 4),
    efforts=st.lists(st.floats(0.1, 5), min_size=7, max_size=7),
)
def test_every_record_gets_its_number_of_reviewers_and_each_once(people, needed, efforts):
    effort = dict(zip("abcdefg", efforts, strict=True))
    team = dealing(sorted(people), needed, Allocation(effort=effort))
    for record_id in RECORDS[:20]:
        names = team.waits_for(record_id, (), needed)
        assert len(names) == len(set(names)) == min(needed, len(people))


def test_the_order_in_which_reviewers_are_named_deals_no_other_hand():
    one, other = hand(dealing("abcd")), hand(dealing("dbca"))
    assert {key: set(names) for key, names in one.items()} == {
        key: set(names) for key, names in other.items()
    }


@pytest.mark.parametrize("needed", [1, 2, 3])
def test_efforts_come_out_as_shares_however_many_decide_on_a_record(needed: int):
    effort = {"a": 2.0, "b": 1.0, "c": 1.0, "d": 1.0, "e": 1.0}
    found = shares(dealing("abcde", needed, Allocation(effort=effort)), needed)
    wanted = {name: needed * weight / 6 for name, weight in effort.items()}
    assert found == pytest.approx(wanted, abs=0.03)


def test_nobody_is_dealt_a_record_twice_so_too_great_an_effort_goes_to_the_others():
    found = shares(dealing("abc", 2, Allocation(effort={"a": 9.0})))
    assert found == pytest.approx({"a": 1.0, "b": 0.5, "c": 0.5}, abs=0.03)


@pytest.mark.parametrize("needed", [1, 2, 3])
def test_whoever_joins_takes_records_and_nothing_else_changes_hands(needed: int):
    before, after = hand(dealing("abcd", needed), needed), hand(dealing("abcde", needed), needed)
    for record_id in RECORDS:
        kept = set(after[record_id]) - {"e"}
        assert kept <= set(before[record_id])
        assert len(kept) >= needed - 1
    taken = sum("e" in names for names in after.values()) / len(RECORDS)
    assert taken == pytest.approx(needed / 5, abs=0.03)


def test_when_someone_leaves_only_their_records_are_dealt_again():
    before, after = hand(dealing("abcd")), hand(dealing(["a", "b", "c", "d-"]))
    for record_id in RECORDS:
        assert set(before[record_id]) - {"d"} <= set(after[record_id])
        assert "d" not in after[record_id]


def test_a_decision_taken_before_leaving_stands_and_is_not_asked_for_again():
    votes = {"pubmed:1": {"d": decide("pubmed:1", "include", "d")}}
    team = dealing(["a", "b", "c", "d-"])
    waits_for = waiting({"pubmed:1": 2}, votes, team)["pubmed:1"]
    assert len(waits_for) == 1


def test_a_decision_by_someone_who_was_not_dealt_the_record_counts_for_one_who_was():
    team = dealing("abcd")
    dealt = team.waits_for("pubmed:1", (), 2)
    stranger = next(name for name in "abcd" if name not in dealt)
    assert team.waits_for("pubmed:1", {stranger}, 2) == dealt[:1]


def test_one_of_the_seniors_is_in_every_pair():
    team = dealing("abcdef", 2, Allocation(seniors=("a", "b")))
    assert all({"a", "b"} & set(names) for names in hand(team).values())


def test_a_record_for_one_person_needs_no_senior():
    assert set(shares(dealing("abc", 2, Allocation(seniors=("a",))), needed=1)) == {"a", "b", "c"}


def test_whoever_has_no_effort_is_dealt_nothing():
    assert set(shares(dealing("abc", 2, Allocation(effort={"b": 0.0})))) == {"a", "c"}


def test_without_allocation_a_record_waits_for_everyone_until_enough_have_decided():
    team = dealing("abc", 2, allocation=None)
    assert team.waits_for("pubmed:1", (), 2) == ["a", "b", "c"]
    assert team.waits_for("pubmed:1", {"b"}, 2) == ["a", "c"]
    assert team.waits_for("pubmed:1", {"b", "c"}, 2) == []


RULES = PhaseRules(TITLE_ABSTRACT, reviewers_needed=2, allocation=Allocation(overlap=0.2))


def test_the_overlap_is_the_share_of_records_that_two_decide_on():
    needed = decisions_needed(RECORDS, RULES, seed="A review")
    assert set(needed.values()) == {1, 2}
    assert sum(n == 2 for n in needed.values()) / len(RECORDS) == pytest.approx(0.2, abs=0.03)


def test_a_later_search_changes_the_number_of_no_other_record():
    before = decisions_needed(RECORDS[:500], RULES, seed="A review")
    after = decisions_needed(reversed(RECORDS), RULES, seed="A review")
    assert before.items() <= after.items()


def test_a_wider_overlap_keeps_every_record_that_two_were_to_decide_on():
    wider = replace(RULES, allocation=Allocation(overlap=0.5))
    few = decisions_needed(RECORDS, RULES, seed="A review")
    many = decisions_needed(RECORDS, wider, seed="A review")
    assert all(many[record_id] == 2 for record_id, number in few.items() if number == 2)


def test_a_shared_record_is_never_left_to_one_person():
    shared = RECORDS[:50]
    needed = decisions_needed(RECORDS, RULES, seed="A review", shared=shared)
    assert all(needed[record_id] == 2 for record_id in shared)


def test_without_allocation_every_record_needs_as_many_as_the_protocol_says():
    rules = PhaseRules(TITLE_ABSTRACT, reviewers_needed=3)
    assert set(decisions_needed(RECORDS, rules, seed="A review").values()) == {3}


def test_another_seed_deals_another_hand():
    one = dealing("abcd")
    assert hand(one) != hand(replace(one, seed="Another review"))


def test_where_all_need_as_many_it_is_said_of_each():
    needed = decisions_needed(RECORDS, replace(RULES, allocation=None), seed="")
    plain = dict.fromkeys(RECORDS, RULES.reviewers_needed)
    assert needed == plain
    assert (list(needed), list(needed.values())) == (list(plain), list(plain.values()))
    assert list(needed.items()) == list(plain.items())
    assert "pubmed:unknown" not in needed
