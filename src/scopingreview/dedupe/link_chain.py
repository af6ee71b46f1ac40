"""The links by which two records of one group came together, one after the other.

Most groups hang together by several links; the shortest way is shown.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np

from scopingreview.dedupe.comparison import Comparison
from scopingreview.dedupe.judged import Judged, Pair, judged_pairs
from scopingreview.dedupe.rules import RULES
from scopingreview.model import DuplicateJudgement


def chain_in_words(
    comparison: Comparison,
    group: Iterable[str],
    judgements: Sequence[DuplicateJudgement],
    pair: tuple[str, str],
) -> str:
    """The steps from the first record of the pair to the other, and what links each to the next.

    `group` are the ids of all the records of their group.
    """
    record_id = comparison.columns.record_id
    members = comparison.columns.rows_of(group).tolist()
    links = _links_inside(comparison, members, judged_pairs(judgements, record_id))
    start, end = comparison.columns.rows_of(pair).tolist()
    steps = []
    for one, other in pairwise(_shortest_way(links, start, end)):
        because = links[min(one, other), max(one, other)]
        steps.append(f"{record_id[one]} is linked to {record_id[other]} by {because}")
    return "other copies: " + "; ".join(steps)


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
    words = {pair: who for pair, who in judged.same.items() if inside.issuperset(pair)}
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
