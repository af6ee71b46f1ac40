"""A sitting in the order of relevance: what comes next, who learns from whom, what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.errors import CombinedError, ReviewError
from scopingreview.model import EventKind, Phase, Record, ShownBy, Verdict
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from scopingreview.screening.relevance_labels import relevance_labels
from scopingreview.work.keymap import Keymap
from scopingreview.work.open_session import screening_session
from scopingreview.work.pace import Pace
from scopingreview.work.rank_in_words import is_ranked, rank_in_words
from scopingreview.work.session import Session
from scopingreview.work.task import Task
from tests.reviews import change_protocol, decide, found_with, record, tick

TA = Phase.TITLE_ABSTRACT
INCLUDE, EXCLUDE = Verdict.INCLUDE, Verdict.EXCLUDE
ABOUT = ("sleep of nurses on night shifts", "night shifts and naps", "napping nurses at night")
OTHER = ("kidney slices of rabbits", "beta blockers in rats", "opioids after surgery of dogs")


def records(number: int = 30) -> list[Record]:
    """Every fifth is about night shifts, the first among them."""
    return [
        record(
            f"pubmed:{place}",
            title=f"{(OTHER if place % 5 else ABOUT)[place % 3]} {place}",
            abstract=f"{(OTHER if place % 5 else ABOUT)[(place + 1) % 3]} was studied",
        )
        for place in range(number)
    ]


def is_about(unique_id: str) -> bool:
    return int(unique_id.partition(":")[2]) % 5 == 0


@pytest.fixture
def review(tmp_path: Path) -> Review:
    found = found_with(tmp_path, records())
    change_protocol(found, "[title_abstract]\n", '[title_abstract]\norder = "relevance"\n')
    return found


@contextmanager
def sitting(review: Review, person: str = "ab", *seeds: str) -> Iterator[Session]:
    with screening_session(review, TA, person, now=tick(), seeds=seeds) as session:
        yield session


def screen(session: Session, number: int) -> list[str]:
    """Decide rightly on so many records, each time with all learnt; the records in order."""
    seen = []
    for _ in range(number):
        unique_id = session.list.current
        assert unique_id is not None
        seen.append(unique_id)
        session.decide(INCLUDE if is_about(unique_id) else EXCLUDE, now=tick())
        assert session.relevance is not None
        session.relevance.queue.settle()
    return seen


def test_likely_records_come_first_once_one_is_known(review: Review):
    with sitting(review, "ab", "pubmed:5") as session:
        seen = screen(session, 7)
    assert seen[0] == "pubmed:5", "what is known comes first, and is screened like any other"
    assert sum(map(is_about, seen[:6])) >= 5


def test_the_review_question_stands_in_until_a_record_is_relevant(review: Review):
    path = review.path("config/review.toml")
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("question")]
    path.write_text('question = "Do naps help nurses on night shifts?"\n' + "\n".join(lines))
    with sitting(review) as session:
        assert is_about(screen(session, 1)[0])


def test_the_same_decisions_give_the_same_order_after_a_break(review: Review):
    with sitting(review, "ab", "pubmed:5") as session:
        screen(session, 8)
        assert session.relevance is not None
        going_on = session.relevance.queue
        session.relevance.go_on(session.history, session.list)
        going_on.settle()
    orders = []
    for _ in range(2):
        with sitting(review) as again:
            orders.append(list(again.list.queue))
    assert orders[0] == orders[1]
    assert len(orders[0]) == 22


def test_a_record_put_off_stays_at_the_end_and_one_passed_over_comes_again(review: Review):
    with sitting(review, "ab", "pubmed:5") as session:
        screen(session, 2)
        put_off = session.list.current
        session.list.skip()
        passed = session.list.current
        session.list.move(1)
        seen = screen(session, 26)
        assert put_off not in seen
        assert passed not in seen
        assert {session.list.current, *screen(session, 2)} == {put_off, passed}
        assert session.list.current is None


def test_undo_brings_the_record_back_and_takes_its_label(review: Review):
    with sitting(review, "ab", "pubmed:5") as session:
        seen = screen(session, 3)
        session.undo(now=tick())
        assert session.list.current == seen[-1]
        assert session.relevance is not None
        session.relevance.queue.settle()
        ranking = session.relevance.queue.latest()
        assert ranking is not None
        assert ranking.learnt_from == 2


def test_a_ranking_learns_nothing_from_a_word_that_is_still_hidden(review: Review):
    """Two people decide on each record; cd has decided, ab has not."""
    store.append_decision(review, decide("pubmed:10", "include", "cd"))
    assert relevance_labels(load_state(review), TA, "ab") == {}
    assert relevance_labels(load_state(review), TA, "cd") == {"pubmed:10": True}


def test_a_ranking_learns_from_others_what_stands(review: Review):
    change_protocol(review, "reviewers_needed = 2", "reviewers_needed = 1")
    store.append_decision(review, decide("pubmed:10", "include", "cd"))
    store.append_decision(review, decide("pubmed:11", "exclude", "cd"))
    assert relevance_labels(load_state(review), TA, "ab") == {"pubmed:10": True, "pubmed:11": False}


def test_ones_own_word_is_learnt_whatever_stands(review: Review):
    for person, verdict in (("ab", "maybe"), ("cd", "include")):
        store.append_decision(review, decide("pubmed:10", verdict, person))
    store.append_decision(review, decide("pubmed:11", "exclude", "ab"))
    assert relevance_labels(load_state(review), TA, "ab") == {"pubmed:10": True, "pubmed:11": False}


def test_known_records_are_logged_once_and_are_no_decisions(review: Review):
    for _ in range(2):
        with sitting(review, "ab", "pubmed:5", "pubmed:10"):
            pass
    (event,) = store.read_events(review)
    assert (event.kind, event.by) == (EventKind.KNOWN_RELEVANT, "ab")
    assert event.records == ("pubmed:5", "pubmed:10")
    assert store.read_decisions(review, TA) == []


def test_an_unknown_record_cannot_be_known(review: Review):
    with (
        pytest.raises((CombinedError, ReviewError), match="pubmed:99"),
        sitting(review, "ab", "pubmed:99"),
    ):
        pass
    assert store.read_events(review) == []


def keep_ranks(review: Review, share: float = 0.0) -> None:
    path = review.path("config/review.toml")
    table = f"\n[title_abstract.ranking]\nkeep_ranks = true\nrandom_share = {share}\n"
    path.write_text(path.read_text(encoding="utf-8") + table, encoding="utf-8")


def test_the_rank_is_kept_with_the_decision_where_the_protocol_asks(review: Review):
    with sitting(review, "ab", "pubmed:5") as session:
        screen(session, 2)
    assert store.read_ranks(review) == [], "nobody asked"
    keep_ranks(review)
    with sitting(review) as session:
        screen(session, 3)
    ranks = store.read_ranks(review)
    decisions = store.read_decisions(review, TA)[2:]
    assert [(r.record_id, r.decided_at) for r in ranks] == [
        (d.record_id, d.decided_at) for d in decisions
    ]
    assert [rank.learnt_from for rank in ranks] == [2, 2, 3], "a decision older than the last"
    assert {(rank.model, rank.seed) for rank in ranks} == {("two-views-1", "A review")}
    assert (ranks[0].rank, ranks[0].among) == (1, 28)


def test_the_random_share_is_drawn_whatever_the_model_says(review: Review):
    keep_ranks(review, share=1.0)
    with sitting(review, "ab", "pubmed:5") as session:
        screen(session, 12)
    ranks = store.read_ranks(review)
    assert {rank.shown_by for rank in ranks} == {ShownBy.LOT}
    assert sum(map(is_about, (rank.record_id for rank in ranks))) < 6


def test_who_goes_through_no_queue_has_none_put_in_order(review: Review):
    """What a script decides on it names; how many are left is told all the same."""
    change_protocol(review, 'order = "relevance"', 'order = "random"')
    with sitting(review) as session:
        drawn = session.list.queue
    with screening_session(review, TA, "ab", now=tick(), in_order=False) as session:
        assert session.list.queue == session.state.owed(TA, "ab")
        assert (session.left, sorted(session.list.queue)) == (len(drawn), sorted(drawn))
        assert session.list.queue != drawn


def test_a_pilot_is_met_in_random_order(review: Review):
    path = review.path("config/review.toml")
    pilot = "\n[title_abstract.pilot]\nsize = 5\n"
    path.write_text(path.read_text(encoding="utf-8") + pilot, encoding="utf-8")
    with sitting(review) as session:
        assert session.relevance is None


def test_features_are_kept_and_built_again_when_the_records_change(review: Review):
    def kept() -> list[Path]:
        return sorted(review.path("data/derived/ranking").glob("*"))

    with sitting(review):
        first = kept()
    with sitting(review):
        assert kept() == first
    content = first[0].read_bytes()
    first[0].write_bytes(b"spoiled")
    with sitting(review):
        assert first[0].read_bytes() == content
    store.write_records(review, [replace(each, abstract="new") for each in records()])
    with sitting(review):
        assert kept() != first
        assert len(kept()) == 1


def test_one_key_says_the_rank_and_the_terms_that_speak_for_and_against(review: Review):
    with sitting(review, "ab", "pubmed:5") as session:
        screen(session, 10)
        task = Task(session, Pace(begun=tick()), Keymap({}), tick)
        said = rank_in_words(task)
        assert said.startswith("Rank 1 of 20 (learnt from 9) · for: ")
        assert " · against: " in said
        session.list.skip()


def test_a_round_by_titles_alone_names_no_term_that_stands_only_in_an_abstract(review: Review):
    """The ranking reads abstracts; the person does not, until the round is over."""
    about = [
        replace(each, abstract=f"{each.abstract} with melatonin") if n % 5 == 0 else each
        for n, each in enumerate(records())
    ]
    store.write_records(review, about)

    def told(rules: str) -> tuple[str, str]:
        """What the key says of a record about night shifts, and its title."""
        change_protocol(review, "[title_abstract]\n", f"[title_abstract]\n{rules}")
        with sitting(review, "ab", "pubmed:5") as session:
            screen(session, 4)
            task = Task(session, Pace(begun=tick()), Keymap({}), tick)
            assert is_about(task.record().record_id)
            return rank_in_words(task), task.record().title

    said, title = told("rounds = 2\ntitles_first = true\n")
    assert " · for: " in said
    _, _, terms = said.partition(" · for: ")
    named = [each for part in terms.split(" · against: ") for each in part.split(", ")]
    words = {*title.split(), "no", "term"}
    assert named
    assert all(set(each.split()) <= words for each in named)
    assert "melatonin" not in said
    change_protocol(review, "rounds = 2\ntitles_first = true\n", "")
    for name in ("ab", "cd"):
        review.path(f"data/screened/title-abstract/{name}.csv").unlink(missing_ok=True)
    assert "melatonin" in told("")[0], "where abstracts are read, their terms are named"


def test_the_key_is_there_in_the_order_of_relevance_only(review: Review):
    with sitting(review, "ab", "pubmed:5") as session:
        assert is_ranked(Task(session, Pace(begun=tick()), Keymap({}), tick))
    change_protocol(review, 'order = "relevance"', 'order = "random"')
    with sitting(review) as session:
        assert not is_ranked(Task(session, Pace(begun=tick()), Keymap({}), tick))


def test_the_papers_that_the_team_knew_before_are_a_beginning(review: Review):
    title = records()[5].title
    review.path("config/known-items.csv").write_text(f"title\n{title}\n", encoding="utf-8")
    with sitting(review) as session:
        seen = screen(session, 7)
    assert seen[0] == "pubmed:5"
    assert sum(map(is_about, seen[:6])) >= 5
