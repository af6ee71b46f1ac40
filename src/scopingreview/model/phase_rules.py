"""How a phase is screened: by how many, in which order, what a maybe and a difference mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Phase(StrEnum):
    """A round of screening (a *stage*, in contrast, is a command of the chain)."""

    TITLE_ABSTRACT = "title-abstract"
    FULL_TEXT = "full-text"


class MaybeRule(StrEnum):
    """What a maybe means for the outcome."""

    INCLUDE = "include"
    DISCUSS = "discuss"


class ConsensusRule(StrEnum):
    """When the reviewers' votes on a record settle it without an adjudicator.

    Unanimous: all say the same. Any include: one vote for it takes a record on. Majority: more
    than half of the votes decide.
    """

    UNANIMOUS = "unanimous"
    ANY_INCLUDE = "any-include"
    MAJORITY = "majority"


class ScreeningOrder(StrEnum):
    """In which order a reviewer meets the records.

    `random` is each reviewer's own, by seed; by `relevance` a model that learns from decisions
    brings likely ones first.
    """

    RANDOM = "random"
    IMPORTED = "imported"
    NEWEST = "newest"
    RELEVANCE = "relevance"


class RankingModelName(StrEnum):
    """The ranking models that a protocol may ask for; `ranking/models.py` says what each does."""

    TWO_VIEWS_1 = "two-views-1"
    ELAS_U4 = "elas-u4"
    ELAS_U4_KEYWORDS = "elas-u4-keywords"


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
class RankingRules:
    """How a phase in the order of relevance is ranked.

    `random_share` of the records that a person meets (0 to 1) are drawn at random from those that
    are left; `keep_ranks` keeps with each decision where the record stood, and by which model.
    """

    model: RankingModelName = RankingModelName.TWO_VIEWS_1
    random_share: float = 0.0
    keep_ranks: bool = False


@dataclass(frozen=True, slots=True)
class PhaseRules:
    """How one phase is screened.

    `exclusion_reasons` maps a key (what the decision files hold) to its wording (what people
    and the diagram read), in the order in which they are tried: the first that applies is
    *the* reason. A maybe either counts as an include or makes a conflict to discuss. Reviewers
    who are blind to authors do not see them while they screen; `reading_time` keeps the seconds
    each decision took.
    `rounds` is how often the phase may be screened, each time by stricter criteria; with
    `titles_first` the first round of title and abstract is by titles alone.
    Without `allocation` every record waits for everyone until enough have decided; without
    `pilot` the phase begins at once. `unblind_conflicts` allows to see who said what.
    """

    phase: Phase
    reviewers_needed: int = 2
    rounds: int = 1
    titles_first: bool = False
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
    ranking: RankingRules = RankingRules()
