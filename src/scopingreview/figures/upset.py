"""UpSet: which sets overlap, a column for each combination that occurs, where circles would fail.

Each thing that is counted stands in exactly one column. Sets stand by size, the combinations by
size too; what only one set has is hatched: that is what the set was worth.
Source: Lex et al. 2014, doi:10.1109/TVCG.2014.2346248.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scopingreview.figures.figure import WIDTH_MM, Figure
from scopingreview.figures.shapes import INK, POINTS_PER_MM, Anchor, Canvas, Drawing, line_places
from scopingreview.figures.tones import ACCENT, FAINT, MIDDLE, PALE
from scopingreview.flow.diagram.metrics import text_width, wrap_text
from scopingreview.tables.source_yield import Yields
from scopingreview.tables.yield_tables import combination_table

SIZE, SMALL = 8.0, 7.0
MOST_COLUMNS = 20
PLOT_HEIGHT = 48 * POINTS_PER_MM
LEAST_ROW = 15.0
WIDEST_NAME = 36 * POINTS_PER_MM
SET_BAR = 16 * POINTS_PER_MM
GAP = 8.0
EDGE = 8.0


@dataclass(frozen=True, slots=True)
class UpsetSet:
    """A set: its name, how many it has, and how many that no other set has."""

    key: str
    name: str
    size: int
    only_here: int


@dataclass(frozen=True, slots=True)
class UpsetColumn:
    """How many are in exactly these sets, and how many of them are part of what is marked."""

    keys: tuple[str, ...]
    n: int
    marked: int = 0


@dataclass(frozen=True, slots=True)
class Upset:
    """What an UpSet shows: the sets and columns in their order; `counted` are they in words.

    `marked` says what the black foot of a bar is, "" for no such part.
    """

    sets: tuple[UpsetSet, ...]
    columns: tuple[UpsetColumn, ...]
    counted: str
    marked: str = ""

    def shown(self) -> tuple[UpsetColumn, ...]:
        """The columns there is room for: the largest."""
        return self.columns[:MOST_COLUMNS]

    def left_out(self) -> str:
        """What is not shown, as a sentence; "" when all is."""
        rest = self.columns[MOST_COLUMNS:]
        if not rest:
            return ""
        n, columns = sum(column.n for column in rest), len(rest)
        return (
            f"{columns:,} further {'combination' if columns == 1 else 'combinations'} with "
            f"{n:,} {self.counted} in all {'is' if columns == 1 else 'are'} not shown."
        )


def sources_figure(yields: Yields, *, width_mm: float = WIDTH_MM) -> Figure:
    """Which sources found the same reports, and how many of each combination were included."""
    labels = {each.source.name: each.label for each in yields.sources if each.source}
    sets = [
        UpsetSet(each.source.name, each.label, each.reports.found, each.reports.only_here)
        for each in yields.sources
        if each.source and each.reports.found
    ]
    included = sum(each.included for each in yields.combinations)
    upset = Upset(
        sets=tuple(sorted(sets, key=lambda each: -each.size)),
        columns=tuple(
            UpsetColumn(each.sources, each.reports, each.included) for each in yields.combinations
        ),
        counted="reports",
        marked="included" if included else "",
    )
    return Figure(
        drawing=draw_upset(upset, width=width_mm * POINTS_PER_MM),
        data=combination_table(yields),
        caption=f"Unique reports by the sources that found them (n = {yields.all_reports:,}"
        + (f", of which {included:,} were included" if included else "")
        + "). Each report stands in exactly one column. Only here: found by no other source."
        + "".join(f" {sentence}" for sentence in filter(None, [upset.left_out()])),
        alternative=describe_upset(upset, labels),
    )


def describe_upset(upset: Upset, labels: dict[str, str]) -> str:
    """The sets and the combinations with their numbers, in sentences."""
    sets = "; ".join(
        f"{each.name}: {each.size:,}, {each.only_here:,} of them only here" for each in upset.sets
    )
    columns = "; ".join(
        f"{' and '.join(labels[key] for key in column.keys)}: {column.n:,}"
        + (f" ({column.marked:,} {upset.marked})" if upset.marked else "")
        for column in upset.shown()
    )
    return (
        f"UpSet plot of {upset.counted}. Sets: {sets or 'none'}. In exactly these: "
        f"{columns or 'none'}. {upset.left_out()}"
    ).rstrip()


def draw_upset(upset: Upset, *, width: float) -> Drawing:
    """The sets as rows on the left, the combinations as columns on the right, bars above them.

    The sheet ends where they do: `width` is the most it may have, in points.
    """
    names = [wrap_text(each.name, WIDEST_NAME, SIZE) for each in upset.sets]
    name_end = max((text_width(line, SIZE) for lines in names for line in lines), default=0.0) + 4
    sizes_end = name_end + GAP + SET_BAR + text_width("000,000", SMALL)
    left = sizes_end + text_width("Only here", SMALL) + GAP * 2
    columns = upset.shown()
    slot = min(26.0, (width - left - 4) / max(len(columns), 1))
    bars_end = left + slot * len(columns)
    keys = _legend_keys(upset)
    canvas = Canvas(min(width, max(bars_end, _legend_width(keys)) + EDGE))
    top = _write_legend(canvas, keys) + SMALL * 3
    floor = top + PLOT_HEIGHT
    rows_from = floor + SIZE * 2.2
    heights = [max(LEAST_ROW, SIZE * 1.15 * len(lines) + 5) for lines in names]
    middles = [rows_from + sum(heights[:at]) + each / 2 for at, each in enumerate(heights)]
    heads = rows_from - 5
    canvas.write(name_end + GAP, heads, upset.counted.capitalize(), size=SMALL, bold=True)
    canvas.write(left - GAP, heads, "Only here", size=SMALL, bold=True, anchor=Anchor.END)
    largest = max((each.size for each in upset.sets), default=1)
    for at, each in enumerate(upset.sets):
        top_of_row = middles[at] - heights[at] / 2
        if at % 2 == 0:
            canvas.block(0, top_of_row, bars_end, heights[at], PALE)
        for line, base in zip(names[at], line_places(names[at], middles[at], SIZE), strict=True):
            canvas.write(name_end, base, line, size=SIZE, anchor=Anchor.END)
        bar = SET_BAR * each.size / largest
        (base,) = line_places([""], middles[at], SMALL)
        canvas.block(name_end + GAP, middles[at] - 4, bar, 8, MIDDLE, INK)
        canvas.write(name_end + GAP + bar + 3, base, f"{each.size:,}", size=SMALL)
        only = f"{each.only_here:,}"
        canvas.write(left - GAP, base, only, size=SMALL, anchor=Anchor.END)
    _draw_columns(canvas, upset, columns, left=left, slot=slot, floor=floor, middles=middles)
    return canvas.drawing(rows_from + sum(heights) + 4)


def _legend_keys(upset: Upset) -> list[tuple[str, str]]:
    """The looks of the bars, each with what it means."""
    keys = [("several", "in several"), ("single", "in one only")]
    return [*keys, *([("marked", f"{upset.marked} (in brackets)")] if upset.marked else [])]


def _legend_width(keys: Sequence[tuple[str, str]]) -> float:
    return sum(text_width(name, SMALL) + SIZE * 2.5 + 3 for _, name in keys)


def _write_legend(canvas: Canvas, keys: Sequence[tuple[str, str]]) -> float:
    """What the looks of the bars mean, in one line to the edge; how far down it reaches."""
    x, y = canvas.width - EDGE, SIZE * 1.2
    for look, name in reversed(keys):
        x -= text_width(name, SMALL)
        canvas.write(x, y, name, size=SMALL)
        x -= SIZE + 3
        _fill(canvas, look, x, y - SMALL * 0.76, SIZE, SMALL * 0.85)
        x -= SIZE * 1.5
    return y


def _fill(canvas: Canvas, look: str, x: float, y: float, width: float, height: float) -> None:
    if look == "single":
        canvas.hatched(x, y, width, height, ACCENT)
    else:
        canvas.block(x, y, width, height, INK if look == "marked" else MIDDLE, INK)


def _draw_columns(
    canvas: Canvas,
    upset: Upset,
    columns: Sequence[UpsetColumn],
    *,
    left: float,
    slot: float,
    floor: float,
    middles: Sequence[float],
) -> None:
    """A bar and a string of discs for each combination; numbers stand above the bars."""
    scale = PLOT_HEIGHT / max((column.n for column in columns), default=1)
    places = {each.key: middle for each, middle in zip(upset.sets, middles, strict=True)}
    widest = max((text_width(f"{column.n:,}", SMALL) for column in columns), default=1.0)
    size = min(SMALL, SMALL * (slot - 1) / widest)
    canvas.rule((left, floor), (left + slot * len(columns), floor), width=0.5)
    for at, column in enumerate(columns):
        middle = left + slot * (at + 0.5)
        bar = slot * 0.66
        height = column.n * scale
        look = "single" if len(column.keys) == 1 else "several"
        _fill(canvas, look, middle - bar / 2, floor - height, bar, height)
        foot = column.marked * scale
        canvas.block(middle - bar / 2, floor - foot, bar, foot, INK)
        above = [f"{column.n:,}", *([f"({column.marked:,})"] if upset.marked else [])]
        for line, text in enumerate(reversed(above)):
            y = floor - height - 2.5 - line * size * 1.1
            canvas.write(middle, y, text, size=size, anchor=Anchor.MIDDLE)
        _string_discs(canvas, column, places, middle, radius=min(4.0, slot * 0.3))


def _string_discs(
    canvas: Canvas,
    column: UpsetColumn,
    places: dict[str, float],
    x: float,
    *,
    radius: float,
) -> None:
    inside = [places[key] for key in column.keys if key in places]
    for y in places.values():
        if y not in inside:
            canvas.disc(x, y, radius, FAINT)
    if len(inside) > 1:
        canvas.rule((x, min(inside)), (x, max(inside)), width=1.5)
    for y in inside:
        canvas.disc(x, y, radius, INK)
