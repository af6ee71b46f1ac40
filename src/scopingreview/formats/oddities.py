"""What was odd in an export: noted by kind, with the first lines where it was seen.

An oddity never drops a record. Those that `loses` says yes to may have lost or merged one:
they stop the import until a person has looked (`--accept-loss`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

LINES_SHOWN = 3


class Kind(Enum):
    """What can be odd, and in words for a reviewer: what it is, and what became of the record."""

    NOT_UTF_8 = ("not UTF-8", "read as Windows-1252; look at accents and dashes")
    UNDECODABLE = ("undecodable bytes", "shown as �; export the file again as UTF-8")
    REPLACED_CHARACTER = ("� in the text", "a character was lost before the export; kept as it is")
    MOJIBAKE = (
        "garbled accents such as Ã©",
        "kept as it is; scopingreview correct --suggest offers what it should say",
    )
    MARK_IN_MID_FILE = ("byte-order mark in mid-file", "two downloads joined; both are read")
    MISSING_END = ("record without its end line", "kept; it ends where the next one begins")
    MISSING_START = ("record without its first line", "kept, without its type")
    START_IN_MIDDLE = ("first line in the middle of a record", "the lines before it are kept")
    STRAY_END = ("end line without a record", "skipped")
    CUT_OFF = ("the file stops inside a record", "kept as far as it goes")
    TEXT_OUTSIDE = ("text outside records", "skipped")
    TAG_OUTSIDE = ("tagged line outside records", "skipped")
    UNKNOWN_TAG = ("record with a tag that no format names", "kept; the tag is not used")
    EMPTY_RECORD = ("record without title, authors and abstract", "kept, with what it has")
    NO_TITLE = ("record without a title", "kept")
    MERGED = ("two records run together", "read as one: a record is lost", True)
    DAMAGED = ("damaged record", "kept as far as it could be read")
    BROKEN = ("record that breaks before its end", "what follows the break is lost", True)
    UNREADABLE = ("record that could not be read", "lost", True)
    WRONG_CELLS = (
        "row with more or fewer cells than the header",
        "its cells are shifted, or it is two rows run together: a record may be lost",
        True,
    )
    HEADER_AND_ROW = ("the header run together with a row", "a record is lost", True)
    ROWS_DO_NOT_FIT = (
        "many rows that do not fit the header",
        "rows may be torn apart or their cells shifted; export again",
        True,
    )
    NOT_BELIEVED = (
        "column whose values contradict its name",
        "not read as such; name the right one with `columns` in config/searches.toml",
    )
    SPREADSHEET = (
        "dates or rounded numbers that a spreadsheet made (3-Apr of 3-4, 1.2E+01)",
        "kept as they are; export again and do not save the file from a spreadsheet",
    )
    NUMBERS_MISSING = (
        "gaps in the column that numbers the rows",
        "rows may be lost; compare with the database",
    )
    HEADER_AGAIN = ("a second header", "two downloads joined; both are read")
    OTHER_SHEET = (
        "another sheet with records",
        "not read; save it as a file of its own and add it",
    )
    OPEN_QUOTE = ("a quote that is never closed", "rows may have run together", True)
    REPEATED_FIELD = ("field or citation key given twice", "kept; the first value is taken")
    COMMA_MISSING = ("entry without a comma between fields", "every field is read; look at it")
    NO_ABSTRACTS = ("this kind of export has no abstracts", "export another format if there is one")
    NO_FIELDS = ("text for reading, without fields", "fields are guessed; export .nbib instead")
    AUTHORS_RUN_TOGETHER = ("authors without separators", "parted at capitals; look at them")

    def __init__(self, what: str, then: str, loses: bool = False) -> None:
        self.what = what
        self.then = then
        self.loses = loses


@dataclass(frozen=True, slots=True)
class Oddity:
    """How often one kind was seen in a file, and the first lines.

    `names` are the columns it is about, where it is about columns.
    """

    kind: Kind
    times: int
    lines: tuple[int, ...]
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class Oddities:
    """What a reader noted so far; lines count from 1 in what it was given to read."""

    _times: dict[Kind, int] = field(default_factory=dict)
    _lines: dict[Kind, list[int]] = field(default_factory=dict)
    _names: dict[Kind, dict[str, None]] = field(default_factory=dict)

    def note(self, kind: Kind, line: int, name: str = "") -> None:
        """One more of the kind, seen on that line, in the column of that name."""
        self._times[kind] = self._times.get(kind, 0) + 1
        lines = self._lines.setdefault(kind, [])
        if len(lines) < LINES_SHOWN:
            lines.append(line)
        if name:
            self._names.setdefault(kind, {})[name] = None

    def add(self, oddities: Iterable[Oddity], *, lines_before: int) -> None:
        """Those of another chunk of the file, which begins `lines_before` lines down."""
        for oddity in oddities:
            self._times[oddity.kind] = self._times.get(oddity.kind, 0) + oddity.times
            lines = self._lines.setdefault(oddity.kind, [])
            lines += [line + lines_before for line in oddity.lines][: LINES_SHOWN - len(lines)]
            self._names.setdefault(oddity.kind, {}).update(dict.fromkeys(oddity.names))

    def seen(self) -> tuple[Oddity, ...]:
        """Every kind seen, in the order of `Kind`."""
        return tuple(
            Oddity(
                kind, self._times[kind], tuple(self._lines[kind]), tuple(self._names.get(kind, ()))
            )
            for kind in Kind
            if kind in self._times
        )
