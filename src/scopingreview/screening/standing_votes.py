"""The votes that stand, of decisions that are rows: each is made when somebody asks for it.

What `outcomes.standing_decisions` works out of a list, decision by decision; a test holds the
two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import TypeVar, overload

from scopingreview.decision_rows import DecisionRows, IsWord
from scopingreview.model import Decision

Default = TypeVar("Default")
Votes = Mapping[str, Decision]
"""One standing decision a reviewer, by reviewer."""


class StandingVotes(Mapping[str, Votes]):
    """The votes that stand, by unique record, in the order of the first decision on each."""

    def __init__(self, decisions: DecisionRows, canonical: Mapping[str, str]) -> None:
        """The decisions come in order of time, `canonical` as for `standing_decisions`."""
        uniques = [canonical.get(record_id, "") for record_id in decisions.record_ids]
        place = {unique_id: at for at, unique_id in enumerate(dict.fromkeys(filter(None, uniques)))}
        self._last = decisions.standing_rows([place.get(key, -1) for key in uniques], len(place))
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

    def case(self, unique_id: str) -> Hashable:
        """What is the same for all records on which the same people said the same."""
        group = self._place.get(unique_id)
        if group is None:
            return ()
        begins = self._last.begins
        return tuple(self._cases[begins[group] : begins[group + 1]])

    @cached_property
    def people(self) -> list[str]:
        """Who said each of the words that stand."""
        rows = self._last.rows
        return [rows.people[person] for person in rows.places()[0]]

    @cached_property
    def _cases(self) -> list[int]:
        """A number for each of the words that stand: the same where the same person said the same.

        Verdict and reason, that is: no outcome follows from a note.
        """
        rows = self._last.rows
        spoken: dict[tuple[str, str], int] = {}
        said = [spoken.setdefault((w.verdict, w.reason), len(spoken)) for w in rows.words]
        return [
            person * len(spoken) + said[word] for person, word in zip(*rows.places(), strict=True)
        ]

    def decided(self) -> Counter[str]:
        """On how many records each person has decided."""
        return Counter(self.people)

    def saying(self, is_wanted: IsWord) -> DecisionRows:
        """The votes that stand and say a word wanted, those on a record in order of time."""
        return self._last.rows.saying(is_wanted)

    def decision(self, row: int) -> Decision:
        """The decision that stands in that row."""
        return self._last.rows[row]


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
