"""The chain: columns, candidates, evidence, rules and vetoes, groups, the record kept.

Records come in, links come out. The order of the records never matters: rows are put in the
order of their ids first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scopingreview.dedupe.candidates import candidate_pairs
from scopingreview.dedupe.columns import Columns, Numbers, columns_of
from scopingreview.dedupe.corpus import Corpus, survey
from scopingreview.dedupe.evidence import Evidence, Truths, gather, worth_a_look
from scopingreview.dedupe.groups import Groups, pairs_inside
from scopingreview.dedupe.judged import Judged, judged_pairs
from scopingreview.dedupe.rules import POSSIBLE, RULES, VETOES, Condition
from scopingreview.dedupe.words import evidence_in_words
from scopingreview.model import Duplicate, DuplicateJudgement, PossibleDuplicate, Record

BY_PERSON = "a person's word"
NO_RULE = -1


@dataclass(frozen=True, slots=True)
class Links:
    """What deduplication found.

    `duplicates` and `possible` are in order of record id and of score; `contradictions` are
    the judgements that cannot all be true, in words; `by_rule` counts the links of each rule.
    """

    duplicates: tuple[Duplicate, ...]
    possible: tuple[PossibleDuplicate, ...]
    contradictions: tuple[str, ...]
    by_rule: Mapping[str, int]


def link_duplicates(
    records: Iterable[Record],
    *,
    judgements: Sequence[DuplicateJudgement] = (),
    trust: Sequence[str] = (),
) -> Links:
    """The links between records of one report; `trust` names the sources, most trusted first."""
    return link_columns(columns_of(records), judgements=judgements, trust=trust)


def link_columns(
    columns: Columns, *, judgements: Sequence[DuplicateJudgement] = (), trust: Sequence[str] = ()
) -> Links:
    """The same on columns, for callers that read records their own way."""
    columns = columns.take(np.argsort(np.array(columns.record_id), kind="stable"))
    corpus = survey(columns)
    one, other = candidate_pairs(columns)
    worth = worth_a_look(columns, one, other)
    found = decide(gather(columns, corpus, one[worth], other[worth]))
    judged = judged_pairs(judgements, columns.record_id)
    groups, rule_of = _group(columns, corpus, found, judged)
    duplicates = _links(columns, corpus, groups, rule_of, judged, trust)
    return Links(
        duplicates=tuple(duplicates),
        possible=tuple(_possible(columns, found, groups, judged)),
        contradictions=judged.contradictions,
        by_rule=dict(Counter(link.rule for link in duplicates)),
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """Pairs with the evidence on them and what the rules make of it.

    `rule` is the place of the first rule that links the pair in RULES, `possible` in POSSIBLE,
    `veto` in VETOES; -1 where there is none.
    """

    evidence: Evidence
    rule: Numbers
    possible: Numbers
    veto: Numbers

    @property
    def linked(self) -> Truths:
        """Which pairs a rule links and no veto parts."""
        linked: Truths = (self.rule != NO_RULE) & (self.veto == NO_RULE)
        return linked


def decide(evidence: Evidence) -> Decided:
    """What rules and vetoes make of the evidence."""
    return Decided(
        evidence,
        _first_that_holds(evidence, [rule.holds for rule in RULES]),
        _first_that_holds(evidence, [rule.holds for rule in POSSIBLE]),
        _first_that_holds(evidence, [veto.holds for veto in VETOES]),
    )


def _first_that_holds(evidence: Evidence, conditions: Sequence[Condition]) -> Numbers:
    first = np.full(len(evidence), NO_RULE, dtype=np.int64)
    for place in reversed(range(len(conditions))):
        first[conditions[place](evidence)] = place
    return first


def _group(
    columns: Columns, corpus: Corpus, found: Decided, judged: Judged
) -> tuple[Groups, dict[tuple[int, int], int]]:
    """The groups, and the rule of each link that was followed."""
    linked = np.flatnonzero(found.linked)
    by_strength = linked[np.argsort(found.rule[linked], kind="stable")]
    links = list(
        zip(
            found.evidence.one[by_strength].tolist(),
            found.evidence.other[by_strength].tolist(),
            found.rule[by_strength].tolist(),
            strict=True,
        )
    )
    apart = judged.apart()
    for one, other in _vetoed_inside(columns, corpus, links, judged):
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    groups = Groups(apart)
    rule_of: dict[tuple[int, int], int] = {}
    for one, other in judged.same:
        groups.join(one, other)
    for one, other, rule in links:
        if not groups.together(one, other) and groups.obstacle(one, other) is None:
            groups.join(one, other)
            rule_of[one, other] = rule
    return groups, rule_of


def _vetoed_inside(
    columns: Columns, corpus: Corpus, links: list[tuple[int, int, int]], judged: Judged
) -> list[tuple[int, int]]:
    """The pairs that a chain of links would join although a veto parts them."""
    chained = Groups({})
    for one, other, *_ in (*judged.same, *links):
        chained.join(one, other)
    pairs = np.array(
        list(pairs_inside(group for group in chained if len(group) > 2)), dtype=np.int64
    ).reshape(-1, 2)
    decided = decide(gather(columns, corpus, pairs[:, 0], pairs[:, 1]))
    agreed = set(judged.same)
    return [
        (one, other)
        for one, other in pairs[decided.veto != NO_RULE].tolist()
        if (one, other) not in agreed
    ]


def _links(
    columns: Columns,
    corpus: Corpus,
    groups: Groups,
    rule_of: Mapping[tuple[int, int], int],
    judged: Judged,
    trust: Sequence[str],
) -> list[Duplicate]:
    """A link from every record of a group to the one that is kept."""
    place = {source: at for at, source in enumerate(trust)}
    pairs = []
    for members in groups:
        kept = min(
            members,
            key=lambda row: (
                place.get(columns.source[row], len(place)),
                -int(columns.filled[row]),
                columns.record_id[row],
            ),
        )
        pairs += [(row, kept) for row in members if row != kept]
    pairs.sort()
    rows = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    decided = decide(gather(columns, corpus, rows[:, 0], rows[:, 1]))
    said = evidence_in_words(decided.evidence)
    by_member = {row: rule for pair, rule in sorted(rule_of.items(), reverse=True) for row in pair}
    links = []
    for at, (row, kept) in enumerate(pairs):
        rule = int(decided.rule[at])
        reviewer = judged.said_same.get((min(row, kept), max(row, kept)), "")
        if not reviewer and (rule == NO_RULE or decided.veto[at] != NO_RULE):
            rule = by_member.get(row, NO_RULE)
            reviewer = "" if rule != NO_RULE else judged.reviewer_of(row)
        name = BY_PERSON if reviewer else RULES[rule].name
        links.append(
            Duplicate(columns.record_id[row], columns.record_id[kept], name, said[at], reviewer)
        )
    return links


def _possible(
    columns: Columns, found: Decided, groups: Groups, judged: Judged
) -> list[PossibleDuplicate]:
    """The pairs that a person should look at, the surest first."""
    maybe = (found.possible != NO_RULE) | ((found.rule != NO_RULE) & ~found.linked)
    maybe &= found.veto == NO_RULE
    chosen = np.flatnonzero(maybe)
    said = evidence_in_words(found.evidence.where(maybe))
    pairs = []
    for at, words in zip(chosen.tolist(), said, strict=True):
        one, other = int(found.evidence.one[at]), int(found.evidence.other[at])
        if groups.together(one, other) or (one, other) in judged.decided:
            continue
        rule = POSSIBLE[int(found.possible[at])]
        pairs.append(
            PossibleDuplicate(columns.record_id[one], columns.record_id[other], rule.score, words)
        )
    return sorted(pairs, key=lambda pair: (-pair.score, pair.record_id, pair.other_id))
