"""The figures that a review has now, what their files say, and where those in results/ differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scopingreview import config
from scopingreview.figures.figure import Figure, words_of
from scopingreview.figures.painted_print import paint_print
from scopingreview.figures.painted_svg import paint_svg
from scopingreview.figures.time_figures import weeks_figure, years_figure
from scopingreview.figures.upset import sources_figure
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import Finding, Provenance
from scopingreview.model.result_rules import FigureRules
from scopingreview.paths import FIGURES, Review
from scopingreview.progress_note import Tell, to_nobody
from scopingreview.review.counted_flow import load_data
from scopingreview.review.results import Difference, false_folder, finding_of, made_by_now
from scopingreview.review.tabulating import without
from scopingreview.screening.review_state import ReviewState
from scopingreview.tables.over_time import decision_weeks, publication_years
from scopingreview.tables.source_yield import source_yields
from scopingreview.tables.written_delimited import table_csv

PRINTED = ("pdf", "png")


@dataclass(frozen=True, slots=True)
class Figured:
    """The figures of a review, the font that goes before the usual, what they were made of."""

    figures: tuple[Figure, ...]
    font: str
    made_by: Provenance


def figured(review: Review, data: ReviewData | None = None) -> Figured:
    """Every figure that the review has, but those that the protocol leaves out.

    Raises ReviewError when that names a figure that there is not.
    """
    data = data or load_data(review)
    state = data.state
    rules = config.load_result_rules(review).figures
    figures = {each.name: each for each in _of_records(review, state, rules)}
    kept = without(
        [each.data for each in figures.values()], rules.leave_out, key="leave_out in [figures]"
    )
    return Figured(
        tuple(figures[table.name] for table in kept),
        state.protocol.flow.font,
        made_by_now(review, state),
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


def figure_texts(found: Figured) -> dict[str, str]:
    """What the files of the figures say that are text, by name."""
    made_by = str(found.made_by)
    texts = {}
    for figure in found.figures:
        name = f"{FIGURES}/{figure.name}"
        texts[f"{name}.svg"] = paint_svg(figure, font=found.font, metadata=made_by).decode()
        texts[f"{name}.csv"] = table_csv(figure.data)
        texts[f"{name}.txt"] = words_of(figure, made_by=made_by)
    return texts


def figure_files(found: Figured, tell: Tell = to_nobody) -> dict[str, bytes]:
    """What every file of the figures holds, by name."""
    files = {name: text.encode() for name, text in figure_texts(found).items()}
    for figure in found.figures:
        tell(f"drawing {figure.name}")
        for kind in PRINTED:
            files[f"{FIGURES}/{figure.name}.{kind}"] = paint_print(
                figure.drawing, kind, font=found.font, metadata=str(found.made_by)
            )
    return files


def _printed(found: Figured) -> list[str]:
    return [f"{FIGURES}/{each.name}.{kind}" for each in found.figures for kind in PRINTED]


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
        yield from (finding_of(each) for each in found if each.text or each.expected)
