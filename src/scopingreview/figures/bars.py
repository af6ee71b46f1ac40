"""Bars that stand in a row over time, and bars that lie below each other, one for each answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scopingreview.figures.shapes import INK, POINTS_PER_MM, Anchor, Canvas, Drawing, line_places
from scopingreview.figures.tones import DARK, FAINT, MIDDLE
from scopingreview.flow.diagram.metrics import text_width, wrap_text

SIZE, SMALL = 8.0, 7.0
PLOT_HEIGHT = 55 * POINTS_PER_MM
STEPS = (1, 2, 5)
MOST_TICKS = 6
FILLS = (DARK, MIDDLE)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: `parts` stand on each other, one for each series. `tick` is its name on the axis."""

    parts: tuple[int, ...]
    tick: str = ""
    unfinished: bool = False

    @property
    def total(self) -> int:
        """All parts together."""
        return sum(self.parts)


@dataclass(frozen=True, slots=True)
class LyingBar:
    """A bar with a name before it and what it says behind it."""

    name: str
    n: int
    says: str
    apart: bool = False  # not one of the answers, such as "not reported"


def nice_ticks(largest: int) -> list[int]:
    """Whole numbers from 0 to at least the largest, evenly apart: by 1, 2, 5, 10 …"""
    power = 1
    while True:
        for step in STEPS:
            if step * power * (MOST_TICKS - 1) >= largest:
                end = -(-max(largest, 1) // (step * power)) * step * power
                return list(range(0, end + 1, step * power))
        power *= 10


def standing_bars(
    bars: Sequence[Bar],
    *,
    width: float,
    axis: str,
    legend: Sequence[str] = (),
    unfinished: str = "",
) -> Drawing:
    """Bars beside each other over an axis of time; `axis` says what is counted.

    `legend` names the series, `unfinished` says why a bar is hatched. A number stands above each
    bar when there is room for all of them, and a tick's name where it touches no other.
    """
    canvas = Canvas(width)
    ticks = nice_ticks(max((bar.total for bar in bars), default=0))
    top = _write_legend(canvas, legend, unfinished) + SIZE * 1.6
    left = SIZE * 2.2 + text_width(f"{ticks[-1]:,}", SMALL)
    bottom, right = top + PLOT_HEIGHT, width - 4
    scale, slot = PLOT_HEIGHT / ticks[-1], (right - left) / max(len(bars), 1)
    canvas.write(SIZE, (top + bottom) / 2, axis, size=SIZE, anchor=Anchor.MIDDLE, upright=True)
    for tick in ticks:
        y = bottom - tick * scale
        canvas.rule((left, y), (right, y), width=0.5, colour=INK if tick == 0 else FAINT)
        canvas.write(left - 3, y + SMALL * 0.27, f"{tick:,}", size=SMALL, anchor=Anchor.END)
    numbered = all(text_width(f"{bar.total:,}", SMALL) <= slot - 1 for bar in bars)
    for place, bar in enumerate(bars):
        _stand(canvas, bar, left + slot * place, slot, bottom, scale)
        if numbered and bar.total:
            middle, y = left + slot * (place + 0.5), bottom - bar.total * scale - 2
            canvas.write(middle, y, f"{bar.total:,}", size=SMALL, anchor=Anchor.MIDDLE)
    _write_ticks(canvas, bars, left, slot, bottom)
    return canvas.drawing(bottom + SIZE * 2)


def _write_legend(canvas: Canvas, legend: Sequence[str], unfinished: str) -> float:
    """The keys of the series in one line at the top right; how far down it reaches."""
    keys = [(FILLS[place], name) for place, name in enumerate(legend)]
    keys += [("", unfinished)] if unfinished else []
    x, y = canvas.width - 8, SIZE * 1.2
    for fill, name in reversed(keys):
        x -= text_width(name, SMALL)
        canvas.write(x, y, name, size=SMALL)
        x -= SIZE + 3
        if fill:
            canvas.block(x, y - SMALL * 0.76, SIZE, SMALL * 0.85, fill, INK)
        else:
            canvas.hatched(x, y - SMALL * 0.76, SIZE, SMALL * 0.85, MIDDLE)
        x -= SIZE * 1.5
    return y if keys else 0.0


def _stand(canvas: Canvas, bar: Bar, left: float, slot: float, bottom: float, scale: float) -> None:
    width = slot * 0.78
    x, y = left + (slot - width) / 2, bottom
    for place, n in enumerate(bar.parts):
        height = n * scale
        y -= height
        if bar.unfinished:
            canvas.hatched(x, y, width, height, MIDDLE)
        else:
            canvas.block(x, y, width, height, FILLS[place], INK if len(bar.parts) > 1 else "")


def _write_ticks(
    canvas: Canvas, bars: Sequence[Bar], left: float, slot: float, bottom: float
) -> None:
    """The names of the ticks that fit: each by itself, and none that would touch the last."""
    free = 0.0
    for place, bar in enumerate(bars):
        if not bar.tick:
            continue
        middle, half = left + slot * (place + 0.5), text_width(bar.tick, SMALL) / 2
        if middle - half >= free and middle + half <= canvas.width:
            canvas.rule((middle, bottom), (middle, bottom + 3), width=0.5)
            canvas.write(middle, bottom + SMALL * 1.5, bar.tick, size=SMALL, anchor=Anchor.MIDDLE)
            free = middle + half + SMALL * 0.6


def lying_bars(bars: Sequence[LyingBar], *, width: float, title: str = "") -> Drawing:
    """Bars below each other, in their order; the longest reaches as far as there is room."""
    canvas = Canvas(width)
    names = [wrap_text(bar.name, width * 0.42, SIZE) for bar in bars]
    left = 8 + max((text_width(line, SIZE) for lines in names for line in lines), default=0.0)
    behind = 6 + max((text_width(bar.says, SMALL) for bar in bars), default=0.0)
    scale = (width - 4 - left - behind) / max([bar.n for bar in bars], default=1)
    y = 4.0
    if title:
        y += SIZE
        canvas.write(0, y, title, size=SIZE, bold=True)
        y += SIZE * 0.6
    first = y
    for bar, lines in zip(bars, names, strict=True):
        height = SIZE * 1.15 * len(lines) + 5
        middle = y + height / 2
        for line, base in zip(lines, line_places(lines, middle, SIZE), strict=True):
            canvas.write(left - 6, base, line, size=SIZE, anchor=Anchor.END)
        if bar.apart:
            canvas.hatched(left, middle - SIZE * 0.55, bar.n * scale, SIZE * 1.1, MIDDLE)
        else:
            canvas.block(left, middle - SIZE * 0.55, bar.n * scale, SIZE * 1.1, DARK)
        (base,) = line_places([bar.says], middle, SMALL)
        canvas.write(left + bar.n * scale + 3, base, bar.says, size=SMALL)
        y += height
    canvas.rule((left, first), (left, y), width=0.5)
    return canvas.drawing(y + 4)
