"""A figure on paper, as values: blocks, strokes, discs and words, in points, y down from the top.

What a figure shows gives them their places; `painted_svg` and `painted_print` paint them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from scopingreview.flow.diagram.metrics import text_width

POINTS_PER_MM = 72 / 25.4
INK = "#000000"
# Of the type size: how far letters reach above their base line, and below.
ASCENT, DESCENT = 0.76, 0.22


class Anchor(StrEnum):
    """Which end of a line of text its place says."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The rectangle that something covers."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Bounds) -> bool:
        """Whether both cover the same paper; touching is not overlapping."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; x and y are the anchor on its base line. Upright text reads from below."""

    x: float
    y: float
    text: str
    size: float = 8.0
    bold: bool = False
    anchor: Anchor = Anchor.START
    colour: str = INK
    upright: bool = False

    @property
    def bounds(self) -> Bounds:
        """What the text covers, by the widest of the fonts that are asked for."""
        width = text_width(self.text, self.size, bold=self.bold)
        before = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[self.anchor]
        above, below = self.size * ASCENT, self.size * DESCENT
        if self.upright:
            end = self.y + before
            return Bounds(self.x - above, end - width, self.x + below, end)
        start = self.x - before
        return Bounds(start, self.y - above, start + width, self.y + below)


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle; an `edge` of "" is none."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line from point to point."""

    points: tuple[tuple[float, float], ...]
    width: float = 0.75
    colour: str = INK
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle around x and y."""

    x: float
    y: float
    radius: float
    fill: str
    edge: str = ""


Shape = Words | Block | Stroke | Disc


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure on its sheet, in the order in which its shapes are painted."""

    width: float
    height: float
    shapes: tuple[Shape, ...]

    @property
    def texts(self) -> Iterator[Words]:
        """The lines of text."""
        return (shape for shape in self.shapes if isinstance(shape, Words))


@dataclass(slots=True)
class Canvas:
    """Where a figure is put together, shape by shape."""

    width: float
    shapes: list[Shape] = field(default_factory=list)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 8.0,
        bold: bool = False,
        anchor: Anchor = Anchor.START,
        colour: str = INK,
        upright: bool = False,
    ) -> None:
        """A line of text is there; nothing is when it is empty."""
        if text:
            self.shapes.append(Words(x, y, text, size, bold, anchor, colour, upright))

    def rule(self, *points: tuple[float, float], width: float = 0.75, colour: str = INK) -> None:
        """A line is there."""
        self.shapes.append(Stroke(points, width, colour))

    def block(
        self, x: float, y: float, width: float, height: float, fill: str, edge: str = ""
    ) -> None:
        """A rectangle is there; nothing is when it has no area."""
        if width > 0 and height > 0:
            self.shapes.append(Block(x, y, width, height, fill, edge))

    def hatched(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """A rectangle with slanting lines is there: told apart without any colour."""
        self.block(x, y, width, height, fill, INK)
        self.shapes += slanting_lines(x, y, width, height)

    def disc(self, x: float, y: float, radius: float, fill: str, edge: str = "") -> None:
        """A filled circle is there; nothing is when it has no area."""
        if radius > 0:
            self.shapes.append(Disc(x, y, radius, fill, edge))

    def drawing(self, height: float) -> Drawing:
        """What has been put together, on a sheet so high."""
        return Drawing(self.width, height, tuple(self.shapes))


def slanting_lines(
    x: float, y: float, width: float, height: float, gap: float = 3.0
) -> Iterator[Stroke]:
    """Lines from bottom left to top right, cut off at the rectangle, `gap` apart along its edge."""
    if width <= 0 or height <= 0:
        return
    offset = gap
    while offset < width + height:
        start = (x + max(0.0, offset - height), y + min(offset, height))
        end = (x + min(offset, width), y + max(0.0, offset - width))
        yield Stroke((start, end), 0.5)
        offset += gap


def line_places(lines: Sequence[str], middle: float, size: float) -> list[float]:
    """The base line of each of several lines, so that all together stand around the middle."""
    leading = size * 1.15
    first = middle - leading * (len(lines) - 1) / 2 + size * (ASCENT - DESCENT) / 2
    return [first + leading * number for number in range(len(lines))]
