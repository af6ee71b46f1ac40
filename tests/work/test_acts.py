"""Every act once: when it is possible, what it asks, what it does, whoever puts the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

from scopingreview import store
from scopingreview.errors import ReviewError
from scopingreview.model import Phase, PhaseRules
from scopingreview.paths import Review
from scopingreview.work.acts import ACTS, BY_NAME, possible_acts
from scopingreview.work.deciding import exclude_by_number, reason_of_number
from scopingreview.work.front_end import ChoiceQuestion, FrontEnd, LineQuestion
from scopingreview.work.task import Task
from tests.reviews import change_protocol
from tests.workbench.benches import include_all, said, small_review, work_on

Found = TypeVar("Found")


@dataclass
class Answers:
    """A front end that answers every question from a list and notes what it was told."""

    answers: list[str] = field(default_factory=list)
    asked: list[LineQuestion | ChoiceQuestion] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    has_left: bool = False

    def ask_line(self, question: LineQuestion, then: Callable[[str], None]) -> None:
        self.asked.append(question)
        then(self.answers.pop(0))

    def ask_choice(self, question: ChoiceQuestion, then: Callable[[str], None]) -> None:
        self.asked.append(question)
        then(self.answers.pop(0))

    def ask_reasons(self, rules: PhaseRules, then: Callable[[Sequence[str]], None]) -> None:
        assert rules.exclusion_reasons
        then(self.answers.pop(0).split())

    def find(self, look: Callable[[], Found], then: Callable[[Found], None]) -> None:
        then(look())

    def say(self, message: str) -> None:
        self.told.append(message)

    def turn(self) -> None:
        self.told.append("turned")

    def show_criteria(self) -> None:
        self.told.append("criteria")

    def show_help(self) -> None:
        self.told.append("help")

    def show_terms(self) -> None:
        self.told.append("terms")

    def scroll(self, pages: int) -> None:
        self.told.append(f"scrolled {pages}")

    def copy(self, address: str) -> None:
        self.told.append(address)

    def leave(self) -> None:
        self.has_left = True


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return small_review(tmp_path)


def do(task: Task, name: str, *answers: str) -> Answers:
    """The act is done; what was asked and told."""
    front = Answers(list(answers))
    as_front_end: FrontEnd = front
    assert name in possible_acts(task, on_screen=True)
    BY_NAME[name].do(task, as_front_end)
    assert not front.answers
    return front


def on_table(task: Task) -> str:
    return task.record().record_id


def test_each_act_has_a_name_a_key_and_words_of_its_own():
    for told in ("name", "word", "says"):
        assert len({getattr(act, told) for act in ACTS}) == len(ACTS)
    keys = [key for act in ACTS for key in act.keys]
    assert len(set(keys)) == len(keys)


def test_only_what_would_do_something_is_possible(review: Review):
    task = work_on(review)
    first = possible_acts(task, on_screen=True)
    assert {"include", "search", "next", "scroll_down"} <= set(first)
    assert not {"undo", "back", "study", "search_again", "decisions"} & set(first)
    for _ in range(5):
        do(task, "include")
    at_the_end = possible_acts(task, on_screen=True)
    assert "undo" in at_the_end
    assert not {"include", "exclude", "note", "open", "next"} & set(at_the_end)


def test_who_reads_titles_alone_opens_no_page_and_searches_titles(review: Review):
    change_protocol(
        review, "[title_abstract]\n", "[title_abstract]\nrounds = 2\ntitles_first = true\n"
    )
    task = work_on(review)
    assert "open" not in possible_acts(task, on_screen=True)
    (question,) = do(task, "search", "").asked
    assert question.question == "Search title for"


def test_what_scrolls_is_offered_only_where_there_is_a_screen(review: Review):
    task = work_on(review)
    both = [possible_acts(task, on_screen=on_screen) for on_screen in (True, False)]
    assert set(both[0]) - set(both[1]) == {"scroll_down", "scroll_up"}


def test_a_decision_is_told_with_the_key_that_takes_it_back(review: Review):
    front = do(work_on(review), "include")
    assert front.told == ["include · pubmed:1 · u takes it back", "turned"]


def test_the_reasons_for_an_exclusion_are_asked_and_the_first_is_the_reason(review: Review):
    include_all(review)
    do(work_on(review, Phase.FULL_TEXT), "exclude", "population context")
    assert said(review, Phase.FULL_TEXT) == ["pubmed:1 exclude population also:context"]


def test_a_number_that_is_no_reason_decides_nothing(review: Review):
    task = work_on(review)
    with pytest.raises(ReviewError, match="no reason 9"):
        exclude_by_number(task, Answers(), 9)
    assert said(review) == []


def test_the_key_0_is_the_tenth_reason_and_nothing_where_there_are_fewer():
    ten = PhaseRules(Phase.FULL_TEXT, exclusion_reasons={f"reason-{n}": "" for n in range(1, 11)})
    assert [reason_of_number(ten, n) for n in (1, 9, 0)] == ["reason-1", "reason-9", "reason-10"]
    two = PhaseRules(Phase.FULL_TEXT, exclusion_reasons={"topic": "", "design": ""})
    assert [reason_of_number(two, n) for n in (2, 3, 0)] == ["design", "", ""]


def test_a_sitting_that_is_over_ends_with_its_last_decision(review: Review):
    task = work_on(review, limit=1)
    assert do(task, "maybe").has_left


def test_a_sitting_of_a_few_seconds_took_less_than_a_minute(review: Review):
    assert work_on(review).summary()[1] == "less than a minute"


def test_labels_offer_what_stands_and_keep_the_further_reasons(review: Review):
    include_all(review)
    task = work_on(review, Phase.FULL_TEXT)
    do(task, "exclude", "population context")
    do(task, "back")
    do(task, "labels", "see also: trial")
    (question,) = do(task, "labels", "see also: trial; later").asked
    assert isinstance(question, LineQuestion)
    assert question.value == "see also: trial"
    assert said(review, Phase.FULL_TEXT)[-1] == (
        "pubmed:1 exclude population see also: trial;later;also:context"
    )


def test_a_comment_begins_with_the_one_that_stands(review: Review):
    task = work_on(review)
    do(task, "note", "ask her")
    (question,) = do(task, "note", "asked her").asked
    assert isinstance(question, LineQuestion)
    assert question.value == "ask her"


def test_a_record_is_found_by_the_end_of_its_id_and_only_where_it_is_one(review: Review):
    task = work_on(review)
    do(task, "go_to", "4")
    assert on_table(task) == "pubmed:4"
    with pytest.raises(ReviewError, match="no record has the id"):
        do(task, "go_to", "44")


def test_looking_on_counts_as_reading_the_record_that_is_shown(review: Review):
    """The time a record is looked at begins when it is shown, at the screen and at the prompt."""
    task = work_on(review)
    do(task, "next")
    assert task.pace.since > task.pace.begun


def test_a_search_goes_on_with_the_words_looked_for_last(review: Review):
    task = work_on(review)
    do(task, "search", "burnout wards")
    assert on_table(task) == "pubmed:3"
    do(task, "search", "nurses")
    do(task, "search_again")
    assert on_table(task) == "pubmed:5"


def test_a_filter_that_finds_nothing_leaves_the_list(review: Review):
    task = work_on(review)
    with pytest.raises(ReviewError, match="No record for"):
        do(task, "filter", "maybe")
    assert not task.session.list.is_filtered


def test_a_decision_of_ones_own_is_chosen_to_go_back_to(review: Review):
    task = work_on(review)
    do(task, "include")
    (question,) = do(task, "decisions", "pubmed:1").asked
    assert isinstance(question, ChoiceQuestion)
    assert [choice.key for choice in question.choices_for("")] == ["pubmed:1"]
    assert on_table(task) == "pubmed:1"


def test_reports_are_linked_to_a_study_that_is_offered_afterwards(review: Review):
    include_all(review)
    task = work_on(review, Phase.FULL_TEXT)
    do(task, "study", "doe-2011")
    do(task, "next")
    (question,) = do(task, "study", "doe-2011").asked
    assert isinstance(question, ChoiceQuestion)
    assert [choice.key for choice in question.choices_for("doe")] == ["doe-2011"]
    assert [link.study for link in store.read_study_links(review)] == ["doe-2011", "doe-2011"]
