"""What a person can put right: where it is, what is wrong, what to do next.

Only `cli` prints these. Anything else that is raised is a bug and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scopingreview.visible import visible

SHORTEST_BEGINNING = 2  # characters of a word that may be the beginning of another
SHOWN = 3  # of those that begin so
FEW = 20  # as many words as an error message can name
MANY = 2_000  # as many as can be compared while a person waits
LONGEST = 2_000  # characters of a line that is told: what is quoted may be as long as a file
END_KEPT = 400  # of those: what is said of the quoted stands after it


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
        return _told(f"{text}\n  {self.hint}" if self.hint else text)


def _told(text: str) -> str:
    """The text as a terminal takes it: what acts or hides is seen, what is endless is cut."""
    return visible("\n".join(map(_cut, text.split("\n"))))


def _cut(line: str) -> str:
    if len(line) <= LONGEST:
        return line
    return f"{line[: LONGEST - END_KEPT]} … {line[-END_KEPT:]}"


class CombinedError(ReviewError):
    """Everything that is wrong with one file or one command, reported at once."""

    def __init__(self, errors: Iterable[ReviewError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


class MissingPackageError(ReviewError):
    """What was asked for needs a library that is not installed."""


class UsageError(ReviewError):
    """The command's own words are wrong: exit status 2."""


class MissingInputError(ReviewError):
    """A file that an earlier stage makes is not there yet; the hint names the stage."""


class NotWrittenError(ReviewError):
    """The disk refused a file or a line (full, read-only): what was there stands; try again."""


class ReviewWarning(UserWarning):
    """Something that a person should know of and that stops nothing."""


def raise_problems(problems: Sequence[ReviewError]) -> None:
    """Raise everything that was found wrong at once; do nothing when nothing was."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise CombinedError(problems)


def nearest(word: str, known: Iterable[str]) -> str:
    """`Did you mean "…"?` with the known word that begins so, or is the closest.

    Where several begin so, how many; where none is near, the known words if they are few. An id
    also begins with what stands behind its source.
    """
    from difflib import get_close_matches  # loaded by whoever mistyped something

    choices = list(known)
    if begun := _begun(word.casefold(), choices):
        return begun
    by_folded = {choice.casefold(): choice for choice in choices}
    close = get_close_matches(word.casefold(), _alike(word.casefold(), by_folded), n=1)
    if close:
        return f'Did you mean "{by_folded[close[0]]}"?'
    return f"Known here: {', '.join(choices)}." if 0 < len(choices) <= FEW else ""


def _begun(word: str, choices: Sequence[str]) -> str:
    """The choices that begin so: a short id is more often cut off than mistyped."""
    if len(word) < SHORTEST_BEGINNING:
        return ""
    found = [
        choice
        for choice in choices
        if choice.casefold().startswith(word)
        or choice.casefold().partition(":")[2].startswith(word)
    ]
    if len(found) > SHOWN:
        return f"{len(found):,} begin so: {', '.join(found[:SHOWN])} …"
    named = " or ".join(f'"{choice}"' for choice in found)
    return f"Did you mean {named}?" if found else ""


def _alike(word: str, choices: Iterable[str]) -> list[str]:
    """The choices worth a closer look: of many (record ids), those of about the same length."""
    listed = list(choices)
    if len(listed) <= MANY:
        return listed
    same_start = (choice for choice in listed if choice[:2] == word[:2])
    return [choice for choice in same_start if abs(len(choice) - len(word)) <= 1][:MANY]
