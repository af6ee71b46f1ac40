"""The sheet a diagram is drawn on: how wide, how sharp, how large the text; and in which form."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from html import unescape

from scopingreview.errors import ReviewError, nearest
from scopingreview.flow.diagram.arrangement import columns_of, lay_out, least_width
from scopingreview.flow.diagram.boxes import compose
from scopingreview.flow.diagram.in_words import markdown, mermaid, plain_text
from scopingreview.flow.diagram.palette import palette
from scopingreview.flow.diagram.printing import print_picture
from scopingreview.flow.diagram.svg import write_svg
from scopingreview.model import FlowCounts, FlowRules, Provenance

POINTS_PER_MM = 72 / 25.4
WORDS = {"txt": plain_text, "md": markdown, "mmd": mermaid}
PRINTED = ("pdf", "png", "tiff")
KINDS = ("svg", *PRINTED, *WORDS)
SHEET_MARK = re.compile(r"<metadata>[^<]*sheet (\{[^<]*\})</metadata>")
SPELLED = {"tif": "tiff", "mermaid": "mmd", "markdown": "md"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Millimetres wide (None: as wide as the columns like to be) and at most high, dots per inch.

    Type in points, that of the notes apart; `font` goes before the protocol's.
    """

    width_mm: float | None = None
    height_mm: float | None = None
    dpi: int = 300
    size: float = 9.0
    note_size: float = 7.0
    font: str = ""


# What journals ask for. PLOS: at most 7.5 by 8.75 inches, 300 to 600 dpi, Arial from 8 points
# (journals.plos.org/plosone/s/figures).
PRESETS = {"plos": Sheet(190.5, 222.25, 300, 8.0, 8.0, "Arial")}


def kind_of(suffix: str) -> str:
    """The form that a file's suffix asks for. Raises ReviewError for an unknown one."""
    word = suffix.lower().removeprefix(".")
    kind = SPELLED.get(word, word)
    if kind not in KINDS:
        raise ReviewError(f'cannot draw "{suffix}"', hint=nearest(kind, KINDS))
    return kind


def sheet_of(svg: str) -> Sheet | None:
    """The sheet that an SVG of ours says it was drawn on; None for the usual one."""
    match = SHEET_MARK.search(svg)
    try:
        return Sheet(**json.loads(unescape(match[1]))) if match else None
    except (ValueError, TypeError):
        return None


def _metadata(provenance: Provenance | None, sheet: Sheet) -> str:
    """What a figure says of itself: what it was made from, and the sheet when it is not usual."""
    parts = [str(provenance)] if provenance and provenance.program else []
    if sheet != Sheet():
        parts.append(f"sheet {json.dumps(asdict(sheet))}")
    return "; ".join(parts)


def render(
    flow: FlowCounts,
    rules: FlowRules,
    kind: str,
    *,
    sheet: Sheet | None = None,
    provenance: Provenance | None = None,
) -> bytes:
    """The diagram of these counts in one of the KINDS, as the bytes of a file.

    SVG, PDF and PNG say in their metadata what they were made from.

    Raises ReviewError when the sheet is too small, for a colour that is none, and when no font
    of this machine can print a letter.
    """
    sheet = sheet or Sheet()
    diagram = compose(flow, rules)
    if kind in WORDS:
        return WORDS[kind](diagram).encode()
    width = sheet.width_mm * POINTS_PER_MM if sheet.width_mm else None
    if width and width < least_width(diagram):
        raise ReviewError(
            f"{sheet.width_mm:.0f} mm are too narrow for {len(columns_of(diagram))} columns",
            hint=f"It takes at least {least_width(diagram) / POINTS_PER_MM:.0f} mm.",
        )
    picture = lay_out(diagram, width=width, size=sheet.size, note_size=sheet.note_size)
    if sheet.height_mm and picture.height > sheet.height_mm * POINTS_PER_MM:
        raise ReviewError(
            f"the diagram would be {picture.height / POINTS_PER_MM:.0f} mm high, more than the "
            f"{sheet.height_mm:.0f} mm there are",
            hint="Shorten the wording of the exclusion reasons, or put fewer of them.",
        )
    font, colours = sheet.font or rules.font, palette(rules)
    metadata = _metadata(provenance, sheet)
    if kind == "svg":
        return write_svg(diagram, picture, colours, font=font, metadata=metadata).encode()
    return print_picture(picture, colours, kind, dpi=sheet.dpi, font=font, metadata=metadata)


def size_of(flow: FlowCounts, rules: FlowRules) -> tuple[float, float]:
    """How wide and how high the diagram is on its usual sheet, in points."""
    sheet = Sheet()
    picture = lay_out(compose(flow, rules), size=sheet.size, note_size=sheet.note_size)
    return picture.width, picture.height


def render_linked(
    flow: FlowCounts, rules: FlowRules, links: Mapping[str, str], *, provenance: Provenance
) -> str:
    """The diagram as SVG on its usual sheet, each box leading to its address in `links`."""
    diagram, sheet = compose(flow, rules), Sheet()
    picture = lay_out(diagram, size=sheet.size, note_size=sheet.note_size)
    metadata = _metadata(provenance, sheet)
    return write_svg(
        diagram, picture, palette(rules), font=rules.font, metadata=metadata, links=links
    )
