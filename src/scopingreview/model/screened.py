"""What people decide, and what it adds up to: data/screened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scopingreview.model.counts import Box
from scopingreview.model.phase_rules import Phase


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


class RetrievalStatus(StrEnum):
    """How the search for a report's full text stands."""

    SOUGHT = "sought"
    RETRIEVED = "retrieved"
    NOT_RETRIEVED = "not-retrieved"


class ConflictKind(StrEnum):
    """What the reviewers of a record differ in."""

    VERDICT = "verdict"
    REASON = "reason"


class EventKind(StrEnum):
    """What happened to the screening itself, apart from any decision."""

    PILOT_OPENED = "pilot-opened"
    PILOT_OVERRIDDEN = "pilot-overridden"
    UNBLINDED = "unblinded"
    CRITERIA_AMENDED = "criteria-amended"
    SENT_BACK = "sent-back"
    KNOWN_RELEVANT = "known-relevant"
    AUDIT_DRAWN = "audit-drawn"
    RESCREENED = "rescreened"
    TRAINING_OPENED = "training-opened"
    REVIEWER_LEFT = "reviewer-left"
    REVIEWER_SET_ASIDE = "reviewer-set-aside"
    REVIEWER_RETURNED = "reviewer-returned"


class AdjustmentKind(StrEnum):
    """Where the units change and the boxes no longer follow from each other by themselves."""

    EXTRA_REPORT = "extra-report"
    COMPANION_REPORT = "companion-report"
    PREVIOUS_STUDY_DROPPED = "previous-study-dropped"
    PREVIOUS_REPORT_DROPPED = "previous-report-dropped"
    NEW_REPORT_OF_PREVIOUS_STUDY = "new-report-of-previous-study"


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
    """A person's word that a report is one of a study's; an empty `study` takes the link back.

    `by` is "" in files that are older than the column.
    """

    recorded_at: datetime
    record_id: str
    study: str
    note: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the screening of a phase: logged, and never taken back.

    `records` are those it concerns (the sample of a pilot, what was unblinded or sent back to the
    phase), `people` who takes part in a pilot, left or came back, `note` the reason given; of
    amended criteria their version comes before it. Who is set aside leaves, too, and what they
    decided counts no longer.
    """

    recorded_at: datetime
    phase: Phase
    kind: EventKind
    by: str
    records: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """A term that a person has marked for themselves while they read, or marks no longer.

    `group` is `include`, `exclude`, the name of one of the protocol's groups, or "" for the
    person's own.
    """

    recorded_at: datetime
    term: str
    group: str
    marked: bool
    by: str


@dataclass(frozen=True, slots=True)
class LabelChange:
    """A person's word that one of their labels is called otherwise on whatever bears it by then.

    `becomes` is "" when the label is dropped, and the label itself when an earlier word on it is
    taken back.
    """

    recorded_at: datetime
    label: str
    becomes: str
    by: str


@dataclass(frozen=True, slots=True)
class DiscussionNote:
    """What somebody said of a record in the thread that its reviewers see once all have decided."""

    recorded_at: datetime
    phase: Phase
    record_id: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class ReadingTime:
    """How long a reviewer had a record before them until they decided on it, in seconds."""

    decided_at: datetime
    phase: Phase
    record_id: str
    reviewer: str
    seconds: int


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


@dataclass(frozen=True, slots=True)
class Settled:
    """Where a record stands, for whoever gets it without the review.

    `box` is its last place in the flow and `standing` that of the last `phase` it reached; both
    are "" where people had no say (a duplicate, what a limit removed). `reason` is a key, a limit
    or "", `wording` its words, and `further` the wordings of what it fails besides. `found_in` are
    the labels of the sources that have the report, `duplicate_of` its unique record when it is
    not that itself.
    """

    box: Box
    phase: str = ""
    standing: str = ""
    reason: str = ""
    wording: str = ""
    further: tuple[str, ...] = ()
    found_in: tuple[str, ...] = ()
    study: str = ""
    duplicate_of: str = ""
