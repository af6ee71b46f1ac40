"""Everything a person can do at a record, once: its keys, its words, when it is possible, and
what it does. The full screen and the prompt both work from this table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scopingreview.model import Phase, Verdict
from scopingreview.work import (
    correcting,
    deciding,
    discussing,
    finding,
    marking,
    rank_in_words,
    remarks,
)
from scopingreview.work.front_end import FrontEnd
from scopingreview.work.task import Task


def _at_any_time(_task: Task) -> bool:
    return True


def _on_a_record(task: Task) -> bool:
    return task.session.list.current is not None  # asked often: the record itself is not read


def _where_it_counts(task: Task) -> bool:
    return _on_a_record(task) and task.session.desk.counts  # in training nothing does


def _where_more_is_read(task: Task) -> bool:
    return _on_a_record(task) and not task.session.by_titles_alone  # its page holds the abstract


def _on_a_report(task: Task) -> bool:
    return _where_it_counts(task) and task.session.desk.phase is Phase.FULL_TEXT


def _after_a_decision(task: Task) -> bool:
    return task.session.can_undo


def _in_a_list(task: Task) -> bool:
    return bool(len(task.session.list))


def _after_a_search(task: Task) -> bool:
    return _in_a_list(task) and bool(task.searched)


def _before_the_last(task: Task) -> bool:
    return task.session.list.place + 1 < len(task.session.list)


def _after_the_first(task: Task) -> bool:
    return task.session.list.place > 0


def _with_terms(task: Task) -> bool:
    protocol = task.session.state.protocol
    groups = protocol.highlight_groups
    return bool(protocol.include_terms or protocol.exclude_terms or groups or task.own_terms)


def _with_labels(task: Task) -> bool:
    return bool(task.session.history.own_labels)


def _in_discussion(task: Task) -> bool:
    unique_id = task.session.list.current
    return unique_id is not None and discussing.may_discuss(task.session, unique_id)


def _toggle_terms(task: Task, front: FrontEnd) -> None:
    task.shows_terms = not task.shows_terms
    front.show_terms()


@dataclass(frozen=True, slots=True)
class Act:
    """Something a key does: `word` is what the footer calls it, `says` explains it in the help.

    `is_possible` says whether it would do something now. `on_screen`: only where a record can be
    longer than what is seen of it.
    """

    name: str
    keys: tuple[str, ...]
    word: str
    says: str
    is_possible: Callable[[Task], bool]
    do: Callable[[Task, FrontEnd], None]
    on_screen: bool = False


# In the order in which the footer offers them.
ACTS = (
    Act("include", ("i",), "include", "Include the record.",
        _on_a_record, lambda task, front: deciding.decide(task, front, Verdict.INCLUDE)),
    Act("exclude", ("e",), "exclude", "Exclude it, and say why.",
        _on_a_record, deciding.exclude),
    Act("maybe", ("m",), "maybe", "Leave it open: what a maybe means, the protocol says.",
        _on_a_record, lambda task, front: deciding.decide(task, front, Verdict.MAYBE)),
    Act("undo", ("u",), "undo", "Take back what you did last, again and again.",
        _after_a_decision, deciding.undo),
    Act("skip", ("s",), "skip", "Put the record at the end of the queue.",
        _on_a_record, finding.skip),
    Act("next", ("n", "right"), "next", "Look at the next record without deciding.",
        _before_the_last, lambda task, front: finding.move(task, front, 1)),
    Act("back", ("b", "left"), "back", "Look at the record before without deciding.",
        _after_the_first, lambda task, front: finding.move(task, front, -1)),
    Act("criteria", ("p",), "criteria", "Read the criteria, the reasons, the record's keywords.",
        _at_any_time, lambda _task, front: front.show_criteria()),
    Act("note", ("c",), "comment", "Write a comment that is kept with your decision.",
        _on_a_record, remarks.comment),
    Act("labels", ("t",), "label", "Give the record labels of your own.",
        _on_a_record, remarks.label),
    Act("duplicate", ("x",), "duplicate", "Say that it is the same report as another.",
        _where_it_counts, remarks.say_duplicate),
    Act("correct", ("a",), "correct", "Mend what it says: a missing abstract, a wrong year.",
        _where_it_counts, correcting.correct_record),
    Act("study", ("r",), "study", "Link the report to the study it belongs to.",
        _on_a_report, remarks.link_study),
    Act("open", ("o",), "open", "Open the full text, or the page of its DOI.",
        _where_more_is_read, remarks.open_full_text),
    Act("search", ("/",), "search", "Go to the next record that holds some words.",
        _in_a_list, finding.search),
    Act("search_again", (".",), "again", "Go on to the next record that holds them.",
        _after_a_search, finding.search_again),
    Act("filter", ("f",), "filter", "List some of the records: your maybes, a label, …",
        _at_any_time, finding.list_only),
    Act("sort", ("S",), "sort", "Sort the list by title, source or year, for this sitting.",
        _in_a_list, finding.sort),
    Act("go_to", ("g",), "go to", "Go to a record by its id.",
        _at_any_time, finding.go_to),
    Act("decisions", ("l",), "my list", "See your decisions, and go to one of them.",
        _after_a_decision, finding.go_to_decision),
    Act("highlights", ("h",), "highlights", "Mark the protocol's terms, or do not.",
        _with_terms, _toggle_terms),
    Act("mark", ("H",), "mark a word", "Mark a word of your own, now and in later sittings.",
        _on_a_record, marking.mark_term),
    Act("relabel", ("T",), "labels", "Rename or drop one of your labels on every record.",
        _with_labels, remarks.relabel),
    Act("discuss", ("d",), "discuss", "Read and write in the thread of a record in conflict.",
        _in_discussion, discussing.discuss),
    Act("why", ("v",), "why here", "See which terms speak for and against it, and its rank.",
        rank_in_words.is_ranked, rank_in_words.tell_why),
    Act("scroll_down", ("space", "pagedown"), "more", "Read on in a long abstract.",
        _on_a_record, lambda _task, front: front.scroll(1), on_screen=True),
    Act("scroll_up", ("pageup",), "up", "Go back in it.",
        _on_a_record, lambda _task, front: front.scroll(-1), on_screen=True),
    Act("help", ("?", "f1"), "help", "See every key.",
        _at_any_time, lambda _task, front: front.show_help()),
    Act("quit", ("q", "ctrl+q", "ctrl+c"), "quit", "Leave; everything is saved already.",
        _at_any_time, lambda _task, front: front.leave()),
)  # fmt: skip

BY_NAME: Mapping[str, Act] = {act.name: act for act in ACTS}
USUAL_KEYS: Mapping[str, tuple[str, ...]] = {act.name: act.keys for act in ACTS}


def possible_acts(task: Task, *, on_screen: bool) -> list[str]:
    """The names of the acts that would do something now, in the order of the footer."""
    return [act.name for act in ACTS if act.is_possible(task) and (on_screen or not act.on_screen)]
