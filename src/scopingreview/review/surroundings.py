"""What a review needs of the machine it stands on: its disk, its git, its fonts.

Each is looked at once and said with what to do where it falls short; nothing is written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from scopingreview.errors import ReviewError
from scopingreview.paths import CHARTED, RAW, RESULTS, SCREENED, STRATEGIES, Review
from scopingreview.review.git import GitRefusedError, attributes, has_repository
from scopingreview.store.lock import keeps_locks

ENOUGH_ROOM = 500_000_000  # bytes: ten times what a review of 100,000 records takes
# What `.gitattributes` of a new review says of a file in each folder (templates/gitattributes).
ATTRIBUTES = {
    f"{RAW}/export": ("text", "unset"),
    f"{STRATEGIES}/strategy.txt": ("text", "unset"),
    f"{SCREENED}/person.csv": ("merge", "union"),
    f"{CHARTED}/person.csv": ("merge", "union"),
    f"{RESULTS}/counts.csv": ("merge", "union"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What was looked at and how it stands; `advice` is "" where nothing is to be done."""

    what: str
    stands: str
    advice: str = ""


def look_around(review: Review) -> Iterator[Look]:
    """The disk, git and the fonts, as this review needs them."""
    yield _room(review)
    yield _writing(review)
    yield _locks(review)
    yield from _git(review)
    yield _fonts(review)


def _room(review: Review) -> Look:
    free = shutil.disk_usage(review.root).free
    short = free < ENOUGH_ROOM
    return Look(
        "disk",
        f"{free / 1e9:,.1f} GB free",
        "Make room: a full disk takes no decision." if short else "",
    )


def _writing(review: Review) -> Look:
    if os.access(review.root, os.W_OK):
        return Look("writing", "this folder can be written")
    return Look("writing", "this folder can only be read", "Get write access to it.")


def _locks(review: Review) -> Look:
    if keeps_locks(review):
        return Look("locks", "kept")
    return Look(
        "locks",
        "this disk keeps none",
        "Let each person work in one place at a time, or on a disk of their own (git clone).",
    )


def _git(review: Review) -> Iterator[Look]:
    if shutil.which("git") is None:
        yield Look("git", "not installed", "Install it: it keeps what was decided, and merges it.")
        return
    if not has_repository(review):
        yield Look("git", "this review is in no repository", "Begin one: git init")
        return
    try:
        wrong = [
            f"{file.rpartition('/')[0]}/ needs {name}={value}"
            for file, (name, value) in ATTRIBUTES.items()
            if attributes(review, file).get(name) != value
        ]
    except GitRefusedError as error:
        yield Look("git", f"does not answer: {error}", "Ask it yourself: git status")
        return
    yield Look("git", "a repository")
    yield Look(
        ".gitattributes",
        "; ".join(wrong) or "as this version needs it",
        "Copy .gitattributes from a review that `scopingreview init` makes today." if wrong else "",
    )


def _fonts(review: Review) -> Look:
    from scopingreview import config
    from scopingreview.flow.diagram.printing import available_fonts

    try:
        wanted = config.load_protocol(review).flow.font
    except ReviewError as error:
        return Look("fonts", str(error), "See: scopingreview check")
    fonts = available_fonts(wanted)
    missing = wanted and wanted not in fonts
    return Look(
        "fonts",
        ", ".join(fonts),
        f'Install "{wanted}", the font of [flow], or name another one.' if missing else "",
    )
