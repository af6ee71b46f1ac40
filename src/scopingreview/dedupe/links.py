"""The chain: columns, candidates, evidence, decisions, groups, and the record kept of each.

Records come in, links come out. The order of the records never matters: rows are put in the
order of their ids first, and ties are broken by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scopingreview.dedupe.blocking import candidate_pairs
from scopingreview.dedupe.clusters import Groups, Link, joined_groups, pairs_inside, part
from scopingreview.dedupe.comparison import Comparison
from scopingreview.dedupe.decisions import NONE, Decided
from scopingreview.dedupe.doubts import DOUBTS
from scopingreview.dedupe.features import Columns, Numbers, columns_of, joined_columns
from scopingreview.dedupe.judged import Judged, judged_pairs, kept_apart
from scopingreview.dedupe.parallel import on_every
from scopingreview.dedupe.rules import RULES
from scopingreview.model import (
    Compared,
    DedupePolicy,
    Duplicate,
    DuplicateJudgement,
    PossibleDuplicate,
    Record,
)
from scopingreview.progress_note import Tell, to_nobody

PUBLICATIONS = DedupePolicy()
BY_PERSON = "a person's word"
BY_CHAIN = "through another copy"


@dataclass(frozen=True, slots=True)
class Links:
    """What deduplication found.

    `duplicates` are in order of record id, `possible` in order of score; `contradictions` are
    judgements that cannot all be true, in words; `by_rule` counts the links of each rule, `removed`
    those of each source (first) to a record of another or the same (second).
    """

    records: int
    duplicates: tuple[Duplicate, ...]
    possible: tuple[PossibleDuplicate, ...]
    contradictions: tuple[str, ...]
    by_rule: Mapping[str, int]
    removed: Mapping[tuple[str, str], int]


def link_duplicates(
    records: Iterable[Record],
    *,
    judgements: Sequence[DuplicateJudgement] = (),
    policy: DedupePolicy = PUBLICATIONS,
    trust: Sequence[str] = (),
) -> Links:
    """The links between records of one report.

    `judgements` are people's words, which outrank every rule; `trust` names the sources, the
    most trusted first: of a group its record is kept.
    """
    return link_parts([list(records)], judgements=judgements, policy=policy, trust=trust)


def link_parts(
    parts: Sequence[Iterable[Record] | Iterable[Compared]],
    *,
    judgements: Sequence[DuplicateJudgement] = (),
    policy: DedupePolicy = PUBLICATIONS,
    trust: Sequence[str] = (),
    tell: Tell = to_nobody,
) -> Links:
    """The same on records that come in parts, each of which another process can read."""
    tell("reading the records")
    columns = joined_columns(on_every(columns_of, parts))
    return link_columns(columns, judgements=judgements, policy=policy, trust=trust, tell=tell)


def link_columns(
    columns: Columns,
    *,
    judgements: Sequence[DuplicateJudgement] = (),
    policy: DedupePolicy = PUBLICATIONS,
    trust: Sequence[str] = (),
    tell: Tell = to_nobody,
) -> Links:
    """The same for callers that made the columns their own way."""
    tell(f"looking for pairs among {len(columns):,} records")
    columns = columns.take(np.argsort(np.array(columns.record_id), kind="stable"))
    comparison = Comparison.of(columns, policy)
    one, other = candidate_pairs(columns)
    tell(f"comparing {len(one):,} pairs of {len(columns):,} records")
    found = comparison.sift(one, other)
    tell(f"grouping {int(found.linked.sum()):,} links of {len(columns):,} records")
    return link_decided(comparison, found, judgements=judgements, trust=trust)


def link_decided(
    comparison: Comparison,
    found: Decided,
    *,
    judgements: Sequence[DuplicateJudgement] = (),
    trust: Sequence[str] = (),
) -> Links:
    """The same for callers that had the pairs decided elsewhere; rows are in order of record id."""
    columns = comparison.columns
    judged = judged_pairs(judgements, columns.record_id)
    groups, followed, in_vain = _group(comparison, found, judged)
    kept = _kept(columns, groups, trust)
    duplicates = tuple(_duplicates(comparison, kept, followed, judged))
    source = dict(zip(columns.record_id, columns.source, strict=True))
    removed = Counter((source[link.record_id], source[link.duplicate_of]) for link in duplicates)
    return Links(
        records=len(columns),
        duplicates=duplicates,
        possible=tuple(_possible(comparison, found, kept, judged)),
        contradictions=(*judged.contradictions, *in_vain),
        by_rule=dict(Counter(link.rule for link in duplicates).most_common()),
        removed=dict(sorted(removed.items())),
    )


def _group(
    comparison: Comparison, found: Decided, judged: Judged
) -> tuple[Groups, dict[int, int], list[str]]:
    """The groups, of each row the rule of its strongest link, and what people said in vain.

    People judge unique records, so a word joins the groups of both: after the rules, and over
    every veto, but not over another word.
    """
    linked = np.flatnonzero(found.linked)
    strongest_first = linked[np.argsort(found.rule[linked], kind="stable")]
    links: list[Link] = list(
        zip(
            found.one[strongest_first].tolist(),
            found.other[strongest_first].tolist(),
            found.rule[strongest_first].tolist(),
            strict=True,
        )
    )
    groups, followed = joined_groups(links, {})
    vetoed = _vetoed_inside(comparison, found, groups)
    part(groups, followed, links, kept_apart([*judged.different, *vetoed]))
    in_vain = []
    for one, other in judged.said_same:
        parted = groups.obstacle(one, other, judged.apart())
        if parted is None:
            groups.join(one, other)
        else:
            names = (comparison.columns.record_id[row] for row in (one, other, *parted))
            in_vain.append("{} and {} are the same, but {} and {} different".format(*names))
    return groups, followed, in_vain


def _vetoed_inside(
    comparison: Comparison, found: Decided, chained: Groups
) -> list[tuple[int, int]]:
    """The pairs that chains of links would join although a veto parts them."""
    pairs = np.array(list(pairs_inside(chained)), dtype=np.int64).reshape(-1, 2)
    n = len(comparison.columns)
    linked = found.one[found.linked] * n + found.other[found.linked]
    pairs = pairs[~np.isin(pairs[:, 0] * n + pairs[:, 1], linked)]
    decided = comparison.decide(pairs[:, 0], pairs[:, 1])
    return [(one, other) for one, other in pairs[decided.veto != NONE].tolist()]


def _kept(columns: Columns, groups: Groups, trust: Sequence[str]) -> dict[int, int]:
    """Of each row in a group the row that is kept: most trusted, then most complete."""
    place = {source: at for at, source in enumerate(trust)}
    kept = {}
    for members in groups:
        best = min(
            members,
            key=lambda row: (
                place.get(columns.source[row], len(place)),
                -int(columns.filled[row]),
                row,
            ),
        )
        kept.update(dict.fromkeys(members, best))
    return kept


def _duplicates(
    comparison: Comparison,
    kept: Mapping[int, int],
    followed: Mapping[int, int],
    judged: Judged,
) -> Iterator[Duplicate]:
    """A link from every record of a group to the one that is kept, in order of record id."""
    pairs = np.array(
        sorted((row, best) for row, best in kept.items() if row != best), dtype=np.int64
    ).reshape(-1, 2)
    record_id = comparison.columns.record_id
    for row, best, rule, veto, words in _spoken(comparison, pairs):
        reviewer = judged.said_same.get((min(row, best), max(row, best)), "")
        if not reviewer and (rule == NONE or veto != NONE):
            rule = followed.get(row, NONE)
            reviewer = judged.reviewer_of(row) if rule == NONE else ""
        name = BY_PERSON if reviewer else RULES[rule].name if rule != NONE else BY_CHAIN
        yield Duplicate(record_id[row], record_id[best], name, words, reviewer)


def _possible(
    comparison: Comparison, found: Decided, kept: Mapping[int, int], judged: Judged
) -> list[PossibleDuplicate]:
    """The pairs of unique records that a person should look at, the surest first."""
    unsure = np.flatnonzero(found.doubtful)
    score_of: dict[tuple[int, int], float] = {}
    settled = {(kept.get(one, one), kept.get(other, other)) for one, other in judged.decided}
    for at in unsure.tolist():
        one, other = int(found.one[at]), int(found.other[at])
        pair = sorted((kept.get(one, one), kept.get(other, other)))
        if pair[0] == pair[1] or (pair[0], pair[1]) in settled or (pair[1], pair[0]) in settled:
            continue
        key = (pair[0], pair[1])
        score_of[key] = max(DOUBTS[int(found.doubt[at])].score, score_of.get(key, 0.0))
    ranked = sorted(score_of, key=lambda pair: (-score_of[pair], pair))
    rows = np.array(ranked, dtype=np.int64).reshape(-1, 2)
    record_id = comparison.columns.record_id
    return [
        PossibleDuplicate(record_id[one], record_id[other], score_of[one, other], words)
        for one, other, _, _, words in _spoken(comparison, rows)
    ]


def _spoken(comparison: Comparison, pairs: Numbers) -> Iterator[tuple[int, int, int, int, str]]:
    """Of each pair its rows, the rule and the veto that hold, and the evidence in words."""
    for decided, said in comparison.in_words(pairs[:, 0], pairs[:, 1]):
        yield from zip(
            decided.one.tolist(),
            decided.other.tolist(),
            decided.rule.tolist(),
            decided.veto.tolist(),
            said,
            strict=True,
        )
