"""The picture for print: PDF, PNG and TIFF through matplotlib, the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from scopingreview.errors import ReviewError
from scopingreview.flow.diagram.palette import ROUNDED, Palette
from scopingreview.flow.diagram.picture import UPRIGHT_SHIFT, Arrow, Panel, Picture, TextLine
from scopingreview.flow.diagram.svg import RADIUS, arrow_head

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Nothing of the day, the machine or the version may enter the file.
METADATA: dict[str, dict[str, Any]] = {
    "pdf": {"CreationDate": None, "ModDate": None, "Producer": None, "Creator": "scopingreview"},
    "png": {"Software": None},
}
FALLBACK_FONTS = (
    "DejaVu Sans",
    "Noto Sans CJK SC",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Arial Unicode MS",
)


def print_picture(
    picture: Picture,
    palette: Palette,
    kind: str,
    *,
    dpi: int = 300,
    font: str = "",
    metadata: str = "",
) -> bytes:
    """The picture as a `pdf`, `png` or `tiff` file; `dpi` is dots per inch of the last two.

    A TIFF is RGB without transparency, packed with LZW, as journals want it. `metadata` says in
    a PDF or a PNG what it was made from. Raises ReviewError
    when no font of this machine has the letters.
    """
    lines = [*picture.notes, *(line for panel in picture.panels for line in panel.lines)]
    return print_page(
        (picture.width, picture.height),
        lambda axes: _paint(axes, picture, palette),
        kind,
        texts=[line.text for line in lines],
        dpi=dpi,
        font=font,
        metadata=metadata,
    )


def print_page(
    size: tuple[float, float],
    paint: Callable[[Axes], None],
    kind: str,
    *,
    texts: Iterable[str],
    dpi: int = 300,
    font: str = "",
    metadata: str = "",
) -> bytes:
    """A page of that width and height in points, as a `pdf`, `png` or `tiff` file.

    `paint` paints on axes that are the page: points, y down from the top; `texts` are all that it
    writes. Raises ReviewError when no font of this machine has the letters.
    """
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    fonts = available_fonts(font)
    _refuse_missing_letters(texts, fonts)
    settings: Any = {"pdf.fonttype": 42, "font.family": fonts, "pdf.compression": 6}
    settings |= {"text.hinting": "none"}  # letters as wide as they were measured
    with mpl.rc_context(settings):
        figure = Figure(figsize=(size[0] / 72, size[1] / 72), facecolor="white")
        FigureCanvasAgg(figure)
        paint(_page(figure, size))
        drawn = "png" if kind == "tiff" else kind
        target = io.BytesIO()
        figure.savefig(target, format=drawn, dpi=dpi, metadata=_metadata(drawn, metadata))
    return _as_tiff(target.getvalue(), dpi) if kind == "tiff" else target.getvalue()


def _metadata(kind: str, text: str) -> dict[str, Any]:
    name = {"pdf": "Subject", "png": "Description"}[kind]
    return METADATA[kind] | ({name: text} if text else {})


def _as_tiff(png: bytes, dpi: int) -> bytes:
    from PIL import Image

    target = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        flat = image.convert("RGB")
        flat.save(target, "TIFF", compression="tiff_lzw", dpi=(dpi, dpi))
    return target.getvalue()


def available_fonts(font: str) -> list[str]:
    """The fonts of this machine to print with: the protocol's first, DejaVu Sans always."""
    from matplotlib import font_manager

    installed = set(font_manager.get_font_names())
    return [name for name in (font, *FALLBACK_FONTS) if name in installed]


def _refuse_missing_letters(texts: Iterable[str], fonts: list[str]) -> None:
    from matplotlib import font_manager

    wanted = {character for text in texts for character in text if not character.isspace()}
    for name in fonts:
        charmap = font_manager.get_font(font_manager.findfont(name)).get_charmap()
        wanted = {character for character in wanted if ord(character) not in charmap}
    if wanted:
        sample = "".join(sorted(wanted)[:12])
        raise ReviewError(
            f"no font on this machine can print {sample}",
            hint="Install one (for Chinese: Noto Sans CJK SC) or name yours as `font` in [flow]. "
            "The SVG needs none.",
        )


def _page(figure: Figure, size: tuple[float, float]) -> Axes:
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, size[0])
    axes.set_ylim(size[1], 0)
    axes.axis("off")
    return axes


def _paint(axes: Axes, picture: Picture, palette: Palette) -> None:
    for arrow in picture.arrows:
        _paint_arrow(axes, arrow, palette)
    for panel in picture.panels:
        _paint_panel(axes, panel, palette)
    for line in picture.notes:
        _paint_text(axes, line, palette)


def _paint_panel(axes: Axes, panel: Panel, palette: Palette) -> None:
    from matplotlib.patches import FancyBboxPatch

    rounding = RADIUS if panel.look in ROUNDED else 0
    axes.add_patch(
        FancyBboxPatch(
            (panel.x, panel.y),
            panel.width,
            panel.height,
            boxstyle=f"round,pad=0,rounding_size={rounding}" if rounding else "square,pad=0",
            facecolor=palette.fill(panel.look),
            edgecolor=palette.ink,
            linewidth=0.75,
            linestyle=(0, (5, 4)) if panel.look == "progress" else "solid",
        )
    )
    for line in panel.lines:
        _paint_text(axes, line, palette)


def _paint_text(axes: Axes, line: TextLine, palette: Palette) -> None:
    # matplotlib centres upright text on its middle, not on its base line.
    shift = line.size * UPRIGHT_SHIFT if line.upright else 0.0
    axes.text(
        line.x - shift,
        line.y,
        line.text,
        fontsize=line.size,
        color=palette.ink,
        fontweight="bold" if line.bold else "normal",
        ha="center" if line.centred else "left",
        va="center" if line.upright else "baseline",
        rotation=90 if line.upright else 0,
        parse_math=False,
    )


def _paint_arrow(axes: Axes, arrow: Arrow, palette: Palette) -> None:
    from matplotlib.patches import Polygon

    *path, tip = arrow.points
    base, corners = arrow_head(path[-1], tip)
    xs, ys = zip(*path, base, strict=True)
    axes.plot(xs, ys, color=palette.ink, linewidth=0.9, solid_capstyle="butt")
    axes.add_patch(Polygon(corners, closed=True, facecolor=palette.ink, edgecolor="none"))
