"""Comparing pairs of records: evidence and decisions, chunk by chunk, wherever they run.

`sift` is a pure function of its chunk: the columns, the pairs and the policy. Any engine that
hands out chunks gives the same answer (docs/deduplication.md shows one).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scopingreview.dedupe.conditions import whole_studies
from scopingreview.dedupe.corpus import Corpus, survey
from scopingreview.dedupe.decisions import Decided, decide, joined_decisions
from scopingreview.dedupe.evidence import gather, worth_a_look
from scopingreview.dedupe.evidence_words import evidence_in_words
from scopingreview.dedupe.features import Columns, Numbers
from scopingreview.dedupe.parallel import chunks_for, on_every
from scopingreview.model import DedupePolicy


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

    def sift(self, one: Numbers, other: Numbers) -> Decided:
        """What is made of those pairs of rows; pairs about which nothing is to say are left out."""
        chunks = _chunks(self, one, other)
        return joined_decisions(on_every(sift, chunks))

    def decide(self, one: Numbers, other: Numbers) -> Decided:
        """What is made of each of those pairs of rows."""
        return decide(gather(self.columns, self.corpus, one, other), self.policy)

    def in_words(self, one: Numbers, other: Numbers) -> list[tuple[Decided, list[str]]]:
        """What is made of the pairs, and the evidence on each as a sentence, chunk by chunk."""
        return on_every(in_words, _chunks(self, one, other))


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
    comparison = chunk.comparison
    evidence = gather(comparison.columns, comparison.corpus, chunk.one, chunk.other)
    return decide(evidence, comparison.policy), evidence_in_words(evidence)
