"""What a person can put right: where it is, what is wrong, what to do next.

Only `cli` prints these. Anything else that is raised is a bug and keeps its traceback.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


class ReviewError(Exception):
    """Something in the review's files or in a command that a person can put right.

    `where` names the file (and line) or the option, `hint` says what to do next.
    """

    def __init__(self, message: str, *, where: str = "", line: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.line = line
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line else self.where
        text = f"{place}: {self.message}" if place else self.message
        return f"{text}\n  {self.hint}" if self.hint else text


class CombinedError(ReviewError):
    """Everything that is wrong with one file or one command, reported at once."""

    def __init__(self, errors: Iterable[ReviewError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


class UsageError(ReviewError):
    """The command's own words are wrong: exit status 2."""


class MissingInputError(ReviewError):
    """A file that an earlier stage makes is not there yet; the hint names the stage."""


class NotWrittenError(ReviewError):
    """The disk refused a line (full, read-only): nothing was written, and it can be tried again."""


def raise_problems(problems: Sequence[ReviewError]) -> None:
    """Raise everything that was found wrong at once; do nothing when nothing was."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise CombinedError(problems)


def nearest(word: str, known: Iterable[str]) -> str:
    """`Did you mean "…"?` with the closest known word, else all the known words."""
    choices = list(known)
    by_folded = {choice.casefold(): choice for choice in choices}
    close = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    if close:
        return f'Did you mean "{by_folded[close[0]]}"?'
    return f"Known here: {', '.join(choices)}." if choices else ""
