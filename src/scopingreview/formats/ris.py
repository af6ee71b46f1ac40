"""RIS text → entries, in every dialect met so far.

Goes past rispy on purpose. Measured on 70 real files (2,611 records): rispy 0.10 drops a record
whose end line is missing, merges two when it is missing in mid-file, stops a whole file at a
blank line after `TY`, keeps one value of a repeated tag, holds every record in memory, and
knows no line numbers. Making it lossless takes a cleaning pass and its private methods, and is
slower than this scanner alone. `benchmarks/import_speed.py` sets the two side by side.

Which tag means which field is told in `ris_tags`; nothing is understood here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from string import ascii_uppercase, digits

from scopingreview.formats.entry import Entry, Piece
from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.formats.ris_tags import layout_of

# A TY at the beginning of a line or after one blank. The letters come first: they are searched
# for ten times faster than beginnings of lines.
BEGINS = re.compile(r"TY(?:(?<![^\n]TY)|(?<=^[ \t]TY))(?: {2}-| -(?= |$))", re.MULTILINE)
ENDS = re.compile(rb"(?:^|[\r\n])[ \t]?ER {1,2}-[^\r\n]*[\r\n]+")

TAGS = frozenset(a + b for a, b in product(ascii_uppercase, ascii_uppercase + digits))
ORDINARY = TAGS - {"TY", "ER"}
# The standard's `XX  - ` is recognised by slicing; this is for one blank before the dash and
# for an indented line.
LOOSE_TAG = re.compile(r"[ \t]?([A-Z][A-Z0-9])(?: {2}-| -(?= |$))(.*)")
# A continuation line is another item of these, more text of all others.
# Tags of the standard and those that databases add; another one is kept, and told.
KNOWN = frozenset(
    re.findall(
        r"\w+",
        """A1 A2 A3 A4 AB AD AF AI AN AR AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CC CI CN CP CR CT CY
        DA DB DE DI DO DP DS ED EI EP ER ET FD FT FU FX GP H1 H2 ID IS IP J1 J2 J9 JA JF JI JN JO
        K1 KW KY L1 L2 L3 L4 LA LB LK LL M1 M2 M3 M4 MA MD MI N1 N2 NB NL NO NS NV OL OP OT PA PB
        PD PG PI PM PN PP PT PU PY RD RI RN RP SE SI SL SN SO SP SR SS ST SU SV T1 T2 T3 TA TI TS
        TT TY U1 U2 U3 U4 U5 U6 U7 U8 U9 UR VL VN VO WE WP WT WV Y1 Y2""",
    )
)
LISTS = frozenset({"KW", "AU", "A1", "A2", "UR", "L2"})
TITLES = ("TI", "T1")
TAGS_OF_A_RECORD = 3
GIVEN_ONCE = (*TITLES, "PY", "VL", "IS", "SP", "JF", "T2")
# What databases print between records: counters, links, headers.
FURNITURE = re.compile(
    r"\d+\. *$|<\d+>|Link to the (?:Ovid|External)|Record #\d|Provider: |Content: |Database: |VN  "
)


def entries(piece: Piece, oddities: Oddities) -> Iterator[Entry]:
    """The entries of the piece, one by one.

    A `TY` line begins one and an `ER` line ends one; where either is missing the entry is kept
    and the oddity noted.
    """
    return _Scanner(piece.text.split("\n"), oddities).entries()


class _Scanner:
    """Reads line by line; `inside` from a `TY` line to its `ER`, `fields` what is still open.

    Outside, tagged lines are held in `fields` until it is clear whether they are a record that
    lost its `TY`.
    """

    def __init__(self, lines: list[str], oddities: Oddities) -> None:
        self.lines = lines
        self.oddities = oddities
        self.fields: dict[str, list[str]] = {}
        self.first = 0
        self.last = ""
        self.inside = False

    def entries(self) -> Iterator[Entry]:
        """Every line in turn; nearly all are tag lines of an open record and stay here."""
        fields, last = self.fields, self.last
        for number, line in enumerate(self.lines, 1):
            tag, dash, value = line.partition("  - ")
            if tag in ORDINARY and dash and fields:
                last = tag
                if tag in fields:
                    fields[tag].append(value.strip())
                else:
                    fields[tag] = [value.strip()]
                continue
            self.last = last
            yield from self.other_line(number, line)
            fields, last = self.fields, self.last
        yield from self.end_of_text()

    def other_line(self, number: int, line: str) -> Iterator[Entry]:
        """A line that begins or ends a record, continues a value, or bends the standard."""
        tag, value = line[:2], line[5:]
        if line[2:5] != "  -" or tag not in TAGS:
            tag, value = _loose(line)
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

    def begin(self, number: int) -> Iterator[Entry]:
        if self.inside:
            self.oddities.note(Kind.MISSING_END, number)
            yield self.close()
        elif self.holds_record() and self.title_follows(number):
            self.oddities.note(Kind.MISSING_START, self.first)
            yield self.close()
        elif self.fields:
            self.oddities.note(Kind.START_IN_MIDDLE, number)
        self.inside = True

    def end(self, number: int) -> Iterator[Entry]:
        if not self.inside:
            if not self.holds_record():
                self.drop_strays()
                self.oddities.note(Kind.STRAY_END, number)
                return
            self.oddities.note(Kind.MISSING_START, self.first)
        yield self.close()

    def end_of_text(self) -> Iterator[Entry]:
        if self.inside:
            whole_lines = not self.lines[-1]
            self.oddities.note(Kind.MISSING_END if whole_lines else Kind.CUT_OFF, len(self.lines))
            yield self.close()
        elif self.holds_record():
            self.oddities.note(Kind.MISSING_START, self.first)
            yield self.close()
        else:
            self.drop_strays()

    def close(self) -> Entry:
        entry = Entry(self.first, self.fields, layout_of(self.fields))
        if not self.fields.keys() <= KNOWN:
            self.oddities.note(Kind.UNKNOWN_TAG, self.first)
        repeated = [tag for tag in GIVEN_ONCE if len(self.fields.get(tag, ())) > 1]
        if repeated:
            # What every record has once stands here twice: an `ER` and a `TY` are missing.
            merged = len(repeated) > 1
            self.oddities.note(Kind.MERGED if merged else Kind.REPEATED_FIELD, self.first)
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
        for line in self.lines[number:]:
            tag = line[:2] if line[2:5] == "  -" else _loose(line)[0]
            if tag in TITLES:
                return True
            if tag in ("ER", "TY"):
                return False
        return False


def _loose(line: str) -> tuple[str, str]:
    """Tag and value of a line that bends the standard; "" and the line when it has no tag."""
    match = LOOSE_TAG.match(line)
    return (match[1], match[2]) if match else ("", line)
