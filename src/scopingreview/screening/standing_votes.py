"""The votes that stand, of decisions that are rows: each is made when somebody asks for it.

What `outcomes.standing_decisions` works out of a list, decision by decision; a test holds the
two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TypeVar, overload

from scopingreview.decision_rows import DecisionRows, IsWord, Word
from scopingreview.model import Decision

Default = TypeVar("Default")
Votes = Mapping[str, Decision]
"""One standing decision a reviewer, by reviewer."""


class StandingVotes(Mapping[str, Votes]):
    """The votes that stand, by unique record, in the order of the first decision on each."""

    def __init__(self, decisions: DecisionRows, canonical: Mapping[str, str]) -> None:
        """The decisions come in order of time, `canonical` as for `standing_decisions`."""
        uniques = list(map(canonical.get, decisions.record_ids))
        place = {key: at for at, key in enumerate(dict.fromkeys(filter(None, uniques)))}
        group_of = [-1 if key is None else place[key] for key in uniques]
        self._last = decisions.standing_rows(group_of, len(place), _alike(decisions.words))
        ids = list(place)
        self._place = {ids[group]: group for group in self._last.groups}

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
        return iter(self._place)

    def __len__(self) -> int:
        return len(self._place)

    def __contains__(self, unique_id: object) -> bool:
        return unique_id in self._place

    @cached_property
    def cases(self) -> Mapping[str, int]:
        """What is the same for all records on which the same people said the same, above 0.

        0, or nothing at all, is the case of a record on which nothing stands.
        """
        cases = self._last.cases
        return {unique_id: cases[group] for unique_id, group in self._place.items()}

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


def _alike(words: Sequence[Word]) -> list[int]:
    """A number for each word, the same for the same verdict and reason.

    No outcome follows from a note.
    """
    spoken: dict[tuple[str, str], int] = {}
    return [spoken.setdefault((w.verdict, w.reason), len(spoken)) for w in words]


def cases_of(votes: Mapping[str, Votes]) -> Mapping[str, Hashable]:
    """By unique record, what is the same for all on which the same people said the same."""
    if isinstance(votes, StandingVotes):
        return votes.cases
    return {
        unique_id: tuple((name, vote.verdict, vote.reason) for name, vote in said.items())
        for unique_id, said in votes.items()
    }


def decided_on(votes: Mapping[str, Votes]) -> Iterable[str]:
    """The unique records on which any decision stands."""
    if isinstance(votes, StandingVotes):
        return (unique_id for unique_id, case in votes.cases.items() if case)
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
