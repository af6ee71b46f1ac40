"""Whether the exports in data/raw are those that were added: the rules R01 to R04."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scopingreview import store
from scopingreview.model import Export, Finding, Search
from scopingreview.paths import Review


def unregistered(review: Review, searches: Iterable[Search]) -> list[str]:
    """The files in data/raw that no search names."""
    registered = {export.file for search in searches for export in search.exports}
    return [file for file in store.raw_files(review) if file not in registered]


def register_command(file: str) -> str:
    """The command that registers a file someone dropped into data/raw."""
    parts = file.split("/")
    source = parts[2] if len(parts) > 3 else "SOURCE"
    return f"scopingreview add {file} --source {source} --hits N"


def check_raw(review: Review, searches: Iterable[Search]) -> Iterator[Finding]:
    """R01 to R04: every export and strategy is there as it was added, and no other export is."""
    searches = list(searches)
    for search in searches:
        for export in search.exports:
            yield from _check_export(review, export)
        if search.strategy and not review.path(search.strategy).is_file():
            yield Finding("R04", f"{search.name}: no strategy file {search.strategy}")
    for file in unregistered(review, searches):
        yield Finding("R03", f"{file} belongs to no search", hint=register_command(file))


def _check_export(review: Review, export: Export) -> Iterator[Finding]:
    path = review.path(export.file)
    if not path.is_file():
        yield Finding(
            "R01",
            f"{export.file} is registered but not there",
            hint="Put the export back (git restore?): its records cannot be counted without it.",
        )
    elif store.sha256(path) != export.sha256:
        yield Finding(
            "R02",
            f"{export.file} is not the file that was added: its sha256 differs",
            hint="Exports are never edited. Put the original back; add a new export as a new file.",
        )
