"""Text as an export holds it → text as a person reads it: entities, tags and blanks.

Pure functions on text; which field they are used on is the business of `compose`.
"""

from __future__ import annotations

import html
import re

from scopingreview.formats.values.mathematics import without_mathml, without_tex
from scopingreview.scan import in_one_line

# Only the names that publishers put in titles and abstracts: "p < 0.05 and n > 3" is no tag.
BLOCKS = (
    r"p|br|title|sec|div|li|ul|ol|list|list-item|h[1-6]|tr|td|table|abstract|abstracttext|label"
)
INLINE = (
    r"sub|sup|inf|i|b|u|em|strong|span|italic|bold|underline|small|sc|scp|a|font|ext-link|xref|"
    r"math|mi|mo|mn|mrow|msub|msup|msubsup|mfrac|mover|munder|mtext|msqrt|mfenced|mspace|mstyle|"
    r"semantics|annotation|mml:[a-z]+|inline-formula|tex-math|monospace|named-content|styled-content"
)
BLOCK_TAG = re.compile(rf"</?(?:jats:)?(?:{BLOCKS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
INLINE_TAG = re.compile(rf"</?(?:jats:)?(?:{INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE)
MISSING = frozenset(
    {"na", "n/a", "nan", "null", "none", "abstract not found", "[no abstract available]",
     "[no abstract available].", "no abstract available", "no abstract available.", "undefined"}
)  # fmt: skip
LONGEST_MISSING = 30  # characters


def tidy(text: str) -> str:
    """The text in one line, entities as characters, without markup, formulas as text."""
    if "&" in text:
        text = html.unescape(text)
    if "$" in text or "\\" in text:
        text = without_tex(text)
    if "<" in text:
        if "math>" in text:
            text = without_mathml(text)
        text = INLINE_TAG.sub("", BLOCK_TAG.sub(" ", text))
    return in_one_line(text)


def value_in(text: str) -> str:
    """What the text holds, tidy; "" when it only says that there is nothing."""
    if text.isdecimal():  # volumes, issues, pages
        return text
    text = tidy(text)
    return "" if len(text) < LONGEST_MISSING and is_missing(text) else text


def is_plain(text: str) -> bool:
    """Whether `tidy` would only strip the text."""
    marked = "&" in text or "<" in text or "  " in text or "$" in text or "\\" in text
    return not marked and text.isprintable()


def is_missing(text: str) -> bool:
    """Whether the tidy text only says that there is nothing (`NA`, `[No abstract available]`)."""
    return len(text) < LONGEST_MISSING and (not text or text.casefold() in MISSING)
