"""Reviews told as stories: one line a record, what became of it; and many invented at random."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from scopingreview.flow.review_data import ReviewData
from scopingreview.model import (
    Adjustment,
    AdjustmentKind,
    Decision,
    Duplicate,
    FlowRules,
    LateDuplicates,
    LimitLine,
    Limits,
    Look,
    OtherMethods,
    Person,
    Phase,
    PhaseRules,
    PreviousVersion,
    Protocol,
    Record,
    Retrieval,
    RetrievalStatus,
    Source,
    SourceKind,
    StoppingBasis,
    StoppingRule,
    Unscreened,
    Verdict,
)
from scopingreview.screening.review_state import ReviewState

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
STOPPED = StoppingRule(
    date(2023, 4, 1), "200 irrelevant in a row", "ASReview", "1.6", look="2023-04-02T12:00:00Z"
)
MET = Look(
    datetime(2023, 4, 2, 12, tzinfo=UTC),
    Phase.TITLE_ABSTRACT,
    "ab",
    StoppingBasis.SCREENING,
    *(900, 50, 100, 200, 0.95, 0.7),
)
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
    stopping: StoppingRule | None = None,
    looks: Sequence[Look] = (MET,),
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
        stopping=stopping,
        previous=previous,
    )
    state = ReviewState(
        protocol=protocol,
        records={story.record_id: _record(story) for story in stories},
        duplicates=tuple(
            Duplicate(s.record_id, s.same_as, "same DOI") for s in stories if s.same_as
        ),
        decisions={phase: tuple(_decisions(phase, stories)) for phase in Phase},
        consensus=dict.fromkeys(Phase, ()),
        retrieval_steps=tuple(
            Retrieval(NOON, story.record_id, RetrievalStatus(story.got))
            for story in stories
            if story.got
        ),
        looks=tuple(looks),
    )
    return ReviewData(state, adjustments=tuple(adjustments))


def _record(story: Story) -> Record:
    source = story.record_id.split(":")[0]
    return Record(story.record_id, source, source, title=f"On {story.record_id}", year=story.year)


def _decisions(phase: Phase, stories: Iterable[Story]) -> Iterable[Decision]:
    """What was seen under another id comes first; so it stands where nothing else does."""
    for story in stories:
        if story.seen is phase:
            yield Decision(NOON, story.record_id, phase, Verdict.INCLUDE, "ab")
    for story in stories:
        verdicts = story.title if phase is Phase.TITLE_ABSTRACT else story.full_text
        for name, verdict, reason in _verdicts(verdicts):
            yield Decision(NOON, story.record_id, phase, verdict, name, reason)


def _verdicts(standing: str) -> list[tuple[str, Verdict, str]]:
    """Who must have decided what, and why, for a record to stand so."""
    word, _, reason = standing.partition(" ")
    if word == "in":
        return [("ab", Verdict.INCLUDE, ""), ("cd", Verdict.EXCLUDE, "type")]
    if not word:
        return []
    verdict = Verdict.INCLUDE if word == "included" else Verdict.EXCLUDE
    return [(name, verdict, reason) for name in ("ab", "cd")]


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
        limits=Limits(
            first_year=chance.choice([None, 1970]), count_as=chance.choice(list(LimitLine))
        ),
        stopping=STOPPED,
        previous=chance.choice([None, PreviousVersion(40, 44)]),
        adjustments=_adjustments(chance, told),
    )


def _duplicate(chance: random.Random, record_id: str, unique: Story) -> Story:
    """A duplicate that people may have screened before anyone knew."""
    at_hand = unique.title == "included" and unique.got == "retrieved"
    phases = list(Phase) if at_hand else [Phase.TITLE_ABSTRACT]
    return Story(record_id, same_as=unique.record_id, seen=chance.choice([None, None, *phases]))


def _fate(chance: random.Random, record_id: str) -> Story:
    year = chance.choice([None, 1960, 2020])
    exclusions = [f"excluded {reason}" for reason in REASONS]
    title = chance.choice(["", "excluded", "in conflict", "included", "included", *exclusions])
    if title not in ("", "included"):
        return Story(record_id, title, year=year)
    got = chance.choice(["", "sought", "not-retrieved", "retrieved", "retrieved"])
    if not title or got != "retrieved":
        return Story(record_id, title, got=chance.choice(["", got]), year=year)
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
