"""A training round against a key: what each person hit and missed.

Training decisions stand in files of their own (data/screened/training) and add up to nothing: no
outcome, no box, no agreement. The key is in no file of the review, since a trainee would read it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scopingreview.model import Decision, Event, EventKind, MaybeRule, Phase, PhaseRules, Verdict
from scopingreview.screening.outcomes import standing_decisions

KEY_DIGITS = 12


@dataclass(frozen=True, slots=True)
class KeyedVerdict:
    """What the key says of one unique record; `reason` is "" where any will do."""

    record_id: str
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """A record on which a person's word differs from the key's."""

    record_id: str
    expected: str
    said: str


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """How one person did: of `records` in the key they decided on `decided`, `hits` as it says.

    `found` of the `relevant` records (those the key includes) they included.
    """

    person: str
    records: int
    decided: int
    hits: int
    relevant: int
    found: int
    misses: tuple[Miss, ...]


def digest_of_key(key: Iterable[KeyedVerdict]) -> str:
    """A few letters that follow from the key, so that a round is held against no other."""
    lines = sorted(f"{each.record_id},{each.verdict},{each.reason}" for each in key)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:KEY_DIGITS]


def running_training(events: Iterable[Event], phase: Phase) -> Event | None:
    """The training round of the phase that was opened last; None when none was."""
    opened = [e for e in events if e.kind is EventKind.TRAINING_OPENED and e.phase is phase]
    return opened[-1] if opened else None


def decisions_of(
    training: Event, decisions: Iterable[Decision], canonical: Mapping[str, str]
) -> list[Decision]:
    """The decisions of that round, in order of time."""
    records = {canonical.get(key, key) for key in training.records}
    return [
        each
        for each in decisions
        if each.decided_at >= training.recorded_at and canonical.get(each.record_id) in records
    ]


def results(
    key: Sequence[KeyedVerdict],
    training: Event,
    decisions: Iterable[Decision],
    canonical: Mapping[str, str],
    rules: PhaseRules,
) -> list[TrainingResult]:
    """How everybody of the round did, in the order in which they take part."""
    votes = standing_decisions(decisions_of(training, decisions, canonical), canonical)
    return [_result(key, person, votes, rules) for person in training.people]


def _result(
    key: Sequence[KeyedVerdict],
    person: str,
    votes: Mapping[str, Mapping[str, Decision]],
    rules: PhaseRules,
) -> TrainingResult:
    decided, misses, hits, found = 0, [], 0, 0
    for expected in key:
        said = votes.get(expected.record_id, {}).get(person)
        if said is None:
            continue
        decided += 1
        found += (
            _counts_as(expected.verdict, rules)
            is _counts_as(said.verdict, rules)
            is Verdict.INCLUDE
        )
        if _is_hit(expected, said, rules):
            hits += 1
        else:
            wanted = _words(expected.verdict, expected.reason)
            misses.append(Miss(expected.record_id, wanted, _words(said.verdict, said.reason)))
    relevant = sum(_counts_as(each.verdict, rules) is Verdict.INCLUDE for each in key)
    return TrainingResult(person, len(key), decided, hits, relevant, found, tuple(misses))


def _is_hit(expected: KeyedVerdict, said: Decision, rules: PhaseRules) -> bool:
    same = _counts_as(expected.verdict, rules) is _counts_as(said.verdict, rules)
    return same and expected.reason in ("", said.reason)


def _counts_as(verdict: Verdict, rules: PhaseRules) -> Verdict:
    """What the verdict counts as: a maybe is an include where the protocol says so."""
    if verdict is Verdict.MAYBE and rules.maybe is MaybeRule.INCLUDE:
        return Verdict.INCLUDE
    return verdict


def _words(verdict: str, reason: str) -> str:
    return f"{verdict} ({reason})" if reason else verdict
