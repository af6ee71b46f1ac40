"""How databases spell the same thing differently: names, titles, months."""

from __future__ import annotations

import re
import unicodedata

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SMALL = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "of",
    "on",
    "or",
    "the",
    "to",
    "with",
}


def initials(given: str) -> str:
    """Capitals of a given name: `Jane E` is JE, `Marc-André` is MA."""
    return "".join(part[0].upper() for part in re.split(r"[\s-]+", given) if part)


def dotted(given: str) -> str:
    """Initials with full stops: `J.E.`"""
    return "".join(f"{letter}." for letter in initials(given))


def with_stop(given: str) -> str:
    """A given name whose single-letter end has its full stop: `Jane E.`"""
    return f"{given}." if re.search(r"\s\w$", given) else given


def plain(text: str) -> str:
    """Latin letters without marks, as older Web of Science records have them."""
    split = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o"))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def title_case(text: str) -> str:
    """A headline: capitals except for small words, as some publishers print titles."""

    def capital(match: re.Match[str]) -> str:
        word = match[0]
        return word if word in SMALL and match.start() else word[:1].upper() + word[1:]

    cased = re.sub(r"(?<![\w'’])[a-zà-ÿ]\w*", capital, text)
    return re.sub(r"([:?] )([a-z])", lambda match: match[1] + match[2].upper(), cased)


BRITISH = (
    ("isation", "ization"),
    ("omised", "omized"),
    ("ialised", "ialized"),
    ("matised", "matized"),
    ("matising", "matizing"),
    ("ognise", "ognize"),
    ("ounsell", "ounsel"),
    ("rogramme", "rogram"),
    ("ehaviour", "ehavior"),
    ("entres", "enters"),
    ("entre", "enter"),
    ("labour", "labor"),
    ("paediatric", "pediatric"),
    ("Paediatric", "Pediatric"),
)
AMERICAN = re.compile(r"[Cc]ounselor|ization|omized|[Cc]enters?\b|[Bb]ehavior|[Pp]rogram\b")


def american(text: str) -> str:
    """The text in American spelling."""
    for british, spelled in BRITISH:
        text = text.replace(british, spelled)
    return text


def is_american(text: str) -> bool | None:
    """Whether the text is spelled the American way; None when it does not show."""
    if AMERICAN.search(text):
        return True
    return False if american(text) != text else None
