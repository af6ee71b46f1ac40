"""Taking exports into the review: recognised, copied untouched, registered with their sha256.

A folder or an archive is the files it holds. A record that somebody types, or a reference that they
paste, is an export of its own: it is read, counted and kept as every other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path

from scopingreview import config, formats, store
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.exchange import Row, as_ris
from scopingreview.formats.typed_fields import spelled
from scopingreview.model import (
    Correction,
    Export,
    Record,
    Search,
    Source,
)
from scopingreview.paths import RAW, SEARCHES, STRATEGIES, Review, alike
from scopingreview.progress_note import Tell, to_nobody
from scopingreview.screening.corrected import correct
from scopingreview.stages.search_details import (
    SearchDetails,
    check_chasing,
    known_source,
    plain_name,
    search_for,
)
from scopingreview.store.unpacking import Incoming, set_down, taken_apart

__all__ = ["AddedExport", "SearchDetails", "add_exports", "add_pasted", "add_record"]

BY_HAND = "by-hand.ris"
PASTED = "pasted.txt"
MOST_TOLD = 10  # of the files of a folder that cannot be added
TABLES = ("delimited table", "Excel")


@dataclass(frozen=True, slots=True)
class AddedExport:
    """One export as it now stands in the review: its format and the records that begin in it.

    `told` is the file it was. `foreign` names how it is written when its source cannot have
    written it so, else "".
    """

    file: str
    format: str
    records: int
    told: str
    foreign: str = ""


def add_exports(
    review: Review, files: Sequence[Path], details: SearchDetails, tell: Tell = to_nobody
) -> tuple[Search, list[AddedExport]]:
    """The exports stand in data/raw and in config/searches.toml; the search they belong to.

    `files` may be folders and archives. They join the search of that source and day when there is
    one. Who adds at the same time waits. Raises ReviewError for an unknown source, an unreadable
    or unknown file, a file that is in the review already, a record to chase from that is not, and
    hits that contradict those of the search; then no copy is left.
    """
    protocol = config.load_protocol(review)
    source = known_source(protocol, details.source)
    check_chasing(review, source, details)
    with (
        taken_apart(files) as incoming,
        config.searches_held(review),
        _copies_taken_back(review) as copies,
    ):
        searches = config.load_all_searches(review, protocol)
        search = search_for(searches, source, details)
        looks = _check_files(review, incoming, searches, details.columns, tell)
        search = _with_strategy(review, search, details.strategy, copies)
        kept = []
        for number, each in enumerate(incoming, 1):
            tell(f"{number:,} of {len(incoming):,} files copied")
            kept.append(_keep_export(review, each.path, source, searches, copies))
        tell("")
        digests = [store.sha256(review.path(name)) for name in kept]
        exports = (
            Export(name, digest, details.columns)
            for name, digest in zip(kept, digests, strict=True)
        )
        search = replace(search, exports=(*search.exports, *exports))
        config.save_search(review, search)
    called = (source.name, source.label, search.platform or source.platform)
    added = [
        AddedExport(
            name, kind, look.records, each.told, formats.foreign_database(look.layouts, called)
        )
        for name, each, (kind, look) in zip(kept, incoming, looks, strict=True)
    ]
    return search, added


def add_pasted(
    review: Review, content: bytes, details: SearchDetails, name: str = PASTED
) -> tuple[Search, list[AddedExport]]:
    """References in any known format that came by no file; as `add_exports`."""
    with set_down(content, name) as file:
        return add_exports(review, [file], details)


def add_record(
    review: Review, values: Mapping[str, str], details: SearchDetails
) -> tuple[Search, list[AddedExport]]:
    """A record typed by hand, kept as RIS; as `add_exports`. `values` are the texts by field.

    Raises CombinedError naming every text that cannot stand, and a record without a title.
    """
    problems: list[ReviewError] = []
    typed: dict[str, Correction] = {}
    for name, text in values.items():
        try:
            value = spelled(name, text)
        except ReviewError as error:
            problems.append(error)
        else:
            moment = datetime.min.replace(tzinfo=UTC)
            typed[name] = Correction(moment, "", name, value, by="")
    if not values.get("title", "").strip():
        problems.append(ReviewError("a record has a title", hint="Say it: --field title=…"))
    raise_problems(problems)
    content = b"".join(as_ris([Row(correct(Record(""), typed))]))
    return add_pasted(review, content, details, BY_HAND)


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


Look = tuple[str, formats.FirstLook]
"""The name of a file's format, and what a first look at it shows."""


def _check_files(
    review: Review,
    incoming: Sequence[Incoming],
    searches: Sequence[Search],
    columns: Mapping[str, str],
    tell: Tell,
) -> list[Look]:
    """The format of each file and a first look; raises for all that cannot be added at once."""
    place_of = {export.sha256: export.file for search in searches for export in search.exports}
    problems: list[ReviewError] = []
    found: list[Look] = []
    for number, each in enumerate(incoming, 1):
        tell(f"{number:,} of {len(incoming):,} files looked at")
        try:
            found.append(_check_file(review, each.path, place_of, each.told, columns))
        except ReviewError as error:
            problems.append(
                ReviewError(error.message, where=each.told, line=error.line, hint=error.hint)
            )
    if len(problems) > MOST_TOLD:
        rest = f"{len(problems) - MOST_TOLD:,} more files that cannot be added; none was added"
        hint = "Name the exports, or a folder that holds nothing else."
        problems[MOST_TOLD:] = [ReviewError(rest, hint=hint)]
    raise_problems(problems)
    return found


def _check_file(
    review: Review, file: Path, place_of: dict[str, str], told: str, columns: Mapping[str, str]
) -> Look:
    if not file.is_file():
        raise ReviewError("no such file")
    digest = store.sha256(file)
    if digest in place_of:
        raise ReviewError(f"this export is in the review already, as {place_of[digest]}")
    place_of[digest] = told
    if _is_inside(review, file) and plain_name(file.name) != file.name:
        raise ReviewError(
            "a file in data/raw has a name without blanks and signs, so that make can name it",
            hint=f"Rename it first: mv '{file}' '{file.with_name(plain_name(file.name))}'",
        )
    found = formats.recognise(file, columns).format
    if columns and found.name not in TABLES:
        raise ReviewError(f"columns are those of a table, and this is {found.name}")
    return found.name, formats.look_at(file, found, columns)


def _is_inside(review: Review, file: Path) -> bool:
    return file.resolve().is_relative_to(review.path(RAW).resolve())


def _keep_export(
    review: Review, file: Path, source: Source, searches: Sequence[Search], copies: list[Path]
) -> str:
    """The export's path in the review: where it stands already, or a copy made to the byte."""
    if _is_inside(review, file):
        return review.relative(file)
    taken = {export.file for search in searches for export in search.exports}
    target = review.path(RAW) / source.name / plain_name(file.name)
    for candidate in _names_after(target):
        if not candidate.exists():
            copies.append(candidate)
            store.copy_whole(file, candidate)
        elif review.relative(candidate) in taken or not _same_bytes(candidate, file):
            continue  # else a copy that an `add` which was killed had made and not registered
        return review.relative(candidate)
    raise AssertionError("there is always another name")


def _names_after(path: Path) -> Iterator[Path]:
    """The path, then the same with -2, -3 … before its suffix.

    A name that differs from a file's in case only is left out: Windows and macOS have one file
    where Linux has two.
    """
    there = {alike(each.name): each.name for each in store.files_in(path.parent)}
    numbered = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    for candidate in chain([path], numbered):
        if there.get(alike(candidate.name), candidate.name) == candidate.name:
            yield candidate


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
    target = folder / f"{plain_name(search)}{file.suffix or '.txt'}"
    for candidate in _names_after(target):
        if not candidate.exists():
            copies.append(candidate)
            store.copy_whole(file, candidate)
        elif not _same_bytes(candidate, file):
            continue
        return review.relative(candidate)
    raise AssertionError("there is always another name")
