"""Web of Science tagged text (savedrecs.txt, .ciw, .isi).

Two-letter tags, one blank, the value; continuation lines are indented by three. Records run
from `PT` to `ER`, the file from `FN` to `EF`. Zoological Record, INSPEC and MEDLINE add tags of
their own; none is refused.
Goes past rispy's WokParser, which stops at a tag it does not know or drops it.
"""

from __future__ import annotations

import re

from scopingreview.formats.layout import Layout
from scopingreview.formats.tagged import Grammar, Open

ENDS = re.compile(rb"[\r\n]ER *[\r\n]+")

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
    doi=("DI",),
    pmid=("PM",),
    accession=("UT", "AN"),
    issn=("SN", "EI", "BN"),
    abstract=("AB",),
    keywords=("DE", "ID"),
    language=("LA",),
    type=("DT", "PT"),
)


def _begins(tag: str, _value: str, _fields: Open, _after_blank: bool) -> bool:
    return tag == "PT"


GRAMMAR = Grammar(
    layout=LAYOUT,
    tag=re.compile(r"([A-Z][A-Z0-9])(?: (.*)|$)"),
    first=re.compile("PT "),
    begins=_begins,
    ends=frozenset({"ER"}),
    # One item per line; in all other tags a continuation line is more of the same text.
    lists=frozenset({"AU", "AF", "BA", "BF", "BE", "GP", "CA", "CR", "C1", "C3"}),
    ignored=frozenset({"FN", "VR", "EF"}),
    once=("TI", "SO", "AB", "PY", "VL", "DI", "UT", "DT", "AN"),
)
