"""The recall curve: what it says, where its corners are, and that nothing runs off its sheet."""

from __future__ import annotations

import pytest

from scopingreview.figures.figure import Figure
from scopingreview.figures.painted_svg import paint_svg
from scopingreview.figures.recall_curve import RecallCurve, recall_figure, replays_figure
from scopingreview.figures.shapes import Block, Stroke
from scopingreview.model import Phase
from scopingreview.tables.written_delimited import table_csv

CURVE = RecallCurve("screening", (1, 2, 5, 40), 60)


def of(curve: RecallCurve, records: int = 100) -> Figure:
    return recall_figure(
        curve, Phase.TITLE_ABSTRACT, records=records, least_recall=0.52, confidence=0.95
    )


def test_the_caption_says_what_is_found_at_least_and_what_is_not_screened():
    figure = of(CURVE)
    assert figure.caption.startswith(
        "Relevant records found by title and abstract as screening went on: 4 in 60 of 100 records;"
    )
    assert figure.caption.endswith(
        "; 40 are not screened. With 95% confidence at least 52% of the relevant records are found."
    )
    assert figure.name == "recall_title_abstract"
    assert (
        "Half of what is found was found after 2 records, the last after 40" in figure.alternative
    )


def test_the_numbers_are_a_row_for_each_relevant_record_and_the_end():
    rows = table_csv(of(CURVE).data).splitlines()
    assert rows[1:] == ["1,1,100", "2,2,100", "5,3,100", "40,4,100", "60,4,100"]


def test_the_line_rises_at_each_relevant_record_and_ends_where_screening_does():
    figure = of(CURVE)
    line = max(
        (s for s in figure.drawing.shapes if isinstance(s, Stroke)), key=lambda s: len(s.points)
    )
    assert len(line.points) == 1 + 2 * 4 + 1
    (x0, y0), (x1, y1) = line.points[0], line.points[-1]
    assert y1 < y0
    (unread,) = (shape for shape in figure.drawing.shapes if isinstance(shape, Block))
    assert unread.x == pytest.approx(x1)
    assert (unread.x - x0) / (unread.x + unread.width - x0) == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("curve", "records"),
    [
        (RecallCurve("screening", (), 0), 0),
        (RecallCurve("screening", (), 12), 100),
        (RecallCurve("screening", (1,), 1), 1),
        (RecallCurve("screening", tuple(range(1, 1200)), 99_000), 100_000),
    ],
)
def test_any_screening_fits_its_sheet(curve: RecallCurve, records: int):
    figure = of(curve, records)
    for words in figure.drawing.texts:
        assert words.bounds.left >= 0
        assert words.bounds.right <= figure.drawing.width
        assert words.bounds.bottom <= figure.drawing.height
    texts = list(figure.drawing.texts)
    for place, one in enumerate(texts):
        assert not any(one.bounds.overlaps(other.bounds) for other in texts[place + 1 :])


def test_several_replays_are_told_apart_without_colour():
    figure = replays_figure(
        [RecallCurve("two-views-1", (1, 2), 2), RecallCurve("elas-u4", (1, 9), 9)], records=10
    )
    lines = {
        (s.width, s.dashed) for s in figure.drawing.shapes if isinstance(s, Stroke) and s.width >= 1
    }
    assert len(lines) == 2
    assert b"two-views-1" in paint_svg(figure)
