"""What a person decided in earlier sittings is kept as what they decide now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scopingreview.decision_table import DecisionTable
from scopingreview.model import Decision, Phase, Verdict
from scopingreview.work.history import History

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
CANONICAL = {"a:1": "a:1", "a:2": "a:2", "b:1": "a:1", "b:2": "b:2"}

ROWS = st.lists(
    st.builds(
        Decision,
        decided_at=st.just(NOON),
        record_id=st.sampled_from([*CANONICAL]),
        phase=st.just(Phase.TITLE_ABSTRACT),
        verdict=st.sampled_from(Verdict),
        decided_by=st.just("ab"),
        reason=st.sampled_from(("", "topic")),
        labels=st.sampled_from(((), (), ("later",))),
        note=st.sampled_from(("", "ask Ada")),
    ),
    max_size=12,
)
PLAIN_ROWS = st.lists(
    st.builds(
        Decision,
        decided_at=st.just(NOON),
        record_id=st.sampled_from([*CANONICAL]),
        phase=st.just(Phase.TITLE_ABSTRACT),
        verdict=st.sampled_from((Verdict.INCLUDE, Verdict.EXCLUDE)),
        decided_by=st.just("ab"),
    ),
    max_size=12,
)


def told(history: History) -> Sequence[object]:
    """All that may be asked of a history."""
    reasons = {reason: times for reason, times in history.reasons.items() if times}
    return (
        *(history.latest, history.count, reasons, history.own_labels, history.rows),
        list(history.decisions()),
        *((history.standing(key), history.step_before(key)) for key in CANONICAL),
        *((history.note(key), history.labels(key)) for key in CANONICAL),
    )


@given(ROWS | PLAIN_ROWS)
def test_rows_of_earlier_sittings_are_kept_as_those_of_this_one(drawn: list[Decision]):
    moments = (NOON + timedelta(seconds=at) for at in range(len(drawn)))
    rows = [replace(row, decided_at=at) for row, at in zip(drawn, moments, strict=True)]
    now = History([], CANONICAL)
    for row in rows:
        now.keep(row)
    assert told(History(rows, CANONICAL)) == told(now)
    table = DecisionTable.of(Phase.TITLE_ABSTRACT, rows)
    assert told(History(table, CANONICAL)) == told(now)


@given(ROWS | PLAIN_ROWS, st.integers(0, 12))
def test_a_row_about_no_record_of_the_review_changes_nothing(drawn: list[Decision], at: int):
    stray = Decision(NOON + timedelta(days=1), "x:1", Phase.TITLE_ABSTRACT, Verdict.INCLUDE, "ab")
    without, rows = History(drawn, CANONICAL), [*drawn[:at], stray, *drawn[at:]]
    for history in (
        History(rows, CANONICAL),
        History(DecisionTable.of(Phase.TITLE_ABSTRACT, rows), CANONICAL),
    ):
        assert (history.latest, history.count) == (without.latest, without.count)
        assert +history.reasons == +without.reasons
        assert list(history.decisions()) == list(without.decisions())
        assert [history.standing(key) for key in CANONICAL] == [
            without.standing(key) for key in CANONICAL
        ]
