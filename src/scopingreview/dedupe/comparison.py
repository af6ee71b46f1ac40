"""Comparing pairs of records: evidence and decisions, chunk by chunk, wherever they run.

`sift` is a pure function of its chunk: the columns, the pairs and the policy. Any engine that
hands out chunks gives the same answer (docs/deduplication.md shows one).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scopingreview.dedupe.conditions import whole_studies
from scopingreview.dedupe.corpus import Corpus, survey
from scopingreview.dedupe.decisions import Decided, decide, joined_decisions
from scopingreview.dedupe.evidence import Evidence, gather, worth_a_look
from scopingreview.dedupe.evidence_words import evidence_in_words
from scopingreview.dedupe.features import Columns, Numbers
from scopingreview.dedupe.parallel import chunks_for, on_every
from scopingreview.model import DedupePolicy


class PairInWords(NamedTuple):
    """A pair of rows, the places of the rule and the veto that hold first, and the evidence.

    NONE where no rule or veto holds. Not a dataclass: a review has a million.
    """

    one: int
    other: int
    rule: int
    veto: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The records of one review, ready to be compared under its policy."""

    columns: Columns
    corpus: Corpus
    policy: DedupePolicy

    @classmethod
    def of(cls, columns: Columns, policy: DedupePolicy) -> Comparison:
        """The comparison of those records, with what they say as a whole."""
        return cls(columns, Corpus.of(columns, survey(columns)), policy)

    def evidence(self, one: Numbers, other: Numbers) -> Evidence:
        """All the evidence on each of those pairs of rows."""
        return gather(self.columns, self.corpus, one, other)

    def decide(self, one: Numbers, other: Numbers) -> Decided:
        """What is made of each of those pairs of rows."""
        return decide(self.evidence(one, other), self.policy)

    def sift(self, one: Numbers, other: Numbers) -> Decided:
        """What is made of those pairs of rows; pairs about which nothing is to say are left out."""
        return joined_decisions(on_every(sift, _chunks(self, one, other)))

    def in_words(self, one: Numbers, other: Numbers) -> Iterator[PairInWords]:
        """What is made of each of those pairs of rows, and the evidence on it as a sentence."""
        for decided, sentences in on_every(in_words, _chunks(self, one, other)):
            columns = (decided.one, decided.other, decided.rule, decided.veto)
            rows = zip(*(column.tolist() for column in columns), sentences, strict=True)
            yield from map(PairInWords._make, rows)


@dataclass(frozen=True, slots=True)
class PairsChunk:
    """Some of the pairs of rows to compare."""

    comparison: Comparison
    one: Numbers
    other: Numbers


def _chunks(comparison: Comparison, one: Numbers, other: Numbers) -> list[PairsChunk]:
    number = chunks_for(len(one))
    return [
        PairsChunk(comparison, some, others)
        for some, others in zip(
            np.array_split(one, number), np.array_split(other, number), strict=True
        )
    ]


def sift(chunk: PairsChunk) -> Decided:
    """What is made of the pairs of a chunk, without those about which nothing is to say."""
    comparison = chunk.comparison
    any_time = whole_studies(comparison.policy)
    worth = worth_a_look(comparison.columns, chunk.one, chunk.other, any_time=any_time)
    decided = comparison.decide(chunk.one[worth], chunk.other[worth])
    return decided.where(decided.linked | decided.doubtful)


def in_words(chunk: PairsChunk) -> tuple[Decided, list[str]]:
    """What is made of the pairs of a chunk, and the evidence on each as a sentence."""
    evidence = chunk.comparison.evidence(chunk.one, chunk.other)
    return decide(evidence, chunk.comparison.policy), evidence_in_words(evidence)
