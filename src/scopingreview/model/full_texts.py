"""Files that may be the full texts of reports, and which report each is matched to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FullText:
    """A PDF as far as it was read: its properties' title and the text of its first pages.

    `problem` says in words why it could not be read; its name may tell all the same. `digest` is
    the sha256 of its bytes, "" when those could not be read.
    """

    file: Path
    title: str = ""
    text: str = ""
    digest: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class TextMatch:
    """A file and the report it is the full text of: why, and whether that leaves no doubt."""

    file: Path
    record_id: str
    why: tuple[str, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class UnclearText:
    """A file that is left to a person: what speaks for which reports, or what went wrong."""

    file: Path
    why: str
    record_ids: tuple[str, ...] = ()
