"""Options that people type as words, turned into values once."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from scopingreview.errors import UsageError, nearest
from scopingreview.model import Phase

Word = TypeVar("Word", bound=StrEnum)

SHORT = {"ta": Phase.TITLE_ABSTRACT, "ft": Phase.FULL_TEXT}

PhaseWord = Annotated[
    str, typer.Argument(metavar="PHASE", help="title-abstract (ta) or full-text (ft).")
]
As = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="NAME",
        envvar="SCOPINGREVIEW_REVIEWER",
        help="Who decides, as named in config/review.toml.",
    ),
]


def phase_named(text: str) -> Phase:
    """The phase of that name or its short form; UsageError with the nearest one for another."""
    if text in SHORT:
        return SHORT[text]
    return word_named(Phase, "phase", text)


def word_named(words: type[Word], noun: str, text: str) -> Word:
    """The word of the vocabulary; UsageError with the nearest one for another."""
    try:
        return words(text.casefold())
    except ValueError:
        raise UsageError(f'unknown {noun} "{text}"', hint=nearest(text, words)) from None
