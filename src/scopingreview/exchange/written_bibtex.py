"""Records as BibTeX, for LaTeX and for reference managers that read nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from scopingreview.exchange.row import Row, in_batches, notes_of, one_line
from scopingreview.model import Settled

TYPES = {
    "thesis": "phdthesis",
    "book": "book",
    "book chapter": "incollection",
    "conference paper": "inproceedings",
    "conference abstract": "inproceedings",
    "report": "techreport",
    "dataset": "misc",
    "preprint": "unpublished",
    "web page": "misc",
    "patent": "misc",
}
BETWEEN = "\n\n"  # two entries, as bibtexparser has it
NOT_CITED = ("abstract", "keywords", "note")
IN_A_BOOK = ("incollection", "inproceedings")
NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9:._/-]+")
# What TeX reads as something else than itself.
TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "{": r"\textbraceleft{}",  # BibTeX counts a brace whatever stands before it
        "}": r"\textbraceright{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
# Two signs that TeX would make one of.
LIGATURE = re.compile(r"(?<=[?!`])(?=`)|(?<=')(?=')|(?<=-)(?=-)")
# An address is read as it stands; it has no braces, or a brace would end the field.
ADDRESS = str.maketrans({"{": "%7B", "}": "%7D"})


def as_bibtex(
    rows: Iterable[Row], *, authors: bool = True, citing: bool = False
) -> Iterator[bytes]:
    """The records as BibTeX, in pieces; a key is the record's id, "-" for what no key may hold.

    For `citing` there is nothing but what a reference says: no note, which styles print, no
    abstract, and titles in braces, whose capitals stay.
    """
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.middlewares.parsestack import default_unparse_stack
    from bibtexparser.model import Block, Entry, Field

    fields_of = _citing_fields if citing else _fields
    used: Counter[str] = Counter()
    between = ""
    for batch in in_batches(rows):
        entries: list[Block] = [
            Entry(
                TYPES.get(row.record.type, "article"),
                _key(row.record.record_id, used),
                [Field(name, value) for name, value in fields_of(row, authors=authors) if value],
            )
            for row in batch
        ]
        in_place = default_unparse_stack(allow_inplace_modification=True)
        text = write_string(Library(entries), unparse_stack=in_place)
        yield f"{between}{text}".encode()
        between = BETWEEN


def bibtex_keys(record_ids: Iterable[str]) -> Iterator[str]:
    """A key for each id, no two alike."""
    used: Counter[str] = Counter()
    return (_key(record_id, used) for record_id in record_ids)


def _key(record_id: str, used: Counter[str]) -> str:
    """A key for the id that is none of those used so far; it is one of them from now on."""
    key = wanted = NOT_IN_A_KEY.sub("-", record_id)
    while key in used:
        used[wanted] += 1
        key = f"{wanted}-{used[wanted]}"
    used[key] += 1
    return key


def _fields(row: Row, *, authors: bool) -> Iterator[tuple[str, str]]:
    record = row.record
    in_a_book = TYPES.get(record.type) in IN_A_BOOK
    yield "author", " and ".join(map(_author, record.authors)) if authors else ""
    yield "title", _tex(record.title)
    yield "booktitle" if in_a_book else "journal", _tex(record.journal)
    yield "year", str(record.year or "")
    yield "volume", _tex(record.volume)
    yield "number", _tex(record.issue)
    yield "pages", _tex(record.pages).replace("-", "--")
    yield "issn", _tex(record.issn)
    yield "doi", one_line(record.doi).translate(ADDRESS)
    yield "url", one_line(record.url).translate(ADDRESS)
    yield "abstract", _tex(record.abstract)
    yield "keywords", _tex(", ".join(record.keywords))
    yield "language", _tex(record.language)
    yield "note", _tex("; ".join(notes_of(row)))
    if row.settled:
        yield from _settled(row.settled)


def _citing_fields(row: Row, *, authors: bool) -> Iterator[tuple[str, str]]:
    for name, value in _fields(row, authors=authors):
        if name == "title" and value:
            yield name, f"{{{value}}}"
        elif name not in NOT_CITED:
            yield name, value


def _author(name: str) -> str:
    """A person as `Family, Given`; any other name in braces, or BibTeX would take it apart."""
    return _tex(name) if "," in name else f"{{{_tex(name)}}}"


def _settled(settled: Settled) -> Iterator[tuple[str, str]]:
    yield "settled", _tex(settled.standing)
    yield "phase", _tex(settled.phase)
    yield "reason", _tex(settled.reason)
    yield "reasonwording", _tex(settled.wording)
    yield "furtherreasons", _tex("; ".join(settled.further))
    yield "foundin", _tex("; ".join(settled.found_in))
    yield "box", _tex(settled.box)
    yield "study", _tex(settled.study)


def _tex(text: str) -> str:
    return LIGATURE.sub("{}", one_line(text).translate(TEX))
