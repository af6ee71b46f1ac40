"""The picture as SVG: real text, readable by a screen reader, the same bytes every time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from scopingreview.flow.diagram.elements import Diagram
from scopingreview.flow.diagram.in_words import sentences
from scopingreview.flow.diagram.palette import ROUNDED, Palette
from scopingreview.flow.diagram.picture import Arrow, Panel, Picture, TextLine
from scopingreview.xml_text import as_attribute, in_element

FONTS = "Helvetica, Arial, 'DejaVu Sans', sans-serif"
NO_LINKS: Mapping[str, str] = MappingProxyType({})
HEAD_LENGTH = 6.0
HEAD_WIDTH = 4.6
RADIUS = 5.0


def write_svg(
    diagram: Diagram,
    picture: Picture,
    palette: Palette,
    *,
    font: str = "",
    metadata: str = "",
    links: Mapping[str, str] = NO_LINKS,
) -> str:
    """The diagram as an SVG document; `font` goes before the usual ones.

    `metadata` says what it was made from, for programs and whoever opens it as text. `links` has
    the address that a box leads to, by the name of the box; a picture with links is a group of
    them and no single image.
    """
    width, height = _number(picture.width), _number(picture.height)
    family = f"'{font}', {FONTS}" if font else FONTS
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt"'
            f' viewBox="0 0 {width} {height}" role="{"group" if links else "img"}"'
            f' aria-labelledby="flow-title" aria-describedby="flow-description"'
            f" font-family={as_attribute(family)}>",
            f'<title id="flow-title">{in_element(diagram.title)}</title>',
            f'<desc id="flow-description">{in_element(" ".join(sentences(diagram)))}</desc>',
            *([f"<metadata>{in_element(metadata)}</metadata>"] if metadata else []),
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            *(line for arrow in picture.arrows for line in _arrow(arrow, palette)),
            *(
                line
                for panel in picture.panels
                for line in _linked(_panel(panel, palette), links.get(panel.box or "", ""))
            ),
            *(_text(line, palette) for line in picture.notes),
            "</svg>",
            "",
        )
    )


def _linked(lines: Iterator[str], address: str) -> Iterator[str]:
    """The lines of a panel, within a link where it leads anywhere."""
    if not address:
        yield from lines
        return
    yield f"<a href={as_attribute(address)}>"
    yield from lines
    yield "</a>"


def _panel(panel: Panel, palette: Palette) -> Iterator[str]:
    name = f' id="{panel.box}"' if panel.box else ""
    yield f"<g{name}>"
    radius = f' rx="{_number(RADIUS)}"' if panel.look in ROUNDED else ""
    dashes = ' stroke-dasharray="4 3"' if panel.look == "progress" else ""
    yield (
        f'<rect x="{_number(panel.x)}" y="{_number(panel.y)}" width="{_number(panel.width)}"'
        f' height="{_number(panel.height)}"{radius} fill="{palette.fill(panel.look)}"'
        f' stroke="{palette.ink}" stroke-width="0.75"{dashes}/>'
    )
    for line in panel.lines:
        yield _text(line, palette)
    yield "</g>"


def _text(line: TextLine, palette: Palette) -> str:
    x, y = _number(line.x), _number(line.y)
    bold = ' font-weight="bold"' if line.bold else ""
    anchor = ' text-anchor="middle"' if line.centred else ""
    turn = f' transform="rotate(-90 {x} {y})"' if line.upright else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{_number(line.size)}" fill="{palette.ink}"'
        f"{bold}{anchor}{turn}>{in_element(line.text)}</text>"
    )


def _arrow(arrow: Arrow, palette: Palette) -> Iterator[str]:
    *path, tip = arrow.points
    base, corners = arrow_head(path[-1], tip)
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in (*path, base))
    yield f'<polyline points="{points}" fill="none" stroke="{palette.ink}" stroke-width="0.9"/>'
    head = " ".join(f"{_number(x)},{_number(y)}" for x, y in corners)
    yield f'<polygon points="{head}" fill="{palette.ink}"/>'


def arrow_head(
    before: tuple[float, float], tip: tuple[float, float]
) -> tuple[tuple[float, float], tuple[tuple[float, float], ...]]:
    """Where the line of an arrow ends, and the three corners of its head."""
    (x, y), (tip_x, tip_y) = before, tip
    length = math.hypot(tip_x - x, tip_y - y) or 1.0
    step_x, step_y = (tip_x - x) / length, (tip_y - y) / length
    base = (tip_x - step_x * HEAD_LENGTH, tip_y - step_y * HEAD_LENGTH)
    half = HEAD_WIDTH / 2
    left = (base[0] - step_y * half, base[1] + step_x * half)
    right = (base[0] + step_y * half, base[1] - step_x * half)
    return base, (tip, left, right)


def _number(value: float) -> str:
    """At most two decimals, and none that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
