"""From matches and people's words to groups of records, each of which is one report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scopingreview.dedupe.clusters import Groups, Link, joined_groups, pairs_inside, part_groups
from scopingreview.dedupe.decisions import NONE
from scopingreview.dedupe.judged import Judged, Pair, kept_apart
from scopingreview.dedupe.matches import Matches


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups of rows; of each row the place in RULES of the rule of its strongest link.

    `in_vain` are people's words that other words of theirs forbid to follow, as sentences.
    """

    groups: Groups
    followed: Mapping[int, int]
    in_vain: tuple[str, ...]


def grouping_of(matches: Matches, judged: Judged) -> Grouping:
    """The groups that links and words make.

    People judge unique records, so a word joins the groups of both: after the rules, and over
    every veto, but not over another word.
    """
    links = _strongest_first(matches)
    groups, followed = joined_groups(links, {})
    vetoed = _vetoed_inside(matches, groups)
    part_groups(groups, followed, links, kept_apart([*judged.different, *vetoed]))
    record_id = matches.comparison.columns.record_id
    in_vain = []
    for one, other in judged.same:
        parted = groups.obstacle(one, other, judged.apart())
        if parted is None:
            groups.join(one, other)
        else:
            names = (record_id[row] for row in (one, other, *parted))
            in_vain.append("{} and {} are the same, but {} and {} different".format(*names))
    return Grouping(groups, followed, tuple(in_vain))


def _strongest_first(matches: Matches) -> list[Link]:
    """The pairs that are linked, each with its rule, those of the first rules first."""
    pairs = matches.pairs
    linked = np.flatnonzero(pairs.linked)
    order = linked[np.argsort(pairs.rule[linked], kind="stable")]
    return list(
        zip(
            pairs.one[order].tolist(),
            pairs.other[order].tolist(),
            pairs.rule[order].tolist(),
            strict=True,
        )
    )


def _vetoed_inside(matches: Matches, chained: Groups) -> list[Pair]:
    """The pairs that chains of links would join although a veto parts them."""
    inside = np.array(list(pairs_inside(chained)), dtype=np.int64).reshape(-1, 2)
    n = len(matches.comparison.columns)
    linked = matches.pairs.where(matches.pairs.linked)
    inside = inside[~np.isin(inside[:, 0] * n + inside[:, 1], linked.one * n + linked.other)]
    decided = matches.comparison.decide(inside[:, 0], inside[:, 1])
    return [(one, other) for one, other in inside[decided.veto != NONE].tolist()]
