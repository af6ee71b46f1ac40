"""Who screened, settled and charted, in sentences for the methods, named as the protocol allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from scopingreview.charting import ChartingState
from scopingreview.model import Phase
from scopingreview.paths import Review
from scopingreview.report.told_people import ToldPeople, told_people, who_sentence
from scopingreview.review.tabulating import load_rules
from scopingreview.screening.review_state import ReviewState

WHAT = {
    Phase.TITLE_ABSTRACT: "Titles and abstracts were screened",
    Phase.FULL_TEXT: "Full texts were assessed",
}


def people_of(review: Review, state: ReviewState, charting: ChartingState | None) -> ToldPeople:
    """How the report names everyone who did something in the review."""
    did = {name for phase in Phase for name in (*_screened(state, phase), *_settled(state, phase))}
    if charting:
        did.update(_charted(charting))
    return told_people(state.protocol, load_rules(review, charting).report.people, did)


def who_screened(state: ReviewState, phase: Phase, people: ToldPeople) -> Iterator[str]:
    """Who screened the phase, and who settled what they differed in; nothing before anyone has."""
    yield from who_sentence(people, WHAT[phase], _screened(state, phase), _settled(state, phase))


def who_charted(charting: ChartingState, people: ToldPeople) -> Iterator[str]:
    """Who charted the studies, and who settled what they differed in."""
    settled = sorted({cell.charted_by for cell in charting.settlements})
    yield from who_sentence(people, "The studies were charted", _charted(charting), settled)


def _screened(state: ReviewState, phase: Phase) -> list[str]:
    return _in_votes(state.votes[phase].values())


def _settled(state: ReviewState, phase: Phase) -> list[str]:
    return _in_votes(state.settled[phase].values())


def _in_votes(votes: Iterable[Mapping[str, object]]) -> list[str]:
    return sorted({name for by_person in votes for name in by_person})


def _charted(charting: ChartingState) -> list[str]:
    return sorted({cell.charted_by for cell in charting.cells})
