"""Decisions read as columns are those read line by line, whatever stands in the files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scopingreview import store
from scopingreview.decision_rows import DecisionRows
from scopingreview.errors import ReviewError
from scopingreview.model import Decision, Phase, Verdict
from scopingreview.paths import Review
from scopingreview.store import screened

PHASE = Phase.TITLE_ABSTRACT
BEGIN = datetime(1969, 12, 31, 23, 59, 50, tzinfo=UTC)
TEXT = st.text(st.sampled_from("aé,\"'; 中\u2028"), max_size=8)
RECORD_ID = st.text(st.sampled_from('aé:~-中/."'), min_size=1, max_size=8)
DECISIONS = st.lists(
    st.builds(
        Decision,
        decided_at=st.integers(0, 100_000_000).map(lambda seconds: BEGIN + timedelta(0, seconds)),
        record_id=RECORD_ID,
        phase=st.just(PHASE),
        verdict=st.sampled_from(Verdict),
        decided_by=st.sampled_from(("ab", "cd")),
        reason=st.sampled_from(("", "topic")),
        labels=st.lists(st.sampled_from(("later", "cohort")), max_size=2).map(tuple),
        note=TEXT.map(lambda text: " ".join(text.split())),
        criteria=st.sampled_from(("", "11112222")),
    ),
    max_size=8,
)


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return Review(tmp_path)


def columns(review: Review, monkeypatch: pytest.MonkeyPatch) -> Sequence[Decision]:
    """The decisions as of a review with very many."""
    with monkeypatch.context() as patched:
        patched.setattr(screened, "MANY_DECISIONS", -1)
        return store.read_decisions(review, PHASE)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(decisions=DECISIONS)
def test_columns_hold_what_the_lines_say(
    decisions: list[Decision],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
):
    review = Review(tmp_path_factory.mktemp("review"))
    for decision in decisions:
        store.append_decision(review, decision)
    by_line = store.read_decisions(review, PHASE)
    assert list(columns(review, monkeypatch)) == by_line


def test_plain_lines_are_read_into_columns(review: Review, monkeypatch: pytest.MonkeyPatch):
    noon = datetime(2024, 2, 29, 12, tzinfo=UTC)
    for name, note in (("ab", 'so, "it" says'), ("cd", "")):
        rows = [Decision(noon, f"x:{n}", PHASE, Verdict.INCLUDE, name, note=note) for n in range(3)]
        store.append_decisions(review, rows)
    read = columns(review, monkeypatch)
    assert isinstance(read, DecisionRows)
    assert list(read) == store.read_decisions(review, PHASE)
    assert [each.decided_by for each in read] == ["ab"] * 3 + ["cd"] * 3  # of one second: by file


HEADER = "decided_at,record_id,verdict,reason,labels,note,criteria"
LINE = "2024-01-01T10:00:00Z,x:1,include,,,,"


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{HEADER}\n{LINE}\n",  # a spreadsheet's byte order mark
        f"{HEADER}\r\n{LINE}\r\n",
        f"{HEADER}\n{LINE}\n\n",
        f"{HEADER}\n{LINE}\n{HEADER}\n{LINE}\n",  # two branches that both began the file
        f'{HEADER}\n2024-01-01T10:00:00Z,"x:1",include,,,,\n',
        f'{HEADER}\n2024-01-01T10:00:00Z,x:1,include,,,"two\nlines",\n',
        f'{HEADER}\n2024-01-01T10:00:00Z,x:1,include,,,"two\n{LINE}\n{LINE}",\n',
        f"{HEADER}\n2024-01-01T10:00:00+02:00,x:1,include,,,,\n",
        f"{HEADER}\n2024-01-01 10:00:00Z,x:1,include,,,,\n",
        f"{HEADER}\n{LINE}\n{LINE[:30]}",  # cut off in mid-write
        f"{HEADER}\n{LINE[:30]}  <cut off in mid-write>\n{LINE}\n",
        f"{HEADER}\n",
        "",
    ],
)
@pytest.mark.filterwarnings("ignore::scopingreview.errors.ReviewWarning")
def test_what_is_not_plain_is_read_as_ever(
    text: str, review: Review, monkeypatch: pytest.MonkeyPatch
):
    write(review, text)
    assert list(columns(review, monkeypatch)) == list(store.read_decisions(review, PHASE))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2024-02-30T10:00:00Z,x:1,include,,,,", "is no time"),
        ("2024-01-01T10:00:00Z,x:1,perhaps,,,,", "unknown verdict"),
        ("2024-01-01T10:00:00Z,x:1,include,,,", "6 cells"),
        ("2024-01-01T10:00:00Z,x:1,include,,,,,", "8 cells"),
    ],
)
def test_a_line_that_is_wrong_is_told_with_its_number(
    line: str, said: str, review: Review, monkeypatch: pytest.MonkeyPatch
):
    write(review, f"{HEADER}\n{LINE}\n{line}\n")
    with pytest.raises(ReviewError, match=rf"ab\.csv:3.*{said}"):
        columns(review, monkeypatch)


def write(review: Review, text: str) -> None:
    path = review.decisions(PHASE, "ab")
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode())
