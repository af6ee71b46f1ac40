"""Where everything in a review stands, worked out afresh from its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from scopingreview import config, screening, store
from scopingreview.errors import ReviewError, nearest
from scopingreview.model import (
    Decision,
    Duplicate,
    Event,
    Limits,
    Outcome,
    Phase,
    Protocol,
    Record,
    Retrieval,
    Standing,
)
from scopingreview.paths import PROTOCOL, SEARCHES, Review
from scopingreview.screening import Pilot
from scopingreview.screening.eligibility import Lane, broken_limit, source_lanes


@dataclass(frozen=True)
class ReviewState:
    """The review at one moment.

    `records` are all the records by id, in the order of import; `canonical` names the unique
    record of each. `votes` (the reviewers'), `settled` (the adjudicators'), outcomes and
    retrievals are by unique record. A phase's outcomes cover the records that have reached it:
    all unique ones at title and abstract, those included there at full text.
    """

    protocol: Protocol
    records: Mapping[str, Record]
    duplicates: tuple[Duplicate, ...]
    canonical: Mapping[str, str]
    decisions: Mapping[Phase, tuple[Decision, ...]]
    consensus: Mapping[Phase, tuple[Decision, ...]]
    votes: Mapping[Phase, Mapping[str, Mapping[str, Decision]]]
    settled: Mapping[Phase, Mapping[str, Mapping[str, Decision]]]
    retrievals: Mapping[str, Retrieval]
    events: tuple[Event, ...] = ()

    @cached_property
    def unique_ids(self) -> list[str]:
        """The unique records, in the order of import."""
        return [key for key, unique_id in self.canonical.items() if key == unique_id]

    @cached_property
    def outcomes(self) -> Mapping[Phase, Mapping[str, Outcome]]:
        """What stands on each unique record, worked out when it is first asked for."""
        outcomes: dict[Phase, dict[str, Outcome]] = {}
        reached = self.unique_ids
        for phase in Phase:
            rules = self.protocol.phases[phase]
            needed = self.pilots[phase].decisions_needed(reached, rules, seed=self.protocol.seed)
            outcomes[phase] = screening.outcomes(
                needed, self.votes[phase], self.settled[phase], rules=rules
            )
            if phase is Phase.TITLE_ABSTRACT:
                outcomes[phase] |= {
                    unique_id: Outcome(unique_id, phase, Standing.INCLUDED)
                    for unique_id in self.unscreened
                }
            standing = outcomes[phase].items()
            reached = [key for key, outcome in standing if outcome.standing is Standing.INCLUDED]
        return outcomes

    @cached_property
    def pilots(self) -> Mapping[Phase, Pilot]:
        """How the trial before each phase stands."""
        active = [person.name for person in self.protocol.reviewers if person.active]
        return {
            phase: screening.work_out_pilot(
                self.events, self.decisions[phase], self.canonical, rules=rules, active=active
            )
            for phase, rules in self.protocol.phases.items()
        }

    @cached_property
    def unscreened(self) -> frozenset[str]:
        """The unique records that go to retrieval without screening by title and abstract.

        Those found by other methods only, where these have a lane of their own, as the official
        diagram has it; unless somebody screened them all the same.
        """
        lanes = source_lanes(self.protocol)
        if Lane.OTHER not in lanes.values():
            return frozenset()
        found_in = {(unique_id, key.partition(":")[0]) for key, unique_id in self.canonical.items()}
        in_main = {unique_id for unique_id, source in found_in if lanes[source] is Lane.MAIN}
        votes = self.votes[Phase.TITLE_ABSTRACT]
        return frozenset(
            unique_id
            for unique_id in self.unique_ids
            if unique_id not in in_main and not votes.get(unique_id)
        )

    @cached_property
    def limited(self) -> frozenset[str]:
        """The unique records that a limit of the protocol removes before anyone sees them."""
        limits = self.protocol.limits
        if limits == Limits():
            return frozenset()
        votes = self.votes[Phase.TITLE_ABSTRACT]
        return frozenset(
            unique_id
            for unique_id in self.unique_ids
            if not votes.get(unique_id)
            and unique_id not in self.retrievals
            and broken_limit(self.records[unique_id], limits)
        )

    def ready_ids(self, phase: Phase) -> list[str]:
        """The unique records that the phase is about: by full text those that can be read."""
        if phase is Phase.TITLE_ABSTRACT:
            passed_by = self.limited | self.unscreened
            return [unique_id for unique_id in self.unique_ids if unique_id not in passed_by]
        return screening.reports_to_assess(self.outcomes[Phase.TITLE_ABSTRACT], self.retrievals)

    def open_ids(self, phase: Phase) -> list[str]:
        """The unique records that can be decided on now: only its own while a pilot runs."""
        pilot, ready = self.pilots[phase], self.ready_ids(phase)
        if not pilot.locked:
            return ready
        in_pilot = pilot.records
        return [key for key in ready if key in in_pilot]

    def standing_at(self, phase: Phase, standing: Standing) -> list[str]:
        """The unique records that stand so in the phase."""
        found = self.outcomes[phase].items()
        return [unique_id for unique_id, outcome in found if outcome.standing is standing]

    def owed(self, phase: Phase, reviewer: str) -> list[str]:
        """The unique records that wait for this reviewer in the phase."""
        pilot = self.pilots[phase]
        if pilot.locked:
            return [key for key in pilot.waiting_for(reviewer) if key in self.canonical]
        return screening.owed(
            pilot.decisions_needed(
                self.ready_ids(phase), self.protocol.phases[phase], seed=self.protocol.seed
            ),
            self.votes[phase],
            reviewer=reviewer,
            team=screening.team_of(self.protocol, phase),
        )


def load_state(
    review: Review,
    protocol: Protocol | None = None,
    *,
    records: Mapping[str, Record] | None = None,
) -> ReviewState:
    """The review as its files have it now.

    `records` may be a store.RecordFile, for whoever reads only a few of them.
    Raises MissingInputError before `import` and `dedupe` have run, CombinedError for bad lines,
    ReviewError for records of a source that the protocol does not name.
    """
    protocol = protocol or config.load_protocol(review)
    if records is None:
        records = {record.record_id: record for record in store.read_records(review)}
    _refuse_unknown_sources(records, protocol)
    duplicates = tuple(store.read_duplicates(review))
    canonical = screening.canonical_ids(records, duplicates)
    decisions = {phase: tuple(store.read_decisions(review, phase)) for phase in Phase}
    consensus = {phase: tuple(store.read_consensus(review, phase)) for phase in Phase}
    votes = {p: screening.standing_decisions(decisions[p], canonical) for p in Phase}
    settled = {p: screening.standing_decisions(consensus[p], canonical) for p in Phase}
    return ReviewState(
        protocol=protocol,
        records=records,
        duplicates=duplicates,
        canonical=canonical,
        decisions=decisions,
        consensus=consensus,
        votes=votes,
        settled=settled,
        retrievals=screening.current_retrievals(store.read_retrievals(review), canonical),
        events=tuple(store.read_events(review)),
    )


def _refuse_unknown_sources(record_ids: Iterable[str], protocol: Protocol) -> None:
    """A source's name begins the ids of its records, so ids are enough to look at."""
    found = {record_id.partition(":")[0] for record_id in record_ids}
    known = [source.name for source in protocol.sources]
    for name in sorted(found.difference(known)):
        raise ReviewError(
            f'records of the source "{name}" are imported, but no [[sources]] has that name',
            where=PROTOCOL,
            hint=f"{nearest(name, known)} Put the source back, or take its searches out of "
            f"{SEARCHES} and run: scopingreview import",
        )
