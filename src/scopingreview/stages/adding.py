"""Taking an export into the review: recognised, copied untouched, registered with its sha256."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from scopingreview import config, formats, store
from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.model import Export, Protocol, Search, Source
from scopingreview.paths import RAW, STRATEGIES, Review


@dataclass(frozen=True, slots=True)
class SearchDetails:
    """What the searcher says of a search; "" and None for what is not known."""

    source: str
    run_on: date
    hits: int | None = None
    strategy: Path | None = None
    platform: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class AddedExport:
    """One export as it now stands in the review, and the format it was recognised as."""

    file: str
    format: str


def add_exports(
    review: Review, files: Sequence[Path], details: SearchDetails
) -> tuple[Search, list[AddedExport]]:
    """The exports stand in data/raw and in config/searches.toml; the search they belong to.

    They join the search of that source and day when there is one. Raises ReviewError for an
    unknown source, an unreadable or unknown file, a file that is in the review already, and hits
    that contradict those of the search; then nothing is copied.
    """
    protocol = config.load_protocol(review)
    source = _known_source(protocol, details.source)
    searches = config.load_searches(review, protocol)
    search = _search_for(searches, source, details)
    formats_found = _check_files(review, files, searches)
    strategy = _keep_strategy(review, details.strategy, search.name)

    added = []
    exports = list(search.exports)
    for file, found in zip(files, formats_found, strict=True):
        name = _keep_export(review, file, source)
        exports.append(Export(file=name, sha256=store.sha256(review.path(name))))
        added.append(AddedExport(file=name, format=found))
    search = replace(search, exports=tuple(exports), strategy=strategy or search.strategy)
    config.save_search(review, search)
    return search, added


def _known_source(protocol: Protocol, name: str) -> Source:
    names = [source.name for source in protocol.sources]
    if name not in names:
        raise ReviewError(
            f'unknown source "{name}"',
            hint=f"{nearest(name, names)} A new source gets its [[sources]] in config/review.toml.",
        )
    return protocol.source(name)


def _search_for(searches: Sequence[Search], source: Source, details: SearchDetails) -> Search:
    name = details.name or f"{source.name}-{details.run_on.isoformat()}"
    known = {search.name: search for search in searches}.get(name)
    if known is None:
        return Search(
            name=name,
            source=source.name,
            exports=(),
            platform=details.platform or source.platform,
            run_on=details.run_on,
            hits=details.hits,
        )
    if known.source != source.name:
        raise ReviewError(f'search "{name}" is of the source {known.source}, not {source.name}')
    if details.hits is not None and known.hits not in (None, details.hits):
        raise ReviewError(
            f'search "{name}" has {known.hits} hits, not {details.hits}',
            hint="hits are those of the whole search, over all its files. "
            "Is this another search? Give it a name of its own: --search NAME",
        )
    return replace(known, hits=details.hits if known.hits is None else known.hits)


def _check_files(review: Review, files: Sequence[Path], searches: Sequence[Search]) -> list[str]:
    """The format of each file; raises for all that cannot be added at once."""
    place_of = {export.sha256: export.file for search in searches for export in search.exports}
    problems: list[ReviewError] = []
    found: list[str] = []
    for file in files:
        try:
            found.append(_check_file(review, file, place_of))
        except ReviewError as error:
            problems.append(error)
    raise_problems(problems)
    return found


def _check_file(review: Review, file: Path, place_of: dict[str, str]) -> str:
    if not file.is_file():
        raise ReviewError("no such file", where=str(file))
    digest = store.sha256(file)
    if digest in place_of:
        raise ReviewError(
            f"this export is in the review already, as {place_of[digest]}", where=str(file)
        )
    place_of[digest] = str(file)
    if _is_inside(review, file) and _plain_name(file.name) != file.name:
        raise ReviewError(
            "a file in data/raw has a name without blanks and signs, so that make can name it",
            where=str(file),
            hint=f"Rename it first: mv '{file}' '{file.with_name(_plain_name(file.name))}'",
        )
    return formats.recognise(file).name


def _is_inside(review: Review, file: Path) -> bool:
    return file.resolve().is_relative_to(review.path(RAW).resolve())


def _plain_name(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-")


def _keep_export(review: Review, file: Path, source: Source) -> str:
    """The export's path in the review: where it stands already, or a copy made to the byte."""
    if _is_inside(review, file):
        return review.relative(file)
    target = _free_name(review.path(RAW) / source.name / _plain_name(file.name))
    store.copy_whole(file, target)
    return review.relative(target)


def _free_name(path: Path) -> Path:
    number, candidate = 1, path
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate


def _keep_strategy(review: Review, file: Path | None, search: str) -> str:
    if file is None:
        return ""
    if not file.is_file():
        raise ReviewError("no such strategy file", where=str(file))
    folder = review.path(STRATEGIES)
    if file.resolve().is_relative_to(folder.resolve()):
        return review.relative(file)
    target = folder / f"{search}{file.suffix or '.txt'}"
    if target.exists() and target.read_bytes() != file.read_bytes():
        target = _free_name(target)
    store.copy_whole(file, target)
    return review.relative(target)
