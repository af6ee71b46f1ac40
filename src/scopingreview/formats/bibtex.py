"""BibTeX, through bibtexparser; the entries that it gives up on are rescued from their text.

A field given twice, a citation key used twice, a brace too many, a comma too few: the entry is
kept, and noted.
Names are as BibTeX has them, "Family, Given" or "Given Family", and corporate in braces.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from scopingreview.formats.bibtex_commas import with_commas
from scopingreview.formats.chunk import Chunk
from scopingreview.formats.holes import are_two
from scopingreview.formats.layout import Layout
from scopingreview.formats.oddities import Kind, Oddities
from scopingreview.formats.raw_entry import RawEntry
from scopingreview.formats.values.mathematics import nests_deeply, without_tex
from scopingreview.formats.values.names import family_first

if TYPE_CHECKING:
    from bibtexparser.model import Block
    from bibtexparser.model import Entry as Parsed

NO_ENTRY = r"(?!comment|string|preamble)"
BEGINS = re.compile(rf"^[ \t]*@{NO_ENTRY}[a-z]+[ \t]*[{{(]", re.MULTILINE | re.IGNORECASE)
ENDS = re.compile(rb"[\r\n](?=[ \t]*@(?!comment|string|preamble)[A-Za-z]+[ \t]*[{(])", re.I)
STRINGS = re.compile(r"^[ \t]*@string.*$", re.MULTILINE | re.IGNORECASE)
FIELD = re.compile(r"^[ \t]*([A-Za-z][\w-]*(?: +[\w-]+)*)\s*=\s*", re.MULTILINE)
GOES_ON = re.compile(r"^[ \t]*[A-Za-z][\w-]*(?: +[\w-]+)*\s*=\s*[{\"]", re.MULTILINE)
TYPE = re.compile(r"\s*@([A-Za-z]+)")
FIELDS_WITHOUT_TITLE = 2  # of those given once: an entry, though its title is lost
# One of these with two values: the end of an entry and the beginning of the next are lost.
GIVEN_ONCE = ("title", "year", "journal", "booktitle", "volume", "pages", "doi", "abstract")
PREAMBLE = re.compile(r"\s*(?:Scopus|EXPORT DATE|%|This file was|$)")
NAMES = ("author_full", "author", "authors", "editor")
LATEX = re.compile(r"\\|(?<!\w)\$|~|[_^]\{")
GREEK_IN_TEXT = re.compile(
    r"\\text(alpha|beta|gamma|delta|epsilon|kappa|lambda|mu|pi|rho|sigma|tau|chi|omega)\b(?:\{\})?"
)
ESCAPED_SIGN = re.compile(r"\\([%&_#])")
IN_LATEX = re.compile(r"[\\$~^`%&_#]|--|''|\n\s*\n")  # what says more than itself
SCRIPT = re.compile(r"(?<!\\)[_^]\{([^{}]*)\}")
LITERAL = re.compile(r"(?<!\\)([%$&#_])")
# Signs that a command of LaTeX names since TeX would act on them, and for each a character that
# means nothing, to stand for it until all that acts has acted.
NAMED_SIGNS = {
    "braceleft": ("{", "\ue000"),
    "braceright": ("}", "\ue001"),
    "asciicircum": ("^", "\ue002"),
    "less": ("<", "\ue003"),
    "greater": (">", "\ue004"),
}
NAMED_SIGN = re.compile(rf"\\text({'|'.join(NAMED_SIGNS)})(?:\{{\}}|(?![A-Za-z]) ?)")
SIGNS = str.maketrans({stand_in: sign for sign, stand_in in NAMED_SIGNS.values()})

LAYOUT = Layout(
    name="BibTeX",
    title=("title", "booktitle"),
    authors=("author_full", "author", "authors", "editor"),
    year=(
        "year",
        "date",
        "earlyaccessdate",
        "early-access-date",
        "date_published",
        "date_published_elec",
    ),
    journal=(
        "journal",
        "journaltitle",
        "booktitle",
        "series",
        "school",
        "publication",
        "journal_secondary",
        "journal_abbreviated",
        "source_abbreviated",
    ),
    volume=("volume",),
    issue=("number", "issue"),
    pages=("pages",),
    first_page=("start_page",),
    last_page=("end_page",),
    article_number=("art_number", "article-number", "articleno", "eid"),
    doi=("doi", "ee", "location_id", "article_id"),
    doi_if_alone=("note", "annote"),
    doi_in_address=("url", "link", "bdsk-url-1"),
    pmid=("pmid", "pubmed_id", "pubmed-id"),
    pmid_if_labelled=("note", "annote", "annotation", "url"),
    accession=("unique-id", "accession-number", "accession_number"),
    accession_in_address=("url",),
    issn=("issn", "eissn", "isbn"),
    abstract=("abstract",),
    keywords=(
        "author_keywords",
        "keywords",
        "keyword",
        "keywords-plus",
        "term_other",
        "term_mesh",
        "keywords_other",
    ),
    language=("language", "langid"),
    url=("url", "link"),
    type=("document_type", "publication_type", "type", "entrytype"),
)


KNOWN = LAYOUT.all_tags()


def entries(chunk: Chunk, oddities: Oddities) -> Iterator[RawEntry]:
    """The entries of the chunk; comments, strings and preambles are none."""
    from bibtexparser.entrypoint import parse_string

    # What it would log is noted as oddities.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    abbreviations = "" if chunk.starts_file else "\n".join(STRINGS.findall(chunk.head)) + "\n"
    text, lacking = with_commas(chunk.text, BEGINS)
    for place in lacking:
        oddities.note(Kind.COMMA_MISSING, chunk.text.count("\n", 0, place) + 1)
    library = parse_string(abbreviations + text)
    before = abbreviations.count("\n") - 1
    for block, rest in _with_rest(library.blocks):
        line = (block.start_line or 0) - before
        parsed = _damaged(block, rest, line, oddities) if rest else _entry_of(block, line, oddities)
        if parsed is not None:
            yield RawEntry(line, parsed, LAYOUT)


def _with_rest(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """Every block with the text behind it that is more of its fields.

    A brace too many ends an entry before its time.
    """
    waiting: Block | None = None
    rest = ""
    for block in blocks:
        if waiting is not None and _goes_on(waiting, block):
            rest += block.raw or ""
            continue
        if waiting is not None:
            yield waiting, rest
        waiting, rest = block, ""
    if waiting is not None:
        yield waiting, rest


def _goes_on(entry: Block, text: Block) -> bool:
    """Whether the text holds fields and is no entry of its own: two have a title each."""
    from bibtexparser.model import ImplicitComment

    before, raw = entry.raw or "", text.raw or ""
    if not (isinstance(text, ImplicitComment) and BEGINS.match(before) and GOES_ON.search(raw)):
        return False
    return "title" not in _rescued(raw) or "title" not in _rescued(before)


def _damaged(block: Block, rest: str, line: int, oddities: Oddities) -> dict[str, list[str]]:
    fields = _rescued((block.raw or "") + rest)
    oddities.note(Kind.MERGED if are_two(fields, GIVEN_ONCE, KNOWN) else Kind.DAMAGED, line)
    return fields


def _entry_of(block: Block, line: int, oddities: Oddities) -> dict[str, list[str]] | None:
    from bibtexparser.model import Entry as ParsedEntry
    from bibtexparser.model import ImplicitComment, ParsingFailedBlock

    if isinstance(block, ParsedEntry):
        fields = _fields(block)
        if are_two(fields, GIVEN_ONCE, KNOWN):
            oddities.note(Kind.MERGED, line)
        return fields
    raw = block.raw or ""
    if isinstance(block, ImplicitComment):
        return _without_start(raw, line, oddities)
    if not isinstance(block, ParsingFailedBlock) or not BEGINS.match(raw):
        return None
    if isinstance(block.ignore_error_block, ParsedEntry):
        fields = _fields(block.ignore_error_block)
        oddities.note(
            Kind.MERGED if are_two(fields, GIVEN_ONCE, KNOWN) else Kind.REPEATED_FIELD, line
        )
        return fields
    return _damaged(block, "", line, oddities)


def _without_start(raw: str, line: int, oddities: Oddities) -> dict[str, list[str]] | None:
    """An entry whose `@article{key,` is missing; None when the text is only text."""
    fields = _rescued(raw)
    if "title" not in fields and sum(name in fields for name in GIVEN_ONCE) < FIELDS_WITHOUT_TITLE:
        if not PREAMBLE.match(raw):
            oddities.note(Kind.TEXT_OUTSIDE, line)
        return None
    oddities.note(Kind.MISSING_START, line)
    return fields


def _fields(parsed: Parsed) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {"entrytype": [parsed.entry_type], "entrykey": [parsed.key]}
    is_bare = "removed_enclosing" in parsed.parser_metadata
    for field in parsed.fields:
        value = str(field.value) if is_bare else _without_quotes(str(field.value))
        fields.setdefault(field.key.lower(), []).extend(_values(field.key, value))
    return fields


def _without_quotes(value: str) -> str:
    """The value without the quotes that stay on it in an entry that gives a field twice."""
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] == '"'
    return value[1:-1] if quoted else value


def _rescued(raw: str) -> dict[str, list[str]]:
    """The fields of a broken entry, each up to where the next one begins."""
    kind = TYPE.match(raw)
    fields: dict[str, list[str]] = {"entrytype": [kind[1] if kind else ""]}
    names = list(FIELD.finditer(raw))
    ends = [following.start() for following in names[1:]] + [len(raw)]
    for name, end in zip(names, ends, strict=False):
        value = raw[name.end() : end].strip()
        key = name[1].lower()
        fields.setdefault(key, []).extend(_values(key, value.rstrip("}, \n").strip('{"')))
    return fields


def _values(key: str, value: str) -> list[str]:
    """The value in plain text; of names and keywords, one each."""
    if key.lower() in NAMES:
        return [_name(name) for name in re.split(r"\s+and\s+", value)]
    text = plain(value)
    if "keyword" in key.lower() and ";" not in text:
        return [word.strip() for word in text.split(",")]
    return [text]


def _name(name: str) -> str:
    """The name with the family first; one in braces of its own is nobody's and stays."""
    in_braces = name.startswith("{") and name.find("}") == len(name) - 1
    return plain(name) if in_braces else family_first(plain(name))


def plain(text: str) -> str:
    """LaTeX as characters, without its braces; `~` is a blank, but in an address."""
    text = NAMED_SIGN.sub(lambda found: NAMED_SIGNS[found[1]][1], text)
    text = without_tex(GREEK_IN_TEXT.sub(r"\\ensuremath{\\\1}", text))
    if LATEX.search(text) and not nests_deeply(text):
        text = _without_latex(text)
    bare = text.replace("{", "").replace("}", "")
    return bare if bare.isascii() else bare.translate(SIGNS)


def _without_latex(text: str) -> str:
    if not IN_LATEX.search(ESCAPED_SIGN.sub("", text)):
        return ESCAPED_SIGN.sub(r"\1", text)  # the parser reads an abstract letter by letter
    from pylatexenc.latex2text import LatexNodes2Text

    blank = r"{\textasciitilde}" if "://" in text else " "
    text = re.sub(r"(?<!\\)~", lambda _: blank, SCRIPT.sub(r"\1", text))
    text = re.sub(r"(?<!\\)\^", NAMED_SIGNS["asciicircum"][1], text)
    read: str = LatexNodes2Text(keep_comments=True).latex_to_text(LITERAL.sub(r"\\\1", text))
    return read
