"""The decisions of a phase as columns of numbers: a few bytes each, asked all at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from scopingreview.decision_rows import (
    BEGIN,
    DecisionRows,
    IsRecord,
    IsWord,
    StandingRows,
    Word,
    word_of,
)
from scopingreview.model import Decision, Phase, Verdict

MICROSECOND = timedelta(microseconds=1)

Value = TypeVar("Value")
Numbers = NDArray[np.int32]
Moments = NDArray[np.int64]
Which = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class DecisionTable(DecisionRows):
    """The decisions of one phase, a row each.

    `moments` are microseconds since 1970; `record`, `person` and `word` are places in
    `record_ids`, `people` and `words`, in which nothing stands twice.
    """

    phase: Phase
    moments: Moments
    record: Numbers
    person: Numbers
    word: Numbers
    record_ids: Sequence[str]
    people: Sequence[str]
    words: Sequence[Word]

    @classmethod
    def of(cls, phase: Phase, decisions: Iterable[Decision]) -> DecisionTable:
        """The decisions as a table, in their order."""
        decisions = list(decisions)
        records, people, words = Places[str](), Places[str](), Places[Word]()
        return cls(
            phase,
            np.array([(each.decided_at - BEGIN) // MICROSECOND for each in decisions], np.int64),
            records.of([each.record_id for each in decisions]),
            people.of([each.decided_by for each in decisions]),
            words.of([word_of(each) for each in decisions]),
            list(records),
            list(people),
            list(words),
        )

    def __len__(self) -> int:
        return len(self.word)

    @overload
    def __getitem__(self, at: int) -> Decision: ...

    @overload
    def __getitem__(self, at: slice) -> DecisionTable: ...

    def __getitem__(self, at: int | slice) -> Decision | DecisionTable:
        if isinstance(at, slice):
            return self._rows(at)
        return self._decision(
            int(self.moments[at]), int(self.record[at]), int(self.person[at]), int(self.word[at])
        )

    def __iter__(self) -> Iterator[Decision]:
        columns = (self.moments, self.record, self.person, self.word)
        yield from map(self._decision, *(column.tolist() for column in columns))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # as a list has none

    def _decision(self, moment: int, record: int, person: int, word: int) -> Decision:
        said = self.words[word]
        return Decision(
            BEGIN + timedelta(microseconds=moment),
            self.record_ids[record],
            self.phase,
            said.verdict,
            self.people[person],
            said.reason,
            said.labels,
            said.note,
            said.criteria,
        )

    def _rows(self, wanted: slice | Which | NDArray[np.intp]) -> DecisionTable:
        return replace(
            self,
            moments=self.moments[wanted],
            record=self.record[wanted],
            person=self.person[wanted],
            word=self.word[wanted],
        )

    def places(self) -> tuple[list[int], list[int]]:
        """Of each row, the place of its person in `people` and of its word in `words`."""
        return self.person.tolist(), self.word.tolist()

    def records(self) -> list[str]:
        """The record id of each row."""
        ids = self.record_ids
        return [ids[place] for place in self.record.tolist()]

    def by(self, name: str) -> DecisionTable:
        """Those of one person."""
        place = self.people.index(name) if name in self.people else -1
        return self._rows(self.person == place)

    def by_others(self, names: Collection[str]) -> DecisionTable:
        """Those of everybody but these people."""
        others = [name not in names for name in self.people]
        return self._rows(np.array(others, np.bool_)[self.person])

    def on(self, is_wanted: IsRecord) -> DecisionTable:
        """Those on the records wanted; asked once of each record id."""
        return self._rows(self._on(is_wanted))

    def saying(self, is_wanted: IsWord) -> DecisionTable:
        """Those that say a word wanted; asked once of each word."""
        return self._rows(self._saying(is_wanted))

    def on_or_saying(self, on: IsRecord, saying: IsWord) -> DecisionTable:
        """Those on a record wanted and those that say a word wanted."""
        return self._rows(self._on(on) | self._saying(saying))

    def all_but(self, is_gone: Callable[[Decision], bool], on: IsRecord) -> DecisionTable:
        """The rows without those that are gone, which is asked only of those `on` some records."""
        stays = np.ones(len(self), np.bool_)
        for row in np.flatnonzero(self._on(on)).tolist():
            stays[row] = not is_gone(self[row])
        return self._rows(stays)

    def reworded(self, is_wanted: IsWord, reword: Callable[[Decision], Decision]) -> DecisionTable:
        """The rows, those that say a word wanted each with the words that `reword` gives it."""
        rows = np.flatnonzero(self._saying(is_wanted)).tolist()
        places, word = Places[Word](), self.word.copy()
        places.of(self.words)
        word[rows] = places.of([word_of(reword(self[row])) for row in rows])
        return replace(self, word=word, words=list(places))

    def _on(self, is_wanted: IsRecord) -> Which:
        wanted = np.fromiter(map(is_wanted, self.record_ids), np.bool_, len(self.record_ids))
        return wanted[self.record]

    def _saying(self, is_wanted: IsWord) -> Which:
        wanted = np.fromiter(map(is_wanted, self.words), np.bool_, len(self.words))
        return wanted[self.word]

    def said(self) -> list[Word]:
        """What is said in the rows, each word once."""
        return [self.words[place] for place in np.unique(self.word).tolist()]

    def rows_by_person(self) -> Counter[str]:
        """How many rows there are of each person; whoever has none is not there."""
        rows = np.bincount(self.person, minlength=len(self.people)).tolist()
        return Counter({name: n for name, n in zip(self.people, rows, strict=True) if n})

    def standing_rows(
        self, group_of: Sequence[int], groups: int, alike: Sequence[int]
    ) -> StandingRows:
        """The last row of each person on each group of records, unless it took the last one back.

        `group_of` gives the group of each of the record ids, below 0 for one that counts nowhere;
        `alike` a number from 0 for each of the words, the same for those that say the same. The
        rows come in order of time.
        """
        group = np.array(group_of, np.int64)[self.record]
        known = np.flatnonzero(group >= 0)
        group, person = group[known], self.person[known]
        first = np.full(groups, -1, np.int64)
        first[group[::-1]] = known[::-1]  # of several the last one stays
        seen = np.flatnonzero(first >= 0)
        last = np.full((groups, len(self.people)), -1, np.int64)
        last[group, person] = known
        last.sort(axis=1)
        withdrawn = np.array([word.verdict is Verdict.WITHDRAWN for word in self.words], np.bool_)
        stands = last >= 0
        stands[stands] = ~withdrawn[self.word[last[stands]]]
        rows = self._rows(last[stands])
        said = np.zeros(last.shape, np.int64)
        said[stands] = 1 + rows.person + len(self.people) * np.array(alike, np.int64)[rows.word]
        return StandingRows(
            rows,
            [0, *np.cumsum(stands.sum(axis=1)).tolist()],
            seen[np.argsort(first[seen])].tolist(),
            _numbered(said).tolist(),
        )


def _numbered(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """A number for each row of numbers: another one for another row, whatever noughts are in it.

    0 is that of a row of noughts.
    """
    numbers = np.zeros(len(rows), np.int64)
    different = int(rows.max(initial=0)) + 1
    highest = 0
    for column in rows.T:
        if highest > np.iinfo(np.int64).max // different - different:
            numbers = np.unique(numbers, return_inverse=True)[1]
            highest = int(numbers.max(initial=0))
        there = column > 0
        numbers[there] = numbers[there] * different + column[there]
        highest = highest * different + different - 1
    return numbers


class Places(Generic[Value]):
    """A place for each value, from 0 in the order in which they come."""

    def __init__(self) -> None:
        self._places: defaultdict[Value, int] = defaultdict(count().__next__)

    def __iter__(self) -> Iterator[Value]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def of(self, values: Sequence[Value]) -> Numbers:
        """The places of the values; one that is new gets the next."""
        return np.fromiter(map(self._places.__getitem__, values), np.int32, len(values))
