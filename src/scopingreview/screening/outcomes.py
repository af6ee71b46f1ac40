"""What the lines about a record add up to: standing decisions, outcome, retrieval and study.

Nothing is stored: it is worked out from all the lines each time. How many decisions a record
needs says `allocation`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from itertools import compress
from operator import attrgetter, eq

from scopingreview.decision_rows import DecisionRows
from scopingreview.model import (
    ConflictKind,
    ConsensusRule,
    Decision,
    Duplicate,
    MaybeRule,
    Outcome,
    Phase,
    PhaseRules,
    Retrieval,
    Standing,
    StudyLink,
    Verdict,
)
from scopingreview.screening.standing_votes import StandingVotes, Votes, by_case

__all__ = ["Votes"]


class Outcomes(Mapping[str, Outcome]):
    """What stands on each unique record, by its id.

    Of thousands of records the same was said. They share one outcome, `alike`, that bears the id
    of any of them; a record's own is made when it is asked for.
    """

    def __init__(self, alike: Mapping[str, Outcome]) -> None:
        """`alike` gives each record an outcome that is its own but for the record id."""
        self.alike = alike

    def __getitem__(self, unique_id: str) -> Outcome:
        return Outcome(unique_id, *_ALL_BUT_ID(self.alike[unique_id]))

    def __iter__(self) -> Iterator[str]:
        return iter(self.alike)

    def __len__(self) -> int:
        return len(self.alike)

    def __contains__(self, unique_id: object) -> bool:
        return unique_id in self.alike

    def __or__(self, others: Outcomes) -> Outcomes:
        """These, and the others in their place or after them."""
        return Outcomes({**self.alike, **others.alike})

    def standing(self, standing: Standing) -> list[str]:
        """The records that stand so."""
        return [key for key, each in self.alike.items() if each.standing is standing]


_ALL_BUT_ID = attrgetter(*(field.name for field in fields(Outcome)[1:]))


def canonical_ids(record_ids: Iterable[str], duplicates: Iterable[Duplicate]) -> dict[str, str]:
    """Which unique record each record stands for; a unique record stands for itself."""
    ids = list(record_ids)
    canonical = dict(zip(ids, ids, strict=True))
    for link in duplicates:
        if link.record_id in canonical:
            canonical[link.record_id] = link.duplicate_of
    return canonical


def unique_among(canonical: Mapping[str, str]) -> Iterator[str]:
    """The records that stand for themselves, in the order of `canonical`."""
    return compress(canonical, map(eq, canonical, canonical.values()))


def standing_decisions(
    decisions: Iterable[Decision], canonical: Mapping[str, str]
) -> Mapping[str, Votes]:
    """The decisions that stand: by unique record, then by who decided.

    A decision on any member of a group counts for the group, and a person's last word on the
    group is the one that stands; `withdrawn` leaves none. Decisions come in order of time; one
    about a record that is not in `canonical` counts nowhere (`check` names it).
    """
    if isinstance(decisions, DecisionRows):
        return StandingVotes(decisions, canonical)
    standing: dict[str, dict[str, Decision]] = {}
    for decision in decisions:
        unique_id = canonical.get(decision.record_id)
        if unique_id is None:
            continue
        votes = standing.setdefault(unique_id, {})
        votes.pop(decision.decided_by, None)
        if decision.verdict is not Verdict.WITHDRAWN:
            votes[decision.decided_by] = decision
    return standing


def votes_before(
    decisions: Iterable[Decision], canonical: Mapping[str, str], opened: Mapping[str, datetime]
) -> Mapping[str, Votes]:
    """The decisions as they stood while they were blind, by unique record, then by who decided.

    `opened` says when a record was adjudicated or unblinded; what a reviewer changed after that
    is no independent verdict. Decisions come in order of time.
    """
    blind = (
        decision
        for decision in decisions
        if (moment := opened.get(canonical.get(decision.record_id, ""))) is None
        or decision.decided_at <= moment
    )
    return standing_decisions(blind, canonical)


def current_retrievals(
    steps: Iterable[Retrieval], canonical: Mapping[str, str]
) -> dict[str, Retrieval]:
    """The last step for each unique record; a step for any member counts for its group."""
    current: dict[str, Retrieval] = {}
    for step in steps:
        unique_id = canonical.get(step.record_id)
        if unique_id is not None:
            current[unique_id] = step
    return current


def current_studies(links: Iterable[StudyLink], canonical: Mapping[str, str]) -> dict[str, str]:
    """The study of each unique record that is linked to one; links come in order of time.

    The last word on any member of a group counts for the group; an empty one takes it back. A
    report without a link is a study of its own.
    """
    studies: dict[str, str] = {}
    for link in links:
        unique_id = canonical.get(link.record_id)
        if unique_id is None:
            continue
        studies.pop(unique_id, None)
        if link.study:
            studies[unique_id] = link.study
    return studies


def outcomes(
    needed: Mapping[str, int],
    votes: Mapping[str, Votes],
    consensus: Mapping[str, Votes],
    *,
    rules: PhaseRules,
) -> Outcomes:
    """What stands on each unique record, by record id, in the order given.

    `needed` says how many decisions each record needs. `votes` are the reviewers' standing
    decisions, `consensus` the adjudicators': those settle a conflict and nothing else. It is
    worked out once for all records of the same case.
    """
    nobody: Votes = {}

    def without_consensus(unique_id: str, number: int) -> Outcome:
        said = votes.get(unique_id, nobody)
        return _outcome(unique_id, said, nobody, rules=rules, needed=number)

    alike = dict(zip(needed, by_case(needed, votes, without_consensus), strict=True))
    for unique_id in filter(alike.__contains__, consensus):  # what is settled one by one
        said, settled = votes.get(unique_id, nobody), consensus[unique_id]
        number = needed[unique_id]
        alike[unique_id] = _outcome(unique_id, said, settled, rules=rules, needed=number)
    return Outcomes(alike)


def _outcome(
    unique_id: str, votes: Votes, consensus: Votes, *, rules: PhaseRules, needed: int
) -> Outcome:
    decided_by = tuple(sorted(votes))
    if len(votes) < needed:
        return Outcome(unique_id, rules.phase, Standing.AWAITING, decided_by=decided_by)
    agreed = _agreed(votes, rules)
    if not isinstance(agreed, ConflictKind):
        return Outcome(unique_id, rules.phase, *agreed, decided_by=decided_by)
    if consensus:
        settled = max(consensus.values(), key=lambda each: (each.decided_at, each.decided_by))
        standing = _standing(settled.verdict, rules)
        if standing is not None:
            return Outcome(
                unique_id,
                rules.phase,
                standing,
                reason=settled.reason if standing is Standing.EXCLUDED else "",
                decided_by=decided_by,
                adjudicated_by=settled.decided_by,
                conflict=agreed,
            )
    return Outcome(
        unique_id, rules.phase, Standing.IN_CONFLICT, decided_by=decided_by, conflict=agreed
    )


def _agreed(votes: Votes, rules: PhaseRules) -> tuple[Standing, str] | ConflictKind:
    """Where the votes put the record and the reason they share, else what they differ in."""
    standings = [_standing(vote.verdict, rules) for vote in votes.values()]
    standing = _decisive(standings, rules.consensus)
    if standing is None:
        return ConflictKind.VERDICT
    if standing is not Standing.EXCLUDED:
        return standing, ""
    reasons = [vote.reason for vote in votes.values() if vote.verdict is Verdict.EXCLUDE]
    reason = _shared_reason(reasons, rules)
    return ConflictKind.REASON if reason is None else (standing, reason)


def _decisive(standings: list[Standing | None], rule: ConsensusRule) -> Standing | None:
    """The standing that the rule lets decide; None when the votes decide nothing.

    A maybe that must be discussed (None among the standings) takes no side, but it is a vote.
    """
    if all(standing is standings[0] for standing in standings):
        return standings[0]
    if rule is ConsensusRule.ANY_INCLUDE:
        return Standing.INCLUDED if Standing.INCLUDED in standings else None
    if rule is ConsensusRule.MAJORITY:
        (commonest, times), *_ = Counter(standings).most_common(1)
        return commonest if 2 * times > len(standings) else None
    return None


def _standing(verdict: Verdict, rules: PhaseRules) -> Standing | None:
    """Where a verdict alone would put the record; None for a maybe that must be discussed."""
    if verdict is Verdict.EXCLUDE:
        return Standing.EXCLUDED
    if verdict is Verdict.INCLUDE or rules.maybe is MaybeRule.INCLUDE:
        return Standing.INCLUDED
    return None


def _shared_reason(reasons: list[str], rules: PhaseRules) -> str | None:
    """The reason that stands for all; None when they differ and one is called for.

    At full text an excluded report has one reason in the diagram; at title and abstract the
    first of the protocol's order will do.
    """
    if rules.phase is Phase.FULL_TEXT and len(set(reasons)) > 1:
        (commonest, times), *_ = Counter(reasons).most_common(1)
        decides = rules.consensus is ConsensusRule.MAJORITY and 2 * times > len(reasons)
        return commonest if decides else None
    order = {reason: place for place, reason in enumerate(rules.exclusion_reasons)}
    named = {reason for reason in reasons if reason}
    return min(named, key=lambda reason: (order.get(reason, len(order)), reason), default="")
