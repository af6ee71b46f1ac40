"""A figure for print: PDF and PNG through matplotlib, whose pages `flow.diagram.printing` makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scopingreview.figures.shapes import Block, Disc, Drawing, Shape, Stroke, Words
from scopingreview.flow.diagram.picture import UPRIGHT_SHIFT
from scopingreview.flow.diagram.printing import print_page
from scopingreview.visible import without_unseen

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

EDGE = 0.5


def paint_print(
    drawing: Drawing, kind: str, *, dpi: int = 300, font: str = "", metadata: str = ""
) -> bytes:
    """The drawing as a `pdf` or `png` file, `dpi` dots per inch.

    Raises ReviewError when no font of this machine has the letters.
    """

    def paint(axes: Axes) -> None:
        # In the order of the shapes, whatever kind they are.
        for order, shape in enumerate(drawing.shapes):
            _paint(axes, shape, order)

    texts = [without_unseen(words.text) for words in drawing.texts]
    size = (drawing.width, drawing.height)
    return print_page(size, paint, kind, texts=texts, dpi=dpi, font=font, metadata=metadata)


def _paint(axes: Axes, shape: Shape, order: int) -> None:
    """The shape is on the page; as an artist alone, for nothing has to find its limits."""
    from matplotlib.patches import Circle, Rectangle

    if isinstance(shape, Words):
        _write(axes, shape, order)
    elif isinstance(shape, Stroke):
        axes.add_artist(_line(shape, order))
    elif isinstance(shape, Block):
        place = (shape.x, shape.y)
        axes.add_artist(Rectangle(place, shape.width, shape.height, **_look(shape), zorder=order))
    else:
        axes.add_artist(Circle((shape.x, shape.y), shape.radius, **_look(shape), zorder=order))


def _line(stroke: Stroke, order: int) -> Line2D:
    from matplotlib.lines import Line2D

    xs, ys = zip(*stroke.points, strict=True)
    return Line2D(
        *(xs, ys),
        color=stroke.colour,
        linewidth=stroke.width,
        linestyle=(0, (2 / stroke.width, 2 / stroke.width)) if stroke.dashed else "solid",
        solid_capstyle="butt",
        zorder=order,
    )


def _look(shape: Block | Disc) -> dict[str, Any]:
    edge = shape.edge or "none"
    return {"facecolor": shape.fill, "edgecolor": edge, "linewidth": EDGE if shape.edge else 0}


def _write(axes: Axes, words: Words, order: int) -> None:
    # matplotlib centres upright text on its middle, not on its base line.
    shift = words.size * UPRIGHT_SHIFT if words.upright else 0.0
    ends = {"start": "left", "middle": "center", "end": "right"}
    upright_ends = {"start": "bottom", "middle": "center", "end": "top"}
    axes.text(
        words.x - shift,
        words.y,
        without_unseen(words.text),
        fontsize=words.size,
        color=words.colour,
        fontweight="bold" if words.bold else "normal",
        ha="center" if words.upright else ends[words.anchor],
        va=upright_ends[words.anchor] if words.upright else "baseline",
        rotation=90 if words.upright else 0,
        parse_math=False,
        zorder=order,
    )
