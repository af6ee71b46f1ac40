"""What is asked of all the decisions of a phase at once, of a list of them or of a table.

`DecisionRows` is the same sequence of decisions that a list would be; each is made when it is
asked for. `decision_table` has it, for reviews in which hundreds of thousands are on file, and is
loaded there only.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import NamedTuple

from scopingreview.model import Decision, Verdict

BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
NOWHERE = ""  # in place of a unique record, for a decision about none of the review


class Word(NamedTuple):
    """What a decision says, whoever said it of whatever record and when."""

    verdict: Verdict
    reason: str = ""
    labels: tuple[str, ...] = ()
    note: str = ""
    criteria: str = ""


IsRecord = Callable[[str], bool]
IsWord = Callable[[Word], bool]


@dataclass(frozen=True, slots=True)
class StandingRows:
    """The rows that stand, those of a group of records together and in order of time.

    Group g has the rows from `begins[g]` to `begins[g + 1]`. `groups` are those that anybody ever
    decided on, in the order of the first decision on each. `cases` has a number for each group:
    the same where the same people said the same, in the same order, and 0 where nothing stands.
    """

    rows: DecisionRows
    begins: Sequence[int]
    groups: Sequence[int]
    cases: Sequence[int]


class DecisionRows(Sequence[Decision]):
    """Decisions that are asked for by what they have in common; every record and word once."""

    record_ids: Sequence[str]
    people: Sequence[str]
    words: Sequence[Word]

    @abstractmethod
    def places(self) -> tuple[list[int], list[int]]:
        """Of each row, the place of its person in `people` and of its word in `words`."""

    @abstractmethod
    def records(self) -> Sequence[str]:
        """The record id of each row."""

    @abstractmethod
    def by(self, name: str) -> DecisionRows:
        """Those of one person."""

    @abstractmethod
    def by_others(self, names: Collection[str]) -> DecisionRows:
        """Those of everybody but these people."""

    @abstractmethod
    def on(self, is_wanted: IsRecord) -> DecisionRows:
        """Those on the records wanted."""

    @abstractmethod
    def saying(self, is_wanted: IsWord) -> DecisionRows:
        """Those that say a word wanted."""

    @abstractmethod
    def on_or_saying(self, on: IsRecord, saying: IsWord) -> DecisionRows:
        """Those on a record wanted and those that say a word wanted."""

    @abstractmethod
    def all_but(self, is_gone: Callable[[Decision], bool], on: IsRecord) -> DecisionRows:
        """The rows without those that are gone, which is asked only of those `on` some records."""

    @abstractmethod
    def reworded(self, is_wanted: IsWord, reword: Callable[[Decision], Decision]) -> DecisionRows:
        """The rows, those that say a word wanted each with the words that `reword` gives it."""

    @abstractmethod
    def said(self) -> Sequence[Word]:
        """What is said in the rows, each word once."""

    @abstractmethod
    def rows_by_person(self) -> Counter[str]:
        """How many rows there are of each person; whoever has none is not there."""

    @abstractmethod
    def standing_rows(
        self, group_of: Sequence[int], groups: int, alike: Sequence[int]
    ) -> StandingRows:
        """The last row of each person on each group of records, unless it took the last one back.

        `group_of` gives the group of each of the record ids, below 0 for one that counts nowhere;
        `alike` a number from 0 for each of the words, the same for those that say the same. The
        rows come in order of time.
        """


def word_of(decision: Decision) -> Word:
    """What the decision says."""
    return Word(*_WORD_OF(decision))


_WORD_OF = attrgetter(*Word._fields)


def by_person(decisions: Sequence[Decision], name: str) -> Sequence[Decision]:
    """Those of the decisions that the person took."""
    if isinstance(decisions, DecisionRows):
        return decisions.by(name)
    return [decision for decision in decisions if decision.decided_by == name]


def people_in(decisions: Sequence[Decision]) -> set[str]:
    """Who took the decisions."""
    if isinstance(decisions, DecisionRows):
        return set(decisions.rows_by_person())
    return {decision.decided_by for decision in decisions}


def on_records(decisions: Sequence[Decision], is_wanted: IsRecord) -> Sequence[Decision]:
    """Those of the decisions that are on records wanted, by record id."""
    if isinstance(decisions, DecisionRows):
        return decisions.on(is_wanted)
    return [decision for decision in decisions if is_wanted(decision.record_id)]


def on_or_saying(
    decisions: Sequence[Decision], *, on: IsRecord, saying: IsWord
) -> Sequence[Decision]:
    """Those that are on a record wanted, or say a word wanted."""
    if isinstance(decisions, DecisionRows):
        return decisions.on_or_saying(on, saying)
    return [each for each in decisions if on(each.record_id) or saying(word_of(each))]


def all_but(
    decisions: Sequence[Decision], is_gone: Callable[[Decision], bool], *, on: IsRecord
) -> Sequence[Decision]:
    """The decisions without those that are gone, which is asked only of those `on` some records."""
    if isinstance(decisions, DecisionRows):
        return decisions.all_but(is_gone, on)
    return [each for each in decisions if not (on(each.record_id) and is_gone(each))]


def columns_of(
    decisions: Sequence[Decision],
) -> tuple[Sequence[str], Sequence[Word], Sequence[int]]:
    """The record id of each, what is said in them, and of each the place of its word therein."""
    if isinstance(decisions, DecisionRows):
        return decisions.records(), decisions.words, decisions.places()[1]
    record_ids = [decision.record_id for decision in decisions]
    return record_ids, list(map(word_of, decisions)), range(len(decisions))


def words_said(decisions: Sequence[Decision]) -> Collection[Word]:
    """What the decisions say, each once."""
    if isinstance(decisions, DecisionRows):
        return decisions.said()
    return set(map(word_of, decisions))
