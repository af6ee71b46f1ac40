"""Where everything in a review stands, worked out afresh from what is on file.

One value for whoever screens, counts or looks: it holds what was read and works the rest out
when it is first asked for, so that screening waits for nothing that only counting needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import cached_property
from itertools import chain, compress, repeat
from operator import contains

from scopingreview.decision_rows import all_but, on_records
from scopingreview.model import (
    Correction,
    Decision,
    DiscussionNote,
    Duplicate,
    Event,
    EventKind,
    Look,
    Outcome,
    Phase,
    Protocol,
    Record,
    RecordTable,
    Retrieval,
    Standing,
)
from scopingreview.screening.allocation import Team, team_of
from scopingreview.screening.best_copy import BestCopies
from scopingreview.screening.closing_look import closing_look
from scopingreview.screening.corrected import (
    CorrectedRecords,
    of_unique_records,
    standing_corrections,
)
from scopingreview.screening.criteria import made_under_other_criteria
from scopingreview.screening.eligibility import Eligibility, id_prefixes
from scopingreview.screening.outcomes import (
    Outcomes,
    Votes,
    canonical_ids,
    current_retrievals,
    outcomes,
    standing_decisions,
    unique_among,
)
from scopingreview.screening.pilot import Pilot, work_out_pilot
from scopingreview.screening.queue import reports_to_assess, waiting
from scopingreview.screening.team import away_from, decisions_of_others, set_aside
from scopingreview.screening.title_round import until_abstracts_are_read


def phases_from(first: Phase) -> list[Phase]:
    """The phase and those after it."""
    return list(Phase)[list(Phase).index(first) :]


@dataclass(frozen=True)
class ReviewState:
    """The review at one moment. The fields are what is on file; what they add up to follows.

    `records` are all the records by id, in the order of import, each with its corrections, of
    which `corrections` are every line. `decisions` (the reviewers') and
    `consensus` (the adjudicators') are every one ever made in a phase, `retrieval_steps` and
    `events` and `looks` every line, `discussion` every note of a thread, all in order of time.
    """

    protocol: Protocol
    records: Mapping[str, Record]
    duplicates: tuple[Duplicate, ...]
    decisions: Mapping[Phase, Sequence[Decision]]
    consensus: Mapping[Phase, Sequence[Decision]]
    retrieval_steps: tuple[Retrieval, ...] = ()
    events: tuple[Event, ...] = ()
    looks: tuple[Look, ...] = ()
    corrections: tuple[Correction, ...] = ()
    discussion: tuple[DiscussionNote, ...] = ()

    @cached_property
    def canonical(self) -> Mapping[str, str]:
        """The unique record of every record, in the order of import."""
        return canonical_ids(self.records, self.duplicates)

    @cached_property
    def unique_ids(self) -> list[str]:
        """The unique records, in the order of import."""
        return list(unique_among(self.canonical))

    @cached_property
    def corrected(self) -> Mapping[str, Mapping[str, Correction]]:
        """The corrections that stand of each report, by its unique record, then by field."""
        standing = standing_corrections(self.corrections)
        return of_unique_records(standing, self.canonical) if standing else {}

    @cached_property
    def corrected_reports(self) -> Mapping[str, Record]:
        """The records, a unique one with what was corrected on any of its copies."""
        return CorrectedRecords(self.records, self.corrected) if self.corrected else self.records

    def with_correction(self, correction: Correction) -> ReviewState:
        """The review with one more correction, for who is at work and sees the record at once.

        What was worked out of decisions and limits stays as it was.
        """
        corrections = (*self.corrections, correction)
        records = CorrectedRecords(self.originals, standing_corrections(corrections))
        corrected = replace(self, records=records, corrections=corrections)
        of_corrections = {"corrected", "corrected_reports", "best_copies"}
        of_file = {each.name for each in fields(self)}
        for name, value in vars(self).items():
            if name not in of_corrections | of_file:
                vars(corrected)[name] = value
        return corrected

    @cached_property
    def best_copies(self) -> BestCopies:
        """What people read of each report, by its unique record: the best of all its copies."""
        trust = [source.id_prefix for source in self.protocol.sources]
        return BestCopies(self.corrected_reports, self.duplicates, trust, self.corrected)

    @property
    def originals(self) -> Mapping[str, Record]:
        """The records as their databases gave them."""
        records = self.records
        return records.originals if isinstance(records, CorrectedRecords) else records

    def as_read(self, record_id: str) -> Record:
        """The record as people read it: a unique one as the best of its copies, any other as it is.

        Whoever shows or hands out a record asks here; `records` is for what counts and compares.
        """
        if record_id in self.best_copies:
            return self.best_copies[record_id].record
        return self.records[record_id]

    @cached_property
    def sent_back(self) -> Mapping[Phase, Mapping[str, datetime]]:
        """Since when the decisions of a phase count, of each unique record that was sent back.

        To the phase itself or an earlier one; the last time counts. A record that is screened again
        by stricter criteria was sent back to that phase alone: its full text was read all the same.
        """
        since: dict[Phase, dict[str, datetime]] = {phase: {} for phase in Phase}
        for event in self.events:
            if event.kind in (EventKind.SENT_BACK, EventKind.RESCREENED):
                later = phases_from(event.phase)
                for phase in later if event.kind is EventKind.SENT_BACK else [event.phase]:
                    known = (self.canonical[key] for key in event.records if key in self.canonical)
                    since[phase] |= dict.fromkeys(known, event.recorded_at)
        return since

    def rescreened(self, phase: Phase) -> list[Event]:
        """The rounds of the phase after its first, in order of time."""
        return [e for e in self.events if e.kind is EventKind.RESCREENED and e.phase is phase]

    def rescreened_ids(self, phase: Phase) -> set[str]:
        """The unique records that were to be screened again in the phase."""
        found = (key for event in self.rescreened(phase) for key in event.records)
        return {self.canonical[key] for key in found if key in self.canonical}

    def rounds_of(self, phase: Phase) -> int:
        """In which round the phase is."""
        return 1 + len(self.rescreened(phase))

    def by_titles_alone(self, phase: Phase) -> bool:
        """Whether the phase is in its first round, in which titles alone are read."""
        return self.protocol.phases[phase].titles_first and self.rounds_of(phase) == 1

    def counting(self, phase: Phase, decisions: Sequence[Decision]) -> Sequence[Decision]:
        """Those of the phase's decisions that were not sent back since."""
        since = self.sent_back[phase]
        if not since:
            return decisions
        moment = {one: since[unique] for one, unique in self.canonical.items() if unique in since}
        return all_but(
            decisions,
            lambda decision: decision.decided_at <= moment[decision.record_id],
            on=moment.__contains__,
        )

    @cached_property
    def away(self) -> Mapping[Phase, Mapping[str, Event]]:
        """Who left each phase and has not come back, with the event that says so."""
        return {phase: away_from(self.events, phase) for phase in Phase}

    def team(self, phase: Phase) -> Team:
        """Those who screen the phase now."""
        return team_of(self.protocol, phase, self.away[phase])

    @cached_property
    def votes(self) -> Mapping[Phase, Mapping[str, Votes]]:
        """The reviewers' standing decisions: by phase, unique record, person.

        Without those of people who were set aside.
        """
        return {
            p: standing_decisions(
                self.counting(p, decisions_of_others(self.decisions[p], set_aside(self.away[p]))),
                self.canonical,
            )
            for p in Phase
        }

    @cached_property
    def settled(self) -> Mapping[Phase, Mapping[str, Votes]]:
        """The adjudicators' standing decisions: by phase, unique record, person."""
        return {
            p: standing_decisions(self.counting(p, self.consensus[p]), self.canonical)
            for p in Phase
        }

    @cached_property
    def retrievals(self) -> Mapping[str, Retrieval]:
        """The last step in getting hold of each report that was sought, by unique record."""
        return current_retrievals(self.retrieval_steps, self.canonical)

    @cached_property
    def eligibility(self) -> Eligibility:
        """Which records are screened by title and abstract, and what becomes of the others."""
        return Eligibility(
            self.protocol,
            self.corrected_reports,
            self.canonical,
            self.votes,
            self.retrievals,
            {unique_id for since in self.sent_back.values() for unique_id in since},
            closing_look(self.protocol.stopping, self.looks),
        )

    @cached_property
    def outcomes(self) -> Mapping[Phase, Outcomes]:
        """What stands on each unique record that has reached the phase.

        That is every unique record at title and abstract, and each one included there at full
        text.
        """
        passed = Outcome("", Phase.TITLE_ABSTRACT, Standing.INCLUDED)
        titles = self._outcomes(Phase.TITLE_ABSTRACT, self.unique_ids)
        if self.by_titles_alone(Phase.TITLE_ABSTRACT):
            titles = until_abstracts_are_read(titles)
        if unscreened := self.eligibility.unscreened:
            titles |= Outcomes(dict.fromkeys(unscreened, passed))
        return {
            Phase.TITLE_ABSTRACT: titles,
            Phase.FULL_TEXT: self._outcomes(Phase.FULL_TEXT, titles.standing(Standing.INCLUDED)),
        }

    def _outcomes(self, phase: Phase, reached: Iterable[str]) -> Outcomes:
        return outcomes(
            self._decisions_needed(phase, reached),
            self.votes[phase],
            self.settled[phase],
            rules=self.protocol.phases[phase],
        )

    @cached_property
    def needed(self) -> Mapping[Phase, Mapping[str, int]]:
        """How many must decide on each record that has reached the phase, 0 where nobody has to.

        Pilots and allocation ask for more or fewer than the phase does of all.
        """
        needed = {phase: self._decisions_needed(phase, self.outcomes[phase]) for phase in Phase}
        if unscreened := self.eligibility.unscreened:
            nobody = dict.fromkeys(unscreened, 0)
            needed[Phase.TITLE_ABSTRACT] = {**needed[Phase.TITLE_ABSTRACT], **nobody}
        return needed

    def _decisions_needed(self, phase: Phase, unique_ids: Iterable[str]) -> Mapping[str, int]:
        rules = self.protocol.phases[phase]
        return self.pilots[phase].decisions_needed(unique_ids, rules, seed=self.protocol.seed)

    @cached_property
    def pilots(self) -> Mapping[Phase, Pilot]:
        """How the trial before each phase stands."""
        reviewers = [person.name for person in self.protocol.reviewers if person.active]
        return {
            phase: work_out_pilot(
                self.events,
                self.decisions[phase],
                self.canonical,
                rules=rules,
                active=[name for name in reviewers if name not in self.away[phase]],
            )
            for phase, rules in self.protocol.phases.items()
        }

    @cached_property
    def decided_late(self) -> list[str]:
        """The duplicates that people decided on under their own id, in the order they did."""
        canonical = self.canonical
        late = (
            on_records(self.decisions[phase], lambda key: canonical.get(key, key) != key)
            for phase in Phase
        )
        return list(dict.fromkeys(each.record_id for each in chain.from_iterable(late)))

    @cached_property
    def source_of(self) -> Mapping[str, str]:
        """The name that each record's source has now; its id begins with the first one."""
        names = {key: source.name for key, source in self.protocol.sources_of_ids().items()}
        found = map(names.__getitem__, id_prefixes(self.canonical))
        return dict(zip(self.canonical, found, strict=True))

    @cached_property
    def found_in(self) -> Mapping[str, frozenset[str]]:
        """The names of the sources that found each unique record."""
        alone = {source.name: frozenset([source.name]) for source in self.protocol.sources}
        found: dict[str, frozenset[str]] = {}
        sources = self.source_of.values()
        for unique_id, source in zip(self.canonical.values(), sources, strict=True):
            here, others = alone[source], found.get(unique_id)
            found[unique_id] = here if others is None else others | here
        return found

    @cached_property
    def read_from(self) -> Mapping[str, int]:
        """How many records were read from the exports of each search, by its name."""
        if isinstance(self.originals, RecordTable):
            return self.originals.read_from
        return Counter(record.search for record in self.originals.values())

    def made_under_other_criteria(self, phase: Phase) -> list[Decision]:
        """The standing decisions to look at again since the phase's criteria were amended."""
        rounds = self.rescreened(phase)
        return made_under_other_criteria(
            self.votes[phase],
            self.protocol.phases[phase],
            rescreened=rounds[-1].recorded_at if rounds else None,
        )

    def all_decisions(self) -> Iterator[Decision]:
        """The reviewers' decisions of both phases, one phase after the other."""
        return chain.from_iterable(self.decisions[phase] for phase in Phase)

    def ready_ids(self, phase: Phase) -> list[str]:
        """The unique records that the phase is about: by full text those that can be read."""
        if phase is Phase.TITLE_ABSTRACT:
            return self.eligibility.to_screen
        return reports_to_assess(self.outcomes[Phase.TITLE_ABSTRACT], self.retrievals)

    def open_ids(self, phase: Phase) -> list[str]:
        """The unique records that can be decided on now: only its own while a pilot runs."""
        pilot, ready = self.pilots[phase], self.ready_ids(phase)
        if not pilot.locked:
            return ready
        in_pilot = pilot.records
        return [key for key in ready if key in in_pilot]

    def standing_at(self, phase: Phase, standing: Standing) -> list[str]:
        """The unique records that stand so in the phase."""
        return self.outcomes[phase].standing(standing)

    def owed(self, phase: Phase, reviewer: str) -> list[str]:
        """The unique records that wait for this reviewer in the phase."""
        pilot = self.pilots[phase]
        if pilot.locked:
            return [key for key in pilot.waiting_for(reviewer) if key in self.canonical]
        if phase not in self._waiting:
            self._waiting[phase] = waiting(
                self._decisions_needed(phase, self.ready_ids(phase)),
                self.votes[phase],
                self.team(phase),
            )
        waiting_for = self._waiting[phase]
        return list(compress(waiting_for, map(contains, waiting_for.values(), repeat(reviewer))))

    @cached_property
    def _waiting(self) -> dict[Phase, Mapping[str, Sequence[str]]]:
        """For whom each record waits, of the phases that were asked for."""
        return {}
