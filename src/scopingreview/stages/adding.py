"""Taking an export into the review: recognised, copied untouched, registered with its sha256."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path

from scopingreview import config, formats, store
from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.model import Export, Protocol, Search, Source
from scopingreview.paths import RAW, SEARCHES, STRATEGIES, Review


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

    They join the search of that source and day when there is one. Who adds at the same time waits.
    Raises ReviewError for an unknown source, an unreadable or unknown file, a file that is in the
    review already, and hits that contradict those of the search; then no copy is left.
    """
    protocol = config.load_protocol(review)
    source = _known_source(protocol, details.source)
    with config.searches_held(review), _copies_taken_back(review) as copies:
        searches = config.load_searches(review, protocol)
        search = _search_for(searches, source, details)
        formats_found = _check_files(review, files, searches)
        search = _with_strategy(review, search, details.strategy, copies)
        kept = [_keep_export(review, file, source, searches, copies) for file in files]
        digests = [store.sha256(review.path(name)) for name in kept]
        exports = map(Export, kept, digests)
        search = replace(search, exports=(*search.exports, *exports))
        config.save_search(review, search)
    return search, list(map(AddedExport, kept, formats_found))


@contextmanager
def _copies_taken_back(review: Review) -> Iterator[list[Path]]:
    """The copies in the list stay when all goes well; else none is left that no search names."""
    copies: list[Path] = []
    try:
        yield copies
    except BaseException:
        registered = store.read_text(review.path(SEARCHES), where=SEARCHES)
        for copy in copies:
            if review.relative(copy) not in registered:
                store.take_away(copy)
        raise


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


def _keep_export(
    review: Review, file: Path, source: Source, searches: Sequence[Search], copies: list[Path]
) -> str:
    """The export's path in the review: where it stands already, or a copy made to the byte."""
    if _is_inside(review, file):
        return review.relative(file)
    taken = {export.file for search in searches for export in search.exports}
    target = review.path(RAW) / source.name / _plain_name(file.name)
    for candidate in _names_after(target):
        if not candidate.exists():
            copies.append(candidate)
            store.copy_whole(file, candidate)
        elif review.relative(candidate) in taken or not _same_bytes(candidate, file):
            continue  # else a copy that an `add` which was killed had made and not registered
        return review.relative(candidate)
    raise AssertionError("there is always another name")


def _names_after(path: Path) -> Iterator[Path]:
    """The path, then the same with -2, -3 … before its suffix."""
    yield path
    yield from (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))


def _same_bytes(one: Path, other: Path) -> bool:
    if not one.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    return store.sha256(one) == store.sha256(other)


def _with_strategy(review: Review, search: Search, file: Path | None, copies: list[Path]) -> Search:
    """The search with its strategy in the review, and the sha256 of it."""
    if file is None:
        return search
    if not file.is_file():
        raise ReviewError("no such strategy file", where=str(file))
    kept = _keep_strategy(review, file, search.name, copies)
    return replace(search, strategy=kept, strategy_sha256=store.sha256(review.path(kept)))


def _keep_strategy(review: Review, file: Path, search: str, copies: list[Path]) -> str:
    folder = review.path(STRATEGIES)
    if file.resolve().is_relative_to(folder.resolve()):
        return review.relative(file)
    target = folder / f"{search}{file.suffix or '.txt'}"
    for candidate in _names_after(target):
        if not candidate.exists():
            copies.append(candidate)
            store.copy_whole(file, candidate)
        elif not _same_bytes(candidate, file):
            continue
        return review.relative(candidate)
    raise AssertionError("there is always another name")
