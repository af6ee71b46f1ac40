"""One person at work: deciding, changing, taking back, moving, across restarts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scopingreview import store
from scopingreview.errors import NotWrittenError, ReviewError
from scopingreview.model import Duplicate, Phase, PossibleDuplicate, Verdict
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from scopingreview.work.history import History
from scopingreview.work.judging import JudgingSession
from scopingreview.work.session import Session, adjudication_desk, screening_desk
from tests.reviews import START, change_protocol, decide, found_with, record

IDS = ("pubmed:1", "pubmed:2", "pubmed:3", "pubmed:4")
TA = Phase.TITLE_ABSTRACT
INCLUDE, EXCLUDE, MAYBE = Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return found_with(tmp_path, [record(key) for key in IDS])


def sit_down(review: Review, person: str = "ab", queue: Sequence[str] | None = None) -> Session:
    """The person's session as a new process would begin it."""
    state = load_state(review, records=store.RecordFile(review))
    desk = screening_desk(state, TA)
    owed = state.owed(TA, person) if queue is None else queue
    return Session(review, state, desk=desk, person=person, queue=owed)


def on_file(review: Review) -> list[str]:
    """The verdicts in ab's file, in order, each with its record."""
    path = review.decisions(TA, "ab")
    lines = path.read_text().splitlines()[1:] if path.is_file() else []
    return [" ".join(filter(None, line.split(",")[1:4])) for line in lines]


def test_a_decision_is_on_disk_before_the_next_record_is_on_the_table(review: Review):
    session = sit_down(review)
    session.decide(EXCLUDE, reason="population", now=START)
    assert on_file(review) == ["pubmed:1 exclude population"]
    assert session.current is not None
    assert session.current.record_id == "pubmed:2"


def test_undoing_again_and_again_goes_back_through_earlier_sittings(review: Review):
    first = sit_down(review)
    for _ in range(3):
        first.decide(INCLUDE, now=START)
    second = sit_down(review)
    taken_back = [second.undo(now=START) for _ in range(4)]
    assert [each.record_id if each else None for each in taken_back] == [*reversed(IDS[:3]), None]
    assert sit_down(review).left == 4


def test_an_undone_record_is_back_on_the_table_undecided_with_its_note(review: Review):
    session = sit_down(review)
    session.annotate(note="look again", now=START)
    session.decide(EXCLUDE, now=START)
    session.undo(now=START)
    assert session.current is not None
    assert session.current.record_id == "pubmed:1"
    assert session.standing("pubmed:1") is None
    assert sit_down(review).history.note("pubmed:1") == "look again"


def test_a_clock_set_back_does_not_turn_an_undo_and_its_decision_round(review: Review):
    session = sit_down(review)
    session.decide(INCLUDE, now=START)
    session.undo(now=START - timedelta(hours=1))
    assert sit_down(review).standing("pubmed:1") is None


def test_undo_goes_back_through_verdicts_and_not_through_notes(review: Review):
    session = sit_down(review)
    session.decide(INCLUDE, now=START)
    session.decide(MAYBE, now=START)
    session.list.put_on_table("pubmed:1")
    session.annotate(note="an afterthought", now=START)
    again = sit_down(review)
    assert [again.undo(now=START).record_id for _ in range(2)] == ["pubmed:2", "pubmed:1"]  # type: ignore[union-attr]


def test_undo_goes_back_to_the_verdict_before_and_then_to_none(review: Review):
    session = sit_down(review)
    session.decide(EXCLUDE, reason="topic", also=["population"], now=START)
    session.decide(INCLUDE, now=START)
    session.list.put_on_table("pubmed:1")
    session.decide(MAYBE, now=START)
    session.undo(now=START)
    before = session.standing("pubmed:1")
    assert before is not None
    assert (before.verdict, before.reason) == (EXCLUDE, "topic")
    assert before.labels == ("also:population",)
    again = sit_down(review)
    undone = [again.undo(now=START), again.undo(now=START), again.undo(now=START)]
    assert [each and each.record_id for each in undone] == ["pubmed:2", "pubmed:1", None]
    assert again.left == 4


def test_a_verdict_of_an_earlier_sitting_that_stands_again_is_none_of_this_one(review: Review):
    sit_down(review).decide(INCLUDE, now=START)
    session = sit_down(review)
    session.list.put_on_table("pubmed:1")
    session.decide(MAYBE, now=START)
    assert session.decided == 1
    session.undo(now=START)
    assert session.decided == 0


def test_undo_withdraws_where_the_verdict_before_may_no_longer_be_said(review: Review):
    session = sit_down(review)
    session.decide(EXCLUDE, reason="topic", now=START)
    session.list.put_on_table("pubmed:1")
    session.decide(INCLUDE, now=START)
    change_protocol(review, "topic = ", "subject = ")
    again = sit_down(review)
    again.undo(now=START)
    assert again.standing("pubmed:1") is None


@given(st.lists(st.sampled_from("iem"), min_size=1, max_size=8), st.integers(0, 8))
def test_undoing_everything_leaves_nothing_decided_wherever_a_sitting_ends(
    keys: list[str], broken_after: int
):
    """The history of the rows on file is the history that wrote them."""
    verdicts = {"i": INCLUDE, "e": EXCLUDE, "m": MAYBE}
    rows = [replace(decide("a", "include", "ab"), verdict=verdicts[key]) for key in keys]
    history = History(rows, {"a": "a"})
    for number in range(len(rows)):
        if number == broken_after:
            history = History(rows, {"a": "a"})
        if (standing := next(history.decisions(), None)) is None:
            break
        before = history.step_before("a")
        withdrawn = replace(standing, verdict=Verdict.WITHDRAWN)
        rows.append(before.decision if before else withdrawn)
        history.keep(rows[-1])
    assert history.standing("a") is None
    assert history.count == 0


def test_labels_and_notes_of_an_undecided_record_survive_a_crash(review: Review):
    sit_down(review).annotate(labels=["background", "trial"], now=START)
    again = sit_down(review)
    assert again.history.labels("pubmed:1") == ("background", "trial")
    assert again.left == 4
    again.decide(INCLUDE, now=START)
    standing = sit_down(review).standing("pubmed:1")
    assert standing is not None
    assert standing.labels == ("background", "trial")


def test_decisions_of_a_sheet_keep_the_notes_and_labels_that_stand(review: Review):
    session = sit_down(review)
    session.annotate(note="ask Ada", labels=("later",), now=START)
    (written,) = session.decide_all([decide("pubmed:1", "include", "ab")])
    assert (written.note, written.labels) == ("ask Ada", ("later",))


def test_an_adjudicator_decides_on_conflicts_and_nothing_else(review: Review):
    for by, verdict in (("ab", "include"), ("cd", "exclude")):
        store.append_decision(review, decide("pubmed:1", verdict, by))
        store.append_decision(review, decide("pubmed:2", "include", by))
    state = load_state(review)
    desk = adjudication_desk(state, TA)
    session = Session(review, state, desk=desk, person="ef", queue=["pubmed:1", "pubmed:2"])
    session.decide(INCLUDE, now=START)
    with pytest.raises(ReviewError, match="pubmed:2 is not open to decide on"):
        session.decide(INCLUDE, now=START)


def test_a_changed_decision_goes_on_to_the_next_record_not_to_the_next_undecided(review: Review):
    session = sit_down(review)
    for _ in range(3):
        session.decide(INCLUDE, now=START)
    session.list.move(-3)
    session.decide(EXCLUDE, now=START)
    assert session.list.current == "pubmed:2"


def test_records_that_were_passed_over_come_again_at_the_end(review: Review):
    session = sit_down(review)
    session.list.move(1)
    for _ in range(3):
        session.decide(INCLUDE, now=START)
    assert session.list.current == "pubmed:1"
    session.decide(INCLUDE, now=START)
    assert session.current is None


def test_a_skipped_record_comes_last(review: Review):
    session = sit_down(review)
    session.list.skip()
    assert session.list.ids == ["pubmed:2", "pubmed:3", "pubmed:4", "pubmed:1"]


def test_a_filtered_list_gives_way_to_the_queue_where_it_was_left(review: Review):
    session = sit_down(review)
    session.decide(MAYBE, now=START)
    session.list.lay_out(["pubmed:1"])
    session.decide(INCLUDE, now=START)
    assert session.current is None
    session.list.put_away()
    assert session.list.current == "pubmed:2"


def test_a_full_text_exclusion_keeps_what_else_the_report_fails(tmp_path: Path):
    review = found_with(tmp_path, [record("pubmed:1")])
    session = sit_down(review)
    session.decide(EXCLUDE, reason="topic", also=["population"], now=START)
    standing = sit_down(review).standing("pubmed:1")
    assert standing is not None
    assert (standing.reason, standing.labels) == ("topic", ("also:population",))
    session.list.put_on_table("pubmed:1")
    session.decide(INCLUDE, now=START)
    assert sit_down(review).history.labels("pubmed:1") == ()


def test_a_record_judged_a_duplicate_leaves_the_queue_and_undo_brings_it_back(review: Review):
    session = sit_down(review)
    session.decide(INCLUDE, now=START)
    session.judge_same("pubmed:4", now=START)
    assert session.list.current == "pubmed:3"
    session.decide(INCLUDE, now=START)
    taken_back = [session.undo(now=START) for _ in range(3)]
    assert [each.record_id for each in taken_back if each] == ["pubmed:3", "pubmed:2", "pubmed:1"]
    assert [judged.same for judged in store.read_judgements(review)] == [True, None]


def test_undoing_same_report_leaves_the_pair_to_people_again(review: Review):
    """A standing "no" would outrank every rule for ever; "withdrawn" is as if nobody had spoken."""
    store.write_duplicates(review, [], [PossibleDuplicate("pubmed:1", "pubmed:4", 0.9)])
    session = sit_down(review)
    session.judge_same("pubmed:4", now=START)
    session.undo(now=START)
    assert [pair.record_id for pair in JudgingSession(review, "ab").queue] == ["pubmed:1"]


def test_labels_that_are_typed_leave_the_further_reasons_of_an_exclusion(review: Review):
    session = sit_down(review)
    session.decide(EXCLUDE, reason="topic", also=["population"], now=START)
    session.list.put_on_table("pubmed:1")
    session.annotate(labels=["see also: trial"], now=START)
    assert sit_down(review).history.labels("pubmed:1") == ("see also: trial", "also:population")
    session.annotate(labels=[], now=START)
    assert sit_down(review).history.labels("pubmed:1") == ("also:population",)


def refuse_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the disk is full."""

    def refuse(*_: object) -> None:
        raise NotWrittenError("could not be written: No space left on device")

    monkeypatch.setattr(store.screened, "append_rows", refuse)


def test_same_report_that_the_disk_refuses_to_take_back_stays_said(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    session = sit_down(review)
    session.judge_same("pubmed:4", now=START)
    with monkeypatch.context() as full_disk:
        refuse_to_write(full_disk)
        with pytest.raises(NotWrittenError):
            session.undo(now=START)
    assert session.list.current == "pubmed:2"
    session.undo(now=START)
    assert session.list.current == "pubmed:1"
    assert [judged.same for judged in store.read_judgements(review)] == [True, None]


def test_a_record_is_linked_to_no_study_before_full_text(review: Review):
    with pytest.raises(ReviewError, match="at full text"):
        sit_down(review).link_study("doe-2011", now=START)
    assert store.read_study_links(review) == []


def test_a_disk_that_refuses_leaves_the_record_on_the_table(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    session = sit_down(review)
    refuse_to_write(monkeypatch)
    with pytest.raises(NotWrittenError):
        session.decide(INCLUDE, now=START)
    assert session.list.current == "pubmed:1"
    assert (session.decided, session.left) == (0, 4)


def test_reading_times_are_kept_only_where_the_protocol_asks(review: Review):
    sit_down(review).decide(INCLUDE, now=START, seconds=12)
    assert store.read_reading_times(review) == []
    change_protocol(review, "[title_abstract]\n", "[title_abstract]\nreading_time = true\n")
    sit_down(review).decide(INCLUDE, now=START, seconds=34)
    (time,) = store.read_reading_times(review)
    assert (time.record_id, time.reviewer, time.seconds) == ("pubmed:2", "ab", 34)


def test_a_second_session_of_a_person_is_refused_and_another_person_s_is_not(review: Review):
    with store.hold_lock(review, "ab", task="title-abstract", now=START):
        with (
            pytest.raises(ReviewError, match=r"ab is at work on title-abstract already \(since"),
            store.hold_lock(review, "ab", task="title-abstract", now=START),
        ):
            pass
        with store.hold_lock(review, "cd", task="title-abstract", now=START):
            pass
    with store.hold_lock(review, "ab", task="title-abstract", now=START):
        pass


# ── any sequence of what a person can do ─────────────────────────────────────────────────────

WHO = ("ab", "cd")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(WHO),
        st.sampled_from(
            (
                *("include", "exclude", "maybe", "undo", "skip", "next", "back", "note"),
                *("restart", "link"),
            )
        ),
        st.integers(-30, 30),  # seconds by which the clock has moved, back sometimes
    ),
    max_size=40,
)


@dataclass
class PlainRules:
    """A person's words in the order in which they were said: the last on a group stands.

    A word that goes back to the one before takes the last one back.
    """

    words: list[tuple[str, str]] = field(default_factory=list)
    same: dict[str, str] = field(default_factory=dict)

    def given(self) -> list[tuple[str, str]]:
        """Every verdict that was not taken back, with its unique record, in order."""
        given: list[tuple[str, str]] = []
        for key, word in self.words:
            unique = self.same.get(key, key)
            mine = [each for each in given if each[0] == unique]
            if word == "withdrawn":
                given = [each for each in given if each[0] != unique]
            elif len(mine) > 1 and mine[-2][1] == word:
                del given[len(given) - 1 - given[::-1].index(mine[-1])]
            elif not mine or mine[-1][1] != word:
                given.append((unique, word))
        return given

    def standing(self) -> dict[str, str]:
        """The verdict on each unique record."""
        return dict(self.given())

    def say(self, key: str, word: str) -> None:
        self.words.append((key, word))

    def note(self, key: str) -> None:
        self.say(key, self.standing().get(key, "withdrawn"))

    def undo(self) -> None:
        given = self.given()
        if given:
            key = given[-1][0]
            mine = [word for each, word in given if each == key]
            self.say(key, mine[-2] if len(mine) > 1 else "withdrawn")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_any_sequence_of_decisions_undos_and_restarts_gives_what_plain_rules_give(
    steps: list[tuple[str, str, int]], tmp_path_factory: pytest.TempPathFactory
):
    review = found_with(tmp_path_factory.mktemp("review"), [record(key) for key in IDS])
    queues = {"ab": list(IDS), "cd": list(reversed(IDS))}
    sessions = {who: sit_down(review, who, queues[who]) for who in WHO}
    plain = {who: PlainRules() for who in WHO}
    now = START
    for who, step, seconds in steps:
        now += timedelta(seconds=seconds)
        session, current = sessions[who], sessions[who].list.current
        if step == "restart":
            sessions[who] = sit_down(review, who, queues[who])
        elif step == "link":  # between two sittings, two records turn out to be one
            store.write_duplicates(review, [Duplicate("pubmed:2", "pubmed:1", rule="judged")], [])
            for each in WHO:
                queues[each] = [key for key in queues[each] if key != "pubmed:2"]
                sessions[each] = sit_down(review, each, queues[each])
                plain[each].same["pubmed:2"] = "pubmed:1"
        elif step == "undo":
            session.undo(now=now)
            plain[who].undo()
        elif current is None:
            continue
        elif step == "note":
            session.annotate(note="seen", now=now)
            plain[who].note(current)
        elif step == "skip":
            session.list.skip()
        elif step in ("next", "back"):
            session.list.move(1 if step == "next" else -1)
        else:
            session.decide(Verdict(step), now=now)
            plain[who].say(current, step)
    votes = load_state(review).votes[TA]
    for who in WHO:
        standing = {key: by[who].verdict.value for key, by in votes.items() if who in by}
        assert standing == plain[who].standing()
        assert sessions[who].left == len(queues[who]) - len(plain[who].standing())
