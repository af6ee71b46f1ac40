"""Web of Science tagged text (savedrecs.txt, .ciw, .isi) → entries.

Two-letter tags, one blank, the value; continuation lines are indented by three. Records run
from `PT` to `ER`, the file from `FN` to `EF`. Zoological Record, INSPEC and MEDLINE add tags of
their own; none is refused.
Goes past rispy's WokParser, which stops at a tag it does not know or drops it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scopingreview.formats.entry import Entry, Piece
from scopingreview.formats.layout import Layout
from scopingreview.formats.oddities import Kind, Oddities

BEGINS = re.compile(r"^PT(?= |$)", re.MULTILINE)
ENDS = re.compile(rb"(?:^|[\r\n])ER *[\r\n]+")
LAYOUT = Layout(
    name="Web of Science tagged text",
    title=("TI",),
    authors=("AF", "AU", "BF", "BA", "CA", "GP", "BE"),
    year=("PY", "EY", "PD", "EA"),
    journal=("SO", "JI", "J9", "SE"),
    volume=("VL",),
    issue=("IS",),
    pages=("PS",),
    first_page=("BP",),
    last_page=("EP",),
    article_number=("AR",),
    doi=("DI", "D2"),
    pmid=("PM",),
    accession=("UT", "AN"),
    issn=("SN", "EI", "BN"),
    abstract=("AB",),
    keywords=("DE", "ID"),
    language=("LA",),
    type=("DT", "PT"),
)

TAG = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|$)")
# One item per line; in all other tags a continuation line is more of the same text.
LISTS = frozenset({"AU", "AF", "BA", "BF", "BE", "GP", "CA", "CR", "C1", "C3"})
FILE_TAGS = frozenset({"FN", "VR", "EF"})
GIVEN_ONCE = ("TI", "SO", "PY", "UT", "DT", "AN")


def entries(piece: Piece, oddities: Oddities) -> Iterator[Entry]:
    """The entries of the piece, one by one; every `PT` line begins one."""
    fields: dict[str, list[str]] = {}
    first, last = 0, ""
    lines = piece.text.split("\n")
    for number, line in enumerate(lines, 1):
        match = TAG.match(line) if line[:1] != " " else None
        if match is None:
            if continuation := line.strip():
                _continue_value(fields, last, continuation, number, oddities)
            continue
        tag, value = match[1], (match[2] or "").strip()
        if tag in FILE_TAGS:
            continue
        if tag == "ER":
            if fields:
                yield _closed(first, fields, oddities)
                fields = {}
            else:
                oddities.note(Kind.STRAY_END, number)
            continue
        if tag == "PT" and fields:
            oddities.note(Kind.MISSING_END, number)
            yield _closed(first, fields, oddities)
            fields = {}
        if not fields:
            first = number
            if tag != "PT":
                oddities.note(Kind.MISSING_START, number)
        fields.setdefault(tag, []).append(value)
        last = tag
    if fields:
        oddities.note(Kind.CUT_OFF, len(lines))
        yield _closed(first, fields, oddities)


def _continue_value(
    fields: dict[str, list[str]], last: str, text: str, number: int, oddities: Oddities
) -> None:
    if not fields:
        oddities.note(Kind.TEXT_OUTSIDE, number)
    elif last in LISTS:
        fields[last].append(text)
    else:
        fields[last][-1] = f"{fields[last][-1]} {text}".lstrip()


def _closed(first: int, fields: dict[str, list[str]], oddities: Oddities) -> Entry:
    if sum(len(fields.get(tag, ())) > 1 for tag in GIVEN_ONCE) > 1:
        oddities.note(Kind.MERGED, first)
    return Entry(first, fields, LAYOUT)
