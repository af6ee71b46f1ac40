"""The page that a review has now, and where results/report.html is another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from itertools import groupby

from scopingreview.charting import ChartingState
from scopingreview.checklists.checklist_table import checklist_table
from scopingreview.figures.painted_svg import paint_svg
from scopingreview.flow.diagram.page import render_linked
from scopingreview.flow.members import Members, box_members, count_members, group_studies
from scopingreview.flow.open_work import find_open_work
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import Box, FlowCounts, Provenance, Record, Search
from scopingreview.paths import Review
from scopingreview.report.citation import short_labels
from scopingreview.report.methods import agreement_sentence, methods_sentences
from scopingreview.report.page.cited_reports import cited, opened_boxes
from scopingreview.report.page.page_values import (
    FINISHED,
    ListedReason,
    ListedStudy,
    PageTables,
    ReportPage,
    ShownFigure,
)
from scopingreview.report.page.written_page import page_html
from scopingreview.report.summary import in_parts, results_sentences
from scopingreview.report.told_people import ToldPeople
from scopingreview.review.agreement_by_round import RoundAgreement, agreement_by_round
from scopingreview.review.ai_statement import ai_statement
from scopingreview.review.ai_use import ai_use
from scopingreview.review.amended import amended, departed
from scopingreview.review.charting import load_charting
from scopingreview.review.checklists import answered_checklists
from scopingreview.review.counted_flow import load_data
from scopingreview.review.figuring import Figured, figured
from scopingreview.review.results import excluded_in_order
from scopingreview.review.settled import record_of
from scopingreview.review.tabulating import tabulated
from scopingreview.review.told_searches import told_searches
from scopingreview.review.who_screened import people_of, who_charted, who_screened
from scopingreview.tables.paper_table import PaperTable
from scopingreview.tables.screening_agreement import AgreementRow, screening_agreement_table

# Where each table stands on the page; those that are lists there stand nowhere, others are charted.
SOURCES = ("searches", "source_yield", "source_overlap", "source_combinations")
AGREEMENT = ("charting_agreement",)
VERSIONS = ("versions", "version_changes")
APPENDIX = ("search_strategies", "extraction_form")
LISTS = ("included_studies", "excluded_reports")
PROPER = "screening"  # the round that is no pilot and no repetition


@dataclass(frozen=True, slots=True)
class ReportData:
    """What of the review several sections tell."""

    review: Review
    data: ReviewData
    searches: Sequence[Search]
    charting: ChartingState | None
    members: Members
    flow: FlowCounts
    rounds: Sequence[RoundAgreement]
    figures: Figured
    people: ToldPeople

    @property
    def made_by(self) -> Provenance:
        """By what the report is made, and from what."""
        return self.figures.made_by


def report_page(review: Review, data: ReviewData | None = None) -> ReportPage:
    """Everything that stands on the page, as the review's files have it now.

    Raises what `load_data`, `tabulated` and `figured` raise.
    """
    return page_of(load_report_data(review, data or load_data(review)))


def page_of(told: ReportData) -> ReportPage:
    """What stands on the page, of what is told. Raises what `tabulated` raises."""
    protocol = told.data.state.protocol
    boxes = tuple(opened_boxes(told.flow, protocol.flow, told.members, _AsRead(told.data)))
    links = {box.name: f"#box-{box.name}" for box in boxes}
    flow_svg = render_linked(told.flow, protocol.flow, links, provenance=told.made_by)
    charting = told.charting.rules if told.charting else None
    methods = methods_sentences(protocol, told.searches, charting, told.made_by)
    return ReportPage(
        title=protocol.title,
        question=protocol.question,
        question_parts=tuple(in_parts(protocol)),
        standing=_standing(told.flow),
        language=protocol.flow.language,
        methods=(*methods, *_who(told), *_amended(told), *_automated(told)),
        results=(*results_sentences(protocol, told.flow), *_agreed(told.rounds)),
        flow_svg=flow_svg,
        boxes=boxes,
        tables=_tables(told),
        figures=tuple(_figures(told.figures)),
        included=tuple(_included(told)),
        excluded=tuple(_excluded(told.data)),
        made_by=tuple(_made_by(told)),
    )


def report_text(review: Review, data: ReviewData | None = None) -> str:
    """What results/report.html says when it is written now."""
    return page_html(report_page(review, data))


def load_report_data(review: Review, data: ReviewData) -> ReportData:
    """What of the review its report tells. Raises what `figured` raises."""
    state, members = data.state, box_members(data)
    charting = load_charting(review, state)
    return ReportData(
        review=review,
        data=data,
        searches=told_searches(review, state.protocol),
        charting=charting,
        members=members,
        flow=count_members(members, data),
        rounds=[
            each for phase in state.protocol.phases for each in agreement_by_round(state, phase)
        ],
        figures=figured(review, data),
        people=people_of(review, state, charting),
    )


def _who(told: ReportData) -> Iterator[str]:
    """Who screened and charted, a paragraph; nothing before anybody has."""
    state, people = told.data.state, told.people
    did = [each for phase in state.protocol.phases for each in who_screened(state, phase, people)]
    if told.charting:
        did += who_charted(told.charting, people)
    if did:
        yield " ".join(did)


def _amended(told: ReportData) -> Iterator[str]:
    """What changed on the way, a paragraph; nothing where nothing did."""
    state = told.data.state
    changed: list[str] = []
    for phase in state.protocol.phases:
        changed += [*amended(state, phase), *departed(state, phase, told.people)]
    if changed:
        yield " ".join(changed)


def _automated(told: ReportData) -> Iterator[str]:
    """What a model did in each phase, and what people did."""
    state = told.data.state
    for phase in state.protocol.phases:
        used = ai_use(told.review, state, phase)
        named = {told.people.short.get(name, name): n for name, n in used.decisions.items()}
        yield ai_statement(replace(used, decisions=named), state)


class _AsRead(Mapping[str, Record]):
    """The record of each report: a page lists few of them."""

    def __init__(self, data: ReviewData) -> None:
        self._data = data

    def __getitem__(self, report_id: str) -> Record:
        return self._data.state.as_read(record_of(self._data, report_id))

    def __iter__(self) -> Iterator[str]:
        return iter(self._data.state.records)

    def __len__(self) -> int:
        return len(self._data.state.records)


def _standing(flow: FlowCounts) -> str:
    work = find_open_work(flow)
    if not work:
        return FINISHED
    steps = "; ".join(f"{step}: {n:,}" for step, n in work.by_step.items())
    return f"In progress: {work} ({steps})."


def _agreed(rounds: Iterable[RoundAgreement]) -> Iterator[str]:
    """How well all who screened agreed, by phase; what the pilots said stands in the table."""
    for each in rounds:
        if each.round == PROPER and each.agreements:
            yield from agreement_sentence(each.phase, each.agreements[-1])


def _tables(told: ReportData) -> PageTables:
    found = {table.name: table for table in tabulated(told.review, told.data).tables}
    rows = [
        AgreementRow(r.phase, r.round, replace(a, reviewers=told.people.in_tables(a.reviewers)))
        for r in told.rounds
        for a in r.agreements
    ]
    elsewhere = {*SOURCES, *AGREEMENT, *VERSIONS, *APPENDIX, *LISTS}

    def named(names: Iterable[str]) -> tuple[PaperTable, ...]:
        return tuple(found[name] for name in names if name in found)

    return PageTables(
        sources=named(SOURCES),
        agreement=(*([screening_agreement_table(rows)] if rows else ()), *named(AGREEMENT)),
        charted=named(name for name in found if name not in elsewhere),
        versions=named(VERSIONS),
        appendix=named(APPENDIX),
        checklists=tuple(
            checklist_table(each) for each in answered_checklists(told.review, told.data).checklists
        ),
    )


def _figures(found: Figured) -> Iterator[ShownFigure]:
    for each in found.figures:
        svg = paint_svg(each, font=found.rules.font).decode()
        yield ShownFigure(each.name, svg, each.caption, each.alternative, each.data)


def _included(told: ReportData) -> Iterator[ListedStudy]:
    data = told.data
    studies = {
        group[0]: group for group in group_studies(told.members.of_box[Box.INCLUDED_REPORTS], data)
    }
    records = _AsRead(data)
    labels = short_labels({first: records[first] for first in studies})
    for first, label in labels.items():
        reports = (cited(name, records[name]) for name in studies[first])
        yield ListedStudy(label, tuple(reports))


def _excluded(data: ReviewData) -> Iterator[ListedReason]:
    by_reason = groupby(excluded_in_order(data), key=lambda each: each.settled.wording)
    for wording, excluded in by_reason:
        reports = (cited(each.report, each.record) for each in excluded)
        yield ListedReason(wording, tuple(reports))


def _made_by(told: ReportData) -> Iterator[tuple[str, str]]:
    """By what the page was made, from what, and how far that goes."""
    made_by, state = told.made_by, told.data.state
    yield "Program", f"scopingreview {made_by.program}"
    yield "Protocol", made_by.protocol
    for phase, version in made_by.criteria.items():
        yield f"Criteria, {phase}", version
    yield "Seed", made_by.seed
    yield "Exports and decisions", made_by.data
    if made_by.copy_of:
        yield "Public copy of", f"data {made_by.copy_of}, without abstracts, notes and names"
    if made_by.form:
        yield "Charting form", made_by.form
        yield "Charted cells", made_by.charted
    if days := [search.run_on for search in told.searches if search.run_on]:
        yield "Last search", max(days).isoformat()
    if moments := [decision.decided_at for decision in state.all_decisions()]:
        yield "Last decision", max(moments).astimezone(UTC).date().isoformat()
