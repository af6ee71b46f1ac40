"""Reviews told as stories: one line a record, what became of it; and many invented at random."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from hypothesis import strategies as st

from scopingreview.model import (
    Adjustment,
    AdjustmentKind,
    Decision,
    FlowRules,
    LateDuplicates,
    Limits,
    OtherMethods,
    Outcome,
    Person,
    Phase,
    PhaseRules,
    PreviousVersion,
    Protocol,
    Record,
    Retrieval,
    RetrievalStatus,
    ReviewData,
    Source,
    SourceKind,
    Standing,
    Unscreened,
    Verdict,
)

NOON = datetime(2023, 5, 1, 12, tzinfo=UTC)
SOURCES = (
    Source("pubmed", "PubMed"),
    Source("embase", "Embase"),
    Source("trials", "Trial register", SourceKind.REGISTER),
    Source("web", "Websites", SourceKind.WEBSITE),
    Source("cited", "Citation searching", SourceKind.CITATION_SEARCHING),
)
USUAL = FlowRules()
NO_LIMITS = Limits()
REASONS = {"population": "Wrong population", "outcome": "No outcome", "type": "Wrong type"}


@dataclass(frozen=True, slots=True)
class Story:
    """What became of one record: `title` and `text` are standings, "excluded population" with
    the reason; `same_as` makes it a duplicate, `seen` says somebody decided on it under its own
    id before that was known."""

    record_id: str
    title: str = ""
    full_text: str = ""
    got: str = ""
    same_as: str = ""
    seen: Phase | None = None
    year: int | None = 2020


def tell(
    *stories: Story,
    sources: Sequence[Source] = SOURCES,
    flow: FlowRules = USUAL,
    limits: Limits = NO_LIMITS,
    previous: PreviousVersion | None = None,
    adjustments: Iterable[Adjustment] = (),
) -> ReviewData:
    """The review in which all this happened."""
    used = {story.record_id.split(":")[0] for story in stories}
    protocol = Protocol(
        title="A review",
        question="",
        sources=tuple(source for source in sources if source.name in used or not used),
        reviewers=(Person("ab"), Person("cd")),
        adjudicators=(Person("ef"),),
        phases={phase: PhaseRules(phase, exclusion_reasons=REASONS) for phase in Phase},
        flow=flow,
        limits=limits,
        previous=previous,
    )
    canonical = {story.record_id: story.same_as or story.record_id for story in stories}
    unique = [story for story in stories if not story.same_as]
    return ReviewData(
        protocol=protocol,
        records=tuple(_record(story) for story in stories),
        canonical=canonical,
        outcomes={
            Phase.TITLE_ABSTRACT: _outcomes(Phase.TITLE_ABSTRACT, unique),
            Phase.FULL_TEXT: _outcomes(Phase.FULL_TEXT, unique),
        },
        retrievals={
            story.record_id: Retrieval(NOON, story.record_id, RetrievalStatus(story.got))
            for story in unique
            if story.got
        },
        decisions=tuple(_decisions(stories)),
        adjustments=tuple(adjustments),
    )


def _record(story: Story) -> Record:
    source = story.record_id.split(":")[0]
    return Record(story.record_id, source, source, title=f"On {story.record_id}", year=story.year)


def _outcomes(phase: Phase, stories: Iterable[Story]) -> dict[str, Outcome]:
    """As `screening` gives them: full texts only of what was included by title and abstract."""
    found = {}
    for story in stories:
        said = story.title if phase is Phase.TITLE_ABSTRACT else story.full_text
        if phase is Phase.FULL_TEXT and story.title != "included" and not said:
            continue
        standing, _, reason = said.partition(" ") if said != "in conflict" else (said, "", "")
        by = ("ab", "cd") if standing else ()
        found[story.record_id] = Outcome(
            story.record_id, phase, Standing(standing or "awaiting"), reason, by
        )
    return found


def _decisions(stories: Iterable[Story]) -> Iterable[Decision]:
    for story in stories:
        if story.seen:
            yield Decision(NOON, story.record_id, story.seen, Verdict.INCLUDE, "ab")


def invent(seed: int) -> ReviewData:
    """A review with up to sixty records, duplicates and open work too; one per seed."""
    chance = random.Random(seed)
    told: list[Story] = []
    for number in range(chance.randint(0, 60)):
        record_id = f"{chance.choice(SOURCES).name}:{number}"
        uniques = [story for story in told if not story.same_as]
        if uniques and chance.random() < 0.4:
            told.append(_duplicate(chance, record_id, chance.choice(uniques)))
        else:
            told.append(_fate(chance, record_id))
    return tell(
        *told,
        flow=FlowRules(
            other_methods=chance.choice(list(OtherMethods)),
            late_duplicates=chance.choice(list(LateDuplicates)),
            unscreened=chance.choice(list(Unscreened)),
        ),
        limits=Limits(first_year=chance.choice([None, 1970])),
        previous=chance.choice([None, PreviousVersion(40, 44)]),
        adjustments=_adjustments(chance, told),
    )


def _duplicate(chance: random.Random, record_id: str, unique: Story) -> Story:
    """A duplicate that people may have screened before anyone knew."""
    phases = list(Phase) if unique.title == "included" else [Phase.TITLE_ABSTRACT]
    return Story(record_id, same_as=unique.record_id, seen=chance.choice([None, None, *phases]))


def _fate(chance: random.Random, record_id: str) -> Story:
    year = chance.choice([None, 1960, 2020])
    exclusions = [f"excluded {reason}" for reason in REASONS]
    title = chance.choice(["", "excluded", "in conflict", "included", "included", *exclusions])
    if title != "included":
        return Story(record_id, title, year=year)
    got = chance.choice(["", "sought", "not-retrieved", "retrieved", "retrieved"])
    if got != "retrieved":
        return Story(record_id, title, got=got, year=year)
    text = chance.choice(["", "in conflict", "included", "included", *exclusions])
    return Story(record_id, title, text, got, year=year)


def _adjustments(chance: random.Random, told: list[Story]) -> list[Adjustment]:
    """Now and then a declared exception of each kind that the story allows."""
    included = [story.record_id for story in told if story.full_text == "included"]
    declared: list[Adjustment] = []
    if included and chance.random() < 0.5:
        record = (chance.choice(included),)
        end = chance.choice(["included", "excluded", "not-retrieved"])
        reason = "type" if end == "excluded" else ""
        n = chance.randint(1, 3)
        declared.append(Adjustment(AdjustmentKind.EXTRA_REPORT, "two", record, n, end, reason))
        declared.append(Adjustment(AdjustmentKind.COMPANION_REPORT, "late", record))
    return declared


reviews = st.integers(0, 10**9).map(invent)
