"""What each box says, for whichever of the four variants the counts are: the official wording.

Here: the text. Not here: the notes beneath it (`notes`), where a box stands (`arrangement`).
"""

from __future__ import annotations

from collections.abc import Iterator

from scopingreview.flow.diagram.elements import Block, Column, Diagram, Entry, Heading, Row
from scopingreview.flow.diagram.notes import knows_tools, progress, write_notes
from scopingreview.flow.diagram.wording import Wording, wording_for
from scopingreview.model import Box, FlowCounts, FlowRules, Line, SourceKind, UnitWord

# The last box says what was included: the words of its two lines, by unit and kind of review.
INCLUDED = {
    (UnitWord.STUDIES, False): ("included_studies", "included_reports"),
    (UnitWord.STUDIES, True): ("new_studies", "new_reports"),
    (UnitWord.SOURCES, False): ("included_sources", "included_source_reports"),
    (UnitWord.SOURCES, True): ("new_sources", "new_source_reports"),
}
TOTAL = {
    UnitWord.STUDIES: ("total_studies", "total_reports"),
    UnitWord.SOURCES: ("total_sources", "total_source_reports"),
}
MAIN_LINKS = (
    (Box.IDENTIFIED, Box.DUPLICATES),
    (Box.IDENTIFIED, Box.SCREENED),
    (Box.SCREENED, Box.EXCLUDED),
    (Box.SCREENED, Box.SOUGHT),
    (Box.SOUGHT, Box.NOT_RETRIEVED),
    (Box.SOUGHT, Box.ASSESSED),
    (Box.ASSESSED, Box.REPORTS_EXCLUDED),
    (Box.ASSESSED, Box.INCLUDED_STUDIES),
)
OTHER_LINKS = (
    (Box.OTHER_IDENTIFIED, Box.OTHER_SOUGHT),
    (Box.OTHER_SOUGHT, Box.OTHER_NOT_RETRIEVED),
    (Box.OTHER_SOUGHT, Box.OTHER_ASSESSED),
    (Box.OTHER_ASSESSED, Box.OTHER_REPORTS_EXCLUDED),
    (Box.OTHER_ASSESSED, Box.INCLUDED_STUDIES),
)
UPDATE_LINKS = (
    (Box.PREVIOUS_STUDIES, Box.TOTAL_STUDIES),
    (Box.INCLUDED_STUDIES, Box.TOTAL_STUDIES),
)


def compose(flow: FlowCounts, rules: FlowRules) -> Diagram:
    """The diagram of these counts: new or updated, with or without other methods."""
    words = wording_for(rules)
    writer = _Writer(flow, words, rules)
    update, other = is_update(flow), has_other_lane(flow)
    blocks = [
        *(writer.previous() if update else ()),
        *writer.main(),
        *(writer.other() if other else ()),
        writer.included(INCLUDED[rules.unit, update]),
        *([writer.total(TOTAL[rules.unit])] if update else ()),
    ]
    return Diagram(
        title=words["title"],
        stages=(words["identification"], words["screening"], words["included"]),
        headings=tuple(_headings(words, update=update, other=other)),
        blocks=tuple(blocks),
        links=MAIN_LINKS + (OTHER_LINKS if other else ()) + (UPDATE_LINKS if update else ()),
        notes=tuple(write_notes(flow, words)),
        progress=progress(flow, words),
    )


def is_update(flow: FlowCounts) -> bool:
    """Whether an earlier version of the review stands on the left."""
    return Box.PREVIOUS_STUDIES in flow.totals


def has_other_lane(flow: FlowCounts) -> bool:
    """Whether other methods have a lane of their own."""
    return Box.OTHER_IDENTIFIED in flow.totals


def _headings(words: Wording, *, update: bool, other: bool) -> Iterator[Heading]:
    suffix = "_new" if update else ""
    if update:
        yield Heading("previous", (Column.PREVIOUS,), words["previous_heading"])
    yield Heading("main", (Column.MAIN, Column.MAIN_RIGHT), words[f"main_heading{suffix}"])
    if other:
        text = words[f"other_heading{suffix}"]
        yield Heading("other", (Column.OTHER, Column.OTHER_RIGHT), text)


class _Writer:
    """Writes the boxes of one diagram in one language."""

    def __init__(self, flow: FlowCounts, words: Wording, rules: FlowRules) -> None:
        self.flow = flow
        self.words = words
        self.rules = rules

    def previous(self) -> Iterator[Block]:
        """What the earlier version of the review had included."""
        yield Block(
            Box.PREVIOUS_STUDIES,
            Row.IDENTIFICATION,
            Column.PREVIOUS,
            (self._counted(Box.PREVIOUS_STUDIES), self._counted(Box.PREVIOUS_REPORTS)),
        )

    def main(self) -> Iterator[Block]:
        """The boxes of the databases and registers, down to the excluded reports."""
        left, right = Column.MAIN, Column.MAIN_RIGHT
        yield Block(Box.IDENTIFIED, Row.IDENTIFICATION, left, tuple(self._identified()))
        yield Block(Box.DUPLICATES, Row.IDENTIFICATION, right, tuple(self._removed()))
        yield Block(Box.SCREENED, Row.SCREENING, left, tuple(self._screened()))
        yield Block(Box.EXCLUDED, Row.SCREENING, right, tuple(self._excluded()))
        yield from self._reading("", left, right)

    def other(self) -> Iterator[Block]:
        """The boxes of the other methods, down to the excluded reports."""
        sources = [self._line(line) for line in self.flow.lines_of(Box.OTHER_IDENTIFIED)]
        entries = (Entry(self.words["other_identified"]), *sources)
        yield Block(Box.OTHER_IDENTIFIED, Row.IDENTIFICATION, Column.OTHER, entries)
        yield from self._reading("other_", Column.OTHER, Column.OTHER_RIGHT)

    def included(self, keys: tuple[str, str]) -> Block:
        """The last box of a new review: studies, and the reports of them."""
        return self._pair(Box.INCLUDED_STUDIES, Box.INCLUDED_REPORTS, keys, Row.INCLUDED)

    def total(self, keys: tuple[str, str]) -> Block:
        """The last box of an update: the earlier version and the new studies together."""
        return self._pair(Box.TOTAL_STUDIES, Box.TOTAL_REPORTS, keys, Row.TOTAL)

    def _pair(self, studies: Box, reports: Box, keys: tuple[str, str], row: Row) -> Block:
        pair = ((studies, keys[0]), (reports, keys[1]))
        given = [(box, key) for box, key in pair if box in self.flow.totals]
        entries = tuple(self._counted(box, key) for box, key in given or pair)
        return Block(studies, row, Column.MAIN, entries)

    def _reading(self, lane: str, left: Column, right: Column) -> Iterator[Block]:
        """The boxes about full texts, which both lanes have."""
        sought, missing = Box(f"{lane}sought"), Box(f"{lane}not_retrieved")
        assessed, excluded = Box(f"{lane}assessed"), Box(f"{lane}reports_excluded")
        yield Block(sought, Row.RETRIEVAL, left, self._two_lines(sought))
        yield Block(missing, Row.RETRIEVAL, right, self._two_lines(missing))
        yield Block(assessed, Row.ELIGIBILITY, left, self._two_lines(assessed))
        entries = tuple(self._with_reasons(excluded, self.words["reports_excluded"]))
        yield Block(excluded, Row.ELIGIBILITY, right, entries)

    def _identified(self) -> Iterator[Entry]:
        yield Entry(self._starred("identified", bool(self.flow.lines_of(Box.IDENTIFIED))))
        for box, is_register in ((Box.DATABASES, False), (Box.REGISTERS, True)):
            if box in self.flow.totals:
                yield self._counted(box, level=1)
                for line in self.flow.lines_of(Box.IDENTIFIED):
                    if (line.kind is SourceKind.REGISTER) is is_register:
                        yield self._line(line, level=2)

    def _removed(self) -> Iterator[Entry]:
        yield Entry(self.words["removed"])
        for box in (Box.DUPLICATES, Box.INELIGIBLE, Box.REMOVED_OTHER):
            if box in self.flow.totals:
                yield self._counted(box, level=1)

    def _screened(self) -> Iterator[Entry]:
        yield from self._two_lines(Box.SCREENED)
        if self.flow.n(Box.NOT_SCREENED):
            yield self._counted(Box.NOT_SCREENED)

    def _excluded(self) -> Iterator[Entry]:
        name = self._starred("excluded", knows_tools(self.flow))
        if self.rules.title_abstract_reasons and self.flow.lines_of(Box.EXCLUDED):
            yield from self._with_reasons(Box.EXCLUDED, name)
        else:
            yield Entry(name)
            yield Entry(self._number(self.flow.totals.get(Box.EXCLUDED)))
        by_tool = self.flow.n(Box.EXCLUDED_BY_TOOL)
        if by_tool:
            by_human = self.flow.n(Box.EXCLUDED) - by_tool
            yield Entry(self._with_number(self.words["by_human"], by_human), 1)
            yield Entry(self._with_number(self.words["by_tool"], by_tool), 1)

    def _with_reasons(self, box: Box, name: str) -> Iterator[Entry]:
        """The total in the header, then a line per reason that occurred."""
        lines = [line for line in self.flow.lines_of(box) if line.n]
        unstated = self.flow.n(box) - sum(line.n for line in lines)
        header = self._with_number(name, self.flow.totals.get(box))
        yield Entry(f"{header}:" if lines else header)
        for line in lines:
            yield self._line(line)
        if lines and unstated > 0:
            yield self._line(Line("", unstated, self.words["no_reason"]))

    def _starred(self, key: str, noted: bool) -> str:
        """The words with the template's asterisks, which stay only where a note answers them."""
        return self.words[key] if noted else self.words[key].replace("*", "")

    def _two_lines(self, box: Box) -> tuple[Entry, ...]:
        key = box.removeprefix("other_")
        return Entry(self.words[key]), Entry(self._number(self.flow.totals.get(box)))

    def _counted(self, box: Box, key: str = "", level: int = 0) -> Entry:
        return Entry(self._with_number(self.words[key or box], self.flow.totals.get(box)), level)

    def _line(self, line: Line, level: int = 1) -> Entry:
        return Entry(self._with_number(line.label or line.item, line.n), level)

    def _with_number(self, text: str, n: int | None) -> str:
        return f"{text} {self._number(n)}"

    def _number(self, n: int | None) -> str:
        """`(n = 12)`, in one piece; blank as in the template when the number was not given."""
        return f"(n\u00a0=\u00a0{'' if n is None else self.words.number(n)})"
