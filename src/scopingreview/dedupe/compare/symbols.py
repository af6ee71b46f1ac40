"""Symbols in titles, and what databases write instead of them: one spelling for all.

PubMed wrote "> or = 50" and "microg" before it took Unicode, Embase "(greater-than or equal to)",
Web of Science "horizontal ellipsis" and "similar to", Inspec "/spl beta/", ProQuest "CO^sub 2^",
and a beta is met as an ß. Most symbols part no two works, and their words go the way of
punctuation. More and less, and plus or minus stay as words of their own, the SIGNS: a database
may lose one of them, but does not turn it round. Not here: Greek letters, sub- and superscripts in
Unicode, "&" and "+", which `normalise` writes out in any field.
"""

from __future__ import annotations

import re

from scopingreview import normalise

MORE, LESS, PLUS_MINUS = "morethan", "lessthan", "plusminus"
SIGNS = frozenset((MORE, LESS, PLUS_MINUS))


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


GREEK = _listed(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi chi psi omega"
)

_Spellings = tuple[tuple[re.Pattern[str], str], ...]


def _spellings(*rows: tuple[str, str]) -> _Spellings:
    """What is looked for, and what is put in its place, in that order."""
    return tuple((re.compile(written), put) for written, put in rows)


# In the text as it was exported. A bare < or > is a sign before a number only: A>G is a mutation.
_IN_TEXT = _spellings(
    (r"(?<![^\W\d_])ß|(?<=[A-Z])ß(?![^\W\d_])", "beta"),  # no German word begins with it
    (r"(?<=\d)\s?[º˚](?!\w)|(?<=\d)\s?[º˚]\s?(?=C\b)", " deg "),
    (r"∞", " infinity "),
    (r"[≥≧⩾≳]|>\s?(?:/\s?|or\s?)?=|(?<![-=])>(?=\s?\d)|=>(?=\s?\d)", f" {MORE} "),
    (r"[≤≦⩽≲]|<\s?(?:/\s?|or\s?)?=(?!>)|<(?=\s?\d)|=<(?=\s?\d)", f" {LESS} "),
    (r"±|\+\s?(?:/|or)?\s?-(?!\s?[->])", f" {PLUS_MINUS} "),
    (r"[™℠®]|(?<=\w)\s?\(TM\)|(?<=\w)\(R\)(?!-)", ""),
)
_CHARACTERS = re.compile("[ßº˚∞≥≧⩾≳≤≦⩽≲±™℠®]")

# And among the words of the title. A micro is a mu before these units.
_MICRO = r"(?<=\d )(?:mu ?|micro ?|mc|u)"
_IN_WORDS = _spellings(
    (r"\bspl ges\b|\bgeq\b", MORE),
    (r"\bspl les\b|\bleq\b", LESS),
    (r"\bspl (?:times|rarr|larr|deg|ap|sim)\b|\bspl ", ""),
    (r"\b(?:sub|sup)(?:script)? (?=\d|plus)", ""),
    (r"\b(?:greater|more) than or equal(?: to)?\b|\bgreater than(?= \d)", MORE),
    (r"\bless than or equal(?: to)?\b|\bless than(?= \d)", LESS),
    (rf"\b({MORE}|{LESS}) to\b", r"\1"),
    (r"\bplus (?:or )?minus\b|\bplusmn\b", PLUS_MINUS),
    (r"\bhorizontal ellipsis\b", ""),
    (r"\b(?:right|left)(?:wards)? arrow\b", ""),
    (r"(?<=\d )times (?=\d)", ""),
    (r"\b(?:similar to|(?:approximately|almost)(?: equal to)?)(?= \d)", ""),
    (r"(?<=\d )(?:percent|per cent)\b", ""),
    (r"(?<=\d)(?: degrees?| deg)? ?(?:c|celsius|centigrade)\b", " c"),
    (r"(?<=\d )(?:degrees?|deg)\b", ""),
    (r"(?<=\d )prime\b", ""),
    (r"\bchi (?:squared?|2)\b", "chi2"),
    (rf"{_MICRO}(?:g|grams?)\b", "mug"),
    (rf"{_MICRO}(?:m|met(?:er|re)s?)\b", "mum"),
    (rf"{_MICRO}(?:l|lit(?:er|re)s?)\b", "mul"),
    (rf"{_MICRO}(?:mol|moles?)\b", "mumol"),
)

# Where none of these words is in a title, none of those spellings is.
SPELT = _listed(
    "spl sub sup subscript superscript geq leq prime greater less equal morethan lessthan plusmn "
    "minus ellipsis arrow times similar approximately almost percent cent degree degrees deg "
    "celsius centigrade chi mu micro mug mcg ug microg microgram micrograms mum um microm "
    "micrometer micrometers micrometre micrometres mul ul microl microliter microliters "
    "microlitre microlitres mumol umol micromol micromole micromoles"
)


def signs_written_out(text: str) -> str:
    """The text with the symbols that its words would lose written out as words.

    >>> signs_written_out("Age ≥50 or <b>TGF-ß1</b> &lt; 4").split()
    ['Age', 'morethan', '50', 'or', 'TGF-beta1', 'lessthan', '4']
    """
    if "&" in text or "<" in text:
        text = normalise.plain(text)
    if _may_have_signs(text):
        for written, put in _IN_TEXT:
            text = written.sub(put, text)
    return text


def _may_have_signs(text: str) -> bool:
    # Spelt out, because a generator costs more than all of these.
    if "<" in text or ">" in text or "+" in text or "(TM)" in text or "(R)" in text:
        return True
    return not text.isascii() and _CHARACTERS.search(text) is not None


def without_spelt_symbols(words: str) -> str:
    """The words of a title without the words that databases write for symbols.

    >>> without_spelt_symbols("greater than or equal to 50 microg at 37 degrees celsius")
    'morethan 50 mug at 37 c'
    """
    if SPELT.isdisjoint(words.split()):
        return words
    for written, put in _IN_WORDS:
        words = written.sub(put, words)
    return " ".join(words.split())
