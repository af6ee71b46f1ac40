"""Options that several commands share, and the words people type turned into values once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
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
RecordId = Annotated[str, typer.Option("--record", metavar="ID", help="Decide on this record.")]
NoteText = Annotated[str, typer.Option("--note", help="A comment kept with it.")]
Plain = Annotated[
    bool,
    typer.Option(
        "--plain", help="Ask line by line: for a screen reader, a slow line, or a dumb terminal."
    ),
]
Sheet = Annotated[
    Path | None,
    typer.Option(
        "--from", metavar="FILE", help="Take every row of a CSV file: all of them or none."
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
