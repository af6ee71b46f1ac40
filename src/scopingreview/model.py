"""The values that pass between the rooms of the program: frozen, typed, without behaviour.

Here: what a review is made of (sources, searches, records, duplicates, decisions, outcomes,
counts). Not here: reading or writing them (`store`, `config`), working them out (`dedupe`,
`screening`, `flow`), file names (`paths`).

Missing is "" for text and None for numbers and dates, and missing never equals missing.
The words are those of docs/glossary.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class SourceKind(StrEnum):
    """What a source is; it decides its lane and line in the flow diagram."""

    DATABASE = "database"
    REGISTER = "register"
    WEBSITE = "website"
    ORGANISATION = "organisation"
    CITATION_SEARCHING = "citation-searching"
    OTHER = "other"


class Phase(StrEnum):
    """A round of screening (a *stage*, in contrast, is a command of the chain)."""

    TITLE_ABSTRACT = "title-abstract"
    FULL_TEXT = "full-text"


class Verdict(StrEnum):
    """What one reviewer says of one record; `withdrawn` takes the last verdict back."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    MAYBE = "maybe"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """What the decisions on a unique record add up to in one phase."""

    INCLUDED = "included"
    EXCLUDED = "excluded"
    AWAITING = "awaiting"
    IN_CONFLICT = "in conflict"


class LinkUnit(StrEnum):
    """What deduplication links: copies of one publication, or all reports of one study."""

    PUBLICATION = "publication"
    STUDY = "study"


class Versions(StrEnum):
    """Whether versions of one work are reports of their own."""

    APART = "apart"
    TOGETHER = "together"


class RetrievalStatus(StrEnum):
    """How the search for a report's full text stands."""

    SOUGHT = "sought"
    RETRIEVED = "retrieved"
    NOT_RETRIEVED = "not-retrieved"


class MaybeRule(StrEnum):
    """What a maybe means for the outcome."""

    INCLUDE = "include"
    DISCUSS = "discuss"


class UnitWord(StrEnum):
    """What the last box counts: "studies", or PRISMA-ScR's "sources of evidence"."""

    STUDIES = "studies"
    SOURCES = "sources"


class OtherMethods(StrEnum):
    """Where records from websites, organisations and citation searching stand in the diagram."""

    OWN_LANE = "own_lane"
    MAIN_LANE = "main_lane"


class LateDuplicates(StrEnum):
    """A duplicate found after it was screened: one of the duplicates, or an exclusion reason."""

    FOLD = "fold"
    REASON = "reason"


class Unscreened(StrEnum):
    """A record nobody has decided on: it awaits, or a stopping rule has settled it.

    Then it was removed before screening by automation tools, or screened and excluded by one.
    """

    AWAIT = "await"
    AUTO = "auto"
    EXCLUDED_BY_TOOL = "excluded_by_tool"


class LimitLine(StrEnum):
    """Which line counts the records a limit removes: other reasons, or automation tools."""

    OTHER = "other"
    AUTOMATION = "automation"


class ScreeningOrder(StrEnum):
    """In which order a reviewer meets the records; `random` is each reviewer's own, by seed."""

    RANDOM = "random"
    IMPORTED = "imported"
    NEWEST = "newest"


class ConsensusRule(StrEnum):
    """When the reviewers' votes on a record settle it without an adjudicator.

    Unanimous: all say the same. Any include: one vote for it takes a record on. Majority: more
    than half of the votes decide.
    """

    UNANIMOUS = "unanimous"
    ANY_INCLUDE = "any-include"
    MAJORITY = "majority"


class ConflictKind(StrEnum):
    """What the reviewers of a record differ in."""

    VERDICT = "verdict"
    REASON = "reason"


class EventKind(StrEnum):
    """What happened to the screening itself, apart from any decision."""

    PILOT_OPENED = "pilot-opened"
    PILOT_OVERRIDDEN = "pilot-overridden"
    UNBLINDED = "unblinded"


# ── the protocol: config/review.toml ─────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Source:
    """An information source; `name` is its folder and the first half of its record ids."""

    name: str
    label: str
    kind: SourceKind = SourceKind.DATABASE
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who decides; `name` is the file their decisions stand in.

    Whoever has left (not `active`) owes nothing any more; what they decided stands.
    """

    name: str
    full_name: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Allocation:
    """How the records of a phase are dealt out.

    `overlap` is the share of the records on which as many decide as the phase asks for; one
    person decides on each of the others. `effort` weighs the reviewers: who is not named has 1,
    who has 0 is dealt nothing. Where two or more decide, one of the `seniors` is among them.
    """

    overlap: float = 1.0
    effort: Mapping[str, float] = field(default_factory=dict)
    seniors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PilotRules:
    """The trial before a phase: on how many records, and the agreement (0 to 1) that ends it."""

    size: int = 25
    agreement: float = 0.75


@dataclass(frozen=True, slots=True)
class PhaseRules:
    """How one phase is screened.

    `exclusion_reasons` maps a key (what the decision files hold) to its wording (what people
    and the diagram read), in the order in which they are tried: the first that applies is
    *the* reason. A maybe either counts as an include or makes a conflict to discuss. Reviewers
    who are blind to authors do not see them while they screen; `reading_time` keeps the seconds
    each decision took.
    *the* reason. A maybe either counts as an include or makes a conflict to discuss.
    Without `allocation` every record waits for everyone until enough have decided; without
    `pilot` the phase begins at once. `unblind_conflicts` allows to see who said what.
    """

    phase: Phase
    reviewers_needed: int = 2
    maybe: MaybeRule = MaybeRule.DISCUSS
    criteria: tuple[str, ...] = ()
    exclusion_reasons: Mapping[str, str] = field(default_factory=dict)
    order: ScreeningOrder = ScreeningOrder.RANDOM
    blind_to_authors: bool = False
    reading_time: bool = False
    consensus: ConsensusRule = ConsensusRule.UNANIMOUS
    unblind_conflicts: bool = False
    allocation: Allocation | None = None
    pilot: PilotRules | None = None


@dataclass(frozen=True, slots=True)
class FlowRules:
    """How this review counts where PRISMA leaves a choice, and how its diagram looks.

    A colour or a font of "" is the official one.
    """

    unit: UnitWord = UnitWord.STUDIES
    other_methods: OtherMethods = OtherMethods.OWN_LANE
    late_duplicates: LateDuplicates = LateDuplicates.FOLD
    unscreened: Unscreened = Unscreened.AWAIT
    title_abstract_reasons: bool = False
    language: str = "en"
    font: str = ""
    heading_colour: str = ""
    side_colour: str = ""
    other_colour: str = ""
    monochrome: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """Rules that remove a record before anyone screens it; what a record lacks removes nothing.

    Languages are English names and types are kinds, both as records.csv spells them (capitals do
    not matter). `count_as` is the line of the diagram.
    """

    first_year: int | None = None
    last_year: int | None = None
    languages: tuple[str, ...] = ()
    excluded_types: tuple[str, ...] = ()
    retracted: bool = False
    empty: bool = False
    count_as: LimitLine = LimitLine.OTHER


@dataclass(frozen=True, slots=True)
class PreviousVersion:
    """What an earlier version of the review had included, when this one updates it."""

    studies: int
    reports: int


@dataclass(frozen=True, slots=True)
class DedupePolicy:
    """What counts as one report.

    Under the unit "study", the reports of one study are linked as well as the copies of one
    report; versions of a Cochrane review, and a preprint and its article, are then together.
    """

    unit: LinkUnit = LinkUnit.PUBLICATION
    cochrane_versions: Versions = Versions.APART
    preprints: Versions = Versions.APART


@dataclass(frozen=True, slots=True)
class Protocol:
    """What the team laid down before it began; sources stand in order of trust.

    `seed` begins every drawing of lots; it is the title as long as nobody sets another.
    """

    title: str
    question: str
    sources: tuple[Source, ...]
    reviewers: tuple[Person, ...]
    adjudicators: tuple[Person, ...]
    phases: Mapping[Phase, PhaseRules]
    include_terms: tuple[str, ...] = ()
    exclude_terms: tuple[str, ...] = ()
    dedupe: DedupePolicy = DedupePolicy()
    flow: FlowRules = FlowRules()
    limits: Limits = Limits()
    previous: PreviousVersion | None = None
    seed: str = ""

    def source(self, name: str) -> Source:
        """The source of that name; KeyError when the protocol has none."""
        return {source.name: source for source in self.sources}[name]


# ── the searches: config/searches.toml ───────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Export:
    """One file a database wrote: its path inside the review and the sha256 it was added with.

    `columns` maps fields of a record to columns of a table, where the guess is wrong.
    """

    file: str
    sha256: str
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AcceptedLoss:
    """A team's word that it knows why `records` records of a search are missing."""

    records: int
    note: str


@dataclass(frozen=True, slots=True)
class Search:
    """One query run in one source on one day; `hits` is what the database said it found.

    `coverage` is what the database held that day (1946 to present), `limits` what the search
    was restricted to ("none" is an answer).
    """

    name: str
    source: str
    exports: tuple[Export, ...]
    platform: str = ""
    run_on: date | None = None
    hits: int | None = None
    strategy: str = ""
    coverage: str = ""
    limits: str = ""
    accepted_loss: AcceptedLoss | None = None


# ── records and duplicates: data/derived ─────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of an export. `ordinal` counts the entries of its file from 1.

    Authors are "Family, Given" (corporate authors whole); doi is bare and lower-case;
    pages is a range, or an article number where there is none.
    """

    record_id: str
    source: str = ""
    search: str = ""
    file: str = ""
    ordinal: int = 0
    type: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    accession: str = ""
    issn: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    url: str = ""


class Compared(NamedTuple):
    """What comparison reads of a record, for those who read so many that the rest would cost."""

    record_id: str
    source: str
    title: str
    authors: Sequence[str]
    year: int | None
    journal: str
    volume: str
    issue: str
    pages: str
    doi: str
    pmid: str
    issn: str
    abstract: str
    keywords: str
    language: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A link: `record_id` is the same report as the unique record `duplicate_of`.

    `rule` names what linked them and `evidence` says it in words; `decided_by` is the reviewer
    when a person did, else "".
    """

    record_id: str
    duplicate_of: str
    rule: str
    evidence: str = ""
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """Two records that a person should compare; `score` runs from 0 to 1."""

    record_id: str
    other_id: str
    score: float
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class DuplicateJudgement:
    """A person's word on two records: the same report, or not. It outranks every rule.

    `same` is None when the person takes their word back.
    """

    decided_at: datetime
    record_id: str
    other_id: str
    same: bool | None
    reviewer: str
    note: str = ""


# ── decisions: data/screened ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Decision:
    """One reviewer's verdict on one record in one phase at one moment: a vote, not the result.

    `reason` is a key of the phase's exclusion reasons, or "". `criteria` is the version of the
    criteria it was made under. `decided_by` is the reviewer, or the adjudicator in a consensus.
    """

    decided_at: datetime
    record_id: str
    phase: Phase
    verdict: Verdict
    decided_by: str
    reason: str = ""
    labels: tuple[str, ...] = ()
    note: str = ""
    criteria: str = ""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """One step in getting hold of a report's full text; `where` is a file or an address."""

    recorded_at: datetime
    record_id: str
    status: RetrievalStatus
    where: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StudyLink:
    """A person's word that a report is one of a study's; an empty `study` takes the link back."""

    recorded_at: datetime
    record_id: str
    study: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the screening of a phase: logged, and never taken back.

    `records` are those it concerns (the sample of a pilot, what was unblinded), `people` who
    takes part in a pilot, `note` the reason given.
    """

    recorded_at: datetime
    phase: Phase
    kind: EventKind
    by: str
    records: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadingTime:
    """How long a reviewer had a record before them until they decided on it, in seconds."""

    decided_at: datetime
    phase: Phase
    record_id: str
    reviewer: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the decisions on one unique record add up to in one phase.

    `reason` is set when it stands excluded for one; `decided_by` are the reviewers whose
    verdicts count, and `adjudicated_by` who settled a conflict, or "". `conflict` is what the
    reviewers differ in, settled or not.
    """

    record_id: str
    phase: Phase
    standing: Standing
    reason: str = ""
    decided_by: tuple[str, ...] = ()
    adjudicated_by: str = ""
    conflict: ConflictKind | None = None


class AdjustmentKind(StrEnum):
    """Where the units change and the boxes no longer follow from each other by themselves."""

    EXTRA_REPORT = "extra-report"
    COMPANION_REPORT = "companion-report"
    PREVIOUS_STUDY_DROPPED = "previous-study-dropped"
    PREVIOUS_REPORT_DROPPED = "previous-report-dropped"
    NEW_REPORT_OF_PREVIOUS_STUDY = "new-report-of-previous-study"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A declared exception to the arithmetic, and why.

    `records` are those concerned; `n` the units it adds or takes. `outcome` (included, excluded,
    not-retrieved) and `reason` say where an extra report ended.
    """

    kind: AdjustmentKind
    why: str
    records: tuple[str, ...] = ()
    n: int = 1
    outcome: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReviewData:
    """Everything that a review's counts are made from.

    `canonical` gives the unique record of every record; `outcomes` and `retrievals` (the last
    word on each report) stand by unique record. `needed` says how many must decide on a record
    where that is not what its phase asks of all; `studies` names the study of a report where
    people have linked it to one. `charted` are the reports with a charted row; None before
    anybody has charted.
    """

    protocol: Protocol
    records: Sequence[Record]
    canonical: Mapping[str, str]
    outcomes: Mapping[Phase, Mapping[str, Outcome]]
    retrievals: Mapping[str, Retrieval] = field(default_factory=dict)
    decisions: Sequence[Decision] = ()
    adjustments: Sequence[Adjustment] = ()
    needed: Mapping[Phase, Mapping[str, int]] = field(default_factory=dict)
    studies: Mapping[str, str] = field(default_factory=dict)
    charted: frozenset[str] | None = None


# ── counts: results ──────────────────────────────────────────────────────────────────────────


class Box(StrEnum):
    """The boxes of the flow, by their names in results/counts.csv; `other_` is the second lane.

    `extra_reports`, `companion_reports` and those about the previous version hold declared
    exceptions to the arithmetic; `awaiting` and `conflicts` hold what is still open.
    """

    PREVIOUS_STUDIES = "previous_studies"
    PREVIOUS_REPORTS = "previous_reports"
    IDENTIFIED = "identified"
    DATABASES = "databases"
    REGISTERS = "registers"
    DUPLICATES = "duplicates"
    INELIGIBLE = "ineligible"
    REMOVED_OTHER = "removed_other"
    SCREENED = "screened"
    EXCLUDED = "excluded"
    EXCLUDED_BY_TOOL = "excluded_by_tool"
    SOUGHT = "sought"
    NOT_RETRIEVED = "not_retrieved"
    ASSESSED = "assessed"
    REPORTS_EXCLUDED = "reports_excluded"
    OTHER_IDENTIFIED = "other_identified"
    OTHER_DUPLICATES = "other_duplicates"
    OTHER_REMOVED = "other_removed"
    OTHER_EXCLUDED = "other_excluded"
    OTHER_SOUGHT = "other_sought"
    OTHER_NOT_RETRIEVED = "other_not_retrieved"
    OTHER_ASSESSED = "other_assessed"
    OTHER_REPORTS_EXCLUDED = "other_reports_excluded"
    INCLUDED_REPORTS = "included_reports"
    INCLUDED_STUDIES = "included_studies"
    TOTAL_STUDIES = "total_studies"
    TOTAL_REPORTS = "total_reports"
    EXTRA_REPORTS = "extra_reports"
    OTHER_EXTRA_REPORTS = "other_extra_reports"
    COMPANION_REPORTS = "companion_reports"
    PREVIOUS_STUDIES_DROPPED = "previous_studies_dropped"
    PREVIOUS_REPORTS_DROPPED = "previous_reports_dropped"
    NEW_REPORTS_OF_PREVIOUS = "new_reports_of_previous_studies"
    AWAITING = "awaiting"
    CONFLICTS = "conflicts"
    OTHER_AWAITING = "other_awaiting"
    OTHER_CONFLICTS = "other_conflicts"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a box: `item` is a source or a reason, `label` its wording.

    `kind` is the kind of the source, None for a reason.
    """

    item: str
    n: int
    label: str = ""
    kind: SourceKind | None = None


@dataclass(frozen=True, slots=True)
class FlowCounts:
    """The numbers of the diagram: a total per box, and the lines of those that have them.

    A box that is absent does not belong to this review's diagram, or its number was not given.
    """

    totals: Mapping[Box, int]
    lines: Mapping[Box, tuple[Line, ...]] = field(default_factory=dict)

    def n(self, box: Box) -> int:
        """The number in a box, 0 when it is absent."""
        return self.totals.get(box, 0)

    def lines_of(self, box: Box) -> tuple[Line, ...]:
        """The lines of a box, empty when it has none."""
        return self.lines.get(box, ())


@dataclass(frozen=True, slots=True)
class Count:
    """One number of the flow: `item` is a source or a reason, "" for the total of the box."""

    box: str
    item: str
    n: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check found: `code` is stable (P03, D01 …), `records` are those concerned."""

    code: str
    message: str
    records: tuple[str, ...] = ()
    hint: str = ""
    error: bool = True
