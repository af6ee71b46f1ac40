"""The charting of a review as its files have it now."""

from __future__ import annotations

from dataclasses import replace

from scopingreview import config, store
from scopingreview.charting import ChartingState, included_studies, names_of_studies
from scopingreview.errors import ReviewError
from scopingreview.model import Person, Phase
from scopingreview.paths import PROTOCOL, Review
from scopingreview.review.state import load_state
from scopingreview.screening.review_state import ReviewState

NO_FORM = ReviewError(
    "nothing says what is charted: there is no [charting]",
    where=PROTOCOL,
    hint='Put a form there: [charting] with preset = "jbi", or fields of your own '
    "(docs/charting.md).",
)


def load_charting(review: Review, state: ReviewState | None = None) -> ChartingState | None:
    """Where the charting stands; None when the protocol has no [charting].

    Raises ReviewError for a form or for cells that cannot be read.
    """
    rules = config.load_charting_rules(review)
    if rules is None:
        return None
    state = state or load_state(review)
    studies = included_studies(state, store.read_study_links(review))
    return ChartingState(
        rules=rules,
        charters=_charters(state),
        studies=studies,
        names=names_of_studies(studies, state.canonical),
        cells=tuple(store.read_cells(review)),
        settlements=tuple(store.read_settled_cells(review)),
        seed=state.protocol.seed,
    )


def _charters(state: ReviewState) -> tuple[Person, ...]:
    """The reviewers; whoever has left full text, from which studies are charted, as not active.

    An effort of 0 there is no leaving: somebody may chart and read nothing for eligibility.
    """
    away = state.away[Phase.FULL_TEXT]
    return tuple(
        replace(person, active=person.active and person.name not in away)
        for person in state.protocol.reviewers
    )


def charting_of(review: Review, state: ReviewState | None = None) -> ChartingState:
    """Where the charting stands. Raises ReviewError, too, when the protocol has no [charting]."""
    charting = load_charting(review, state)
    if charting is None:
        raise NO_FORM
    return charting
