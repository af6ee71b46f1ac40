"""RIS text → entries, in every dialect met so far.

Goes past rispy on purpose. Measured on 70 real files (2,611 records): rispy 0.10 drops a record
whose end line is missing, merges two when it is missing in mid-file, stops a whole file at a
blank line after `TY`, keeps one value of a repeated tag, holds every record in memory, and
knows no line numbers. Making it lossless takes a cleaning pass and its private methods, and is
slower than this scanner alone. `benchmarks/import_speed.py` sets the two side by side.

Which tag means which field stands in `ris_tags`; nothing is understood here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scopingreview.formats.chunk import Chunk
from scopingreview.formats.holes import are_two
from scopingreview.formats.layout import Tags
from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.formats.raw_entry import RawEntry
from scopingreview.formats.ris_tags import GIVEN_ONCE, KNOWN, TITLES, shape_of
from scopingreview.scan import RIS_END, tagged_record

Open = dict[str, list[str]]

ENDS = re.compile(rb"[\r\n][ \t]?ER {1,2}-[^\r\n]*[\r\n]+")

# One blank before the dash, or an indented line.
BENT_LINE = re.compile(
    r"\n(?:[ \t][A-Z][A-Z0-9](?: {2}-| -(?= |$))|[A-Z][A-Z0-9] -(?= |$))", re.MULTILINE
)
ANY_TAG = re.compile(r"[ \t]?([A-Z][A-Z0-9])(?: {2}-| -(?= |$))(.*)")
# A continuation line is another item of these, more text of all others.
LISTS = frozenset({"KW", "AU", "A1", "A2", "UR", "L2"})
TAGS_OF_A_RECORD = 3
BEHIND_TAG = "  - "
# What databases print between records: counters, links, headers.
FURNITURE = re.compile(
    r"\d+\. *$|<\d+>|Link to the (?:Ovid|External)|Record #\d|Provider: |Content: |Database: |VN  "
)


def entries(chunk: Chunk, oddities: Oddities) -> Iterator[RawEntry]:
    """The entries of the chunk, one by one.

    A `TY` line begins one and an `ER` line ends one; where either is missing the entry is kept
    and the oddity noted. Behind an `ER` line nothing is open, so what stands between two of them
    is read apart: at once where it is a record as the standard has it, else line by line.
    """
    text = f"\n{chunk.text}"
    above = begin = 0
    while found := tagged_record(text, begin):
        end, head, values, breaks, goes_on = found
        fields = _fields_of_record(values, goes_on=goes_on) if _is_furniture(head) else None
        if fields:
            yield _entry(above + head.count("\n") + 1, fields, oddities)
        else:
            yield from _Scanner(text[begin:end], above, oddities).ended_entries()
        begin = end + len(RIS_END)
        above += breaks + 1
    yield from _Scanner(text[begin:], above, oddities).entries_to_end_of_text()


def _is_furniture(head: str) -> bool:
    """Whether nothing that counts stands between the line that `head` begins in and a tag line."""
    if not head or head.isspace():
        return True
    outside = map(str.strip, head.split("\n")[1:])
    return not BENT_LINE.search(head) and all(not text or FURNITURE.match(text) for text in outside)


def _fields_of_record(fields: Open, *, goes_on: bool) -> Open | None:
    """The values by tag of a record from its `TY` line on; None when a line bends the standard.

    `goes_on` says whether any value goes on in a second line.
    """
    if len(fields.get("TY", ())) != 1 or next(iter(fields)) != "TY":
        return None
    if goes_on:
        for tag, values in fields.items():
            if "\n" in "".join(values):
                if any(map(BENT_LINE.search, values)):
                    return None
                fields[tag] = [each for value in values for each in _continued(tag, value)]
    return fields


def _continued(tag: str, value: str) -> list[str]:
    """The values of a tag line and of the lines that continue it."""
    first, *more = map(str.strip, value.split("\n"))
    more = list(filter(None, more))
    if tag in LISTS or not more:
        return [first, *more]
    return ["\n".join([first, *more])] if first else ["", "\n".join(more)]


def _entry(line: int, fields: Open, oddities: Oddities) -> RawEntry:
    """The entry of these fields, and what is odd about them."""
    shape = shape_of(tuple(fields))
    if not shape.is_known:
        oddities.note(Kind.UNKNOWN_TAG, line)
    if _is_any_repeated(fields, shape.given_once):
        # Some databases write a title or a year twice, and the same both times.
        two = are_two(fields, GIVEN_ONCE, KNOWN)
        oddities.note(Kind.MERGED if two else Kind.REPEATED_FIELD, line)
    elif _holds_a_tag(fields, shape.names):
        # A name with the beginning of a line in it: a hole runs from authors to the next title.
        oddities.note(Kind.MERGED, line)
    # As `RawEntry(…)`, in a quarter of the time.
    return tuple.__new__(RawEntry, (line, fields, shape.layout_of(fields)))


# Plain loops: compiled, they take a third of the time that generators do.
def _is_any_repeated(fields: Open, tags: Tags) -> bool:
    for tag in tags:  # noqa: SIM110
        if len(fields[tag]) > 1:
            return True
    return False


def _holds_a_tag(fields: Open, tags: Tags) -> bool:
    for tag in tags:  # noqa: SIM110
        if BEHIND_TAG in "\n".join(fields[tag]):
            return True
    return False


class _Scanner:
    """Reads line by line; `inside` from a `TY` line to its `ER`, `fields` what is still open.

    Outside, tagged lines are held in `fields` until it is clear whether they are a record that
    lost its `TY`. The block begins in line `above`, the rest of which is no part of it.
    """

    def __init__(self, block: str, above: int, oddities: Oddities) -> None:
        self.lines = block.split("\n")[1:]
        self.above = above
        self.oddities = oddities
        self.fields: Open = {}
        self.first = 0
        self.last = ""
        self.inside = False

    def ended_entries(self) -> Iterator[RawEntry]:
        """The entries of a block that an `ER` line ends."""
        yield from self.entries()
        yield from self.end(self.above + len(self.lines) + 1)

    def entries_to_end_of_text(self) -> Iterator[RawEntry]:
        """The entries of the last block; none when all is well."""
        yield from self.entries()
        yield from self.end_of_text()

    def entries(self) -> Iterator[RawEntry]:
        for number, line in enumerate(self.lines, self.above + 1):
            yield from self.take(number, line)

    def take(self, number: int, line: str) -> Iterator[RawEntry]:
        """A line that begins or ends a record, begins a field or continues its value."""
        tag, value = _parted(line)
        if tag == "":
            self.continue_value(number, line)
        elif tag == "ER":
            yield from self.end(number)
        else:
            if tag == "TY":
                yield from self.begin(number)
            if not self.fields:
                self.first = number
            self.fields.setdefault(tag, []).append(value.strip())
            self.last = tag

    def continue_value(self, number: int, line: str) -> None:
        text = line.strip()
        if not text:
            if not self.inside and not self.holds_record():
                self.drop_strays()
            return
        if self.fields and (self.inside or self.holds_record()):
            values = self.fields[self.last]
            if self.last in LISTS or not values[-1]:
                values.append(text)
            else:
                values[-1] += "\n" + text
            return
        self.drop_strays()
        if not FURNITURE.match(text):
            self.oddities.note(Kind.TEXT_OUTSIDE, number)

    def begin(self, number: int) -> Iterator[RawEntry]:
        if self.inside:
            self.oddities.note(Kind.MISSING_END, number)
            yield self.close()
        elif self.holds_record() and self.title_follows(number):
            self.oddities.note(Kind.MISSING_START, self.first)
            yield self.close()
        elif self.fields:
            self.oddities.note(Kind.START_IN_MIDDLE, number)
        self.inside = True

    def end(self, number: int) -> Iterator[RawEntry]:
        if not self.inside:
            if not self.holds_record():
                self.drop_strays()
                self.oddities.note(Kind.STRAY_END, number)
                return
            self.oddities.note(Kind.MISSING_START, self.first)
        yield self.close()

    def end_of_text(self) -> Iterator[RawEntry]:
        if self.inside:
            kind = Kind.CUT_OFF if self.lines[-1] else Kind.MISSING_END
            self.oddities.note(kind, self.above + len(self.lines))
            yield self.close()
        elif self.holds_record():
            self.oddities.note(Kind.MISSING_START, self.first)
            yield self.close()
        else:
            self.drop_strays()

    def close(self) -> RawEntry:
        entry = _entry(self.first, self.fields, self.oddities)
        self.fields, self.inside = {}, False
        return entry

    def drop_strays(self) -> None:
        if self.fields:
            self.oddities.note(Kind.TAG_OUTSIDE, self.first)
            self.fields = {}

    def holds_record(self) -> bool:
        """Whether the open lines are a record and not a stray tag: a title, or several tags."""
        return len(self.fields) >= TAGS_OF_A_RECORD or any(tag in self.fields for tag in TITLES)

    def title_follows(self, number: int) -> bool:
        """Whether the record whose `TY` stands on that line has a title of its own."""
        for line in self.lines[number - self.above :]:
            tag, _ = _parted(line)
            if tag in TITLES:
                return True
            if tag in ("ER", "TY"):
                return False
        return False


def _parted(line: str) -> tuple[str, str]:
    """Tag and value of a line; "" and the line when it has no tag."""
    match = ANY_TAG.match(line)
    return (match[1], match[2]) if match else ("", line)
