"""The tables that a review has now, what their files say, and where those in results/ differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scopingreview import store
from scopingreview.charting import ChartingState, agreement_by_field, form_version
from scopingreview.config.result_rules import load_result_rules
from scopingreview.errors import ReviewError, nearest
from scopingreview.flow.review_data import ReviewData
from scopingreview.flow.review_versions import VersionFlow
from scopingreview.model import Finding, Phase, Provenance, Search
from scopingreview.model.result_rules import ResultRules, TableRules
from scopingreview.paths import PROTOCOL, TABLES, Review
from scopingreview.report.citation import cite, short_labels
from scopingreview.review.charting import load_charting
from scopingreview.review.counted_flow import load_data
from scopingreview.review.living import flows_of_versions
from scopingreview.review.results import (
    Difference,
    charted_provenance,
    excluded_in_order,
    false_folder,
    findings_of,
    made_by_now,
)
from scopingreview.review.settled import record_of
from scopingreview.review.told_searches import told_searches
from scopingreview.screening.review_state import ReviewState
from scopingreview.tables.charted_tables import (
    agreement_table,
    characteristics_table,
    counts_table,
    cross_table,
    form_table,
    included_table,
)
from scopingreview.tables.charted_values import charted_values, cross_fields
from scopingreview.tables.paper_table import PaperTable
from scopingreview.tables.review_tables import (
    ExcludedRow,
    excluded_table,
    searches_table,
    strategies_table,
)
from scopingreview.tables.source_yield import source_yields
from scopingreview.tables.usual_fields import usual_characteristics, usual_counts, usual_pairs
from scopingreview.tables.version_tables import changes_table, versions_table
from scopingreview.tables.written_delimited import table_csv
from scopingreview.tables.written_markup import table_html, table_latex, table_markdown
from scopingreview.tables.written_workbook import workbook
from scopingreview.tables.yield_tables import combination_table, overlap_table, yield_table

WORKBOOK = f"{TABLES}/tables.xlsx"


@dataclass(frozen=True, slots=True)
class Tabulated:
    """The tables of a review, in the order in which a paper has them, and what made them."""

    tables: tuple[PaperTable, ...]
    made_by: Provenance


def tabulated(review: Review, data: ReviewData | None = None) -> Tabulated:
    """Every table that the review has, but those that the protocol leaves out.

    Raises ReviewError when that names a table that there is not.
    """
    data = data or load_data(review)
    state = data.state
    searches = told_searches(review, state.protocol)
    charting = load_charting(review, state)
    rules = load_rules(review, charting).tables
    tables = [
        *_of_searches(review, state, searches),
        *_of_records(data),
        *(_of_charting(data, charting, rules) if charting else ()),
        *_of_versions(data, flows_of_versions(review, data, searches)),
    ]
    left_out = without(tables, rules.leave_out, key="leave_out in [tables]")
    form = charting.form if charting else None
    made_by = charted_provenance(review, made_by_now(review, state), form)
    return Tabulated(tuple(left_out), made_by)


def without(tables: Sequence[PaperTable], names: Sequence[str], *, key: str) -> list[PaperTable]:
    """The tables but those of these names. Raises ReviewError for a name that none of them has."""
    known = [table.name for table in tables]
    for name in names:
        if name not in known:
            raise ReviewError(
                f'"{name}" is left out by {key}, but there is none',
                where=PROTOCOL,
                hint=nearest(name, known),
            )
    return [table for table in tables if table.name not in names]


def _of_searches(
    review: Review, state: ReviewState, searches: Sequence[Search]
) -> Iterator[PaperTable]:
    sources = {source.name: source for source in state.protocol.sources}
    records = state.read_from
    strategies = {
        search.name: store.read_text(review.path(search.strategy))
        for search in searches
        if search.strategy and review.path(search.strategy).is_file()
    }
    yield searches_table(searches, sources, records)
    yield strategies_table(searches, sources, strategies)


def _of_records(data: ReviewData) -> Iterator[PaperTable]:
    yields = source_yields(data.state)
    yield yield_table(yields)
    yield overlap_table(yields)
    yield combination_table(yields)
    if Phase.FULL_TEXT in data.state.protocol.phases:
        yield excluded_table(
            ExcludedRow(cite(each.record), each.settled.wording, each.settled.further)
            for each in excluded_in_order(data)
        )


def load_rules(review: Review, charting: ChartingState | None) -> ResultRules:
    """Which tables and figures the team wants, of the fields that the form has."""
    return load_result_rules(review, charting.form if charting else None)


def study_labels(state: ReviewState, charting: ChartingState) -> dict[str, str]:
    """What each included study is called in tables, by its id, in order of these names."""
    firsts = {key: state.as_read(study.reports[0]) for key, study in charting.studies.items()}
    return short_labels(firsts)


def _of_charting(
    data: ReviewData, charting: ChartingState, rules: TableRules
) -> Iterator[PaperTable]:
    """What was charted; without the values while nobody has charted."""
    labels = study_labels(data.state, charting)
    yield included_table(
        labels,
        {
            key: [cite(data.state.as_read(name)) for name in study.reports]
            for key, study in charting.studies.items()
        },
    )
    charted = charted_values(charting)
    if charted.studies:
        fields = usual_characteristics(charting.form)
        shown = fields if rules.characteristics is None else rules.characteristics
        yield characteristics_table(charted, shown, labels)
        counted = usual_counts(charting.form) if rules.counts is None else rules.counts
        yield counts_table(charted, counted)
        pairs = usual_pairs(charting.form) if rules.crosses is None else rules.crosses
        yield from (cross_table(cross_fields(charted, *pair)) for pair in pairs)
    found = agreement_by_field(charting)
    if any(each.compared for each in found):
        yield agreement_table(found)
    yield form_table(charting.form, form_version(charting.form))


def _of_versions(data: ReviewData, versions: Sequence[VersionFlow]) -> Iterator[PaperTable]:
    if versions:
        yield versions_table(versions)
        as_read = data.state.as_read
        yield changes_table(versions, lambda name: cite(as_read(record_of(data, name))))


def table_texts(found: Tabulated) -> dict[str, str]:
    """What the files of the tables say that are text, by name."""
    made_by = str(found.made_by)
    texts = {}
    for table in found.tables:
        name = f"{TABLES}/{table.name}"
        texts[f"{name}.csv"] = table_csv(table)
        texts[f"{name}.md"] = table_markdown(table, made_by=made_by)
        texts[f"{name}.tex"] = table_latex(table, made_by=made_by)
        texts[f"{name}.html"] = table_html(table, made_by=made_by)
    return texts


def table_files(found: Tabulated) -> dict[str, bytes]:
    """What every file of the tables holds, by name."""
    texts = {name: text.encode() for name, text in table_texts(found).items()}
    return texts | {WORKBOOK: workbook(found.tables, made_by=str(found.made_by))}


def false_tables(review: Review, data: ReviewData | None = None) -> list[Difference]:
    """The files in results/tables that are not what `tables` would write now; a workbook may lack.

    A file that no table has is one of them.
    """
    expected = table_texts(tabulated(review, data))
    return false_folder(review, TABLES, expected, printed=[WORKBOOK])


def check_tables(review: Review, data: ReviewData) -> Iterator[Finding]:
    """D12 of the tables; nothing before the first of them was made."""
    if review.path(TABLES).is_dir():
        found = false_tables(review, data)
        yield from findings_of([each for each in found if each.text or each.expected])
