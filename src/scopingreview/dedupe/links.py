"""The links between records of one report, and the pairs left to people: the door of the room.

Records come in, links come out. The order of the records never matters: rows are put in the
order of their ids first, and ties are broken by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scopingreview.dedupe.clusters import Groups
from scopingreview.dedupe.comparison import Comparison
from scopingreview.dedupe.decisions import APART, LINKED, NONE, POSSIBLE
from scopingreview.dedupe.doubts import DOUBTS
from scopingreview.dedupe.features import Columns
from scopingreview.dedupe.grouping import grouping_of
from scopingreview.dedupe.judged import Judged, judged_pairs
from scopingreview.dedupe.matches import PUBLICATIONS, Matches
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

BY_PERSON = "a person's word"
BY_CHAIN = "through another copy"


def link(
    *chunks: Iterable[Record] | Iterable[Compared],
    judgements: Sequence[DuplicateJudgement] = (),
    policy: DedupePolicy = PUBLICATIONS,
    trust: Sequence[str] = (),
    tell: Tell = to_nobody,
) -> Links:
    """The links between records of one report, and the pairs that a person should look at.

    The records come in one chunk or in several, each of which another process can read; their ids
    differ. `judgements` are people's words, which outrank every rule; `trust` names the sources,
    the most trusted first: of a group its record is kept. What reading a chunk raises is raised.
    """
    matches = Matches.among(chunks, policy, tell)
    linked, records = int(matches.pairs.linked.sum()), len(matches.comparison.columns)
    tell(f"grouping {linked:,} links of {records:,} records")
    return Links.of(matches, judgements=judgements, trust=trust)


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

    @classmethod
    def of(
        cls,
        matches: Matches,
        *,
        judgements: Sequence[DuplicateJudgement] = (),
        trust: Sequence[str] = (),
    ) -> Links:
        """The links that matches and people's words make: the last step, also of an engine."""
        columns = matches.comparison.columns
        judged = judged_pairs(judgements, columns.record_id)
        grouping = grouping_of(matches, judged)
        kept = _kept(columns, grouping.groups, trust)
        duplicates = tuple(_duplicates(matches.comparison, kept, grouping.followed, judged))
        source = dict(zip(columns.record_id, columns.source, strict=True))
        removed = Counter(
            (source[each.record_id], source[each.duplicate_of]) for each in duplicates
        )
        return cls(
            records=len(columns),
            duplicates=duplicates,
            possible=tuple(_possible(matches, kept, judged)),
            contradictions=(*judged.contradictions, *grouping.in_vain),
            by_rule=dict(Counter(each.rule for each in duplicates).most_common()),
            removed=dict(sorted(removed.items())),
        )

    def outcome_of(self, record_id: str, other_id: str) -> str:
        """How the two records stand to each other in the end: linked, possible or apart."""
        kept = {link.record_id: link.duplicate_of for link in self.duplicates}
        one, other = kept.get(record_id, record_id), kept.get(other_id, other_id)
        if one == other:
            return LINKED
        asked = {frozenset((pair.record_id, pair.other_id)) for pair in self.possible}
        return POSSIBLE if frozenset((one, other)) in asked else APART

    def group_of(self, record_id: str) -> set[str]:
        """All the records that are one report with this one, itself included."""
        kept = {link.record_id: link.duplicate_of for link in self.duplicates}
        best = kept.get(record_id, record_id)
        return {best} | {each for each, of in kept.items() if of == best}


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
    for pair in comparison.in_words(pairs[:, 0], pairs[:, 1]):
        row, best, rule = pair.one, pair.other, pair.rule
        reviewer = judged.same.get((min(row, best), max(row, best)), "")
        if not reviewer and (rule == NONE or pair.veto != NONE):
            rule = followed.get(row, NONE)
            reviewer = judged.reviewer_of(row) if rule == NONE else ""
        name = BY_PERSON if reviewer else RULES[rule].name if rule != NONE else BY_CHAIN
        yield Duplicate(
            record_id=record_id[row],
            duplicate_of=record_id[best],
            rule=name,
            evidence=pair.evidence,
            decided_by=reviewer,
        )


def _possible(
    matches: Matches, kept: Mapping[int, int], judged: Judged
) -> Iterator[PossibleDuplicate]:
    """The pairs of unique records that a person should look at, the surest first."""
    doubtful = matches.pairs.where(matches.pairs.doubtful)
    settled = {(kept.get(one, one), kept.get(other, other)) for one, other in judged.decided}
    score_of: dict[tuple[int, int], float] = {}
    for one, other, doubt in zip(
        doubtful.one.tolist(), doubtful.other.tolist(), doubtful.doubt.tolist(), strict=True
    ):
        low, high = sorted((kept.get(one, one), kept.get(other, other)))
        if low != high and (low, high) not in settled and (high, low) not in settled:
            score_of[low, high] = max(DOUBTS[doubt].score, score_of.get((low, high), 0.0))
    ranked = sorted(score_of, key=lambda pair: (-score_of[pair], pair))
    rows = np.array(ranked, dtype=np.int64).reshape(-1, 2)
    record_id = matches.comparison.columns.record_id
    for pair in matches.comparison.in_words(rows[:, 0], rows[:, 1]):
        score = score_of[pair.one, pair.other]
        yield PossibleDuplicate(record_id[pair.one], record_id[pair.other], score, pair.evidence)
