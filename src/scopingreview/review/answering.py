"""What the answers to a checklist are worked out from: a review, read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from scopingreview.charting import ChartingState
from scopingreview.checklists.answered import Answer, AnswerState
from scopingreview.flow.members import box_members, count_members
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import FlowCounts, Protocol, Provenance, Search, Source, SourceKind
from scopingreview.paths import TABLES, Review
from scopingreview.report.told_people import ToldPeople
from scopingreview.review.charting import load_charting
from scopingreview.review.results import charted_provenance, made_by_now
from scopingreview.review.tabulating import load_rules
from scopingreview.review.told_searches import told_searches
from scopingreview.review.who_screened import people_of
from scopingreview.screening.review_state import ReviewState
from scopingreview.tables.source_yield import Yields, source_yields


@dataclass(frozen=True)
class Answering:
    """A review and what several answers ask of it; what costs is worked out when it is asked."""

    review: Review
    data: ReviewData
    searches: Sequence[Search]
    charting: ChartingState | None

    @property
    def state(self) -> ReviewState:
        """Where everything in the review stands."""
        return self.data.state

    @property
    def protocol(self) -> Protocol:
        """What the team laid down."""
        return self.data.state.protocol

    @cached_property
    def flow(self) -> FlowCounts:
        """The counted boxes."""
        return count_members(box_members(self.data), self.data)

    @cached_property
    def yields(self) -> Yields:
        """What each source was worth."""
        return source_yields(self.state)

    @cached_property
    def made_by(self) -> Provenance:
        """By what, and from which data, the answers are worked out."""
        form = self.charting.form if self.charting else None
        return charted_provenance(self.review, made_by_now(self.review, self.state), form)

    @cached_property
    def people(self) -> ToldPeople:
        """How everyone is named who did something."""
        return people_of(self.review, self.state, self.charting)

    @cached_property
    def _left_out(self) -> tuple[str, ...]:
        return load_rules(self.review, self.charting).tables.leave_out

    def of_kinds(self, *kinds: SourceKind) -> list[Source]:
        """The sources of the protocol that are of one of these kinds."""
        return [source for source in self.protocol.sources if source.kind in kinds]

    def searches_of(self, sources: Iterable[Source]) -> list[Search]:
        """The searches of these sources."""
        names = {source.name for source in sources}
        return [search for search in self.searches if search.source in names]

    def label(self, search: Search) -> str:
        """The source of the search as people write it."""
        labels = {source.name: source.label for source in self.protocol.sources}
        return labels.get(search.source, search.source)

    def tables(self, *names: str) -> list[str]:
        """The files of these tables, without those that the protocol leaves out."""
        return [f"{TABLES}/{name}.md" for name in names if name not in self._left_out]


AnswerGiver = Callable[[Answering], Answer]


def answering(review: Review, data: ReviewData) -> Answering:
    """What answers are worked out from. Raises ReviewError for searches or charting that are wrong.

    `data` is the review as its files have it.
    """
    searches = told_searches(review, data.state.protocol)
    return Answering(review, data, searches, load_charting(review, data.state))


def from_data(text: str, *places: str) -> Answer:
    """An answer that the data give."""
    return Answer(AnswerState.FROM_DATA, text, places)


def from_protocol(text: str, *places: str) -> Answer:
    """An answer that the protocol gives."""
    return Answer(AnswerState.FROM_PROTOCOL, text, places)


def to_write(text: str, *places: str) -> Answer:
    """What is on file, for people who have to write the answer."""
    return Answer(AnswerState.TO_WRITE, text, places)


def not_applicable(text: str, *places: str) -> Answer:
    """Why nothing has to be answered, as far as the files know."""
    return Answer(AnswerState.NOT_APPLICABLE, text, places)
