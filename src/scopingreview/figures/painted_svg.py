"""A figure as SVG: real text, read out by a screen reader, the same bytes every time."""

from __future__ import annotations

from scopingreview.figures.figure import Figure
from scopingreview.figures.shapes import INK, Anchor, Block, Disc, Shape, Stroke, Words
from scopingreview.flow.diagram.svg import FONTS
from scopingreview.visible import without_unseen
from scopingreview.xml_text import as_attribute, in_element


def paint_svg(figure: Figure, *, font: str = "", metadata: str = "") -> bytes:
    """The figure as an SVG document; `font` goes before the usual ones.

    `metadata` says what it was made from.
    """
    drawing, name = figure.drawing, figure.name.replace("_", "-")
    width, height = _number(drawing.width), _number(drawing.height)
    family = f"'{font}', {FONTS}" if font else FONTS
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt"'
        f' viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-title"'
        f' aria-describedby="{name}-description" font-family={as_attribute(family)}>',
        f'<title id="{name}-title">{_text(figure.data.title)}</title>',
        f'<desc id="{name}-description">{_text(figure.alternative)}</desc>',
        *([f"<metadata>{_text(metadata)}</metadata>"] if metadata else []),
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *map(_painted, drawing.shapes),
        "</svg>",
        "",
    )
    return "\n".join(lines).encode()


def _painted(shape: Shape) -> str:
    if isinstance(shape, Words):
        return _words(shape)
    if isinstance(shape, Block):
        return (
            f'<rect x="{_number(shape.x)}" y="{_number(shape.y)}" width="{_number(shape.width)}"'
            f' height="{_number(shape.height)}" fill="{shape.fill}"{_edge(shape)}/>'
        )
    if isinstance(shape, Disc):
        return (
            f'<circle cx="{_number(shape.x)}" cy="{_number(shape.y)}"'
            f' r="{_number(shape.radius)}" fill="{shape.fill}"{_edge(shape)}/>'
        )
    return _stroke(shape)


def _edge(shape: Block | Disc) -> str:
    return f' stroke="{shape.edge}" stroke-width="0.5"' if shape.edge else ""


def _stroke(stroke: Stroke) -> str:
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in stroke.points)
    dashes = ' stroke-dasharray="2 2"' if stroke.dashed else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="{stroke.colour}"'
        f' stroke-width="{_number(stroke.width)}"{dashes}/>'
    )


def _words(words: Words) -> str:
    x, y = _number(words.x), _number(words.y)
    bold = ' font-weight="bold"' if words.bold else ""
    anchor = f' text-anchor="{words.anchor}"' if words.anchor is not Anchor.START else ""
    colour = f' fill="{words.colour}"' if words.colour != INK else ""
    turn = f' transform="rotate(-90 {x} {y})"' if words.upright else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{_number(words.size)}"{bold}{anchor}{colour}{turn}>'
        f"{_text(words.text)}</text>"
    )


def _text(text: str) -> str:
    return in_element(without_unseen(text))


def _number(value: float) -> str:
    """Hundredths of a point, without zeros that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
