"""The code speaks the words of docs/glossary.md: no module, class or command has a private name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scopingreview.cli.commands import COMMANDS

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "scopingreview"
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that mean here what they mean everywhere, and need no row.
PLAIN = _words(
    """
    abstract add app arrangement arrow ask author by change check choice choose chosen column
    combine comma command compare comparison condition config core csv data decide decode
    delimited detail dialog disagreement document doi element error explain explanation file fill
    finder formula full garbage git guard header heading identifier init input job journal
    kind language lazy leaning list lost making manner markup match mathematics metric
    name new no normalise number open option out page pair palette panel paragraph parallel path
    person pick picture piece plain plan pool previous print question rating recognise
    refused render repair row run running script setup shown side space spell spreadsheet status
    size summary tag tagged template text tick time title tool transfer type usage value version
    warning word work workbook write writer written
    clickable small too

    anchor bar bounds canvas cut disc lying over paint shape
    stroke tone usual week

    package style
    """
)
# What other people make and name: databases, programs, formats, guidelines.
PRODUCTS = _words(
    """
    bibtex cli cochrane csl ebsco embase endnote excel markdown nbib noteexpress ovid prisma 2020 s
    proquest pubmed rayyan rdf refer refworks ris svg toml wos xml zotero
    docx json
    """
)
# Names that say too little and want a better one; none may be added.
OWED = {"found", "otherwise", "said", "wanted"}
ENDINGS = ("ies", "ing", "es", "ed", "s", "e", "y")


def words_of(name: str) -> list[str]:
    """`RawEntry`, `raw_entry` and `raw-entry` are raw and entry."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


def stem(word: str) -> str:
    """The word without what grammar hangs on to it: boxes is box, studies and study are one."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return stem(word.removesuffix(ending))
    return word


def names() -> Iterator[str]:
    """The name of every room, module, public class and command."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield from (part for part in path.relative_to(SOURCE).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name
    yield from COMMANDS


NAMES = sorted({name for name in names() if not name.startswith("__")})
GLOSSED = {word for bold in re.findall(r"\*\*(.+?)\*\*", GLOSSARY) for word in words_of(bold)}
KNOWN = {stem(word) for word in GLOSSED | PLAIN | PRODUCTS | OWED}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_made_of_words_that_the_glossary_or_everybody_knows(name: str):
    unknown = [word for word in words_of(name) if stem(word) not in KNOWN]
    assert not unknown, f"{name}: give {unknown} a row in docs/glossary.md, or find a plain word"


def test_a_word_without_a_row_is_in_use_and_has_none():
    used = {stem(word) for name in NAMES for word in words_of(name)}
    glossed = {stem(word) for word in GLOSSED}
    assert {word for word in PLAIN | PRODUCTS | OWED if stem(word) not in used - glossed} == set()
