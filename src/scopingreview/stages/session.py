"""One person at work on one phase: what is next, deciding, taking back.

The session knows no terminal: the line mode and the workbench both drive it. A decision is on
disk before `decide` returns.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scopingreview import store
from scopingreview.errors import CombinedError, ReviewError, raise_problems
from scopingreview.model import Decision, Person, Phase, Record, Standing, Verdict
from scopingreview.paths import Review
from scopingreview.screening.check import check_decision, check_person
from scopingreview.stages.state import ReviewState


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody decides: on which records, among whose votes, into which file.

    `open_ids` are the unique records that can be decided on here, `closed` says why others
    cannot. `votes` are the standing decisions of this desk, by unique record and person.
    """

    phase: Phase
    role: str
    people: Sequence[Person]
    open_ids: Collection[str]
    closed: str
    votes: Mapping[str, Mapping[str, Decision]]
    append: Callable[[Review, Sequence[Decision]], None]


def screening_desk(state: ReviewState, phase: Phase) -> Desk:
    """The reviewers' desk: every record that has reached the phase."""
    return Desk(
        phase=phase,
        role="reviewer",
        people=state.protocol.reviewers,
        open_ids=dict.fromkeys(state.open_ids(phase)),
        closed="Full text is read of reports that were included by title and abstract and "
        "retrieved: scopingreview retrieve --record ID --status retrieved",
        votes=state.votes[phase],
        append=store.append_decisions,
    )


def adjudication_desk(state: ReviewState, phase: Phase) -> Desk:
    """The adjudicators' desk: the records on which the reviewers differ, and nothing else."""
    outcomes = state.outcomes[phase].items()
    return Desk(
        phase=phase,
        role="adjudicator",
        people=state.protocol.adjudicators,
        open_ids={
            unique_id: None
            for unique_id, outcome in outcomes
            if outcome.standing is Standing.IN_CONFLICT or outcome.adjudicated_by
        },
        closed="An adjudicator settles what the reviewers disagree on, and nothing else.",
        votes=state.settled[phase],
        append=store.append_consensus,
    )


class Session:
    """The queue of one person at one desk, and the way back through their decisions."""

    def __init__(
        self, review: Review, state: ReviewState, *, desk: Desk, person: str, queue: Sequence[str]
    ) -> None:
        """Sit down at the first record of the queue.

        Raises ReviewError when the protocol does not know the person.
        """
        raise_problems(check_person(person, desk.people, desk.role))
        self.review = review
        self.state = state
        self.desk = desk
        self.person = person
        self.rules = state.protocol.phases[desk.phase]
        self.queue = list(queue)
        self.place = 0
        self.decided = 0
        self._standing = {
            unique_id: votes[person] for unique_id, votes in desk.votes.items() if person in votes
        }

    @property
    def current(self) -> Record | None:
        """The record on the table; None when the queue is worked through."""
        if self.place >= len(self.queue):
            return None
        return self.state.records[self.queue[self.place]]

    @property
    def left(self) -> int:
        """How many records of the queue this person has not decided on."""
        return sum(unique_id not in self._standing for unique_id in self.queue)

    def standing(self, unique_id: str) -> Decision | None:
        """x on the record as it stands now."""
        return self._standing.get(unique_id)

    def decide(
        self, verdict: Verdict, *, reason: str = "", note: str = "", now: datetime
    ) -> Decision:
        """The decision on the current record is on disk and the next record is on the table.

        Raises ReviewError when the decision may not be taken; then nothing is written.
        """
        record = self.current
        if record is None:
            raise ReviewError("no record is left to decide on")
        decision = Decision(
            decided_at=now,
            record_id=record.record_id,
            phase=self.desk.phase,
            verdict=verdict,
            decided_by=self.person,
            reason=reason,
            note=note,
        )
        self._append([decision])
        self.place += 1
        return decision

    def skip(self) -> None:
        """The current record goes to the end of the queue."""
        if self.current is not None:
            self.queue.append(self.queue.pop(self.place))

    def undo(self, *, now: datetime) -> Decision | None:
        """The person's latest decision is taken back and its record is on the table again.

        Goes on back through earlier sittings; None when no decision of theirs stands.
        """
        if not self._standing:
            return None
        last = max(self._standing.values(), key=lambda decision: decision.decided_at)
        unique_id = self.state.canonical[last.record_id]
        withdrawal = Decision(
            decided_at=now,
            record_id=last.record_id,
            phase=self.desk.phase,
            verdict=Verdict.WITHDRAWN,
            decided_by=self.person,
        )
        self._append([withdrawal])
        if unique_id in self.queue:
            self.place = self.queue.index(unique_id)
        else:
            self.queue.insert(self.place, unique_id)
        return last

    def decide_all(self, decisions: Iterable[Decision]) -> list[Decision]:
        """The decisions are on disk, all or none; those that stand already are left out.

        Returns what was written. Raises CombinedError naming every decision that may not be taken.
        """
        wanted = list(decisions)
        problems = [problem for decision in wanted for problem in self.check(decision)]
        if problems:
            raise CombinedError(problems)
        new = [decision for decision in wanted if not self._stands(decision)]
        if new:
            self._append(new)
        return new

    def check(self, decision: Decision) -> list[ReviewError]:
        """What is wrong with taking this decision now; nothing when it may be taken."""
        return check_decision(
            decision,
            rules=self.rules,
            canonical=self.state.canonical,
            open_ids=self.desk.open_ids,
            closed=self.desk.closed,
        )

    def _stands(self, decision: Decision) -> bool:
        before = self._standing.get(self.state.canonical[decision.record_id])
        if before is None:
            return decision.verdict is Verdict.WITHDRAWN
        said = (decision.verdict, decision.reason, decision.note or before.note)
        return said == (before.verdict, before.reason, before.note)

    def _append(self, decisions: Sequence[Decision]) -> None:
        raise_problems([problem for decision in decisions for problem in self.check(decision)])
        self.desk.append(self.review, decisions)
        for decision in decisions:
            unique_id = self.state.canonical[decision.record_id]
            self._standing.pop(unique_id, None)
            if decision.verdict is not Verdict.WITHDRAWN:
                self._standing[unique_id] = decision
                self.decided += 1
            else:
                self.decided -= 1
