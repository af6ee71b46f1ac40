"""Reviews told as stories: one line a record, what became of it; and many invented at random."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from hypothesis import strategies as st

from scopingreview.model import (
    Adjustment,
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


@st.composite
def stories(draw: st.DrawFn) -> list[Story]:
    """What became of up to sixty records, duplicates and open work too."""
    count = draw(st.integers(0, 60))
    told: list[Story] = []
    for number in range(count):
        source = draw(st.sampled_from(SOURCES)).name
        uniques = [story.record_id for story in told if not story.same_as]
        same_as = draw(st.sampled_from(["", "", *uniques]))
        if same_as:
            seen = draw(st.sampled_from([None, None, *Phase]))
            told.append(Story(f"{source}:{number}", same_as=same_as, seen=seen))
        else:
            told.append(_fate(draw, f"{source}:{number}"))
    return told


def _fate(draw: st.DrawFn, record_id: str) -> Story:
    year = draw(st.sampled_from([None, 1960, 2020]))
    exclusions = [f"excluded {reason}" for reason in REASONS]
    title = draw(st.sampled_from(["", "excluded", "in conflict", "included", *exclusions]))
    if title != "included":
        return Story(record_id, title, year=year)
    got = draw(st.sampled_from(["", "sought", "not-retrieved", "retrieved", "retrieved"]))
    if got != "retrieved":
        return Story(record_id, title, got=got, year=year)
    text = draw(st.sampled_from(["", "in conflict", "included", *exclusions]))
    return Story(record_id, title, text, got, year=year)


flow_rules = st.builds(
    FlowRules,
    other_methods=st.sampled_from(OtherMethods),
    late_duplicates=st.sampled_from(LateDuplicates),
    unscreened=st.sampled_from(Unscreened),
    title_abstract_reasons=st.booleans(),
)
limits = st.builds(Limits, first_year=st.sampled_from([None, 1970]))
reviews = st.builds(
    lambda told, rules, limit, previous: tell(*told, flow=rules, limits=limit, previous=previous),
    stories(),
    flow_rules,
    limits,
    st.sampled_from([None, PreviousVersion(40, 44)]),
)
