"""Every search of the review: what it found, in which order, and the files it came in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from invented import ebsco, embase, pubmed, wos
from invented.values import Report, dice

UPDATE_FROM = (2022, 10)  # first month of publication that only the update of PubMed found
FOUND_AGAIN, IN_PRESS, HELD_TWICE, PAGE = 4, 3, 3, 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of an export: the report under one accession number."""

    report: Report
    accession: str


@dataclass(frozen=True, slots=True)
class RunSearch:
    """One search and the files that it was downloaded in."""

    source: str
    platform: str
    run_on: str
    entries: tuple[Entry, ...]
    files: dict[str, bytes]

    @property
    def name(self) -> str:
        """The search's name in config/searches.toml."""
        return f"{self.source}-{self.run_on}"


def searches(reports: list[Report]) -> list[RunSearch]:
    """All searches of the review, in the order in which they were run."""
    return [
        pubmed_search(reports),
        psycinfo_search(reports),
        embase_search(reports),
        cinahl_search(reports),
        wos_search(reports),
        pubmed_update(reports),
    ]


def reports_by_record_id(reports: list[Report]) -> dict[str, Report]:
    """The truth about every record: which report it is a record of."""
    found: dict[str, Report] = {}
    seen: Counter[str] = Counter()
    for search in searches(reports):
        for entry in search.entries:
            record_id = f"{search.source}:{entry.accession}"
            seen[record_id] += 1
            repeat = f"~{seen[record_id]}" if seen[record_id] > 1 else ""
            found[record_id + repeat] = entry.report
    return found


# ── what a source holds ──────────────────────────────────────────────────────────────────────


def newest_first(reports: Iterable[Report]) -> list[Report]:
    """The order in which databases list what they found."""
    return sorted(reports, key=lambda report: (-report.draft.year, -report.month, report.doi))


def found_by(reports: list[Report], source: str) -> list[Report]:
    """The reports a source holds, newest first."""
    return newest_first(report for report in reports if source in report.sources)


def entries(reports: list[Report], source: str) -> tuple[Entry, ...]:
    """The reports under the numbers the source gave them."""
    return tuple(Entry(report, report.accessions[source]) for report in reports)


def is_late(report: Report) -> bool:
    """Whether the report came out after the first searches were run."""
    return (report.draft.year, report.month) >= UPDATE_FROM


def held_twice(reports: list[Report]) -> list[Report]:
    """What CINAHL holds under two numbers."""
    known = [report for report in found_by(reports, "cinahl") if 2005 < report.draft.year < 2020]
    return dice("twice").sample(known, HELD_TWICE)


# ── the searches ─────────────────────────────────────────────────────────────────────────────


def pubmed_search(reports: list[Report]) -> RunSearch:
    """The first search of PubMed."""
    found = [report for report in found_by(reports, "pubmed") if not is_late(report)]
    files = {"pubmed-burnoutpro-set.nbib": pubmed.export(found)}
    return RunSearch("pubmed", "PubMed", "2022-11-14", entries(found, "pubmed"), files)


def pubmed_update(reports: list[Report]) -> RunSearch:
    """Its update eight weeks later, which finds some records again."""
    held = found_by(reports, "pubmed")
    late = [report for report in held if is_late(report)]
    recent = [report for report in held if report.draft.year >= 2021 and not is_late(report)]
    found = newest_first([*late, *dice("again").sample(recent, FOUND_AGAIN)])
    files = {"pubmed-update-set.nbib": pubmed.export(found)}
    return RunSearch("pubmed", "PubMed", "2023-01-09", entries(found, "pubmed"), files)


def psycinfo_search(reports: list[Report]) -> RunSearch:
    """PsycINFO in one file."""
    found = found_by(reports, "psycinfo")
    files = {"psycinfo.ris": ebsco.psycinfo(found)}
    return RunSearch("psycinfo", "EBSCOhost", "2022-11-14", entries(found, "psycinfo"), files)


def embase_search(reports: list[Report]) -> RunSearch:
    """Embase in one file, with a few articles in press beside the articles."""
    found = found_by(reports, "embase")
    modern = [report for report in found if report.draft.year > 2014 and report.doi]
    early = dice("in press").sample(modern, IN_PRESS)
    held, records = [], []
    for report in found:
        held.append(Entry(report, report.accessions["embase"]))
        records.append(embase.record(report))
        if report in early:
            held.append(Entry(report, embase.early_accession(report)))
            records.append(embase.preliminary(report))
    files = {"records.ris": embase.export(records)}
    return RunSearch("embase", "Embase.com", "2022-11-15", tuple(held), files)


def cinahl_search(reports: list[Report]) -> RunSearch:
    """CINAHL in pages of fifty, as EBSCOhost's folder hands them out."""
    found, twice = found_by(reports, "cinahl"), held_twice(reports)
    again = tuple(Entry(report, ebsco.second_accession(report)) for report in twice)
    records = [ebsco.cinahl_record(report) for report in found]
    records += [ebsco.second_entry(report) for report in twice]
    files = {
        f"cinahl-{start // PAGE + 1}.ris": ebsco.render(records[start : start + PAGE])
        for start in range(0, len(records), PAGE)
    }
    held = (*entries(found, "cinahl"), *again)
    return RunSearch("cinahl", "EBSCOhost", "2022-11-15", held, files)


def wos_search(reports: list[Report]) -> RunSearch:
    """Web of Science in one file."""
    found = found_by(reports, "wos")
    files = {"savedrecs.txt": wos.export(found)}
    platform = "Web of Science Core Collection"
    return RunSearch("wos", platform, "2022-11-16", entries(found, "wos"), files)
