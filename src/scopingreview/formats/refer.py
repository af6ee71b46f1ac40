"""EndNote tagged text, also called refer (.enw, .enl): lines `%T title`.

Records are parted by blank lines; `%0` usually comes first, in the AIS library `%T` does, and in
files that have no types the authors may (`%A`).
"""

from __future__ import annotations

import re

from scopingreview.formats.chunk import Chunk
from scopingreview.formats.layout import Layout
from scopingreview.formats.tagged import Grammar, Open

ENDS = re.compile(rb"(?:\r\n\r\n|\n\n|\r\r)[\r\n]*(?=%[0T] )")

GIVEN_ONCE = ("%0", "%T", "%D", "%J", "%B", "%V", "%N", "%P", "%8", "%U")

LAYOUT = Layout(
    name="EndNote tagged text",
    title=("%T",),
    authors=("%A", "%E"),
    year=("%D", "%8"),
    journal=("%J", "%B", "%O"),
    volume=("%V",),
    issue=("%N",),
    pages=("%P",),
    doi=("%R", "%3"),
    doi_in_address=("%U",),
    pmid_if_labelled=("%M", "%Z"),
    accession=("%M",),
    issn=("%@",),
    abstract=("%X",),
    keywords=("%K",),
    language=("%G",),
    url=("%U",),
    type=("%0", "%9"),
)


def begun(chunk: Chunk) -> int:
    """Records that begin: each has a type, or a title, or both."""
    return max(len(re.findall(rf"^%{tag} ", chunk.text, re.MULTILINE)) for tag in "0T")


def _begins(tag: str, _value: str, fields: Open, after_blank: bool) -> bool:
    if tag == "%0":
        return "%0" in fields or (after_blank and fields.keys() != {"%T"})
    if tag == "%T":
        return "%T" in fields or (after_blank and fields.keys() != {"%0"})
    if tag == "%A" and after_blank:
        return "%A" in fields or ("%T" in fields and "%0" not in fields)
    return after_blank and tag in GIVEN_ONCE and tag in fields


def _keywords_apart(fields: Open) -> Open:
    """The keywords of one line one each: EndNote writes a line each, ACM all in one."""
    match fields.get("%K"):
        case [line] if ";" not in line:
            fields["%K"] = [word.strip() for word in line.split(",")]
    return fields


GRAMMAR = Grammar(
    layout=LAYOUT,
    tag=re.compile(r"(%[0-9A-Z@!~*$^&<>?=+\[\]()|:;'#])(?: (.*)|$)"),
    first=re.compile("%[0TA] "),
    begins=_begins,
    lists=frozenset({"%K", "%A"}),
    once=GIVEN_ONCE,
    finish=_keywords_apart,
)
