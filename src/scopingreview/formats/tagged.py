"""Tagged text → entries, for every format of lines that begin with a tag.

A format says how its lines look (`Grammar`); this reads them. RIS has a scanner of its own, for
its quirks and for speed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scopingreview.formats.chunk import Chunk
from scopingreview.formats.holes import are_two
from scopingreview.formats.layout import Layout
from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.formats.raw_entry import RawEntry

Open = dict[str, list[str]]
Begins = Callable[[str, str, Open, bool], bool]
NOTHING = re.compile(r"(?!)")


def _never(_tag: str, _value: str, _fields: Open, _after_blank: bool) -> bool:
    return False


def _unchanged(fields: Open) -> Open:
    return fields


@dataclass(frozen=True, slots=True)
class Grammar:
    """How the lines of a format look.

    `tag` matches a tag line with groups for tag and value. An entry begins after a line that
    `separates`, at a tag of which `begins` says so (given tag, value, the open entry and whether
    a blank line stood before), or after a tag that `ends` one; `first` is the line (tag, blank,
    value) it should begin with where no line separates. A continuation line is another
    value of a tag in `lists`, more text of any other. `once` are tags that no entry gives two
    values: one that does is two entries run together (a hole takes the end of one and the
    beginning of the next, titles among it; what is left of both shows them). `furniture` are
    lines outside entries that are always there.
    """

    layout: Layout
    tag: re.Pattern[str]
    first: re.Pattern[str] = NOTHING
    separates: re.Pattern[str] = NOTHING
    begins: Begins = _never
    ends: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    once: tuple[str, ...] = ()
    furniture: re.Pattern[str] = NOTHING
    untagged: str = ""
    finish: Callable[[Open], Open] = _unchanged

    def entries(self, chunk: Chunk, oddities: Oddities) -> Iterator[RawEntry]:
        """The entries of the chunk, one by one."""
        return _Reader(self, oddities).entries(chunk.text.split("\n"))


class _Reader:
    """Reads line by line; `fields` is the entry that is open, which began on `line`.

    `last` is the tag that a continuation line continues, `separated` whether a separating line
    stood above and nothing since, `after_blank` whether a blank line did; `known` are the tags that
    the layout names.
    """

    def __init__(self, grammar: Grammar, oddities: Oddities) -> None:
        self.grammar = grammar
        self.oddities = oddities
        self.known = grammar.layout.all_tags()
        self.fields: Open = {}
        self.line = 0
        self.last = ""
        self.separated = False
        self.after_blank = False

    def entries(self, lines: list[str]) -> Iterator[RawEntry]:
        grammar = self.grammar
        for number, line in enumerate(lines, 1):
            if grammar.separates.match(line):
                yield from self.close()
                self.separated, self.line = True, number
            elif match := grammar.tag.match(line):
                yield from self.take(number, match[1], (match[2] or "").strip())
            elif text := line.strip():
                self.continue_value(number, text)
            else:
                self.after_blank = True
        if self.fields and grammar.ends:
            self.oddities.note(Kind.CUT_OFF if lines[-1] else Kind.MISSING_END, len(lines))
        yield from self.close()

    def take(self, number: int, tag: str, value: str) -> Iterator[RawEntry]:
        grammar = self.grammar
        if tag in grammar.ignored:
            return
        if tag in grammar.ends:
            if not self.fields:
                self.oddities.note(Kind.STRAY_END, number)
            yield from self.close()
            return
        if self.fields and grammar.begins(tag, value, self.fields, self.after_blank):
            if grammar.ends:
                self.oddities.note(Kind.MISSING_END, number)
            yield from self.close()
        if not self.fields:
            self.open(number, f"{tag} {value}")
        self.fields.setdefault(tag, []).append(value)
        self.last, self.after_blank = tag, False

    def open(self, number: int, line: str) -> None:
        if not self.separated and not self.grammar.first.match(line):
            self.oddities.note(Kind.MISSING_START, number)
        if not self.separated:
            self.line = number

    def continue_value(self, number: int, text: str) -> None:
        if self.fields:
            values = self.fields[self.last]
            if self.last in self.grammar.lists or not values:
                values.append(text)
            else:
                values[-1] = f"{values[-1]} {text}".lstrip()
        elif self.separated and self.grammar.untagged:
            self.last = self.grammar.untagged
            self.fields[self.last] = [text]
        elif not self.grammar.furniture.match(text):
            self.oddities.note(Kind.TEXT_OUTSIDE, number)

    def close(self) -> Iterator[RawEntry]:
        fields, self.fields = self.fields, {}
        if not fields:
            if self.separated:
                self.oddities.note(Kind.EMPTY_RECORD, self.line)
                yield RawEntry(self.line, {}, self.grammar.layout)
            self.separated = False
            return
        if are_two(fields, self.grammar.once, self.known):
            self.oddities.note(Kind.MERGED, self.line)
        self.separated = self.after_blank = False
        yield RawEntry(self.line, self.grammar.finish(fields), self.grammar.layout)
