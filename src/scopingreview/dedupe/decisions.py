"""What rules, vetoes and doubts make of the evidence on pairs, under the review's policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np

from scopingreview.dedupe.conditions import Condition
from scopingreview.dedupe.doubts import DOUBTS
from scopingreview.dedupe.evidence import Evidence
from scopingreview.dedupe.features import Numbers
from scopingreview.dedupe.key_agreement import Truths
from scopingreview.dedupe.rules import RULES
from scopingreview.dedupe.vetoes import VETOES
from scopingreview.model import DedupePolicy

NONE = -1
LINKED, POSSIBLE, APART = "linked", "possible", "apart"  # how a pair stands


@dataclass(frozen=True, slots=True)
class Decided:
    """Pairs of rows and what is made of them, one entry per pair.

    `rule` is the place in RULES of the first rule that links the pair, `veto` that in VETOES,
    `doubt` that in DOUBTS; NONE where nothing holds.
    """

    one: Numbers
    other: Numbers
    rule: Numbers
    veto: Numbers
    doubt: Numbers

    @property
    def linked(self) -> Truths:
        """Which pairs a rule links and no veto parts."""
        linked: Truths = (self.rule != NONE) & (self.veto == NONE)
        return linked

    @property
    def doubtful(self) -> Truths:
        """Which pairs a person should look at, unless their groups are joined."""
        doubtful: Truths = ~self.linked & (self.doubt != NONE)
        return doubtful

    def where(self, chosen: Truths) -> Decided:
        """The decisions on the chosen pairs only."""
        return Decided(*(getattr(self, field.name)[chosen] for field in fields(self)))


def joined_decisions(chunks: Sequence[Decided]) -> Decided:
    """Several sets of decisions one after the other."""
    names = [field.name for field in fields(Decided)]
    return Decided(*(np.concatenate([getattr(chunk, name) for chunk in chunks]) for name in names))


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule, veto or doubt that holds for a pair: its kind, name and meaning."""

    kind: str
    name: str
    says: str


def decide(evidence: Evidence, policy: DedupePolicy) -> Decided:
    """What is made of each pair."""
    return Decided(
        one=evidence.one,
        other=evidence.other,
        rule=_first(evidence, [_if(rule.applies(policy), rule.holds) for rule in RULES]),
        veto=_first(evidence, [_if(veto.applies(policy), veto.holds) for veto in VETOES]),
        doubt=_first(evidence, [doubt.holds for doubt in DOUBTS]),
    )


def outcome_alone(evidence: Evidence, policy: DedupePolicy) -> str:
    """How the first pair of the evidence stands by itself, without other copies and people."""
    decided = decide(evidence, policy)
    if decided.linked[0]:
        return LINKED
    return POSSIBLE if decided.doubtful[0] else APART


def reasons_for(evidence: Evidence, policy: DedupePolicy) -> Iterator[Reason]:
    """All that holds for the first pair of the evidence: vetoes, rules, doubts, in their order.

    Of a pair that is linked by itself nothing is in doubt.
    """
    for veto in VETOES:
        if veto.applies(policy) and veto.holds(evidence)[0]:
            yield Reason("veto", veto.name, veto.says)
    for rule in RULES:
        if rule.applies(policy) and rule.holds(evidence)[0]:
            yield Reason("rule", rule.name, rule.says)
    if outcome_alone(evidence, policy) != LINKED:
        for doubt in DOUBTS:
            if doubt.holds(evidence)[0]:
                yield Reason("doubt", doubt.name, doubt.says)


def _if(applies: bool, condition: Condition) -> Condition:
    return condition if applies else lambda evidence: np.zeros(len(evidence), dtype=bool)


def _first(evidence: Evidence, conditions: Sequence[Condition]) -> Numbers:
    """The place of the first condition that holds for each pair; NONE where none does."""
    first = np.full(len(evidence), NONE, dtype=np.int64)
    for place in reversed(range(len(conditions))):
        first[conditions[place](evidence)] = place
    return first
