"""Where everything of the diagram stands on paper: panels, lines of text and arrows, in points.

A grid: rows grow with their text, columns share the width that is there, and nothing overlaps.
Here is arithmetic only; `svg` and `printing` paint what comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scopingreview.flow.diagram.elements import Block, Column, Diagram, Entry, Heading, Row
from scopingreview.flow.diagram.metrics import text_width, wrap_text
from scopingreview.flow.diagram.picture import UPRIGHT_SHIFT, Arrow, Panel, Picture, TextLine

LEADING = 1.28
USUAL_WIDTH = {Column.PREVIOUS: 125.0}
USUAL_COLUMN = 184.0
LEAST_COLUMN = 72.0
STAGE_ROWS = (
    (Row.IDENTIFICATION, Row.IDENTIFICATION),
    (Row.SCREENING, Row.ELIGIBILITY),
    (Row.INCLUDED, Row.TOTAL),
)
ENDS_LANE = (Column.PREVIOUS, Column.MAIN_RIGHT)


@dataclass(frozen=True, slots=True)
class Spacing:
    """The empty room on a sheet, in points; `hang` sets what runs over further in."""

    margin: float
    side_width: float
    column_gap: float
    lane_gap: float
    row_gap: float
    padding: float
    indent: float
    hang: float

    def fixed_width(self, columns: list[Column]) -> float:
        """What is left of the width without the columns."""
        gaps = sum(self.lane_gap if c in ENDS_LANE else self.column_gap for c in columns[:-1])
        return 2 * self.margin + self.side_width + self.padding + gaps


ROOMY = Spacing(8, 20, 26, 22, 20, 6, 9, 6)
TIGHT = Spacing(2, 15, 14, 9, 12, 3.5, 5, 4)
# On a sheet narrower than this share of the usual width, room goes to the text.
NARROW = 0.8


@dataclass(frozen=True, slots=True)
class _Span:
    start: float
    size: float

    @property
    def end(self) -> float:
        return self.start + self.size


def usual_width(diagram: Diagram) -> float:
    """The width in points at which the columns are neither cramped nor empty."""
    columns = columns_of(diagram)
    return ROOMY.fixed_width(columns) + sum(USUAL_WIDTH.get(c, USUAL_COLUMN) for c in columns)


def least_width(diagram: Diagram) -> float:
    """The width in points under which words no longer fit into the columns."""
    columns = columns_of(diagram)
    return TIGHT.fixed_width(columns) + LEAST_COLUMN * len(columns)


def columns_of(diagram: Diagram) -> list[Column]:
    """The columns this variant has, from left to right."""
    used = {column for heading in diagram.headings for column in heading.columns}
    return [column for column in Column if column in used]


def lay_out(
    diagram: Diagram, *, width: float | None = None, size: float = 9.0, note_size: float = 7.0
) -> Picture:
    """The picture of a diagram, `width` points wide, with text of `size` points.

    The notes under it are set in `note_size` points.
    """
    return _Sheet(diagram, width or usual_width(diagram), size, note_size).picture()


class _Sheet:
    """One diagram on its way to paper."""

    def __init__(self, diagram: Diagram, width: float, size: float, note_size: float) -> None:
        self.diagram = diagram
        self.width = width
        self.space = TIGHT if width < NARROW * usual_width(diagram) else ROOMY
        self.size = size
        self.note_size = note_size
        self.leading = size * LEADING
        self.columns = self._column_spans()

    def picture(self) -> Picture:
        """Everything in its place."""
        banner = self._banner()
        top = banner.y + banner.height + self.space.padding if banner else self.space.margin
        headings = self._headings(top)
        below = max(panel.y + panel.height for panel in headings) + self.space.row_gap / 2
        rows = self._row_spans(below)
        blocks = [self._block(block, rows[block.row]) for block in self.diagram.blocks]
        bottom = max(span.end for span in rows.values())
        notes = self._notes(bottom + self.space.row_gap / 2)
        height = (notes[-1].y + self.size * 0.4 if notes else bottom) + self.space.margin
        panels = (
            *([banner] if banner else ()),
            *headings,
            *self._sides(rows),
            *blocks,
        )
        return Picture(self.width, height, panels, tuple(self._arrows(blocks)), tuple(notes))

    def _column_spans(self) -> dict[Column, _Span]:
        columns = columns_of(self.diagram)
        usual = {column: USUAL_WIDTH.get(column, USUAL_COLUMN) for column in columns}
        share = (self.width - self.space.fixed_width(columns)) / sum(usual.values())
        spans: dict[Column, _Span] = {}
        x = self.space.margin + self.space.side_width + self.space.padding
        for column in columns:
            spans[column] = _Span(x, usual[column] * share)
            x = spans[column].end + (
                self.space.lane_gap if column in ENDS_LANE else self.space.column_gap
            )
        return spans

    def _row_spans(self, top: float) -> dict[Row, _Span]:
        """Every row that has a box, as high as its highest box."""
        heights: dict[Row, float] = {}
        for block in self.diagram.blocks:
            height = self._height(self._wrapped(block))
            heights[block.row] = max(heights.get(block.row, 0.0), height)
        self._fit_side_labels(heights)
        spans: dict[Row, _Span] = {}
        for row in sorted(heights):
            spans[row] = _Span(top, heights[row])
            top = spans[row].end + self.space.row_gap
        return spans

    def _fit_side_labels(self, heights: dict[Row, float]) -> None:
        """A stage is at least about as high as its label is long; its last row makes up for it."""
        for stage, (first, last) in zip(self.diagram.stages, STAGE_ROWS, strict=True):
            rows = sorted(row for row in heights if first <= row <= last)
            room = sum(heights[row] for row in rows) + (len(rows) - 0.4) * self.space.row_gap
            heights[rows[-1]] += max(0.0, self._label_length(stage) - room)

    def _label_length(self, stage: str) -> float:
        return text_width(stage, self.size, bold=True) + 2 * self.space.padding

    def _height(self, lines: list[tuple[float, str]]) -> float:
        return len(lines) * self.leading + 2 * self.space.padding

    def _wrapped(self, block: Block) -> list[tuple[float, str]]:
        """The lines of a box with their indents; what runs over hangs a little further in."""
        width = self.columns[block.column].size - 2 * self.space.padding
        return [line for entry in block.entries for line in self._wrap(entry, width)]

    def _wrap(self, entry: Entry, width: float) -> list[tuple[float, str]]:
        indent = entry.level * self.space.indent
        hang = self.space.hang if entry.level else 0.0
        first, *rest = wrap_text(entry.text, width - indent, self.size, hang=hang)
        return [(indent, first), *((indent + hang, line) for line in rest)]

    def _block(self, block: Block, row: _Span) -> Panel:
        """The box, at the top of its row."""
        lines = self._wrapped(block)
        column, height, y = self.columns[block.column], self._height(lines), row.start
        text = tuple(
            TextLine(
                column.start + self.space.padding + indent, self._base(y, place), line, self.size
            )
            for place, (indent, line) in enumerate(lines)
        )
        return Panel(column.start, y, column.size, height, _look(block), text, block.name)

    def _base(self, top: float, line: int) -> float:
        """The base line of a line of text in a panel that begins at `top`."""
        return top + self.space.padding + line * self.leading + self.size

    def _headings(self, top: float) -> list[Panel]:
        """The bars over the lanes, all as high as the highest."""
        wrapped = [(heading, self._wrap_heading(heading)) for heading in self.diagram.headings]
        height = max(len(lines) for _, lines in wrapped) * self.leading + 2 * self.space.padding
        return [self._heading(heading, lines, top, height) for heading, lines in wrapped]

    def _heading_span(self, heading: Heading) -> _Span:
        first, last = self.columns[heading.columns[0]], self.columns[heading.columns[-1]]
        return _Span(first.start, last.end - first.start)

    def _wrap_heading(self, heading: Heading) -> list[str]:
        width = self._heading_span(heading).size - 2 * self.space.padding
        return wrap_text(heading.text, width, self.size, bold=True)

    def _heading(self, heading: Heading, lines: list[str], top: float, height: float) -> Panel:
        span = self._heading_span(heading)
        look = "heading" if heading.name == "main" else "other heading"
        text = self._centred(lines, span.start + span.size / 2, top, height)
        return Panel(span.start, top, span.size, height, look, text)

    def _centred(
        self, lines: list[str], middle: float, top: float, height: float
    ) -> tuple[TextLine, ...]:
        first = top + (height - len(lines) * self.leading) / 2 - self.space.padding
        return tuple(
            TextLine(middle, self._base(first, place), line, self.size, bold=True, centred=True)
            for place, line in enumerate(lines)
        )

    def _sides(self, rows: Mapping[Row, _Span]) -> list[Panel]:
        """The three upright labels at the left, each beside its rows."""
        panels = []
        for stage, (first, last) in zip(self.diagram.stages, STAGE_ROWS, strict=True):
            spans = [span for row, span in rows.items() if first <= row <= last]
            top, bottom = spans[0].start, spans[-1].end
            spare = max(0.0, self._label_length(stage) - (bottom - top)) / 2
            x, middle = self.space.margin, (top + bottom) / 2
            line = TextLine(
                x + self.space.side_width / 2 + self.size * UPRIGHT_SHIFT,
                middle,
                stage,
                self.size,
                bold=True,
                centred=True,
                upright=True,
            )
            height = bottom - top + 2 * spare
            panels.append(Panel(x, top - spare, self.space.side_width, height, "side", (line,)))
        return panels

    def _banner(self) -> Panel | None:
        """The strip that says the review is not finished; None when it is."""
        if not self.diagram.progress:
            return None
        width = self.width - 2 * self.space.margin
        lines = wrap_text(
            self.diagram.progress, width - 2 * self.space.padding, self.size, bold=True
        )
        height = len(lines) * self.leading + self.space.padding
        text = self._centred(lines, self.width / 2, self.space.margin, height)
        return Panel(self.space.margin, self.space.margin, width, height, "progress", text)

    def _notes(self, top: float) -> list[TextLine]:
        size = self.note_size
        start = self.space.margin + self.space.side_width + self.space.padding
        lines: list[str] = []
        for note in self.diagram.notes:
            lines += wrap_text(note, self.width - start - self.space.margin, size)
        return [
            TextLine(start, top + size + place * size * LEADING, line, size)
            for place, line in enumerate(lines)
        ]

    def _arrows(self, blocks: Iterable[Panel]) -> list[Arrow]:
        panels = {panel.box: panel for panel in blocks}
        return [_arrow(panels[start], panels[end]) for start, end in self.diagram.links]


def _look(block: Block) -> str:
    grey = block.column in (Column.PREVIOUS, Column.OTHER, Column.OTHER_RIGHT)
    return "other" if grey or block.row is Row.TOTAL else "box"


def _arrow(start: Panel, end: Panel) -> Arrow:
    """Straight down, straight across, or down and then across into the side of the box."""
    (x, _), (end_x, end_y) = start.middle, end.middle
    below = start.y + start.height
    if start.x == end.x:
        return Arrow(((x, below), (x, end.y)))
    if start.y == end.y:
        level = start.y + min(start.height, end.height) / 2
        return Arrow(((start.x + start.width, level), (end.x, level)))
    side = end.x + end.width if x > end_x else end.x
    return Arrow(((x, below), (x, end_y), (side, end_y)))
