"""Whether the exports and strategies that the searches name are there, as they were added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scopingreview import store
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import Export, Finding, Search
from scopingreview.paths import Review

PUT_BACK = "Put the export back (git restore?): its records cannot be counted without it."
NEVER_EDITED = "Exports are never edited. Put the original back; add a new export as a new file."


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
    """R01-R04, R06: every export and strategy is there as it was added, and no other export is.

    A public copy has none, and nobody can ask for them there.
    """
    searches = list(searches)
    is_copy = store.read_public_copy(review.root) is not None
    for search in searches:
        for export in () if is_copy else search.exports:
            yield from _check_export(review, export)
        yield from _check_strategy(review, search)
    for file in unregistered(review, searches):
        yield Finding("R03", f"{file} belongs to no search", hint=register_command(file))


def _check_export(review: Review, export: Export) -> Iterator[Finding]:
    path = review.path(export.file)
    if not path.is_file():
        yield Finding(
            "R01",
            f"{export.file} is registered but not there",
            hint=PUT_BACK,
        )
    elif store.sha256(path) != export.sha256:
        yield Finding(
            "R02",
            f"{export.file} is not the file that was added: its sha256 differs",
            hint=NEVER_EDITED,
        )


def _check_strategy(review: Review, search: Search) -> Iterator[Finding]:
    if not search.strategy:
        return
    path = review.path(search.strategy)
    if not path.is_file():
        yield Finding("R04", f"{search.name}: no strategy file {search.strategy}")
    elif search.strategy_sha256 and store.sha256(path) != search.strategy_sha256:
        yield Finding(
            "R06",
            f"{search.name}: {search.strategy} is not the file that was added: its sha256 differs",
            hint="It says how the search was run. Put the original back (git restore?).",
        )


def refuse_lost_exports(review: Review, searches: Iterable[Search]) -> None:
    """Raises ReviewError naming every registered export that is not there; a copy needs none."""
    if store.read_public_copy(review.root) is not None:
        return
    exports = (export for search in searches for export in search.exports)
    raise_problems([_lost(each) for each in exports if not review.path(each.file).is_file()])


def _lost(export: Export) -> ReviewError:
    return ReviewError("this export is registered but not there", where=export.file, hint=PUT_BACK)


def refuse_spoiled_exports(review: Review, searches: Iterable[Search]) -> None:
    """Raises ReviewError naming every export and strategy that is gone or not as it was added."""
    errors = [finding for finding in check_raw(review, searches) if finding.code != "R03"]
    raise_problems([ReviewError(each.message, hint=each.hint) for each in errors])
