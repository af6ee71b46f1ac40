"""The colours of the diagram: the official template's, the protocol's own, or none at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scopingreview.errors import ReviewError
from scopingreview.model import FlowRules

GOLD, LIGHT_BLUE, GREY, PALE_GREY, WHITE = "#ffc000", "#9cc2e5", "#d0cece", "#ededed", "#ffffff"
INK = "#000000"
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
ROUNDED = ("heading", "other heading", "side")


@dataclass(frozen=True, slots=True)
class Palette:
    """A fill for each look of a panel, and the ink of lines and text."""

    fills: dict[str, str]
    ink: str = INK

    def fill(self, look: str) -> str:
        """The colour that fills panels of that look."""
        return self.fills[look]


def palette(rules: FlowRules) -> Palette:
    """The colours the protocol asks for; ReviewError when one is not like `#ffc000`."""
    for colour in (rules.heading_colour, rules.side_colour, rules.other_colour):
        if colour and not _HEX.fullmatch(colour):
            raise ReviewError(
                f'"{colour}" is no colour',
                where="config/review.toml",
                hint='Write it as "#" and six hex digits, like "#ffc000".',
            )
    if rules.monochrome:
        looks = ("heading", "other heading", "side", "box", "other", "progress")
        return Palette(dict.fromkeys(looks, WHITE))
    return Palette(
        {
            "heading": rules.heading_colour or GOLD,
            "other heading": rules.other_colour or GREY,
            "side": rules.side_colour or LIGHT_BLUE,
            "box": WHITE,
            "other": PALE_GREY,
            "progress": "#fff2cc",
        }
    )
