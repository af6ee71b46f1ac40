"""A table of decisions says in columns what a list says decision by decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scopingreview.decision_rows import (
    all_but,
    by_person,
    on_or_saying,
    on_records,
    people_in,
    word_of,
    words_said,
)
from scopingreview.decision_table import DecisionTable
from scopingreview.model import (
    ConsensusRule,
    Decision,
    MaybeRule,
    Phase,
    PhaseRules,
    Standing,
    Verdict,
)
from scopingreview.screening.allocation import Team
from scopingreview.screening.criteria import made_under_other_criteria
from scopingreview.screening.outcomes import outcomes, standing_decisions
from scopingreview.screening.queue import waiting
from scopingreview.screening.standing_votes import StandingVotes, cases_of, decided_on
from scopingreview.screening.team import decisions_of_others

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
PHASE = Phase.TITLE_ABSTRACT
IDS = ("a:1", "a:2", "b:1", "b:2", "c:1")
CANONICAL = {"a:1": "a:1", "a:2": "a:2", "b:1": "a:1", "b:2": "b:2"}  # c:1 is not in the review

DECISIONS = st.lists(
    st.builds(
        Decision,
        decided_at=st.integers(0, 6).map(lambda seconds: NOON + timedelta(seconds=seconds)),
        record_id=st.sampled_from(IDS),
        phase=st.just(PHASE),
        verdict=st.sampled_from(Verdict),
        decided_by=st.sampled_from(("ab", "cd", "ef")),
        reason=st.sampled_from(("", "topic", "design")),
        labels=st.sampled_from(((), ("later",))),
        note=st.sampled_from(("", "see, below")),
        criteria=st.sampled_from(("", "11112222")),
    ),
    max_size=24,
).map(lambda decisions: sorted(decisions, key=lambda each: each.decided_at))


@given(DECISIONS)
def test_a_table_is_the_same_sequence_of_decisions(decisions: list[Decision]):
    table = DecisionTable.of(PHASE, decisions)
    assert list(table) == decisions
    assert [table[at] for at in range(len(table))] == decisions
    assert table == decisions
    assert list(table[1:3]) == decisions[1:3]


@given(DECISIONS, st.sampled_from(IDS), st.sampled_from(("ab", "nobody")))
def test_what_is_asked_of_a_table_is_what_is_asked_of_a_list(
    decisions: list[Decision], record_id: str, person: str
):
    table = DecisionTable.of(PHASE, decisions)
    asked: tuple[Callable[[Sequence[Decision]], Sequence[Decision]], ...] = (
        lambda rows: by_person(rows, person),
        lambda rows: decisions_of_others(rows, frozenset({person, "cd"})),
        lambda rows: on_records(rows, record_id.__eq__),
        lambda rows: on_or_saying(
            rows, on=record_id.__eq__, saying=lambda word: word.reason == "topic"
        ),
        lambda rows: all_but(rows, lambda each: each.decided_at > NOON, on=record_id.__eq__),
    )
    for ask in asked:
        assert list(ask(table)) == list(ask(decisions))
        assert {word_of(each) for each in ask(decisions)} == set(words_said(ask(table)))
        assert people_in(ask(table)) == people_in(ask(decisions))


@given(DECISIONS)
def test_the_last_word_stands_in_a_table_as_in_a_list(decisions: list[Decision]):
    listed = standing_decisions(decisions, CANONICAL)
    table = standing_decisions(DecisionTable.of(PHASE, decisions), CANONICAL)
    assert list(table) == list(listed)
    for unique_id, votes in listed.items():
        assert list(table[unique_id].items()) == list(votes.items())


@given(
    DECISIONS,
    st.dictionaries(st.sampled_from(IDS), st.sampled_from((*IDS, "d:1"))),
    st.sampled_from(((), ("ab",), ("ab", "cd"))),
)
def test_the_last_word_stands_whatever_stands_for_what_and_whoever_is_left_out(
    decisions: list[Decision], canonical: dict[str, str], left_out: Sequence[str]
):
    """Also where a unique record is another's duplicate, which `check` finds."""
    table = decisions_of_others(DecisionTable.of(PHASE, decisions), frozenset(left_out))
    listed = standing_decisions(list(table), canonical)
    votes = standing_decisions(table, canonical)
    assert isinstance(votes, StandingVotes)
    assert list(votes) == list(listed)
    assert {key: dict(said) for key, said in votes.items()} == listed
    assert [key in votes for key in (*IDS, "d:1")] == [key in listed for key in (*IDS, "d:1")]
    assert set(decided_on(votes)) == set(decided_on(listed))


MANY = [f"r{number:02}" for number in range(14)]  # so many that no number holds all they say


@given(
    DECISIONS
    | st.lists(
        st.sampled_from(("", "topic", "design")), min_size=3 * len(MANY), max_size=3 * len(MANY)
    ).map(
        lambda reasons: [
            Decision(NOON, IDS[at % 4], PHASE, Verdict.EXCLUDE, MANY[at // 3], reason)
            for at, reason in enumerate(reasons)
        ]
    )
)
def test_a_case_is_the_same_exactly_where_the_same_people_said_the_same(decisions: list[Decision]):
    listed = standing_decisions(decisions, CANONICAL)
    table = standing_decisions(DecisionTable.of(PHASE, decisions), CANONICAL)
    assert set(decided_on(table)) == set(decided_on(listed))
    wanted = [*CANONICAL, "nobody's"]
    by_list, by_table = cases_of(listed, wanted), cases_of(table, wanted)
    for one in range(len(wanted)):
        for other in range(len(wanted)):
            alike = by_list[one] == by_list[other]
            assert (by_table[one] == by_table[other]) is alike


@given(
    DECISIONS,
    DECISIONS,
    st.integers(1, 3),
    st.sampled_from(ConsensusRule),
    st.sampled_from(MaybeRule),
)
def test_what_decisions_add_up_to_is_the_same_for_a_table_a_list_and_each_record_alone(
    decisions: list[Decision],
    settling: list[Decision],
    needed: int,
    consensus: ConsensusRule,
    maybe: MaybeRule,
):
    """Records of one case are worked out once; alone each is worked out by itself."""
    rules = PhaseRules(
        PHASE, exclusion_reasons={"topic": "Topic"}, consensus=consensus, maybe=maybe
    )
    votes = standing_decisions(decisions, CANONICAL)
    table = standing_decisions(DecisionTable.of(PHASE, decisions), CANONICAL)
    settled = standing_decisions(settling, CANONICAL)
    wanted = dict.fromkeys(("a:1", "a:2", "b:2"), needed)
    alone = {
        key: outcomes({key: number}, votes, settled, rules=rules)[key]
        for key, number in wanted.items()
    }
    assert dict(outcomes(wanted, votes, settled, rules=rules)) == alone
    assert dict(outcomes(wanted, table, settled, rules=rules)) == alone


@given(
    DECISIONS,
    st.dictionaries(st.sampled_from(("a:1", "a:2", "b:2")), st.integers(0, 3)),
    st.booleans(),
)
def test_a_record_waits_for_the_same_people_among_others_as_alone(
    decisions: list[Decision], needed: dict[str, int], is_dealt: bool
):
    people = ("ab", "cd", "ef", "gh")
    weights = {number: dict.fromkeys(people, 1.0) for number in range(5)} if is_dealt else {}
    team = Team("", PHASE, people, weights=weights)
    listed = standing_decisions(decisions, CANONICAL)
    alone = {key: team.waits_for(key, tuple(listed.get(key, ())), n) for key, n in needed.items()}
    for rows in (decisions, DecisionTable.of(PHASE, decisions)):
        found = waiting(needed, standing_decisions(rows, CANONICAL), team)
        assert list(found.items()) == [(key, names) for key, names in alone.items() if names]


@given(DECISIONS)
def test_decisions_under_other_criteria_are_found_in_a_table_as_in_a_list(
    decisions: list[Decision],
):
    rules = PhaseRules(PHASE)
    listed = standing_decisions(decisions, CANONICAL)
    table = standing_decisions(DecisionTable.of(PHASE, decisions), CANONICAL)
    assert made_under_other_criteria(table, rules) == made_under_other_criteria(listed, rules)


def test_records_that_need_another_number_of_decisions_are_different_cases():
    decisions = [Decision(NOON, key, PHASE, Verdict.INCLUDE, "ab") for key in ("a:1", "a:2")]
    needed, team = {"a:1": 1, "a:2": 2}, Team("", PHASE, ("ab", "cd"))
    for rows in (decisions, DecisionTable.of(PHASE, decisions)):
        votes = standing_decisions(rows, {"a:1": "a:1", "a:2": "a:2"})
        found = outcomes(needed, votes, {}, rules=PhaseRules(PHASE))
        standing = [outcome.standing for outcome in found.values()]
        assert standing == [Standing.INCLUDED, Standing.AWAITING]
        assert waiting(needed, votes, team) == {"a:2": ["cd"]}
