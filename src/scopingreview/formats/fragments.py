"""XML exports → one element per record, each parsed on its own.

So a damaged record does not take the others with it, and a big file is read in chunks. Reading
goes through defusedxml; document type definitions are never resolved. Not here: what the
elements mean.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from scopingreview.formats.chunk import Chunk
from scopingreview.formats.layout import Layout
from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.formats.raw_entry import RawEntry
from scopingreview.formats.values.mathematics import text_with_formulas

Fields = dict[str, list[str]]
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ANY_TAG = re.compile(r"<(/?)([\w:.-]+)(?:\s[^<>]*?)?(/?)>")
TRIES = 20
# `p < 0.05`: no tag begins so.
BARE_LESS_THAN = re.compile(r"<(?![/!?A-Za-z_])")
NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)([A-Za-z]+;|)")


@dataclass(frozen=True, slots=True)
class Fragments:
    """How the records of an XML format are found and what their elements say.

    `names` are the elements that are records; `fields` takes one apart. No record has more than
    one element `single`, if there is such a name.
    """

    names: str
    layout: Layout
    fields: Callable[[Element], Fields]
    single: str = ""

    @property
    def begins(self) -> re.Pattern[str]:
        """The start tag of a record."""
        return re.compile(rf"<(?:{self.names})(?=[\s>])")

    @property
    def ends(self) -> re.Pattern[bytes]:
        """The end tag of a record."""
        return re.compile(rf"</(?:{self.names})\s*>\s*".encode())

    def entries(self, chunk: Chunk, oddities: Oddities) -> Iterator[RawEntry]:
        """The entries of the chunk, one per record element; ends without a start are noted."""
        line, position, last_end = 1, 0, 0
        closing = re.compile(rf"</(?:{self.names})\s*>")
        for start, end in self._spans(chunk.text):
            if closing.search(chunk.text, last_end, start):
                oddities.note(Kind.UNREADABLE, line)
            line += chunk.text.count("\n", position, start)
            position, last_end = start, end
            if self._are_two(chunk.text[start:end]):
                oddities.note(Kind.MERGED, line)
            element = self._parsed(chunk.text[start:end], line, oddities)
            if element is not None:
                yield RawEntry(line, self.fields(element), self.layout)
        if closing.search(chunk.text, last_end):
            oddities.note(Kind.UNREADABLE, line)

    def _parsed(self, text: str, line: int, oddities: Oddities) -> Element | None:
        """The record as far as it can be read; one that has its end loses what follows a break."""
        try:
            element: Element = fromstring(text)
            return element
        except ParseError:
            pass
        mended = NAMED_ENTITY.sub(_resolved, FORBIDDEN.sub("", BARE_LESS_THAN.sub("&lt;", text)))
        try:
            element = fromstring(mended)
            oddities.note(Kind.DAMAGED, line)
            return element
        except ParseError:
            salvaged = salvage(mended)
        if salvaged is None:
            oddities.note(Kind.UNREADABLE, line)
        else:
            has_end = re.search(rf"</(?:{self.names})\s*>", text)
            oddities.note(Kind.BROKEN if has_end else Kind.CUT_OFF, line)
        return salvaged

    def _are_two(self, text: str) -> bool:
        """Whether a hole took the end of one record and the beginning of the next."""
        if not self.single:
            return False
        tags = (rf"<{self.single}(?=[\s>])", rf"</{self.single}\s*>")
        return any(len(re.findall(tag, text)) > 1 for tag in tags)

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where each record stands; one that is never closed goes to the next or to the end."""
        starts = [match.start() for match in self.begins.finditer(text)]
        closing = re.compile(rf"</(?:{self.names})\s*>")
        for start, following in zip(starts, [*starts[1:], len(text)], strict=False):
            close = closing.search(text, start, following)
            yield start, close.end() if close else following


def _resolved(match: re.Match[str]) -> str:
    """An entity that XML does not know as its character; a bare `&` as `&amp;`."""
    character = html.unescape(match[0])
    return character if character not in (match[0], "&", "<") else "&amp;" + match[1]


def salvage(text: str) -> Element | None:
    """The tree up to where the text breaks, what is open there closed; None without a root."""
    for _ in range(TRIES):
        try:
            element: Element = fromstring(text + _closing_tags(text))
            return element
        except ParseError as error:
            text = _before(text, *error.position)
    return None


def _before(text: str, line: int, column: int) -> str:
    """The text up to that place or to the last tag, whichever comes first."""
    lines = text.split("\n")
    place = sum(len(each) + 1 for each in lines[: line - 1]) + column
    last_tag = max(text.rfind("<"), 0)
    return text[: min(place, last_tag)]


def _closing_tags(text: str) -> str:
    """The end tags of all elements that are open at the end of the text."""
    opened: list[str] = []
    for match in ANY_TAG.finditer(text):
        closes, name, is_empty = match.groups()
        if closes:
            if name in opened:
                while opened.pop() != name:
                    pass
        elif not is_empty:
            opened.append(name)
    return "".join(f"</{name}>" for name in reversed(opened))


def text_of(element: Element | None) -> str:
    """All text inside the element, markup left out."""
    if element is None:
        return ""
    if len(element) and any(each.tag.endswith("math") for each in element.iter()):
        return text_with_formulas(element)
    return "".join(element.itertext())


def texts_at(element: Element, path: str) -> list[str]:
    """The text of every element at the path that has one."""
    return [text for found in element.findall(path) if (text := text_of(found).strip())]


def gathered(element: Element, paths: dict[str, str]) -> Fields:
    """Values by key from the path of each key."""
    found = {key: texts_at(element, path) for key, path in paths.items()}
    return {key: values for key, values in found.items() if values}
