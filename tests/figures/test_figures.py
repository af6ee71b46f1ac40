"""The figures: nothing overlaps or leaves the sheet, all reads in grey, the bytes are the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scopingreview.errors import ReviewError
from scopingreview.figures.bars import nice_ticks
from scopingreview.figures.field_figures import answers_upset_figure, bars_figure
from scopingreview.figures.figure import Figure, words_of
from scopingreview.figures.matrix import gap_map_figure, matrix_figure
from scopingreview.figures.painted_print import paint_print
from scopingreview.figures.painted_svg import paint_svg
from scopingreview.figures.shapes import Block, Disc, Drawing, Stroke, Words, slanting_lines
from scopingreview.figures.time_figures import weeks_figure, years_figure
from scopingreview.figures.tones import (
    ACCENT,
    DARK,
    LEAST_CONTRAST,
    MIDDLE,
    contrast,
    ink_on,
    luminance,
    tone_of,
)
from scopingreview.figures.upset import sources_figure
from scopingreview.model import Phase
from scopingreview.screening.eligibility import Lane
from scopingreview.tables.charted_values import (
    Answer,
    Crossed,
    FieldCounts,
    combinations_of,
    count_field,
    cross_fields,
)
from scopingreview.tables.over_time import DecisionWeeks, PublicationYears
from scopingreview.tables.source_yield import source_yields
from scopingreview.tables.written_delimited import table_csv
from tests.flow.stories import invent
from tests.tables.six_studies import six_studies

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Interventions in the organisation of work and its psychosocial environment"
words = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=60).filter(
    str.strip
)


def years(*counts: int, first: int = 1970, until: date | None = None) -> PublicationYears:
    return PublicationYears(tuple(enumerate(counts, start=first)), until, unknown=0)


def weeks(*counts: tuple[int, int]) -> DecisionWeeks:
    monday = date(2023, 1, 2)
    found = (
        (monday + timedelta(weeks=place), dict(zip(Phase, both, strict=True)))
        for place, both in enumerate(counts)
    )
    return DecisionWeeks(tuple(found))


def counts(name: str, *answers: tuple[str, int]) -> FieldCounts:
    given = tuple(Answer(f"{name}{place}", text, n) for place, (text, n) in enumerate(answers))
    return FieldCounts(
        name, name.capitalize(), True, max([n for _, n in answers], default=0), given
    )


def crossed(rows: Sequence[str], columns: Sequence[str], largest: int = 12) -> Crossed:
    cells = tuple(
        tuple((row * 7 + column * 3) % (largest + 1) for column in range(len(columns)))
        for row in range(len(rows))
    )
    return Crossed(
        counts("level", *((text, sum(numbers)) for text, numbers in zip(rows, cells, strict=True))),
        counts("kind", *((text, largest) for text in columns)),
        cells,
        n=51,
    )


def upset_of_answers(names: Sequence[str]) -> Figure:
    field = counts("kind", *((name, 1000 - place) for place, name in enumerate(names)))
    keys = [answer.key for answer in field.answers]
    together = [((key,), 900 - place) for place, key in enumerate(keys)]
    return answers_upset_figure(field, [*together, (tuple(keys), 1)])


STUDIES = six_studies()
FIGURES: dict[str, Callable[[], Figure]] = {
    "years": lambda: years_figure(years(*[0, 1, 0, 4] * 13, 3, until=date(2022, 11, 14))),
    "two years": lambda: years_figure(years(1204, 3)),
    "weeks": lambda: weeks_figure(weeks(*[(182, 3), (0, 0), (5, 40)] * 20)),
    "one week": lambda: weeks_figure(weeks((7, 0))),
    "sources": lambda: sources_figure(source_yields(invent(11).state)),
    "matrix": lambda: matrix_figure(cross_fields(STUDIES, "level", "design")),
    "wide matrix": lambda: matrix_figure(crossed(["A", LONG], [LONG, "Psychoeducational"] * 8)),
    "gap map": lambda: gap_map_figure(cross_fields(STUDIES, "level", "country")),
    "bars": lambda: bars_figure(count_field(STUDIES, "country")),
    "long bars": lambda: bars_figure(counts("kind", (LONG, 1204), (f"{LONG} {LONG}", 0))),
    "answers": lambda: answers_upset_figure(
        count_field(STUDIES, "level"), combinations_of(STUDIES, "level")
    ),
    "many answers": lambda: upset_of_answers([LONG] * 24),
}
each_figure = pytest.mark.parametrize("make", FIGURES.values(), ids=FIGURES)


def assert_tidy(drawing: Drawing) -> None:
    """No text covers another, and nothing leaves the sheet."""
    texts = list(drawing.texts)
    for one, other in combinations(texts, 2):
        assert not one.bounds.overlaps(other.bounds), (one, other)
    for text in texts:
        bounds = text.bounds
        assert bounds.left >= -0.01, text
        assert bounds.top >= -0.01, text
        assert bounds.right <= drawing.width + 0.01, text
        assert bounds.bottom <= drawing.height + 0.01, text
    for shape in drawing.shapes:
        if isinstance(shape, Block):
            assert shape.x >= -0.01
            assert shape.x + shape.width <= drawing.width + 0.01, shape
            assert shape.y + shape.height <= drawing.height + 0.01, shape


@each_figure
def test_no_text_overlaps_another_or_leaves_the_sheet(make: Callable[[], Figure]):
    assert_tidy(make().drawing)


ALWAYS_ROOM = 12  # columns


@given(
    st.lists(words, min_size=1, max_size=9),
    st.lists(words, min_size=1, max_size=16),
    st.sampled_from([1, 12, 1204]),
)
@settings(max_examples=60)
def test_a_matrix_of_any_words_is_tidy(rows: list[str], columns: list[str], largest: int):
    """One that has no room for so many columns is refused; with a dozen there always is."""
    table = crossed(rows, columns, largest)
    for make in (matrix_figure, gap_map_figure):
        with suppress(*([ReviewError] if len(columns) > ALWAYS_ROOM else [])):
            assert_tidy(make(table).drawing)


@given(st.lists(words, min_size=1, max_size=12))
@settings(max_examples=40)
def test_bars_and_upset_of_any_words_are_tidy(names: list[str]):
    assert_tidy(bars_figure(counts("kind", *((name, 99_999) for name in names))).drawing)
    assert_tidy(upset_of_answers(names).drawing)


@given(
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), min_size=1, max_size=160),
)
@settings(max_examples=40)
def test_figures_over_time_are_tidy(numbers: list[tuple[int, int]]):
    assert_tidy(weeks_figure(weeks(*numbers)).drawing)
    assert_tidy(years_figure(years(*(sum(each) for each in numbers), first=1870)).drawing)


@given(st.integers(0, 10**6))
@settings(max_examples=30)
def test_the_upset_of_any_sources_is_tidy(seed: int):
    yields = source_yields(invent(seed).state)
    if yields.combinations:
        assert_tidy(sources_figure(yields).drawing)


# ── what a figure says ───────────────────────────────────────────────────────────────────────


def said(figure: Figure) -> list[str]:
    return [text.text for text in figure.drawing.texts]


def test_the_matrix_has_its_cells_both_margins_and_the_corner():
    figure = matrix_figure(cross_fields(STUDIES, "level", "design"))
    numbers = [text for text in said(figure) if text.isdigit() or text == "–"]
    cells = ["2", "1", "1", "2", "1", "1", "–", "–", "–"]
    rows, columns, corner = ["4", "4", "–"], ["3", "2", "1"], ["6"]
    assert numbers == [*cells, *rows, *columns, *corner]
    assert "cells may add up to more than the totals" in figure.caption


def test_more_columns_than_there_is_room_for_are_refused_with_what_to_do():
    with pytest.raises(ReviewError) as refused:
        matrix_figure(crossed(["A"], [f"Country {number}" for number in range(80)]))
    assert 'Put "kind" first' in refused.value.hint


def test_a_year_without_a_report_has_its_place_and_an_unfinished_one_is_hatched():
    figure = years_figure(years(2, 0, 1, until=date(1972, 6, 1)))
    bars = [shape for shape in figure.drawing.shapes if isinstance(shape, Block)][-2:]
    first, last = bars
    assert last.x - first.x == pytest.approx(2 * first.width / 0.78)
    assert "1972 is hatched: not every source was searched beyond 1 June 1972." in figure.caption
    assert table_csv(figure.data).splitlines()[1:] == ["1970,2,yes", "1971,0,yes", "1972,1,no"]


def test_a_year_that_was_searched_to_its_end_is_not_hatched():
    figure = years_figure(years(1, until=date(1970, 12, 31)))
    assert "hatched" not in figure.caption
    assert not any(isinstance(s, Stroke) and s.width == 0.5 and s.points[0][0] != s.points[1][0]
                   and s.points[0][1] != s.points[1][1] for s in figure.drawing.shapes)  # fmt: skip


def test_the_legend_of_an_upset_ends_with_its_bars_and_not_far_from_them():
    drawing = upset_of_answers([f"Answer {number}" for number in range(4)]).drawing
    (legend,) = [words for words in drawing.texts if words.text == "in one only"]
    bars_end = max(shape.points[1][0] for shape in drawing.shapes if isinstance(shape, Stroke))
    assert legend.bounds.right == pytest.approx(bars_end, abs=1)


def test_an_upset_of_few_columns_is_as_wide_as_it_needs_and_of_many_as_wide_as_it_may():
    def width(sets: int) -> float:
        return upset_of_answers([f"Answer {number}" for number in range(sets)]).drawing.width

    three = upset_of_answers(["Yes", "No", "Maybe"]).drawing
    bars_end = max(shape.points[1][0] for shape in three.shapes if isinstance(shape, Stroke))
    assert bars_end < three.width < bars_end + 10
    assert width(2) < width(4) < width(8) < width(18)
    assert width(19) == width(24) == pytest.approx(190 * 72 / 25.4)


def test_an_upset_tells_of_the_combinations_it_does_not_show():
    figure = upset_of_answers([f"Answer {number}" for number in range(24)])
    assert "5 further combinations with" in figure.caption
    assert len(table_csv(figure.data).splitlines()) == 1 + 25 + 1


def test_what_the_studies_do_not_say_stands_apart_and_hatched():
    figure = bars_figure(count_field(STUDIES, "design"))
    assert "Hatched: not reported." in figure.caption


@each_figure
def test_every_figure_says_its_numbers_in_words_and_as_data(make: Callable[[], Figure]):
    figure = make()
    text = words_of(figure, made_by="scopingreview 1")
    assert text.startswith("Caption\n\n")
    assert "Text alternative\n\n" in text
    assert figure.alternative.count(",") + figure.alternative.count(":") > 1
    assert len(table_csv(figure.data).splitlines()) > 1


@given(st.integers(0, 10**7))
def test_ticks_are_whole_begin_with_nothing_and_reach_the_largest(largest: int):
    ticks = nice_ticks(largest)
    assert ticks[0] == 0
    assert ticks[-1] >= largest
    assert len({after - before for before, after in pairwise(ticks)}) == 1
    assert 2 <= len(ticks) <= 6


# ── in grey ──────────────────────────────────────────────────────────────────────────────────


@given(st.floats(0, 1))
def test_a_number_reads_on_every_tone(part: float):
    tone = tone_of(part)
    assert contrast(ink_on(tone), tone) >= LEAST_CONTRAST


@given(st.floats(0.01, 1), st.floats(0.01, 1))
def test_more_is_never_lighter(one: float, other: float):
    less, more = sorted((one, other))
    assert luminance(tone_of(more)) <= luminance(tone_of(less)) + 0.004  # steps of a channel


def test_kinds_of_bars_are_told_apart_by_more_than_colour():
    """In grey the tones still differ, and where two are alike one is hatched."""
    assert contrast(DARK, MIDDLE) > 2
    upset = upset_of_answers(["One", "Two"])
    fills = [shape.fill for shape in upset.drawing.shapes if isinstance(shape, Block)]
    assert {ACCENT, MIDDLE} <= set(fills)
    assert any(
        isinstance(shape, Stroke) and shape.points[0][1] > shape.points[1][1]
        for shape in upset.drawing.shapes
    )


@each_figure
def test_text_has_contrast_on_what_it_stands_on(make: Callable[[], Figure]):
    drawing = make().drawing
    for place, text in enumerate(drawing.shapes):
        if not isinstance(text, Words):
            continue
        x = (text.bounds.left + text.bounds.right) / 2
        y = (text.bounds.top + text.bounds.bottom) / 2
        below = "#ffffff"
        for shape in drawing.shapes[:place]:
            if isinstance(shape, Block) and shape.x <= x <= shape.x + shape.width:
                below = shape.fill if shape.y <= y <= shape.y + shape.height else below
            if isinstance(shape, Disc) and (shape.x - x) ** 2 + (shape.y - y) ** 2 < 4:
                below = shape.fill
        assert contrast(text.colour, below) >= LEAST_CONTRAST, text


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0.1, 60), st.floats(0.1, 60))
def test_hatching_stays_inside_its_block(x: float, y: float, width: float, height: float):
    for line in slanting_lines(x, y, width, height):
        for at, down in line.points:
            assert x - 1e-6 <= at <= x + width + 1e-6
            assert y - 1e-6 <= down <= y + height + 1e-6
        (first, second) = line.points
        assert first[0] - second[0] == pytest.approx(second[1] - first[1], abs=1e-6)


# ── the files ────────────────────────────────────────────────────────────────────────────────


@each_figure
def test_the_svg_is_read_out_and_holds_its_text_as_text(make: Callable[[], Figure]):
    figure = make()
    root = ElementTree.fromstring(paint_svg(figure, metadata="made by <A>"))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}desc") == figure.alternative
    assert [each.text for each in root.iter(f"{SVG}text")] == said(figure)


def test_an_outside_text_is_no_markup_in_an_svg():
    hostile = "<script>alert(1)</script> \x00 & \u202ex"
    figure = bars_figure(counts("kind", (hostile, 3)))
    root = ElementTree.fromstring(paint_svg(figure, font="a' onload='x"))
    assert not list(root.iter(f"{SVG}script"))
    assert set(root.attrib) == {
        *("width", "height", "viewBox", "role", "aria-labelledby", "aria-describedby"),
        "font-family",
    }


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_a_printed_figure_is_the_same_file_each_time(kind: str):
    drawing = FIGURES["years"]().drawing
    assert paint_print(drawing, kind, dpi=72) == paint_print(drawing, kind, dpi=72)


ELSEWHERE = """
import hashlib
from tests.figures.test_figures import FIGURES
from scopingreview.figures.painted_print import paint_print
from scopingreview.figures.painted_svg import paint_svg
digest = hashlib.sha256()
for make in FIGURES.values():
    figure = make()
    digest.update(paint_svg(figure))
    digest.update(paint_print(figure.drawing, "pdf"))
    digest.update(paint_print(figure.drawing, "png", dpi=50))
print(digest.hexdigest())
"""


def test_seed_time_zone_and_language_of_the_machine_change_no_byte():
    said = set()
    for seed, zone, language in (("1", "Asia/Tokyo", "C"), ("2", "America/Lima", "C.UTF-8")):
        given = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "LANG": language}
        environment = {**os.environ, **given, "PYTHONPATH": os.pathsep.join(sys.path)}
        root = Path(__file__).parents[2]
        answer = subprocess.run(
            [sys.executable, "-c", ELSEWHERE],
            capture_output=True,
            text=True,
            env=environment,
            cwd=root,
        )
        assert answer.returncode == 0, answer.stderr
        said.add(answer.stdout)
    assert len(said) == 1


def test_a_figure_names_no_lane_that_is_not_there():
    labels = re.findall(r"All [a-z ]+", sources_figure(source_yields(invent(11).state)).caption)
    assert not set(labels) & {f"All {lane}" for lane in Lane}
