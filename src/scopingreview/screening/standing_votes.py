"""The votes that stand, of decisions that are rows: each is made when somebody asks for it.

What `outcomes.standing_decisions` works out of a list, decision by decision; a test holds the
two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, compress, repeat
from operator import ne
from typing import TypeVar, overload

from scopingreview.decision_rows import NOWHERE, DecisionRows, IsWord, Word
from scopingreview.model import Decision
from scopingreview.screening.cases import once_a_case

Default = TypeVar("Default")
Value = TypeVar("Value")
Votes = Mapping[str, Decision]
"""One standing decision a reviewer, by reviewer."""


class StandingVotes(Mapping[str, Votes]):
    """The votes that stand, by unique record, in the order of the first decision on each."""

    def __init__(self, decisions: DecisionRows, canonical: Mapping[str, str]) -> None:
        """The decisions come in order of time, `canonical` as for `standing_decisions`."""
        ids, group_of, place = _grouped(decisions.record_ids, canonical)
        last = self._last = decisions.standing_rows(group_of, len(ids), _alike(decisions.words))
        self._ids = list(map(ids.__getitem__, last.groups))
        is_asked_of_all = len(self._ids) == len(place)
        self._place = place if is_asked_of_all else dict(zip(self._ids, last.groups, strict=True))

    def __getitem__(self, unique_id: str) -> Votes:
        group = self._place[unique_id]
        begins = self._last.begins
        return _VotesOnOne(self, begins[group], begins[group + 1])

    @overload
    def get(self, unique_id: str, /) -> Votes | None: ...

    @overload
    def get(self, unique_id: str, /, default: Votes | Default) -> Votes | Default: ...

    def get(
        self, unique_id: str, /, default: Votes | Default | None = None
    ) -> Votes | Default | None:
        """As of any mapping; most records are asked for in vain, and no error is made of that."""
        return self[unique_id] if unique_id in self._place else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, unique_id: object) -> bool:
        return unique_id in self._place

    def cases_on(self, unique_ids: Iterable[str]) -> list[int]:
        """What is the same for all records on which the same people said the same, above 0.

        0 is the case of a record on which nothing stands.
        """
        cases = [*self._last.cases, 0]  # the last is that of whoever has no place
        return list(map(cases.__getitem__, map(self._place.get, unique_ids, repeat(-1))))

    def decided_on(self) -> Iterator[str]:
        """The records on which any decision stands."""
        return compress(self._ids, map(self._last.cases.__getitem__, self._last.groups))

    @cached_property
    def people(self) -> list[str]:
        """Who said each of the words that stand."""
        rows = self._last.rows
        return [rows.people[person] for person in rows.places()[0]]

    def decided(self) -> Counter[str]:
        """On how many records each person has decided."""
        return self._last.rows.rows_by_person()

    def saying(self, is_wanted: IsWord) -> DecisionRows:
        """The votes that stand and say a word wanted, those on a record in order of time."""
        return self._last.rows.saying(is_wanted)

    def decision(self, row: int) -> Decision:
        """The decision that stands in that row."""
        return self._last.rows[row]


def _grouped(
    record_ids: Sequence[str], canonical: Mapping[str, str]
) -> tuple[list[str], list[int], dict[str, int]]:
    """The unique records by the numbers of their groups, the group of each record, and back.

    A group's number is the place of its unique record among the ids, where that is there; the
    places of other records are no group's. A record of no review is in group -1.
    """
    ids, group_of = list(record_ids), list(range(len(record_ids)))
    group = dict(zip(ids, group_of, strict=True))
    uniques = list(map(canonical.get, ids, repeat(NOWHERE)))
    others = list(compress(group_of, map(ne, ids, uniques)))
    for at in others:
        del group[ids[at]]
    for at in others:
        unique_id = uniques[at]
        if unique_id == NOWHERE:
            group_of[at] = -1
            continue
        if unique_id not in group:
            group[unique_id] = len(ids)
            ids.append(unique_id)
        group_of[at] = group[unique_id]
    return ids, group_of, group


def _alike(words: Sequence[Word]) -> list[int]:
    """A number for each word, the same for the same verdict and reason.

    No outcome follows from a note.
    """
    spoken: dict[tuple[str, str], int] = {}
    return [spoken.setdefault((w.verdict, w.reason), len(spoken)) for w in words]


def cases_of(votes: Mapping[str, Votes], unique_ids: Iterable[str]) -> Sequence[Hashable]:
    """Of each of the records, what is the same for all on which the same people said the same."""
    if isinstance(votes, StandingVotes):
        return votes.cases_on(unique_ids)
    nobody: Votes = {}
    return [
        tuple((name, vote.verdict, vote.reason) for name, vote in votes.get(key, nobody).items())
        for key in unique_ids
    ]


def by_case(
    needed: Mapping[str, int], votes: Mapping[str, Votes], work_out: Callable[[str, int], Value]
) -> Iterator[Value]:
    """What `work_out` makes of each record and the number of decisions that it needs.

    It is asked of one of all those that need as many and of which the same people said the same.
    """
    cases, numbers = cases_of(votes, needed), set(needed.values())
    if len(numbers) == 1:
        (number,) = numbers
        return once_a_case(needed, cases, lambda unique_id: work_out(unique_id, number))
    cases = list(zip(needed.values(), cases, strict=True))
    return once_a_case(needed, cases, lambda unique_id: work_out(unique_id, needed[unique_id]))


def decided_on(votes: Mapping[str, Votes]) -> Iterable[str]:
    """The unique records on which any decision stands."""
    if isinstance(votes, StandingVotes):
        return votes.decided_on()
    return (unique_id for unique_id, said in votes.items() if said)


def decided_by_person(votes: Mapping[str, Votes]) -> Counter[str]:
    """On how many of the records each person has decided."""
    if isinstance(votes, StandingVotes):
        return votes.decided()
    return Counter(chain.from_iterable(votes.values()))


class _VotesOnOne(Mapping[str, Decision]):
    """The votes on one record: from one row to another."""

    __slots__ = ("_begin", "_end", "_votes")

    def __init__(self, votes: StandingVotes, begin: int, end: int) -> None:
        self._votes, self._begin, self._end = votes, begin, end

    def __getitem__(self, name: str) -> Decision:
        people = self._votes.people
        for row in range(self._begin, self._end):
            if people[row] == name:
                return self._votes.decision(row)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._votes.people[self._begin : self._end])

    def __len__(self) -> int:
        return self._end - self._begin

    def __contains__(self, name: object) -> bool:
        return name in self._votes.people[self._begin : self._end]
