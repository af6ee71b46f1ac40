"""The trial before a phase: a random sample that the whole team decides on, round after round.

The phase begins when a round reaches the agreement the protocol asks for, or when somebody
overrides it for a reason that is logged (JBI Manual for Evidence Synthesis, 11.2.6). Whether a
round is finished and passed is worked out from the decisions; only that it was opened, with
which records and people, is on file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scopingreview.decision_rows import on_records
from scopingreview.model import Decision, Event, EventKind, Phase, PhaseRules, Verdict
from scopingreview.screening.allocation import decisions_needed, random_number
from scopingreview.screening.outcomes import Votes


@dataclass(frozen=True, slots=True)
class PilotRound:
    """One round: its unique records, who takes part, how many records each has decided on.

    `votes` are the decisions as they stood when the last of the team had decided: what was
    changed in the discussion afterwards is no independent verdict. Until then `finished_at` and
    `agreement` are None.
    """

    number: int
    opened_at: datetime
    records: tuple[str, ...]
    decided: Mapping[str, int]
    votes: Mapping[str, Votes]
    finished_at: datetime | None = None
    agreement: float | None = None
    passed: bool = False

    @property
    def people(self) -> tuple[str, ...]:
        """Who takes part."""
        return tuple(self.decided)


@dataclass(frozen=True, slots=True)
class Pilot:
    """The rounds of a phase's trial so far, and the event that overrode it, if one did."""

    required: bool = False
    rounds: tuple[PilotRound, ...] = ()
    overridden: Event | None = None

    @property
    def locked(self) -> bool:
        """Whether the phase must wait: only the running round can be decided on."""
        passed = any(each.passed for each in self.rounds)
        return self.required and not passed and self.overridden is None

    @property
    def running(self) -> PilotRound | None:
        """The round that waits for somebody's decisions."""
        last = self.rounds[-1] if self.rounds else None
        return last if self.locked and last and last.finished_at is None else None

    def waiting_for(self, reviewer: str) -> list[str]:
        """The records of the running round that this reviewer has not decided on."""
        running = self.running
        if running is None or reviewer not in running.people:
            return []
        return [key for key in running.records if reviewer not in running.votes.get(key, {})]

    def decisions_needed(
        self, unique_ids: Iterable[str], rules: PhaseRules, *, seed: str
    ) -> Mapping[str, int]:
        """How many people must decide on each record: the whole team while its round runs."""
        needed = decisions_needed(unique_ids, rules, seed=seed, shared=self.records)
        if self.running is None:
            return needed
        team = dict.fromkeys(self.running.records, len(self.running.people))
        return {**needed, **{key: number for key, number in team.items() if key in needed}}

    @property
    def records(self) -> dict[str, PilotRound]:
        """The round of each record that was in one."""
        return {record_id: each for each in self.rounds for record_id in each.records}


def draw_sample(
    unique_ids: Iterable[str], size: int, *, seed: str, phase: Phase, taken: Collection[str]
) -> list[str]:
    """`size` records at random, fewer when there are no more; none that is taken."""
    free = [unique_id for unique_id in unique_ids if unique_id not in taken]
    return sorted(free, key=lambda unique_id: random_number(seed, phase, "pilot", unique_id))[:size]


def work_out_pilot(
    events: Iterable[Event],
    decisions: Sequence[Decision],
    canonical: Mapping[str, str],
    *,
    rules: PhaseRules,
    active: Collection[str],
) -> Pilot:
    """How the trial of the phase stands.

    Events and decisions come in order of time; `active` are the reviewers who have not left.
    Nobody waits for those who have: a round counts them when they had decided on everything.
    """
    mine = [event for event in events if event.phase is rules.phase]
    opened = {e.records: e for e in mine if e.kind is EventKind.PILOT_OPENED}
    overriding = [event for event in mine if event.kind is EventKind.PILOT_OVERRIDDEN]
    return Pilot(
        required=rules.pilot is not None,
        rounds=tuple(
            _work_out_round(number, _opened(event, decisions, canonical), rules, active)
            for number, event in enumerate(opened.values(), start=1)
        ),
        overridden=overriding[0] if overriding else None,
    )


@dataclass(frozen=True, slots=True)
class _OpenedRound:
    """A round as it was opened, and what its people decided on its records since.

    Decisions come with the unique record they are about, in order of time.
    """

    event: Event
    records: tuple[str, ...]
    decisions: tuple[tuple[str, Decision], ...]

    def team(self, active: Collection[str]) -> list[str]:
        """Those who take part: the active, and who left after deciding on every record."""
        in_the_end, _ = self.replay(until=lambda _: False)
        return [
            name
            for name in self.event.people
            if name in active or self.is_through(in_the_end, name)
        ]

    def is_through(self, votes: Mapping[str, Votes], name: str) -> bool:
        """Whether this person has decided on every record of the round."""
        return _decided(votes, name) == len(self.records)

    def replay(
        self, until: Callable[[Mapping[str, Votes]], bool]
    ) -> tuple[dict[str, dict[str, Decision]], datetime | None]:
        """The decisions that stood when `until` was first true, and when that was.

        Those that stand in the end, and None, when it never was.
        """
        votes: dict[str, dict[str, Decision]] = {}
        for unique_id, decision in self.decisions:
            on_record = votes.setdefault(unique_id, {})
            on_record.pop(decision.decided_by, None)
            if decision.verdict is not Verdict.WITHDRAWN:
                on_record[decision.decided_by] = decision
            if until(votes):
                return votes, decision.decided_at
        return votes, None


def _opened(
    event: Event, decisions: Sequence[Decision], canonical: Mapping[str, str]
) -> _OpenedRound:
    records = dict.fromkeys(canonical[each] for each in event.records if each in canonical)
    on_them = on_records(decisions, lambda record_id: canonical.get(record_id) in records)
    on_unique = ((canonical[each.record_id], each) for each in on_them)
    return _OpenedRound(
        event,
        tuple(records),
        tuple(
            (unique_id, decision)
            for unique_id, decision in on_unique
            if decision.decided_by in event.people
        ),
    )


def _work_out_round(
    number: int, opened: _OpenedRound, rules: PhaseRules, active: Collection[str]
) -> PilotRound:
    people = opened.team(active)
    votes, finished_at = opened.replay(
        until=lambda so_far: (
            len(people) > 1 and all(opened.is_through(so_far, name) for name in people)
        )
    )
    reached = None
    if finished_at:
        from scopingreview.screening.agreement import agreement

        percent = agreement(votes, people, rules=rules).percent
        reached = percent.value if percent else None
    threshold = rules.pilot.agreement if rules.pilot else None
    return PilotRound(
        number=number,
        opened_at=opened.event.recorded_at,
        records=opened.records,
        decided={name: _decided(votes, name) for name in people},
        votes=votes,
        finished_at=finished_at,
        agreement=reached,
        passed=reached is not None and threshold is not None and reached >= threshold,
    )


def _decided(votes: Mapping[str, Votes], name: str) -> int:
    """How many records the person has decided on."""
    return sum(name in by_person for by_person in votes.values())
