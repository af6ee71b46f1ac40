"""The curve of relevant records found as screening goes on, of a phase and of replays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scopingreview.figures.bars import nice_ticks
from scopingreview.figures.figure import WIDTH_MM, Figure
from scopingreview.figures.shapes import INK, POINTS_PER_MM, Anchor, Canvas, Drawing, Stroke
from scopingreview.figures.time_figures import PHASE_NAMES
from scopingreview.figures.tones import DARK, FAINT, GREY, MIDDLE, PALE
from scopingreview.flow.diagram.metrics import text_width
from scopingreview.model import Phase
from scopingreview.tables.paper_table import Column, ColumnKind, PaperTable, rows_of_cells

SIZE, SMALL = 8.0, 7.0
PLOT_HEIGHT = 70 * POINTS_PER_MM
# How lines are told apart: by their ink, their width, and whether they are dashed.
LINES = ((DARK, 1.5, False), (INK, 1.0, True), (MIDDLE, 2.0, False), (GREY, 1.0, True))


@dataclass(frozen=True, slots=True)
class RecallCurve:
    """A screening: how many records were screened when each relevant one was found."""

    name: str
    found_at: tuple[int, ...]
    screened: int


def recall_figure(
    curve: RecallCurve, phase: Phase, *, records: int, least_recall: float, confidence: float
) -> Figure:
    """The relevant records of a phase, found one after the other, and what is not screened."""
    relevant, unread = len(curve.found_at), records - curve.screened
    known = f"With {confidence:.0%} confidence at least {least_recall:.0%} of the relevant records"
    caption = (
        f"Relevant records found {PHASE_NAMES[phase]} as screening went on: {relevant:,} in "
        f"{curve.screened:,} of {records:,} records; {unread:,} are not screened. {known} "
        "are found."
    )
    name = f"recall_{phase.replace('-', '_')}"
    return Figure(
        drawing=recall_drawing(
            [curve], records=records, width=WIDTH_MM * POINTS_PER_MM, most=relevant
        ),
        data=PaperTable(
            name=name,
            title=f"Relevant records found {PHASE_NAMES[phase]}",
            columns=(
                Column("screened", "Records screened"),
                Column("relevant", "Relevant records found"),
                Column("of", "Of", ColumnKind.TEXT),
            ),
            rows=rows_of_cells(
                [
                    [at, n, str(records)]
                    for n, at in [*enumerate(curve.found_at, 1), (relevant, curve.screened)]
                ]
            ),
        ),
        caption=caption,
        alternative=f"Step line that rises with each relevant record. {_in_words(curve)} "
        f"{unread:,} records to the right of the line are not screened.",
    )


def replays_figure(curves: Sequence[RecallCurve], *, records: int) -> Figure:
    """The recall of replays over the records screened, a line for each."""
    said = " ".join(f"{curve.name}: {_in_words(curve)}" for curve in curves)
    return Figure(
        drawing=recall_drawing(curves, records=records, width=WIDTH_MM * POINTS_PER_MM),
        data=PaperTable(
            name="recall_of_replays",
            title="Recall as a labelled review is screened over again",
            columns=(
                Column("model", "Model", ColumnKind.TEXT),
                Column("relevant", "Relevant records found"),
                Column("screened", "Records screened"),
            ),
            rows=rows_of_cells(
                [[curve.name, n, at] for curve in curves for n, at in enumerate(curve.found_at, 1)]
            ),
        ),
        caption=f"Recall of a labelled review of {records:,} records, screened over again.",
        alternative=f"Step lines that rise with each relevant record. {said}",
    )


def _in_words(curve: RecallCurve) -> str:
    if not curve.found_at:
        return f"None is found in {curve.screened:,} screened."
    half = curve.found_at[(len(curve.found_at) - 1) // 2]
    return (
        f"Half of what is found was found after {half:,} records, the last after "
        f"{curve.found_at[-1]:,} of {curve.screened:,} screened."
    )


def recall_drawing(
    curves: Sequence[RecallCurve], *, records: int, width: float, most: int = 0
) -> Drawing:
    """Step lines over the records screened; up to `most` relevant ones, or in percent without."""
    canvas = Canvas(width)
    ticks = nice_ticks(max(most, 1)) if most else list(range(0, 101, 20))
    signs = [f"{tick:,}" if most else f"{tick} %" for tick in ticks]
    top = _write_names(canvas, curves) + SIZE * 1.6
    left = SIZE * 2.4 + max(text_width(sign, SMALL) for sign in signs)
    bottom, right = top + PLOT_HEIGHT, width - 2 - text_width(f"{records:,}", SMALL) / 2
    across = (right - left) / max(records, 1)
    furthest = max((curve.screened for curve in curves), default=0)
    if most and furthest < records:
        x = left + furthest * across
        canvas.block(x, top, right - x, bottom - top, PALE)
        _write_unread(canvas, x, right, top, records - furthest)
    for tick, sign in zip(ticks, signs, strict=True):
        y = bottom - tick * PLOT_HEIGHT / ticks[-1]
        canvas.rule((left, y), (right, y), width=0.5, colour=INK if tick == 0 else FAINT)
        canvas.write(left - 3, y + SMALL * 0.27, sign, size=SMALL, anchor=Anchor.END)
    for number, curve in enumerate(curves):
        height = PLOT_HEIGHT / (ticks[-1] if most else max(len(curve.found_at), 1))
        colour, thick, dashed = LINES[number % len(LINES)]
        points = tuple(
            (left + x * across, bottom - y * height) for x, y in _steps(curve, to_end=not most)
        )
        canvas.shapes.append(Stroke(points, thick, colour, dashed))
    for tick in nice_ticks(records):
        if tick <= records:
            x = left + tick * across
            canvas.rule((x, bottom), (x, bottom + 3), width=0.5)
            canvas.write(x, bottom + SMALL * 1.5, f"{tick:,}", size=SMALL, anchor=Anchor.MIDDLE)
    says = "Relevant records found" if most else "Recall"
    canvas.write(SIZE, (top + bottom) / 2, says, size=SIZE, anchor=Anchor.MIDDLE, upright=True)
    canvas.write(
        (left + right) / 2, bottom + SIZE * 2.8, "Records screened", size=SIZE, anchor=Anchor.MIDDLE
    )
    return canvas.drawing(bottom + SIZE * 3.4)


def _steps(curve: RecallCurve, *, to_end: bool) -> list[tuple[int, int]]:
    """The corners of the line; with `to_end` it ends with the last relevant record."""
    corners = [(0, 0)]
    for number, at in enumerate(curve.found_at, 1):
        corners += [(at, number - 1), (at, number)]
    return corners if to_end else [*corners, (curve.screened, len(curve.found_at))]


def _write_names(canvas: Canvas, curves: Sequence[RecallCurve]) -> float:
    """The names of the lines, where there are several; how far down they reach."""
    if len(curves) < 2:
        return 0.0
    y = 0.0
    for number, curve in enumerate(curves):
        y += SIZE * 1.4
        colour, thick, dashed = LINES[number % len(LINES)]
        line = ((8.0, y - SMALL * 0.3), (32.0, y - SMALL * 0.3))
        canvas.shapes.append(Stroke(line, thick, colour, dashed))
        canvas.write(37, y, curve.name, size=SMALL)
    return y


def _write_unread(canvas: Canvas, left: float, right: float, top: float, unread: int) -> None:
    says = f"{unread:,} not screened"
    if text_width(says, SMALL) < right - left - 4:
        canvas.write((left + right) / 2, top + SMALL * 1.5, says, size=SMALL, anchor=Anchor.MIDDLE)
