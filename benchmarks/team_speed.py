"""How long the team's rules take: who owes what, what stands, how well they agree.

    python benchmarks/team_speed.py [--sizes N ...]

Makes invented reviews of that size in memory, half of them decided on, and times the rooms on them
with nothing read from disk: the plain rule (two reviewers, no table), dealing to four with an
overlap of 20 % and unequal effort, the outcomes, a pilot of 25, and the agreement of a pair.

Exit status 0; there is no bound on the time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from scopingreview.model import (
    Allocation,
    Decision,
    Event,
    EventKind,
    Person,
    Phase,
    PhaseRules,
    PilotRules,
    Protocol,
    Verdict,
)
from scopingreview.screening import (
    decisions_needed,
    outcomes,
    standing_decisions,
    team_of,
    waiting,
    work_out_pilot,
)
from scopingreview.screening.agreement import agreements
from scopingreview.screening.allocation import random_number
from support.harness import add_sizes, machine, options

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
TA = Phase.TITLE_ABSTRACT


def decisions(record_ids: list[str], name: str) -> list[Decision]:
    return [
        Decision(
            BEGIN + timedelta(seconds=number),
            record_id,
            TA,
            Verdict.INCLUDE if random_number(name, record_id) < 0.1 else Verdict.EXCLUDE,
            name,
        )
        for number, record_id in enumerate(record_ids)
    ]


def protocol(rules: PhaseRules, people: str) -> Protocol:
    persons = tuple(Person(name) for name in people)
    return Protocol("Speed", "", (), persons, (), {TA: rules}, seed="Speed")


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def measure(size: int) -> dict[str, float]:
    """Seconds by what was done."""
    ids = [f"pubmed:{number}" for number in range(size)]
    canonical = dict(zip(ids, ids, strict=True))
    told = [*decisions(ids[: size // 2], "a"), *decisions(ids[: size // 2], "b")]
    told.sort(key=lambda decision: decision.decided_at)
    votes = standing_decisions(told, canonical)
    plain = PhaseRules(TA, pilot=PilotRules())
    allocation = Allocation(overlap=0.2, effort={"a": 2.0, "d": 0.5})
    dealt = PhaseRules(TA, allocation=allocation)
    opened = Event(
        BEGIN, TA, EventKind.PILOT_OPENED, "a", records=tuple(ids[:25]), people=("a", "b")
    )

    def owes(rules: PhaseRules, people: str) -> object:
        needed = decisions_needed(ids, rules, seed="Speed")
        return waiting(needed, votes, team_of(protocol(rules, people), TA))

    return {
        "owed, two reviewers": seconds(lambda: owes(plain, "ab")),
        "owed, dealt to four": seconds(lambda: owes(dealt, "abcd")),
        "outcomes": seconds(
            lambda: outcomes(decisions_needed(ids, plain, seed=""), votes, {}, rules=plain)
        ),
        "pilot": seconds(
            lambda: work_out_pilot([opened], told, canonical, rules=plain, active="ab")
        ),
        "agreement": seconds(lambda: agreements(votes, plain)),
    }


def main() -> None:
    """Print a row for each size and piece of work."""
    parser = options(__doc__)
    add_sizes(parser, 1_000, 10_000, 100_000)
    chosen = parser.parse_args()
    print(machine())
    for size in chosen.sizes:
        for what, took in measure(size).items():
            print(f"{size:9,} records  {what:22}{took * 1000:9.1f} ms")


if __name__ == "__main__":
    main()
