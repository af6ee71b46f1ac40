"""From links to groups: joined strongest first, and never across a veto.

Chaining is where wrong groups come from: a record that holds a letter and its reply would join
the letter to the reply. So a link joins two groups only when no two of their records are kept
apart, by a veto or by a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

Link = tuple[int, int, int]
Pair = tuple[int, int]

LARGEST_CHECKED = 400  # records; in a larger group each meets its nearest in order of id


@dataclass(slots=True)
class Groups:
    """A partition of rows that grows by joining."""

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

    def obstacle(self, one: int, other: int, apart: Mapping[int, Set[int]]) -> Pair | None:
        """Two rows of the groups of these two that are to be apart, or None."""
        if not apart:
            return None
        small, large = sorted((self.members(one), self.members(other)), key=len)
        for row in small:
            against = apart.get(row)
            if against and (met := set(large) & against):
                return row, min(met)
        return None

    def join(self, one: int, other: int) -> None:
        """The groups of the two rows become one."""
        if self.together(one, other):
            return
        small, large = self.members(one), self.members(other)
        if len(small) > len(large):
            small, large = large, small
        name = self._group_of.setdefault(large[0], large[0])
        members = self._members.setdefault(name, large)
        self._members.pop(self._group_of.get(small[0], -1), None)
        for row in small:
            self._group_of[row] = name
        members.extend(small)

    def regroup(self, rows: Set[int], groups: Groups) -> None:
        """Those rows, all the members of some groups, are grouped as there instead."""
        for row in rows:
            self._members.pop(self._group_of.pop(row, -1), None)
        self._group_of |= groups._group_of
        self._members |= groups._members

    def __iter__(self) -> Iterator[list[int]]:
        """Every group of two and more, its rows in order."""
        for members in self._members.values():
            yield sorted(members)


def joined_groups(
    links: Sequence[Link], apart: Mapping[int, Set[int]]
) -> tuple[Groups, dict[int, int]]:
    """The groups that the links make, and of each row the rule of its first link followed.

    Links are followed in their order, unless two rows that are to be apart would meet.
    """
    groups = Groups()
    followed: dict[int, int] = {}
    for one, other, rule in links:
        if not groups.together(one, other):
            if groups.obstacle(one, other, apart) is not None:
                continue
            groups.join(one, other)
        followed.setdefault(one, rule)
        followed.setdefault(other, rule)
    return groups, followed


def part_groups(
    groups: Groups,
    followed: dict[int, int],
    links: Sequence[Link],
    apart: Mapping[int, Set[int]],
) -> None:
    """Groups that the links made become those they make when some rows are to be apart.

    Only the groups of these rows are made again: they are few.
    """
    rows = {member for row in apart for member in groups.members(row)}
    again, followed_again = joined_groups([link for link in links if link[0] in rows], apart)
    groups.regroup(rows, again)
    for row in rows:
        followed.pop(row, None)
    followed |= followed_again


def pairs_inside(groups: Iterable[list[int]]) -> Iterator[Pair]:
    """Every pair of rows in each group of three and more; in a huge one, near pairs only."""
    for members in groups:
        if len(members) > 2:
            reach = len(members) if len(members) <= LARGEST_CHECKED else LARGEST_CHECKED
            for at, one in enumerate(members):
                for other in members[at + 1 : at + reach]:
                    yield one, other
