"""The figures that a review has now, what their files say, and where those in results/ differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scopingreview import config, store
from scopingreview.figures.field_figures import answers_upset_figure, bars_figure
from scopingreview.figures.figure import Figure, words_of
from scopingreview.figures.matrix import gap_map_figure, matrix_figure
from scopingreview.figures.painted_print import paint_print
from scopingreview.figures.painted_svg import paint_svg
from scopingreview.figures.time_figures import weeks_figure, years_figure
from scopingreview.figures.upset import sources_figure
from scopingreview.flow.count_rows import count_rows
from scopingreview.flow.diagram.page import render
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import Finding, FlowCounts, FlowRules, Phase, Provenance
from scopingreview.model.result_rules import FigureRules
from scopingreview.paths import FIGURES, Review
from scopingreview.progress_note import Tell, to_nobody
from scopingreview.review.charting import load_charting
from scopingreview.review.counted_flow import load_data
from scopingreview.review.living import flows_of_versions
from scopingreview.review.recall_figures import is_followed, recall_of
from scopingreview.review.results import (
    Difference,
    charted_provenance,
    false_folder,
    findings_of,
    made_by_now,
)
from scopingreview.review.tabulating import load_rules, without
from scopingreview.screening.review_state import ReviewState
from scopingreview.tables.charted_values import (
    ChartedValues,
    charted_values,
    combinations_of,
    count_field,
    cross_fields,
)
from scopingreview.tables.over_time import decision_weeks, publication_years
from scopingreview.tables.source_yield import source_yields
from scopingreview.tables.usual_fields import usual_pairs, usual_upsets
from scopingreview.tables.written_delimited import table_csv

PRINTED = ("pdf", "png")


@dataclass(frozen=True, slots=True)
class Figured:
    """The figures of a review, the flow of each version by its name, and what made them.

    `rules` say how the flow looks; their font is that of all figures.
    """

    figures: tuple[Figure, ...]
    flows: Mapping[str, FlowCounts]
    rules: FlowRules
    made_by: Provenance


def figured(review: Review, data: ReviewData | None = None) -> Figured:
    """Every figure that the review has, but those that the protocol leaves out.

    Raises ReviewError when that names a figure that there is not.
    """
    data = data or load_data(review)
    state = data.state
    charting = load_charting(review, state)
    rules = load_rules(review, charting).figures
    drawn = [
        *_of_records(review, state, rules),
        *(_of_charting(charted_values(charting), rules) if charting else ()),
    ]
    figures = {each.name: each for each in drawn}
    kept = without(
        [each.data for each in figures.values()], rules.leave_out, key="leave_out in [figures]"
    )
    return Figured(
        tuple(figures[table.name] for table in kept),
        {
            each.version.name: each.flow
            for each in flows_of_versions(
                review, data, config.load_searches(review, state.protocol)
            )
        },
        state.protocol.flow,
        charted_provenance(review, made_by_now(review, state), charting.form if charting else None),
    )


def _of_records(review: Review, state: ReviewState, rules: FigureRules) -> Iterator[Figure]:
    searches, width = config.load_searches(review, state.protocol), rules.width_mm
    years = publication_years(state, searches, first_year=rules.first_year)
    if years.counts:
        yield years_figure(years, width_mm=width)
    yields = source_yields(state)
    if yields.combinations:
        yield sources_figure(yields, width_mm=width)
    weeks = decision_weeks(state)
    if weeks.weeks:
        yield weeks_figure(weeks, width_mm=width)
    for phase in Phase:
        if is_followed(state, phase):
            yield recall_of(state, phase)


def _of_charting(charted: ChartedValues, rules: FigureRules) -> Iterator[Figure]:
    """What was charted; nothing while nobody has charted."""
    if not charted.studies:
        return
    form, width = charted.form, rules.width_mm
    for pair in usual_pairs(form) if rules.matrices is None else rules.matrices:
        yield matrix_figure(cross_fields(charted, *pair), width_mm=width)
    for pair in rules.gap_maps:
        yield gap_map_figure(cross_fields(charted, *pair), width_mm=width)
    for name in charted.chosen_fields() if rules.bars is None else rules.bars:
        yield bars_figure(count_field(charted, name), width_mm=width)
    for name in usual_upsets(charted) if rules.upsets is None else rules.upsets:
        counts, together = count_field(charted, name), combinations_of(charted, name)
        yield answers_upset_figure(counts, together, width_mm=width)


def figure_texts(found: Figured) -> dict[str, str]:
    """What the files of the figures say that are text, by name."""
    made_by = str(found.made_by)
    texts = {}
    for figure in found.figures:
        name = f"{FIGURES}/{figure.name}"
        texts[f"{name}.svg"] = paint_svg(figure, font=found.rules.font, metadata=made_by).decode()
        texts[f"{name}.csv"] = table_csv(figure.data)
        texts[f"{name}.txt"] = words_of(figure, made_by=made_by)
    for version, flow in found.flows.items():
        name = f"{FIGURES}/flow_{version}"
        texts[f"{name}.csv"] = store.counts_text(count_rows(flow))
        for kind in ("svg", "txt"):
            drawn = render(flow, found.rules, kind, provenance=found.made_by)
            texts[f"{name}.{kind}"] = drawn.decode()
    return texts


def figure_files(found: Figured, tell: Tell = to_nobody) -> dict[str, bytes]:
    """What every file of the figures holds, by name."""
    files = {name: text.encode() for name, text in figure_texts(found).items()}
    for figure in found.figures:
        tell(f"drawing {figure.name}")
        for kind in PRINTED:
            files[f"{FIGURES}/{figure.name}.{kind}"] = paint_print(
                figure.drawing, kind, font=found.rules.font, metadata=str(found.made_by)
            )
    for version, flow in found.flows.items():
        tell(f"drawing the flow of {version}")
        for kind in PRINTED:
            drawn = render(flow, found.rules, kind, provenance=found.made_by)
            files[f"{FIGURES}/flow_{version}.{kind}"] = drawn
    return files


def _printed(found: Figured) -> list[str]:
    names = [*(each.name for each in found.figures), *(f"flow_{name}" for name in found.flows)]
    return [f"{FIGURES}/{name}.{kind}" for name in names for kind in PRINTED]


def false_figures(review: Review, data: ReviewData | None = None) -> list[Difference]:
    """The files in results/figures that are not what `figures` would write now.

    A file that no figure has is one of them.
    """
    found = figured(review, data)
    return false_folder(review, FIGURES, figure_texts(found), printed=_printed(found))


def check_figures(review: Review, data: ReviewData) -> Iterator[Finding]:
    """D12 of the figures; nothing before the first of them was drawn.

    PDF and PNG are in no commit, and may lack.
    """
    if review.path(FIGURES).is_dir():
        found = false_figures(review, data)
        yield from findings_of([each for each in found if each.text or each.expected])
