"""The exports of every search as bytes, and config/searches.toml with their hits and checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from invented import ebsco, embase, pubmed, wos
from invented.values import Report, dice

CONFIG = Path(__file__).parent / "config"
UPDATE_FROM = (2022, 10)  # first month of publication that only the update of PubMed found
FOUND_AGAIN, PRELIMINARY, HELD_TWICE, PAGE = 4, 3, 2, 50


@dataclass(frozen=True, slots=True)
class SearchFiles:
    """One search and the files it was downloaded in, with how many records each holds."""

    name: str
    source: str
    platform: str
    run_on: str
    strategy: str
    files: dict[str, bytes]
    records: int


def newest_first(reports: Iterable[Report]) -> list[Report]:
    """The order in which databases list what they found."""
    return sorted(reports, key=lambda report: (-report.draft.year, -report.month, report.key))


def found_by(reports: list[Report], source: str) -> list[Report]:
    """The reports a source holds, newest first."""
    return newest_first(report for report in reports if source in report.sources)


def is_late(report: Report) -> bool:
    """Whether the report came out after the first searches were run."""
    return (report.draft.year, report.month) >= UPDATE_FROM


def drawn(reports: list[Report], number: int, *name: object) -> list[Report]:
    """Some of the reports, always the same."""
    return dice(*name).sample(reports, number)


def found_again(reports: list[Report]) -> list[Report]:
    """What PubMed's update found a second time: entered in autumn, published before."""
    recent = [
        report
        for report in found_by(reports, "pubmed")
        if report.draft.year >= 2021 and not is_late(report)
    ]
    return drawn(recent, FOUND_AGAIN, "again")


def preliminary(reports: list[Report]) -> list[Report]:
    """What Embase holds twice: the article in press, and the article."""
    return drawn(
        [r for r in found_by(reports, "embase") if r.draft.year > 2014 and r.doi],
        PRELIMINARY,
        "in press",
    )


def held_twice(reports: list[Report]) -> list[Report]:
    """What CINAHL holds under two numbers."""
    return drawn(
        [r for r in found_by(reports, "cinahl") if 2005 < r.draft.year < 2020], HELD_TWICE, "twice"
    )


def searches(reports: list[Report]) -> list[SearchFiles]:
    """All searches of the review, in the order in which they were run."""
    return [*pubmed_searches(reports), psycinfo_search(reports), embase_search(reports),
            cinahl_search(reports), wos_search(reports), pubmed_update(reports)]  # fmt: skip


def pubmed_searches(reports: list[Report]) -> list[SearchFiles]:
    """The first search of PubMed."""
    found = [report for report in found_by(reports, "pubmed") if not is_late(report)]
    files = {"pubmed-burnoutpro-set.nbib": pubmed.export(found)}
    return [
        SearchFiles(
            "pubmed-2022-11-14", "pubmed", "PubMed", "2022-11-14", "pubmed", files, len(found)
        )
    ]


def pubmed_update(reports: list[Report]) -> SearchFiles:
    """Its update eight weeks later, which finds some records again."""
    late = [report for report in found_by(reports, "pubmed") if is_late(report)]
    found = newest_first([*late, *found_again(reports)])
    files = {"pubmed-update-set.nbib": pubmed.export(found)}
    return SearchFiles(
        "pubmed-2023-01-09", "pubmed", "PubMed", "2023-01-09", "pubmed", files, len(found)
    )


def psycinfo_search(reports: list[Report]) -> SearchFiles:
    """PsycINFO in one file."""
    found = found_by(reports, "psycinfo")
    files = {"psycinfo.ris": ebsco.psycinfo(found)}
    return SearchFiles(
        "psycinfo-2022-11-14", "psycinfo", "EBSCOhost", "2022-11-14", "psycinfo", files, len(found)
    )


def embase_search(reports: list[Report]) -> SearchFiles:
    """Embase in one file, with a few articles in press beside the articles."""
    records = []
    early = preliminary(reports)
    for report in found_by(reports, "embase"):
        records.append(embase.record(report))
        if report in early:
            records.append(embase.preliminary(report))
    files = {"records.ris": embase.export(records)}
    return SearchFiles(
        "embase-2022-11-15", "embase", "Embase.com", "2022-11-15", "embase", files, len(records)
    )


def cinahl_search(reports: list[Report]) -> SearchFiles:
    """CINAHL in pages of fifty, as EBSCOhost's folder hands them out."""
    records = [ebsco.cinahl_record(report) for report in found_by(reports, "cinahl")]
    records += [ebsco.second_entry(report) for report in held_twice(reports)]
    pages = [records[start : start + PAGE] for start in range(0, len(records), PAGE)]
    files = {
        f"cinahl-{number}.ris": ebsco.render(page) for number, page in enumerate(pages, start=1)
    }
    return SearchFiles(
        "cinahl-2022-11-15", "cinahl", "EBSCOhost", "2022-11-15", "cinahl", files, len(records)
    )


def wos_search(reports: list[Report]) -> SearchFiles:
    """Web of Science in one file."""
    found = found_by(reports, "wos")
    files = {"savedrecs.txt": wos.export(found)}
    platform = "Web of Science Core Collection"
    return SearchFiles("wos-2022-11-16", "wos", platform, "2022-11-16", "wos", files, len(found))


def registered(search: SearchFiles) -> str:
    """The search's table in config/searches.toml."""
    exports = "".join(
        f'    {{file = "data/raw/{search.source}/{name}", sha256 = "{hashlib.sha256(content).hexdigest()}"}},\n'
        for name, content in search.files.items()
    )
    return (
        f"[{search.name}]\n"
        f'source = "{search.source}"\nplatform = "{search.platform}"\nrun_on = {search.run_on}\n'
        f'hits = {search.records}\nstrategy = "config/searches/{search.strategy}.txt"\n'
        f"exports = [\n{exports}]\n"
    )


def search_files(reports: list[Report]) -> dict[str, bytes]:
    """Every export, strategy and the register of searches, by its path in the review."""
    found = searches(reports)
    register = (
        "# Written by `scopingreview add`: every search, and the files its records came in.\n\n"
    )
    register += "\n".join(registered(search) for search in found)
    files = {
        "config/searches.toml": register.encode(),
        "config/review.toml": (CONFIG / "review.toml").read_bytes(),
    }
    for path in sorted((CONFIG / "searches").glob("*.txt")):
        files[f"config/searches/{path.name}"] = path.read_bytes()
    for search in found:
        for name, content in search.files.items():
            files[f"data/raw/{search.source}/{name}"] = content
    return files
