"""Which version of a phase's criteria a decision was made under."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from scopingreview.model import Decision, Event, EventKind, Phase, PhaseRules, Verdict
from scopingreview.screening.standing_votes import StandingVotes, Votes

VERSION_DIGITS = 8
AFTER_VERSION = ": "  # in the note of an amendment, before its reason


def criteria_version(rules: PhaseRules) -> str:
    """The short name of the criteria as they stand: another as soon as a word of them changes.

    Eight hex digits over the criteria and the reasons, key and wording; blanks do not matter.
    """
    reasons = [[key, _bare(wording)] for key, wording in rules.exclusion_reasons.items()]
    text = json.dumps([[_bare(criterion) for criterion in rules.criteria], reasons])
    return hashlib.sha256(text.encode()).hexdigest()[:VERSION_DIGITS]


def _bare(text: str) -> str:
    return " ".join(text.split())


def amendments(events: Iterable[Event], phase: Phase) -> dict[str, Event]:
    """The amendments of a phase's criteria on file, by the version that each brought about."""
    return {
        event.note.partition(AFTER_VERSION)[0]: event
        for event in events
        if event.kind is EventKind.CRITERIA_AMENDED and event.phase is phase
    }


def made_under_other_criteria(
    votes: Mapping[str, Votes], rules: PhaseRules, *, rescreened: datetime | None = None
) -> list[Decision]:
    """The standing decisions to look at again since the criteria were amended, oldest first.

    A decision that names no version (it was made elsewhere) is among them. Exclusions of before
    the last stricter round began (`rescreened`) are not: what failed the looser criteria fails.
    """
    current = criteria_version(rules)
    if isinstance(votes, StandingVotes):
        found: Iterable[Decision] = votes.saying(lambda word: word.criteria != current)
    else:
        standing = (vote for by_person in votes.values() for vote in by_person.values())
        found = (vote for vote in standing if vote.criteria != current)
    found = (vote for vote in found if not _fails_all_the_same(vote, rescreened))
    return sorted(found, key=lambda decision: (decision.decided_at, decision.record_id))


def _fails_all_the_same(decision: Decision, rescreened: datetime | None) -> bool:
    return (
        rescreened is not None
        and decision.verdict is Verdict.EXCLUDE
        and decision.decided_at <= rescreened
    )
