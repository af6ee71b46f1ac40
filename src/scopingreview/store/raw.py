"""The exports under data/raw: listed and fingerprinted, never written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from scopingreview.paths import RAW, Review
from scopingreview.store.rehearsal import standing_for


def raw_files(review: Review) -> list[str]:
    """Every file under data/raw as the review spells it, in order of name; no hidden ones."""
    found = files_below(review.path(RAW))
    return sorted(review.relative(path) for path in found if not path.name.startswith("."))


def files_below(folder: Path) -> Iterator[Path]:
    """Every file in the folder and in those below it, also behind links to folders.

    A link that leads back up is not followed twice, and one that leads nowhere is no file.
    """
    seen: set[str] = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        seen.add(os.path.realpath(place))
        folders[:] = [each for each in folders if os.path.realpath(f"{place}/{each}") not in seen]
        yield from (path for name in names if (path := Path(place, name)).is_file())


def sha256(path: Path) -> str:
    """The sha256 of the file's bytes, in hex."""
    with standing_for(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
