"""The tones of figures: told apart in grey, and never the only thing that tells something apart."""

from __future__ import annotations

from scopingreview.figures.shapes import INK

PAPER = "#ffffff"
DARK, MIDDLE, LIGHT, PALE = "#2b5c8a", "#86a9cb", "#d5e1ed", "#eef3f8"
ACCENT = "#f2c14e"
GREY = "#8c8c8c"
FAINT = "#d9d9d9"
LEAST_CONTRAST = 4.5  # of a number on its cell (WCAG 2.2, 1.4.3)


def tone_of(part: float) -> str:
    """The tone for a part of the largest number: paper for 0, then from light to dark."""
    if part <= 0:
        return PAPER
    return "#" + "".join(
        f"{round(light + (dark - light) * min(part, 1.0)):02x}"
        for light, dark in zip(_channels(LIGHT), _channels(DARK), strict=True)
    )


def ink_on(tone: str) -> str:
    """Black or white, whichever reads better on the tone."""
    return max((INK, PAPER), key=lambda ink: contrast(ink, tone))


def contrast(one: str, other: str) -> float:
    """How well one colour reads on another, 1 to 21.

    Source: WCAG 2.2, contrast ratio (w3.org/TR/WCAG22/#dfn-contrast-ratio).
    """
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """How light a colour is, 0 to 1: what is left of it in grey."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)
