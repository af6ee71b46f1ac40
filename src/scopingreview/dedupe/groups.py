"""From links to groups: joined strongest first, and never across a veto.

Chaining is where wrong groups come from: a record that holds a letter and its reply would join
the letter to the reply. So a link joins two groups only when no two of their records are kept
apart, by a veto or by a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field


@dataclass(slots=True)
class Groups:
    """A partition of rows that grows by joining; `apart` are pairs never to be in one group."""

    apart: Mapping[int, Set[int]]
    _group_of: dict[int, int] = field(default_factory=dict)
    _members: dict[int, list[int]] = field(default_factory=dict)

    def members(self, row: int) -> list[int]:
        """The rows in that row's group, itself included."""
        return self._members.get(self._group_of.get(row, -1), [row])

    def together(self, one: int, other: int) -> bool:
        """Whether the two rows are in one group."""
        return one == other or (
            one in self._group_of and self._group_of.get(other) == self._group_of[one]
        )

    def obstacle(self, one: int, other: int) -> tuple[int, int] | None:
        """Two rows that keep the groups of these two apart, or None."""
        small, large = sorted((self.members(one), self.members(other)), key=len)
        inside = set(large)
        for row in small:
            against = self.apart.get(row)
            if against and not inside.isdisjoint(against):
                return row, min(inside & against)
        return None

    def join(self, one: int, other: int) -> None:
        """The groups of the two rows become one."""
        if self.together(one, other):
            return
        small, large = sorted((self.members(one), self.members(other)), key=len)
        name = self._group_of.setdefault(large[0], large[0])
        members = self._members.setdefault(name, list(large))
        for row in small:
            self._members.pop(row, None)
            self._group_of[row] = name
        members.extend(small)

    def __iter__(self) -> Iterator[list[int]]:
        """Every group of two and more, its rows in order."""
        for members in self._members.values():
            yield sorted(members)


def pairs_inside(groups: Iterable[list[int]]) -> Iterator[tuple[int, int]]:
    """Every pair of rows that one of the groups holds."""
    for members in groups:
        for at, one in enumerate(members):
            for other in members[at + 1 :]:
                yield one, other
