"""The links by which two records of one group came together, one after the other.

Most groups hang together by several links; the shortest way is told.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np

from scopingreview.dedupe.comparison import Comparison
from scopingreview.dedupe.judged import Judged, Pair
from scopingreview.dedupe.rules import RULES


def chain(
    comparison: Comparison, members: Sequence[int], judged: Judged, pair: Pair
) -> list[tuple[int, int, str]]:
    """The steps from the first row of the pair to the other, each with what links its two rows.

    `members` are the rows of their group. Empty when no way leads from one to the other.
    """
    links = _links_inside(comparison, members, judged)
    way = _shortest_way(links, *pair)
    return [(one, other, links[min(one, other), max(one, other)]) for one, other in pairwise(way)]


def _links_inside(
    comparison: Comparison, members: Sequence[int], judged: Judged
) -> dict[Pair, str]:
    """What links each two of the rows, in words."""
    rows = np.array(list(combinations(sorted(members), 2)), dtype=np.int64).reshape(-1, 2)
    decided = comparison.decide(rows[:, 0], rows[:, 1])
    links = {
        (int(decided.one[at]), int(decided.other[at])): f'the rule "{RULES[decided.rule[at]].name}"'
        for at in np.flatnonzero(decided.linked).tolist()
    }
    inside = set(members)
    words = {pair: who for pair, who in judged.said_same.items() if inside.issuperset(pair)}
    return links | {pair: f"the word of {who}" for pair, who in words.items()}


def _shortest_way(links: Mapping[Pair, str], start: int, end: int) -> list[int]:
    """The rows on the shortest way from start to end, both included; empty when there is none."""
    neighbours: dict[int, list[int]] = {}
    for one, other in sorted(links):
        neighbours.setdefault(one, []).append(other)
        neighbours.setdefault(other, []).append(one)
    came_from = {start: start}
    waiting = deque([start])
    while waiting and end not in came_from:
        row = waiting.popleft()
        for neighbour in neighbours.get(row, ()):
            if neighbour not in came_from:
                came_from[neighbour] = row
                waiting.append(neighbour)
    if end not in came_from:
        return []
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]
