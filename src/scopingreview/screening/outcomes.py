"""From single decisions to what stands on a unique record: the rules of a phase.

Nothing is stored: the outcome is worked out from all the decisions each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scopingreview.model import (
    Decision,
    Duplicate,
    MaybeRule,
    Outcome,
    Phase,
    PhaseRules,
    Standing,
    Verdict,
)

Votes = Mapping[str, Decision]
"""One standing decision a reviewer, by reviewer."""


def canonical_ids(record_ids: Iterable[str], duplicates: Iterable[Duplicate]) -> dict[str, str]:
    """Which unique record each record stands for; a unique record stands for itself."""
    unique_of = {link.record_id: link.duplicate_of for link in duplicates}
    return {record_id: unique_of.get(record_id, record_id) for record_id in record_ids}


def standing_decisions(
    decisions: Iterable[Decision], canonical: Mapping[str, str]
) -> dict[str, dict[str, Decision]]:
    """The decisions that stand: by unique record, then by who decided.

    A decision on any member of a group counts for the group, and a person's last word on the
    group is the one that stands; `withdrawn` leaves none. Decisions come in order of time; one
    about a record that is not in `canonical` counts nowhere (`check` names it).
    """
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


def outcomes(
    unique_ids: Iterable[str],
    votes: Mapping[str, Votes],
    consensus: Mapping[str, Votes],
    *,
    rules: PhaseRules,
) -> dict[str, Outcome]:
    """What stands on each unique record, by record id, in the order given.

    `votes` are the reviewers' standing decisions, `consensus` the adjudicators': those settle a
    conflict and nothing else.
    """
    return {
        unique_id: _outcome(
            unique_id, votes.get(unique_id, {}), consensus.get(unique_id, {}), rules
        )
        for unique_id in unique_ids
    }


def _outcome(unique_id: str, votes: Votes, consensus: Votes, rules: PhaseRules) -> Outcome:
    decided_by = tuple(sorted(votes))
    if len(votes) < rules.reviewers_needed:
        return Outcome(unique_id, rules.phase, Standing.AWAITING, decided_by=decided_by)
    agreed = _agreement(votes, rules)
    if agreed is not None:
        return Outcome(unique_id, rules.phase, *agreed, decided_by=decided_by)
    if consensus:
        settled = max(consensus.values(), key=lambda decision: decision.decided_at)
        standing = _standing(settled.verdict, rules)
        if standing is not None:
            return Outcome(
                unique_id,
                rules.phase,
                standing,
                reason=settled.reason if standing is Standing.EXCLUDED else "",
                decided_by=decided_by,
                adjudicated_by=settled.decided_by,
            )
    return Outcome(unique_id, rules.phase, Standing.IN_CONFLICT, decided_by=decided_by)


def _agreement(votes: Votes, rules: PhaseRules) -> tuple[Standing, str] | None:
    """Where all the votes put the record and the reason they share; None when they differ."""
    standings = {_standing(vote.verdict, rules) for vote in votes.values()}
    if len(standings) != 1:
        return None
    (standing,) = standings
    if standing is Standing.EXCLUDED:
        reasons = {vote.reason for vote in votes.values()}
        if len(reasons) > 1 and rules.phase is Phase.FULL_TEXT:
            return None  # one excluded report has one reason in the diagram
        return standing, _first_reason(reasons, rules)
    return None if standing is None else (standing, "")


def _standing(verdict: Verdict, rules: PhaseRules) -> Standing | None:
    """Where a verdict alone would put the record; None for a maybe that must be discussed."""
    if verdict is Verdict.EXCLUDE:
        return Standing.EXCLUDED
    if verdict is Verdict.INCLUDE or rules.maybe is MaybeRule.INCLUDE:
        return Standing.INCLUDED
    return None


def _first_reason(reasons: set[str], rules: PhaseRules) -> str:
    """The reason that comes first in the protocol: reasons are tried in its order."""
    order = {reason: place for place, reason in enumerate(rules.exclusion_reasons)}
    named = [reason for reason in reasons if reason]
    return min(named, key=lambda reason: (order.get(reason, len(order)), reason), default="")
