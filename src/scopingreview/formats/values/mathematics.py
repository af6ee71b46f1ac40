r"""Formulas as text: `CO$_2$` → CO2, `10$^{-3}$` → 10-3, `$\alpha$` → α, MathML the same.

Signs of sub- and superscript fall away, as the tags `<sub>` and `<sup>` do. A dollar that is
money stays.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError

# What stands between two dollars is a formula when a command, a subscript or a superscript
# is in it and no prose …
DOLLAR = re.compile(r"(?<!\\)\$")
TWO_DOLLARS = re.compile(r"\$\$([^$]+)\$\$")
COMMAND = re.compile(r"\\[A-Za-z,;! {]|[_^]")
WORDS_IN_COMMANDS = re.compile(r"\\[A-Za-z]+\s*(?:\{[^{}]*\})?")
PROSE = re.compile(r"[a-z]{2,}\s+[a-z]{2,}|^[,.;:)]|^\d[\d.,]*\s+[A-Za-z]{2,}")
# … or when it is one short word, or a relation, and no digit follows as behind money.
SHORT = re.compile(
    r"[A-Za-z]{1,6}'?|[A-Za-z0-9()]{1,8}(?: ?[-=<>≤≥±×+*/] ?[A-Za-z0-9.,()%-]{1,12})+"
)
BRACKETS = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)
# What Springer puts around every formula.
DOCUMENT = re.compile(
    r"\\documentclass\b.{0,5000}?\\begin\{document\}(.{0,5000}?)\\end\{document\}", re.DOTALL
)
DEEPEST = 50  # braces inside of one another: a parser calls itself for each
BRACE = re.compile(r"[{}]")
# Mendeley's line ends, and its backslash before a sign.
BACKSLASH = re.compile(r"\$\\backslash\$(?:[nr]|(?=\{\\))")
SIGNS = re.compile(r" ?[_^]")

MATHML = re.compile(r"<(mml:)?math\b.*?</(?:mml:)?math\s*>", re.DOTALL | re.IGNORECASE)
# The formula once more, in TeX, beside its MathML.
SAME_IN_TEX = re.compile(
    r"<tex-math\b[^>]*>.*?</tex-math>\s*(?=<(?:mml:)?math\b)", re.DOTALL | re.IGNORECASE
)
PREFIX = re.compile(r"(</?)mml:")
ATTRIBUTES = re.compile(r"<([A-Za-z]+)\s[^<>]*?(/?)>")
# An entity was taken for its character before: `<` and `&` that begin nothing.
BARE_SIGN = re.compile(r"&(?!#?\w+;)|<(?![/A-Za-z])")
UNSPOKEN = frozenset({"annotation", "annotation-xml"})


def without_mathml(text: str) -> str:
    """The text with MathML as a person would write it in plain text."""
    return MATHML.sub(_mathml_in_words, SAME_IN_TEX.sub("", text))


def without_tex(text: str) -> str:
    """The text with every formula in TeX as a person would write it in plain text."""
    if "\\" in text:
        text = _without_documents(text)
        text = BRACKETS.sub(lambda match: _tex_in_words(match[1] or match[2]), text)
    if "$" in text:
        text = BACKSLASH.sub(" ", text)
        text = _without_dollars(TWO_DOLLARS.sub(r"$\1$", text))
    return text


def _without_dollars(text: str) -> str:
    """The text with what stands between two dollars in words, where it is a formula."""
    first, *rest = DOLLAR.split(text)
    parts = [first]
    rest.reverse()  # taken from its end: from its beginning each would move all the others
    while rest:
        inside = rest.pop()
        if rest and _is_formula(inside, rest[-1]):
            parts += [_tex_in_words(inside), rest.pop()]
        else:
            parts += ["$", inside]
    return "".join(parts)


def _is_formula(inside: str, after: str) -> bool:
    if inside.count("{") != inside.count("}") or r"\backslash" in inside:
        return False
    if COMMAND.search(inside):
        return not PROSE.search(WORDS_IN_COMMANDS.sub("", inside))
    return SHORT.fullmatch(inside) is not None and not after[:1].isdigit()


def _without_documents(text: str) -> str:
    """The text without Springer's frames; a formula that stands before its frame stands once."""
    parts = DOCUMENT.split(text)
    whole = parts[0]
    for formula, after in zip(parts[1::2], parts[2::2], strict=True):
        words = _tex_in_words(formula.strip().strip("$"))
        before = whole.rstrip()
        whole = (before if before.endswith(words) else whole + words) + after
    return whole


def nests_deeply(text: str) -> bool:
    """Whether more braces stand inside of one another than anybody wrote."""
    depth = 0
    for brace in BRACE.finditer(text):
        depth += 1 if brace[0] == "{" else -1
        if depth > DEEPEST:
            return True
    return False


@lru_cache(maxsize=1 << 10)
def _tex_in_words(formula: str) -> str:
    if nests_deeply(formula):
        return formula
    from pylatexenc.latex2text import LatexNodes2Text

    text = LatexNodes2Text(math_mode="text", keep_comments=True).latex_to_text(f"${formula}$")
    return " ".join(SIGNS.sub("", text).replace("{", "").replace("}", "").split())


def _escaped(match: re.Match[str]) -> str:
    return "&amp;" if match[0] == "&" else "&lt;"


def _mathml_in_words(match: re.Match[str]) -> str:
    from defusedxml.ElementTree import fromstring

    bare = ATTRIBUTES.sub(r"<\1\2>", PREFIX.sub(r"\1", match[0]))
    try:
        return mathml_text(fromstring(BARE_SIGN.sub(_escaped, bare)))
    except ParseError:
        return match[0]


def mathml_text(element: Element) -> str:
    """The formula in the element: a fraction as `1/2`, a root as `√x`, the rest side by side."""
    name = element.tag.rpartition("}")[2].rpartition(":")[2]
    if name in UNSPOKEN:
        return ""
    if not len(element):
        text = element.text or ""
        return " " if name == "mspace" else text if name == "mtext" else text.strip()
    parts = [mathml_text(child) for child in element]
    if name == "mfrac":
        return "/".join(parts)
    if name == "msqrt":
        return f"√{''.join(parts)}" if len(parts) == 1 else f"√({''.join(parts)})"
    return "".join(parts)


def text_with_formulas(element: Element) -> str:
    """All text inside the element, formulas in words and TeX beside MathML left out."""
    if element.tag.rpartition("}")[2] == "math":
        return mathml_text(element)
    parts = [element.text or ""]
    twice = any(child.tag.rpartition("}")[2] == "math" for child in element)
    for child in element:
        if not (twice and child.tag.rpartition("}")[2] == "tex-math"):
            parts.append(text_with_formulas(child))
        parts.append(child.tail or "")
    return "".join(parts)
