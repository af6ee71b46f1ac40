"""A guideline answered: what of each item the review's files say, and what people say beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scopingreview.checklists.guideline import Guideline, GuidelineItem
from scopingreview.model.own_answers import OwnAnswer


class AnswerState(StrEnum):
    """Who answers an item: the files of the review, its protocol, people; or nobody has to."""

    FROM_DATA = "from data"
    FROM_PROTOCOL = "from protocol"
    TO_WRITE = "to write"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the review's files say to an item, and in which of them (and where) it stands."""

    state: AnswerState
    text: str = ""
    places: tuple[str, ...] = ()


TO_WRITE = Answer(AnswerState.TO_WRITE)


NOTHING_SAID = OwnAnswer()


@dataclass(frozen=True, slots=True)
class AnsweredItem:
    """An item with what the files and what people say of it."""

    item: GuidelineItem
    answer: Answer
    own: OwnAnswer = NOTHING_SAID

    @property
    def state(self) -> AnswerState:
        """What people have to write is theirs whatever is on file, and however much they said."""
        if self.own.not_applicable:
            return AnswerState.NOT_APPLICABLE
        return AnswerState.TO_WRITE if self.item.by_people else self.answer.state

    def said(self) -> Iterator[str]:
        """What the files say, what people say, and what later guidelines ask besides."""
        if self.own.not_applicable:
            yield self.own.not_applicable
        elif self.answer.text:
            yield self.answer.text
        if self.own.words:
            yield self.own.words
        if self.item.since:
            yield f"[{self.item.since}]"


@dataclass(frozen=True, slots=True)
class Checklist:
    """A guideline with an answer to every item, in its order."""

    guideline: Guideline
    items: tuple[AnsweredItem, ...]

    def states(self) -> Mapping[AnswerState, int]:
        """How many items stand in each state, in the order of the states; none that has none."""
        found = Counter(each.state for each in self.items)
        return {state: found[state] for state in AnswerState if found[state]}


def answered(
    guideline: Guideline, answers: Mapping[str, Answer], own: Mapping[str, OwnAnswer]
) -> Checklist:
    """The guideline with what the files say, by the name of the answer, and people, by number."""
    return Checklist(
        guideline,
        tuple(
            AnsweredItem(
                item,
                answers[item.answer] if item.answer else TO_WRITE,
                own.get(item.number, NOTHING_SAID),
            )
            for item in guideline.items
        ),
    )
