"""Numbers of the flow in running text: inserted between markers, and held against the counts.

A marker is `<!-- n: screened -->1,080<!-- /n -->`; after a slash stands an item of the box
(`<!-- n: identified/pubmed -->`). A text with a marker is also read for well-known phrases
("1,080 records were screened") whose number was typed by hand. Code between fences is left alone,
and so is what speaks of another review, between `<!-- elsewhere -->` and `<!-- /elsewhere -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.flow.diagram.wording import Wording
from scopingreview.model import Box, FlowCounts

MARKER = re.compile(
    r"(?P<open><!--\s*n:\s*(?P<box>[\w-]+)(?:/(?P<item>[^\s>]+))?\s*-->)"
    r"(?P<typed>[^<]*)(?P<close><!--\s*/n\s*-->)"
)
LEFT_ALONE = re.compile(
    r"^(```|~~~).*?^\1|<!--\s*elsewhere\s*-->.*?<!--\s*/elsewhere\s*-->", re.DOTALL | re.MULTILINE
)
_N = r"(?P<typed>\d{1,3}(?:,\d{3})+|\d+)"
_WERE = r"(?:(?:were|was|are|is|have been) )?"
_DOCUMENTS = r"(?:reports|full texts|full-text (?:reports|articles))"
PHRASES = {
    Box.IDENTIFIED: (rf"{_N} records {_WERE}(?:identified|found)", rf"identified {_N} records"),
    Box.DUPLICATES: (rf"{_N} duplicates?(?: records?)? {_WERE}removed", rf"removed {_N} duplicate"),
    Box.NOT_SCREENED: (rf"{_N} records (?:were|are) not screened",),
    Box.SCREENED: (
        rf"{_N} (?:records|titles and abstracts) {_WERE}screened",
        rf"screened {_N} (?:records|titles)",
    ),
    Box.EXCLUDED: (rf"{_N} records {_WERE}excluded",),
    Box.SOUGHT: (rf"{_N} {_DOCUMENTS} {_WERE}sought",),
    Box.NOT_RETRIEVED: (rf"{_N} {_DOCUMENTS} (?:were not|could not be) (?:retrieved|obtained)",),
    Box.ASSESSED: (rf"{_N} {_DOCUMENTS} {_WERE}(?:assessed|read)",),
    Box.REPORTS_EXCLUDED: (rf"{_N} {_DOCUMENTS} {_WERE}excluded",),
    Box.INCLUDED_STUDIES: (rf"{_N} studies {_WERE}included", rf"included {_N} studies"),
    Box.INCLUDED_REPORTS: (rf"{_N} reports {_WERE}included",),
}
_PHRASES = [
    (box, re.compile(rf"(?<![\d,.]){pattern}", re.IGNORECASE))
    for box, patterns in PHRASES.items()
    for pattern in patterns
]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A number in a text that is not the counted one; `marked` when it stands in a marker."""

    line: int
    box: Box
    item: str
    typed: str
    counted: int
    marked: bool


def has_markers(text: str) -> bool:
    """Whether the text has a place where a number is inserted."""
    return next(_markers(text), None) is not None


def insert_numbers(text: str, flow: FlowCounts, words: Wording) -> str:
    """The text with the counted number in every marker.

    Raises CombinedError naming every marker whose box or item the flow does not have.
    """
    raise_problems(list(_unknown(text, flow)))
    filled, done = "", 0
    for match in _markers(text):
        number = words.number(_counted(match, flow))
        filled += text[done : match.start()] + match["open"] + number + match["close"]
        done = match.end()
    return filled + text[done:]


def disagreements(text: str, flow: FlowCounts) -> list[Disagreement]:
    """Every number of the text that is not the counted one, in the order of the lines.

    Raises CombinedError like `insert_numbers`.
    """
    raise_problems(list(_unknown(text, flow)))
    found = [*_in_markers(text, flow), *_in_phrases(text, flow)]
    return sorted(found, key=lambda each: each.line)


def _markers(text: str) -> Iterator[re.Match[str]]:
    """Every marker of the text that does not stand in code."""
    return MARKER.finditer(LEFT_ALONE.sub(lambda fence: _blank(fence[0]), text))


def _blank(text: str) -> str:
    """As many spaces, on as many lines."""
    return re.sub(r"[^\n]", " ", text)


def _in_markers(text: str, flow: FlowCounts) -> Iterator[Disagreement]:
    for match in _markers(text):
        counted = _counted(match, flow)
        if re.sub(r"\D", "", match["typed"]) != str(counted):
            item = match["item"] or ""
            line, typed = _line(text, match.start()), match["typed"].strip()
            yield Disagreement(line, Box(match["box"]), item, typed, counted, marked=True)


def _in_phrases(text: str, flow: FlowCounts) -> Iterator[Disagreement]:
    plain = LEFT_ALONE.sub(lambda fence: _blank(fence[0]), text)
    plain = MARKER.sub(lambda marker: _blank(marker[0]), plain)
    for box, pattern in _PHRASES:
        for match in pattern.finditer(plain):
            if int(match["typed"].replace(",", "")) != flow.n(box):
                line = _line(text, match.start())
                yield Disagreement(line, box, "", match["typed"], flow.n(box), marked=False)


def _unknown(text: str, flow: FlowCounts) -> Iterator[ReviewError]:
    for match in _markers(text):
        name, item, line = match["box"], match["item"], _line(text, match.start())
        if name not in set(Box):
            yield ReviewError(f'unknown box "{name}"', line=line, hint=nearest(name, Box))
        elif item and item not in {each.item for each in flow.lines_of(Box(name))}:
            items = [each.item for each in flow.lines_of(Box(name))]
            yield ReviewError(f'{name} has no "{item}"', line=line, hint=nearest(item, items))


def _counted(match: re.Match[str], flow: FlowCounts) -> int:
    box, item = Box(match["box"]), match["item"]
    if not item:
        return flow.n(box)
    return sum(line.n for line in flow.lines_of(box) if line.item == item)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
