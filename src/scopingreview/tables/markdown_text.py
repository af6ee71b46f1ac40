"""Outside text in Markdown: text there and nothing else, for GitHub, pandoc and Quarto alike.

Each of these acts on more than the others do: citations, formulas, attributes, shortcodes, code
that is run. A backslash takes the meaning from every sign of ASCII in all of them. A backtick
becomes an entity: Quarto and knitr look for code before anybody reads backslashes.
"""

from __future__ import annotations

import re

from scopingreview.tables.paper_table import one_line

ACTS = str.maketrans({"`": "&#96;", **{sign: f"\\{sign}" for sign in "\\*_[]<>#|~$^@{}&"}})
# What begins a list, a rule, a heading, a block, the head of a file, or a caption.
NUMBER = r"\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,9})(?=[.)](?:\s|$))"
BEGINS = re.compile(rf"^(?:({NUMBER}|[Tt]able(?=:))|(?=[-+:=%]))")
# Two points or dashes are made one sign; a colon begins an address, a block or a picture's name,
# but not where it only parts a letter from a number, as in a citation (`10:39`, `doi:10.1`).
COLON = r"(?<=[^\\]):(?=[^\W\d]|[/:+-])|(?<=[^\w\\]):(?=\S)"
JOINED = re.compile(rf"(?<=-)(?=-)|(?<=\.)(?=\.)|{COLON}")
NOT_PLAIN = re.compile(r"[^\w\s.,;:=()%/+–-]|_")


def in_markdown(text: str) -> str:
    """The text in one line, with a backslash before all that would act.

    >>> in_markdown("- *a* @b {{< c >}} $d$ http://e")
    '\\\\- \\\\*a\\\\* \\\\@b \\\\{\\\\{\\\\< c \\\\>\\\\}\\\\} \\\\$d\\\\$ http\\\\://e'
    """
    return _parted(BEGINS.sub(r"\1\\", one_line(text).translate(ACTS)))


def in_cell(text: str) -> str:
    """The text as a cell of a table, where no list and no block begins.

    >>> in_cell("p. 3 | *b*")
    'p. 3 \\\\| \\\\*b\\\\*'
    """
    return _parted(one_line(text).translate(ACTS))


def _parted(escaped: str) -> str:
    return JOINED.sub(lambda found: "\\" + found[0], escaped)


def in_attribute(text: str) -> str:
    """The text as the value of an attribute, in quotes: every odd sign is an entity.

    >>> in_attribute('5 < 6, "so"')
    '"5 &#60; 6, &#34;so&#34;"'
    """
    entities = NOT_PLAIN.sub(lambda found: f"&#{ord(found[0])};", one_line(text))
    return f'"{entities}"'
