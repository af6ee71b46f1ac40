"""The diagram on paper, as values: panels, lines of text and arrows, in points.

`arrangement` gives them their places; `svg` and `printing` paint them.
"""

from __future__ import annotations

from dataclasses import dataclass

from scopingreview.model import Box

UPRIGHT_SHIFT = 0.36  # of the type size, from the middle of a letter to its base line


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text; x and y are the start (or middle) of its base line."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    centred: bool = False
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """A rectangle with text; `look` names its fill (see `palette`), `box` its box, if any."""

    x: float
    y: float
    width: float
    height: float
    look: str
    lines: tuple[TextLine, ...]
    box: Box | None = None

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the panel."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line from point to point, with its head at the last."""

    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The diagram on paper: y runs down from the top."""

    width: float
    height: float
    panels: tuple[Panel, ...]
    arrows: tuple[Arrow, ...]
    notes: tuple[TextLine, ...]
