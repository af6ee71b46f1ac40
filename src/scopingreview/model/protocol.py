"""What the team laid down before it began: config/review.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from scopingreview.model.phase_rules import Phase, PhaseRules


class SourceKind(StrEnum):
    """What a source is; it decides its lane and line in the flow diagram."""

    DATABASE = "database"
    REGISTER = "register"
    WEBSITE = "website"
    ORGANISATION = "organisation"
    CITATION_SEARCHING = "citation-searching"
    OTHER = "other"


class StoppingBasis(StrEnum):
    """What shows that a target is met: all that was screened, or a random audit of the rest."""

    SCREENING = "screening"
    AUDIT = "audit"


class LinkUnit(StrEnum):
    """What deduplication links: copies of one publication, or all reports of one study."""

    PUBLICATION = "publication"
    STUDY = "study"


class Versions(StrEnum):
    """Whether versions of one work are reports of their own."""

    APART = "apart"
    TOGETHER = "together"


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
    """A record nobody has read: it awaits; or, by the stopping rule, it is told as not screened.

    A protocol that names the rule or the tool may also say that automation tools removed it
    before screening, or screened and excluded it.
    """

    AWAIT = "await"
    NOT_SCREENED = "not_screened"
    AUTO = "auto"
    EXCLUDED_BY_TOOL = "excluded_by_tool"


class LimitLine(StrEnum):
    """Which line counts the records a limit removes: other reasons, or automation tools."""

    OTHER = "other"
    AUTOMATION = "automation"


# What a question is made of: PCC (JBI) for scoping reviews, PICO and its kin for others.
QUESTION_PARTS = (
    *("population", "concept", "context"),
    *("intervention", "exposure", "comparison", "outcome", "time", "setting", "study_types"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """An information source; `name` is its folder, `formerly` the names that it had before.

    Record ids begin with the first name it ever had, since decisions hang on them.
    """

    name: str
    label: str
    kind: SourceKind = SourceKind.DATABASE
    platform: str = ""
    formerly: tuple[str, ...] = ()

    @property
    def id_prefix(self) -> str:
        """What its record ids begin with, whatever it is called now."""
        return self.formerly[0] if self.formerly else self.name


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who decides; `name` is the file their decisions stand in.

    Whoever has left (not `active`) owes nothing any more; what they decided stands.
    """

    name: str
    full_name: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class FlowRules:
    """How this review counts where PRISMA leaves a choice, and how its diagram looks.

    A colour or a font of "" is the official one. `own_words` stand in the place of the language's,
    by their keys, and `thousands` between them (None: as the language has it).
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
    own_words: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({}), metadata={"fingerprint": False}
    )
    thousands: str | None = field(default=None, metadata={"fingerprint": False})


@dataclass(frozen=True, slots=True)
class Limits:
    """Rules that remove a record before anyone screens it; what a record lacks removes nothing.

    Languages are English names and types are kinds, both as records.csv spells them (capitals do
    not matter). A title word is whole, unless it ends in `*`; it may be several. `count_as` is the
    line of the diagram.
    """

    first_year: int | None = None
    last_year: int | None = None
    languages: tuple[str, ...] = ()
    excluded_types: tuple[str, ...] = ()
    excluded_title_words: tuple[str, ...] = ()
    retracted: bool = False
    empty: bool = False
    count_as: LimitLine = LimitLine.OTHER


@dataclass(frozen=True, slots=True)
class StoppingRule:
    """Why nobody reads the records that are left: a rule, or a tool with its version, and when.

    With a target for `recall` (0 to 1) the rule is one that `stopping` can measure: at this
    `confidence`, on this `basis`. Of whatever kind, it closes nothing before it names the `look`
    (its time, as in the log of looks) at which it was met.
    """

    decided_on: date
    rule: str = ""
    tool: str = ""
    version: str = ""
    recall: float | None = None
    confidence: float = 0.95
    basis: StoppingBasis = StoppingBasis.SCREENING
    look: str = ""


@dataclass(frozen=True, slots=True)
class PreviousVersion:
    """What an earlier version of the review had included, when this one updates it."""

    studies: int
    reports: int


@dataclass(frozen=True, slots=True)
class ReviewVersion:
    """A version of a living review: the searches run by that day, and the day it was closed on.

    What was decided later belongs to the next; without `closed_on` all that stands now counts.
    """

    name: str
    searched_until: date
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class HighlightGroup:
    """Terms that are marked together; `mark` is the sign behind each, which needs no colour.

    `colour` is one of the eight that every terminal has, by name. `*` at the end of a term stands
    for any ending.
    """

    name: str
    terms: tuple[str, ...]
    colour: str
    mark: str


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
    `question` is free text, `question_parts` the same in parts, in the order of QUESTION_PARTS.
    """

    title: str
    question: str
    sources: tuple[Source, ...]
    reviewers: tuple[Person, ...]
    adjudicators: tuple[Person, ...]
    phases: Mapping[Phase, PhaseRules]
    include_terms: tuple[str, ...] = ()
    exclude_terms: tuple[str, ...] = ()
    highlight_groups: tuple[HighlightGroup, ...] = ()
    dedupe: DedupePolicy = DedupePolicy()
    flow: FlowRules = FlowRules()
    limits: Limits = Limits()
    stopping: StoppingRule | None = None
    previous: PreviousVersion | None = None
    versions: tuple[ReviewVersion, ...] = ()
    seed: str = ""
    question_parts: Mapping[str, str] = field(default_factory=dict)

    def sources_of_ids(self) -> dict[str, Source]:
        """The source whose record ids begin so, by what stands before their colon."""
        return {source.id_prefix: source for source in self.sources}

    def source(self, name: str) -> Source:
        """The source of that name; KeyError when the protocol has none."""
        return {source.name: source for source in self.sources}[name]
