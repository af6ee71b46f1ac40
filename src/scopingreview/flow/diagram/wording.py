"""The words of the diagram in each language, and how that language writes a number.

The table is wording.csv: English is exactly that of the official PRISMA 2020 templates, the
other columns are our own translations (docs/flow.md says which others have been published). A
review may put words of its own in the place of any of them.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from string import Formatter

from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.model import FlowRules

# Between thousands; the narrow no-break space keeps a French number in one piece.
SEPARATORS = {"en": ",", "de": ".", "es": ".", "fr": "\u202f", "pt": ".", "zh": ","}
OWN_WORDS = "config/wording.toml"
# The templates are CC BY: whoever draws them names where they are from.
SOURCE, SOURCE_DOI = "source", "10.1136/bmj.n71"
WITH_DIGITS = ("title", SOURCE)


@dataclass(frozen=True, slots=True)
class Wording:
    """The diagram's words by key, and what stands between thousands."""

    words: Mapping[str, str]
    separator: str

    def __getitem__(self, key: str) -> str:
        """The words for a key."""
        return self.words[key]

    def number(self, n: int) -> str:
        """The number as this language writes it."""
        return grouped(n).replace(",", self.separator)


def wording_for(rules: FlowRules) -> Wording:
    """The words of the rules' language, with the review's own in their place.

    Raises CombinedError for every word of its own that no diagram has, or that would lose or add
    a number.
    """
    usual = wording(rules.language)
    raise_problems([*_wrong_words(rules.own_words, usual), *_wrong_thousands(rules.thousands)])
    separator = usual.separator if rules.thousands is None else rules.thousands
    return Wording({**usual.words, **rules.own_words}, separator)


def as_toml(words: Wording) -> str:
    """The words as config/wording.toml takes them; a text of JSON is one of TOML, too."""
    quoted = partial(json.dumps, ensure_ascii=False)
    return "\n".join(
        [
            f"# {OWN_WORDS}: words of the flow diagram that are this review's own.",
            "# Keep the lines that you change; without a line the usual words stand. What is in",
            "# {} is a number, and stays.",
            f"thousands = {quoted(words.separator)}",
            "",
            "[words]",
            *(f"{key} = {quoted(text)}" for key, text in words.words.items()),
        ]
    )


def _wrong_words(own: Mapping[str, str], usual: Wording) -> Iterator[ReviewError]:
    for key, text in own.items():
        if key not in usual.words:
            yield _refused(f'no word of the diagram is called "{key}"', nearest(key, usual.words))
        elif not text.strip():
            yield _refused(f'"{key}" is empty', "Leave the line out for the usual words.")
        elif _places(text) != _places(usual[key]):
            places = " ".join(sorted(f"{{{each}}}" for each in _places(usual[key]) or ()))
            told = f"It holds {places}, each once." if places else "It holds no { and no }."
            yield _refused(f'"{key}" does not hold the numbers it is for', told)
        elif key not in WITH_DIGITS and re.search(r"\d", text):
            yield _refused(f'"{key}" holds a digit', "Numbers are counted, never written here.")
    if SOURCE in own and SOURCE_DOI not in own[SOURCE]:
        hint = f"The templates are CC BY: keep doi:{SOURCE_DOI}."
        yield _refused(f'"{SOURCE}" does not name where the diagram is from', hint)


def _wrong_thousands(thousands: str | None) -> Iterator[ReviewError]:
    if thousands and (len(thousands) > 1 or thousands.isalnum()):
        hint = 'One sign, or "" for none.'
        yield _refused(f'"{thousands}" cannot stand between thousands', hint)


def _refused(what: str, hint: str) -> ReviewError:
    return ReviewError(what, where=OWN_WORDS, hint=hint)


def _places(text: str) -> list[str] | None:
    """Where numbers go, sorted; None for a text with a bracket that opens or closes nothing."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return None
    plain = all(not form and not conversion for _, name, form, conversion in parts if name)
    return sorted(name for _, name, _, _ in parts if name is not None) if plain else None


@cache
def wording(language: str = "en") -> Wording:
    """The usual words of a language; ReviewError when there is no table for it."""
    if language not in SEPARATORS:
        raise ReviewError(
            f'the diagram does not speak "{language}"',
            where="config/review.toml",
            hint=nearest(language, SEPARATORS),
        )
    table = resources.files("scopingreview.flow.diagram").joinpath("wording.csv")
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return Wording({row["key"]: row[language] for row in rows}, SEPARATORS[language])


def grouped(n: int, *, signed: bool = False) -> str:
    """The number with commas between thousands; `signed` writes the plus too."""
    text = f"{n:+,}" if signed else f"{n:,}"
    return text.replace("-", "−")
