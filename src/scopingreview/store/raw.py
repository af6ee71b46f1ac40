"""The exports under data/raw: listed and fingerprinted, never written."""

from __future__ import annotations

import hashlib
from pathlib import Path

from scopingreview.paths import RAW, Review
from scopingreview.store.file_names import files_below
from scopingreview.store.rehearsal import standing_for


def raw_files(review: Review) -> list[str]:
    """Every file under data/raw as the review spells it, in order of name; no hidden ones."""
    found = files_below(review.path(RAW))
    return sorted(review.relative(path) for path in found if not path.name.startswith("."))


def sha256(path: Path) -> str:
    """The sha256 of the file's bytes, in hex."""
    with standing_for(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
