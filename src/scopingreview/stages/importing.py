"""Every registered export → data/derived/records.csv, and a report of what was read.

Stops before it writes when two numbers disagree: the hits that the database reported and the
records read, or the records that begin in a file and those that were read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path

from scopingreview import config, formats, store
from scopingreview.chain import BY_NAME
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.formats import Oddities, Oddity
from scopingreview.formats.oddities import Kind
from scopingreview.formats.truncation import truncation_of
from scopingreview.identity import Numbering
from scopingreview.model import AcceptedLoss, Export, Protocol, Search
from scopingreview.paths import RECORDS, Review
from scopingreview.progress_note import Tell, to_nobody
from scopingreview.review.freshness import Freshness
from scopingreview.review.public_checks import refuse_in_public_copy
from scopingreview.review.raw_exports import unregistered
from scopingreview.stages.making import keep_made
from scopingreview.stages.reading_pool import ChunkRead, Job, read_jobs, readers
from scopingreview.store import IndexedLines, WrittenRecords

# `run` has stopped as well as `import`, and takes no such option.
GO_ON = "scopingreview import --accept-loss NOTE"


@dataclass(frozen=True, slots=True)
class OddityReport:
    """One kind of oddity in a file: what it is, what became of the record, and where.

    `lines` are the first ones, `stops` whether a record may be lost.
    """

    kind: str
    what: str
    then: str
    times: int
    lines: tuple[int, ...]
    stops: bool


@dataclass(frozen=True, slots=True)
class FileReport:
    """What one export held.

    `layouts` counts its records by database, where they say so; `present` counts the records
    that have each field. `lost` are records that begin in the file and were not read, or were
    read into another one, or were read and do not begin in it: pieces of torn ones.
    """

    file: str
    format: str
    evidence: str
    begun: int
    read: int
    lost: int
    layouts: Mapping[str, int]
    present: Mapping[str, int]
    oddities: tuple[OddityReport, ...]


@dataclass(frozen=True, slots=True)
class SearchReport:
    """One search: what the database said it found, what its exports held.

    `missing` counts what is not there, and is negative when there is more than the hits.
    """

    search: str
    source: str
    platform: str
    hits: int | None
    read: int
    missing: int
    files: tuple[FileReport, ...]
    accepted_loss: AcceptedLoss | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What `import` read; `unregistered` are files in data/raw that belong to no search."""

    searches: tuple[SearchReport, ...]
    records: int
    unregistered: tuple[str, ...]


def run_import(review: Review, accept_loss: str = "", tell: Tell = to_nobody) -> ImportReport:
    """records.csv holds every record of every registered export; what was read.

    `accept_loss` is the team's note on why records are missing; it is kept in searches.toml and
    lets the import go on as long as the same number is missing. Raises ReviewError, with
    everything that is wrong at once, when an export changed, is gone, or is of no known format,
    and when numbers disagree; records.csv then stays as it was.
    """
    refuse_in_public_copy(review, "nothing can be imported anew")
    protocol = config.load_protocol(review)
    searches = config.load_searches(review, protocol)
    tallies = _open_exports(review, searches, protocol)
    reports: list[SearchReport] = []

    def lines() -> Iterator[IndexedLines]:
        # A gigabyte is hashed beside the reading; nothing is written before both are done.
        with readers([job for tally in tallies for job in tally.jobs]) as pool:
            hashed = [pool.submit(store.sha256, tally.path) for tally in tallies]
            yield from _read(tallies, pool, tell)
            raise_problems([*_changed(tallies, [each.result() for each in hashed])])
        reports.extend(_reported(search, tallies) for search in searches)
        if accept_loss:
            reports[:] = [_accept(review, protocol, report, accept_loss) for report in reports]
        raise_problems([problem for report in reports for problem in _disagreements(report)])

    written = store.write_encoded_records(review, lines())
    _keep_made(review, searches, written)
    return ImportReport(
        searches=tuple(reports),
        records=written.records,
        unregistered=tuple(unregistered(review, config.load_all_searches(review, protocol))),
    )


def _keep_made(review: Review, searches: Sequence[Search], written: WrittenRecords) -> None:
    """It is on file what was read: the exports as they were added, whatever they may be by now."""
    stage = BY_NAME["import"]
    read = {export.file: export.sha256 for search in searches for export in search.exports}
    freshness = Freshness(review)
    freshness.learn(RECORDS, written.sha256, written.file)
    keep_made(review, stage, freshness.made_from(stage) | read, freshness)


@dataclass(slots=True)
class _Tally:
    """What is known of one export while it is being read."""

    export: Export
    search: Search
    path: Path
    found: formats.Recognised
    jobs: list[Job]
    begun: int = 0
    read: int = 0
    lines: int = 0
    layouts: Counter[str] = field(default_factory=Counter)
    present: Counter[str] = field(default_factory=Counter)
    oddities: Oddities = field(default_factory=Oddities)

    def add(self, chunk: ChunkRead) -> None:
        """Count the next chunk of the export."""
        self.oddities.add(chunk.oddities, lines_before=self.lines)
        self.layouts.update(chunk.layouts)
        self.present.update(chunk.present)
        self.begun += chunk.begun
        self.read += len(chunk.ids)
        self.lines += chunk.lines


def _open_exports(review: Review, searches: Sequence[Search], protocol: Protocol) -> list[_Tally]:
    """Every export, recognised and cut into jobs; raises for all that cannot be read at once."""
    prefixes = {source.name: source.id_prefix for source in protocol.sources}
    problems: list[ReviewError] = []
    tallies: list[_Tally] = []
    for search in searches:
        for export in search.exports:
            try:
                tallies.append(_open_export(review, search, export, prefixes[search.source]))
            except ReviewError as problem:
                problems.append(problem)
    raise_problems(problems)
    return tallies


def _open_export(review: Review, search: Search, export: Export, prefix: str) -> _Tally:
    path = review.path(export.file)
    if not path.is_file():
        raise ReviewError(
            "this export is registered but not there",
            where=export.file,
            hint="Get it back from git or from the database; exports are never deleted.",
        )
    try:
        found = formats.recognise(path, export.columns)
    except ReviewError as error:
        raise ReviewError(error.message, where=export.file, hint=error.hint) from error
    jobs = [
        Job(
            path=path,
            span=span,
            format=found.name,
            source=prefix,
            columns=dict(export.columns),
        )
        for span in formats.spans_of(path, found.format)
    ]
    return _Tally(export, search, path, found, jobs)


def _changed(tallies: Sequence[_Tally], hashes: Sequence[str]) -> Iterator[ReviewError]:
    """What to say of the exports that are not the files that were added."""
    for tally, sha256 in zip(tallies, hashes, strict=True):
        if sha256 != tally.export.sha256:
            yield ReviewError(
                "this export is not the file that was added: its sha256 differs",
                where=tally.export.file,
                hint="Exports are never edited. `git checkout` brings the original back.",
            )


def _read(tallies: Sequence[_Tally], pool: Executor, tell: Tell) -> Iterator[IndexedLines]:
    """The lines of all records, in the order of searches.toml and of the files."""
    chunks = read_jobs((job for tally in tallies for job in tally.jobs), pool)
    number = Numbering()
    for tally in tallies:
        search = tally.search
        origin = store.encode_origin(search.source, search.name, tally.export.file)
        for _ in tally.jobs:
            chunk = next(chunks)
            ids = number.numbered(chunk.ids)
            yield store.encode_lines(ids, search.name, origin, tally.read + 1, chunk.contents)
            tally.add(chunk)
            tell(f"{tally.export.file}: {tally.read:,} records read")


def _reported(search: Search, tallies: Sequence[_Tally]) -> SearchReport:
    files = tuple(_file_report(tally) for tally in tallies if tally.search is search)
    read = sum(file.read for file in files)
    lost = sum(file.lost for file in files)
    return SearchReport(
        search=search.name,
        source=search.source,
        platform=search.platform,
        hits=search.hits,
        read=read,
        missing=lost if search.hits is None else (search.hits - read) or lost,
        files=files,
        accepted_loss=search.accepted_loss,
    )


def _file_report(tally: _Tally) -> FileReport:
    oddities = tally.oddities.seen()
    rescued = sum(oddity.times for oddity in oddities if oddity.kind is Kind.MISSING_START)
    merged = sum(oddity.times for oddity in oddities if oddity.kind.loses)
    return FileReport(
        file=tally.export.file,
        format=tally.found.name,
        evidence=tally.found.evidence,
        begun=tally.begun,
        read=tally.read,
        lost=abs(tally.begun + rescued - tally.read) + merged,
        layouts=dict(tally.layouts),
        present=dict(tally.present),
        oddities=tuple(map(_oddity_report, oddities)),
    )


def _oddity_report(oddity: Oddity) -> OddityReport:
    kind = oddity.kind
    what = f"{kind.what}: {', '.join(oddity.names)}" if oddity.names else kind.what
    return OddityReport(kind.name, what, kind.then, oddity.times, oddity.lines, kind.loses)


def _is_settled(report: SearchReport) -> bool:
    """Whether nothing is missing, or just as much as the team has accepted."""
    accepted = report.accepted_loss
    return not report.missing or (accepted is not None and accepted.records == report.missing)


def _disagreements(report: SearchReport) -> Iterator[ReviewError]:
    """What stops the import, unless the team has said that it knows."""
    if _is_settled(report):
        return
    for file in report.files:
        if file.lost:
            yield ReviewError(
                f"{_told_loss(file)}{_reasons(file)}",
                where=file.file,
                hint=f"Export it again. If the loss is known: {GO_ON}",
            )
    if report.hits is not None and report.hits != report.read:
        yield ReviewError(
            f"{report.hits:,} hits but {report.read:,} records read",
            where=f"config/searches.toml [{report.search}]",
            hint=_advice(report),
        )


def _told_loss(file: FileReport) -> str:
    """What the numbers say; they may agree where one of the records read is two."""
    if file.begun == file.read:
        return f"one of the {file.read:,} records read may be two, or not whole"
    return f"{file.begun:,} records begin but {file.read:,} were read"


def _reasons(file: FileReport) -> str:
    reasons = [
        f"; {oddity.what} (line {', '.join(map(str, oddity.lines))})"
        for oddity in file.oddities
        if oddity.stops
    ]
    return "".join(reasons)


def _advice(report: SearchReport) -> str:
    """What explains the difference, or what to do about it."""
    for file in report.files:
        names = " ".join([report.platform, report.source, file.format, *file.layouts])
        if report.missing > 0 and (advice := truncation_of(file.read, names)):
            return f"{file.file}: {advice}"
    if report.missing > 0:
        return (
            "Is a file of this search not added yet? Else export it again, or, when the reason "
            f"is known: {GO_ON}"
        )
    return f"Correct `hits`, or say why there are more: {GO_ON}"


def _accept(review: Review, protocol: Protocol, report: SearchReport, note: str) -> SearchReport:
    """The report with its loss accepted, and the note in searches.toml."""
    if _is_settled(report):
        return report
    accepted = AcceptedLoss(report.missing, note)
    with config.searches_held(review):
        # Read anew: another export may have been added since.
        searches = {search.name: search for search in config.load_searches(review, protocol)}
        if report.search not in searches:
            raise ReviewError(f'there is no search "{report.search}" any more')
        config.save_search(review, replace(searches[report.search], accepted_loss=accepted))
    return replace(report, accepted_loss=accepted)
