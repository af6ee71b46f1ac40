"""Two fields crossed, as a picture: a matrix of numbers in tones, or a gap map of discs.

Rows and columns stand in the order of the form; what is empty is a gap and has its place. A
number reads on its tone by itself, so that nothing is lost in grey.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt

from scopingreview.errors import ReviewError
from scopingreview.figures.figure import WIDTH_MM, Figure
from scopingreview.figures.shapes import INK, POINTS_PER_MM, Anchor, Canvas, Drawing, line_places
from scopingreview.figures.tones import FAINT, MIDDLE, PAPER, ink_on, tone_of
from scopingreview.flow.diagram.metrics import text_width, wrap_text
from scopingreview.tables.charted_tables import SUMS, cross_table
from scopingreview.tables.charted_values import Crossed

SIZE, SMALL = 8.0, 7.0
LEADING = 1.15
GAP_SIGN = "–"
LEAST_ROW = 22.0
MARGIN_WIDTH = 42.0
HEAD_SIZES = (8.0, 7.5, 7.0)
HEAD_GAP = 3.0
UPRIGHT_HEAD, LONGEST_HEAD = 26 * POINTS_PER_MM, 120 * POINTS_PER_MM
WIDEST_NAMES = 0.26  # of the width
EDGE = 4.0
MARGIN_HEAD = "All studies"


@dataclass(frozen=True, slots=True)
class Grid:
    """The places of a matrix: names before the rows, heads above the columns, cells between.

    `upright` heads read from below, where a word would not fit above its column.
    """

    names: tuple[tuple[str, ...], ...]
    heads: tuple[tuple[str, ...], ...]
    upright: bool
    left: float
    top: float
    column: float
    rows: tuple[float, ...]
    head_size: float


def matrix_figure(crossed: Crossed, *, width_mm: float = WIDTH_MM) -> Figure:
    """The intersection matrix: studies in each cell, with both margins."""
    return _figure(
        crossed,
        draw_matrix(crossed, width=width_mm * POINTS_PER_MM),
        name=f"matrix_{crossed.name}",
        kind="Matrix",
        told="The darker a cell, the more studies; – stands for none.",
    )


def gap_map_figure(crossed: Crossed, *, width_mm: float = WIDTH_MM) -> Figure:
    """The evidence-gap map: a disc in each cell, its area the number of studies."""
    return _figure(
        crossed,
        draw_gap_map(crossed, width=width_mm * POINTS_PER_MM),
        name=f"gap_map_{crossed.name}",
        kind="Evidence-gap map",
        told="The area of a disc is the number of studies; an empty cell is a gap.",
    )


def _figure(crossed: Crossed, drawing: Drawing, *, name: str, kind: str, told: str) -> Figure:
    table = cross_table(crossed)
    first, second = crossed.first, crossed.second
    rows = "; ".join(
        f"{answer.wording} ({answer.n:,}): "
        + (
            ", ".join(
                f"{column.wording} {n:,}"
                for column, n in zip(second.answers, cells, strict=True)
                if n
            )
            or "none"
        )
        for answer, cells in zip(first.answers, crossed.cells, strict=True)
    )
    columns = ", ".join(f"{answer.wording} {answer.n:,}" for answer in second.answers)
    return Figure(
        drawing=drawing,
        data=replace(table, name=name),
        caption=f"{first.label} by {second.label.lower()} of the included studies "
        f"(n = {crossed.n:,}). {told}{f' {SUMS}' if table.notes else ''}",
        alternative=f"{kind} of {first.label.lower()} (rows) by {second.label.lower()} (columns). "
        f"{rows}. All studies: {columns}; {crossed.n:,} in all.",
    )


def draw_matrix(crossed: Crossed, *, width: float) -> Drawing:
    """Cells in tones with their numbers, the margins bold behind a rule."""
    canvas = Canvas(width)
    grid = lay_grid(crossed, width, margins=True)
    _write_heads(canvas, crossed, grid, margins=True)
    largest = max((n for cells in crossed.cells for n in cells), default=0)
    for row, cells in enumerate(crossed.cells):
        y, height = grid.rows[row], grid.rows[row + 1] - grid.rows[row]
        for column, n in enumerate(cells):
            x = grid.left + grid.column * column
            tone = tone_of(n / largest) if largest else PAPER
            canvas.block(x, y, grid.column, height, tone, FAINT)
            _write_number(canvas, n, x + grid.column / 2, y + height / 2, ink=ink_on(tone))
    _write_margins(canvas, crossed, grid)
    return canvas.drawing(grid.rows[-1] + LEAST_ROW + EDGE)


def draw_gap_map(crossed: Crossed, *, width: float) -> Drawing:
    """A disc in each cell; its number stands in it, or beside it when it is too small."""
    canvas = Canvas(width)
    grid = lay_grid(crossed, width, margins=False, least_row=LEAST_ROW * 1.6)
    _write_heads(canvas, crossed, grid, margins=False)
    largest = max((n for cells in crossed.cells for n in cells), default=0)
    widest = min(grid.column, min_height(grid)) / 2 - 2
    right = grid.left + grid.column * len(crossed.second.answers)
    for row, cells in enumerate(crossed.cells):
        y, height = grid.rows[row], grid.rows[row + 1] - grid.rows[row]
        canvas.rule((0, y), (right, y), width=0.5, colour=FAINT)
        for column, n in enumerate(cells):
            x = grid.left + grid.column * (column + 0.5)
            if n:
                radius = widest * sqrt(n / largest)
                _place_disc(canvas, n, x, y + height / 2, radius)
    for column in range(len(crossed.second.answers) + 1):
        x = grid.left + grid.column * column
        canvas.rule((x, grid.top), (x, grid.rows[-1]), width=0.5, colour=FAINT)
    canvas.rule((0, grid.rows[-1]), (right, grid.rows[-1]), width=0.5, colour=INK)
    return canvas.drawing(grid.rows[-1] + EDGE)


def min_height(grid: Grid) -> float:
    """The height of the lowest row."""
    return min(below - above for above, below in pairwise(grid.rows))


def _place_disc(canvas: Canvas, n: int, x: float, y: float, radius: float) -> None:
    canvas.disc(x, y, radius, MIDDLE, INK)
    text = f"{n:,}"
    half = text_width(text, SMALL) / 2
    (base,) = line_places([text], y, SMALL)
    if radius >= max(half + 1, SMALL / 2):
        canvas.write(x, base, text, size=SMALL, anchor=Anchor.MIDDLE, colour=ink_on(MIDDLE))
    else:
        canvas.write(x + radius + 2, base, text, size=SMALL)


def lay_grid(
    crossed: Crossed, width: float, *, margins: bool, least_row: float = LEAST_ROW
) -> Grid:
    """Where everything of a matrix stands on a sheet so wide."""
    names = tuple(
        tuple(wrap_text(answer.wording, width * WIDEST_NAMES, SIZE))
        for answer in crossed.first.answers
    )
    left = _widest([*names, [MARGIN_HEAD]], SIZE, bold=margins) + 8
    words = [answer.wording for answer in crossed.second.answers]
    beside = MARGIN_WIDTH if margins else 0.0
    column = (width - EDGE - left - beside) / max(len(words), 1)
    _refuse_narrow(crossed, column)
    size = _head_size(words, column - HEAD_GAP)
    upright = size is None
    heads = (
        _upright_heads(words, column) if size is None else _wrapped(words, column - HEAD_GAP, size)
    )
    lines = max((len(each) for each in heads), default=1)
    deep = _widest(heads, SIZE) if upright else lines * (size or SIZE) * LEADING
    top = SIZE * 2.8 + deep
    rows = [top]
    for name in names:
        rows.append(rows[-1] + max(least_row, SIZE * LEADING * len(name) + 8))
    return Grid(names, heads, upright, left, top, column, tuple(rows), size or SIZE)


def _head_size(words: Sequence[str], room: float) -> float | None:
    """The largest size in which every word of the heads fits; None when none does."""
    single = [word for each in words for word in each.split()]
    fitting = (
        size for size in HEAD_SIZES if all(text_width(word, size) <= room for word in single)
    )
    return next(fitting, None)


def _wrapped(words: Sequence[str], width: float, size: float) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(wrap_text(each, width, size)) for each in words)


def _upright_heads(words: Sequence[str], column: float) -> tuple[tuple[str, ...], ...]:
    """Heads that read from below, as short as they can be with room for their lines."""
    longest = max(text_width(word, SIZE) for each in words for word in each.split())
    heads = _wrapped(words, max(longest, UPRIGHT_HEAD), SIZE)
    for length in range(int(max(longest, UPRIGHT_HEAD)), int(max(longest, LONGEST_HEAD)), 4):
        heads = _wrapped(words, length + 1, SIZE)
        if max(map(len, heads)) * SIZE * LEADING <= column:
            break
    return heads


def _refuse_narrow(crossed: Crossed, column: float) -> None:
    """Every column needs room for a line of its head and for its numbers."""
    largest = max((answer.n for answer in crossed.second.answers), default=0)
    if column < max(SIZE * LEADING, text_width(f"{largest:,}", SIZE, bold=True) + 2):
        raise ReviewError(
            f"{crossed.second.label} has {len(crossed.second.answers):,} answers, more than there "
            "is room for beside each other",
            where="config/review.toml",
            hint=f'Put "{crossed.second.name}" first in its pair under [figures]: then they stand '
            "below each other.",
        )


def _widest(texts: Sequence[Sequence[str]], size: float, *, bold: bool = False) -> float:
    return max((text_width(line, size, bold=bold) for lines in texts for line in lines), default=0)


def _write_heads(canvas: Canvas, crossed: Crossed, grid: Grid, *, margins: bool) -> None:
    """What is crossed, then the head of each column; the name of each row before it."""
    end = grid.left + grid.column * len(crossed.second.answers)
    title = wrap_text(crossed.second.label, end - grid.left, SIZE)[0]
    canvas.write((grid.left + end) / 2, SIZE, title, size=SIZE, bold=True, anchor=Anchor.MIDDLE)
    canvas.rule((grid.left + 2, SIZE * 1.5), (end - 2, SIZE * 1.5), width=0.5)
    foot = grid.top - SIZE * 0.6
    for place, lines in enumerate(grid.heads):
        _write_head(canvas, grid, lines, grid.left + grid.column * (place + 0.5), foot)
    if margins:
        for number, word in enumerate(reversed(MARGIN_HEAD.split())):
            y = foot - SIZE * LEADING * number
            x = end + MARGIN_WIDTH / 2
            canvas.write(x, y, word, size=SIZE, bold=True, anchor=Anchor.MIDDLE)
    label = wrap_text(crossed.first.label, grid.left - 6, SIZE, bold=True)
    for number, line in enumerate(reversed(label)):
        canvas.write(0, foot - SIZE * LEADING * number, line, size=SIZE, bold=True)
    for row, lines in enumerate(grid.names):
        middle = (grid.rows[row] + grid.rows[row + 1]) / 2
        for line, y in zip(lines, line_places(lines, middle, SIZE), strict=True):
            canvas.write(0, y, line, size=SIZE)


def _write_head(canvas: Canvas, grid: Grid, lines: Sequence[str], x: float, foot: float) -> None:
    size = grid.head_size
    if grid.upright:
        first = x - size * LEADING * (len(lines) - 1) / 2 + size * 0.27
        for number, line in enumerate(lines):
            canvas.write(first + size * LEADING * number, foot, line, size=size, upright=True)
        return
    for number, line in enumerate(reversed(lines)):
        y = foot - size * LEADING * number
        canvas.write(x, y, line, size=size, anchor=Anchor.MIDDLE)


def _write_number(
    canvas: Canvas, n: int, x: float, middle: float, *, ink: str = INK, bold: bool = False
) -> None:
    text = f"{n:,}" if n else GAP_SIGN
    (base,) = line_places([text], middle, SIZE)
    canvas.write(x, base, text, size=SIZE, bold=bold, anchor=Anchor.MIDDLE, colour=ink)


def _write_margins(canvas: Canvas, crossed: Crossed, grid: Grid) -> None:
    """The studies of each row and column, each study once; in the corner all of them."""
    columns = len(crossed.second.answers)
    edge = grid.left + grid.column * columns
    for row, answer in enumerate(crossed.first.answers):
        middle = (grid.rows[row] + grid.rows[row + 1]) / 2
        _write_number(canvas, answer.n, edge + MARGIN_WIDTH / 2, middle, bold=True)
    bottom = grid.rows[-1]
    below = bottom + LEAST_ROW / 2
    (base,) = line_places([MARGIN_HEAD], below, SIZE)
    canvas.write(0, base, MARGIN_HEAD, size=SIZE, bold=True)
    for column, answer in enumerate(crossed.second.answers):
        x = grid.left + grid.column * (column + 0.5)
        _write_number(canvas, answer.n, x, below, bold=True)
    _write_number(canvas, crossed.n, edge + MARGIN_WIDTH / 2, below, bold=True)
    right = edge + MARGIN_WIDTH
    canvas.rule((0, bottom), (right, bottom), width=1.0)
    canvas.rule((edge, grid.top), (edge, bottom + LEAST_ROW), width=1.0)
