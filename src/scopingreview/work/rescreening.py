"""Screening a phase once more by stricter criteria: what was not excluded waits again."""

from __future__ import annotations

from datetime import datetime

from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import Event, EventKind, Phase, Standing
from scopingreview.paths import PROTOCOL
from scopingreview.screening import criteria_version
from scopingreview.screening.check import check_person
from scopingreview.screening.review_state import ReviewState


def rescreening(state: ReviewState, phase: Phase, *, by: str, reason: str, now: datetime) -> Event:
    """The event that opens the next round of the phase; nothing is written.

    Its records are those that somebody has decided on and that do not stand excluded: whatever
    fails the looser criteria fails the stricter ones. Raises CombinedError for an unknown person,
    without a reason, when the protocol has no further round, when the criteria are those that the
    records were decided by (but for a round by titles alone, which abstracts follow), and when
    there is nothing to screen again.
    """
    rules = state.protocol.phases[phase]
    everyone = (*state.protocol.reviewers, *state.protocol.adjudicators)
    problems = check_person(by, everyone, "reviewer")
    if not reason.strip():
        problems.append(ReviewError("another round needs a reason: it is kept with the review"))
    if state.rounds_of(phase) >= rules.rounds:
        table = phase.replace("-", "_")
        problems.append(
            ReviewError(
                f"the protocol allows no more rounds of {phase} than {rules.rounds}",
                where=PROTOCOL,
                hint=f"rounds = {state.rounds_of(phase) + 1} in [{table}] allows another one.",
            )
        )
    outcomes, votes = state.outcomes[phase], state.votes[phase]
    again = [
        unique_id
        for unique_id, outcome in outcomes.items()
        if votes.get(unique_id) and outcome.standing is not Standing.EXCLUDED
    ]
    used = {vote.criteria for key in again for vote in votes[key].values()}
    if not again:
        problems.append(ReviewError(f"nothing in {phase} waits to be screened again"))
    elif used == {criteria_version(rules)} and not state.by_titles_alone(phase):
        problems.append(
            ReviewError(
                f"the criteria of {phase} are those by which the records were screened",
                where=PROTOCOL,
                hint="Write the stricter ones in their place first.",
            )
        )
    raise_problems(problems)
    latest = max(vote.decided_at for key in again for vote in votes[key].values())
    return Event(max(now, latest), phase, EventKind.RESCREENED, by, tuple(again), note=reason)
