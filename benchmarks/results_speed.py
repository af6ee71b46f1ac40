"""How long tables, figures and the yield of the sources take, and that a plain count says the same.

    python benchmarks/results_speed.py [--records N] [--studies N] [--shared DIR]

Makes an invented review of that many studies with a form of twelve fields, charted by two, and
times `tables` and `figures` there, each in a process of its own, start-up included. Then counts
what each source was worth in an invented review of that many records, in memory, and once more in
plain Python. Where real exports are at hand (`--shared`), the search in five sources is imported
and linked, and its UpSet columns and set sizes are compared with a plain count of its files.

Exit status 1 when a command fails or a count differs; there is no bound on the time.
"""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from scopingreview import config, store
from scopingreview.model import (
    Cell,
    Decision,
    Duplicate,
    Phase,
    Record,
    Retrieval,
    RetrievalStatus,
    Slot,
    Verdict,
)
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from scopingreview.screening.review_state import ReviewState
from scopingreview.stages.new_review import Plan, found_review
from scopingreview.tables.source_yield import source_yields
from support.harness import SCOPINGREVIEW, cost_of, machine, options

SOURCES = ("pubmed", "embase", "scopus", "cinahl", "wos")
REVIEWERS = ("ab", "cd")
NOON = datetime(2023, 5, 1, 12, tzinfo=UTC)
FIELDS = 12
OPTIONS = {f"o{number}": f"Answer number {number}" for number in range(1, 9)}
FIVE = {
    "psycinfo": ("zotero/gambling_psycinfo_124.ris", 124),
    "pubmed": ("zotero/gambling_pubmed_176.ris", 176),
    "scopus": ("scopus/gambling_255.ris", 255),
    "lens": ("lens/gambling_49.ris", 49),
    "cja": ("ebsco/gambling_crimjust_41.ris", 41),
}


def main() -> int:
    parser = options(__doc__, shared=True)
    parser.add_argument("--records", type=int, default=100_000, metavar="N")
    parser.add_argument("--studies", type=int, default=300, metavar="N")
    parsed = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        time_results(Path(folder) / "charted", parsed.studies)
        wrong = time_yield(parsed.records)
        if (parsed.shared / "exports").is_dir():
            wrong += compare_five_sources(Path(folder) / "five", parsed.shared / "exports")
        else:
            print(f"no real exports in {parsed.shared}: the search in five sources is left out")
    return 1 if wrong else 0


def time_results(folder: Path, studies: int) -> None:
    review = charted_review(folder, studies)
    for command in ("tables", "figures"):
        cost = cost_of([*SCOPINGREVIEW, command, "-C", str(review.root)])
        print(
            f"{command} of {studies:,} studies: {cost.wall_seconds:.2f} s "
            f"({cost.cpu_seconds:.2f} s of work), {cost.peak_megabytes:.0f} MB"
        )


def charted_review(folder: Path, studies: int, *, others: int = 0) -> Review:
    """So many studies, included by both reviewers and charted by both.

    Of the `others` every thirtieth is excluded by its full text and the rest by its title.
    """
    found_review(folder, Plan("A review", list(SOURCES), list(REVIEWERS), ["ef"]))
    review = Review(folder)
    path = review.path("config/review.toml")
    listed = ", ".join(f'{key} = "{text}"' for key, text in OPTIONS.items())
    fields = "".join(
        f'[[charting.fields]]\nkey = "f{n}"\nlabel = "Field {n}"\n'
        f'type = "{"multi" if n % 3 == 0 else "choice"}"\noptions = {{ {listed} }}\n\n'
        for n in range(FIELDS)
    )
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n[charting]\ncharters = 2\n\n{fields}", encoding="utf-8")
    ids = [f"{SOURCES[n % len(SOURCES)]}:{n}" for n in range(studies)]
    beside = [f"{SOURCES[n % len(SOURCES)]}:{n}" for n in range(studies, studies + others)]
    read = beside[::30]
    records = (
        Record(key, source=key.split(":")[0], title=f"On {key}", year=1980 + n % 40,
               authors=(f"Author {n % 90}, A",))
        for n, key in enumerate([*ids, *beside])
    )  # fmt: skip
    store.write_records(review, records)
    store.write_duplicates(review, [], [])
    for phase in Phase:
        for by in REVIEWERS:
            taken = [*ids, *read] if phase is Phase.TITLE_ABSTRACT else ids
            left = sorted({*beside} - {*read}) if phase is Phase.TITLE_ABSTRACT else read
            made = [Decision(NOON, key, phase, Verdict.INCLUDE, by) for key in taken]
            made += [Decision(NOON, key, phase, Verdict.EXCLUDE, by, "type") for key in left]
            store.append_decisions(review, made)
    got = RetrievalStatus.RETRIEVED
    store.append_retrievals(review, [Retrieval(NOON, key, got) for key in (*ids, *read)])
    for by in REVIEWERS:
        store.append_cells(review, list(cells_of(ids, by, random.Random(1))))
    return review


def cells_of(ids: list[str], by: str, chance: random.Random) -> Iterator[Cell]:
    for key in ids:
        for n in range(FIELDS):
            chosen = sorted(chance.sample(list(OPTIONS), 1 + (n % 3 == 0) * chance.randint(0, 2)))
            yield Cell(NOON, key, Slot(f"f{n}"), ";".join(chosen), by)


def time_yield(records: int) -> int:
    """The yield in memory, and how many of its numbers a plain count finds otherwise."""
    state = linked_state(records)
    _ = state.canonical, state.outcomes
    source_yields(linked_state(10))  # pandas is loaded: the commands above have its start

    begun = time.perf_counter()
    yields = source_yields(state)
    seconds = time.perf_counter() - begun
    plain = counted_plainly(state)
    found = {
        each.source.name: (each.reports.found, each.reports.only_here)
        for each in yields.sources
        if each.source
    }
    wrong = sum(found[name] != plain[name] for name in SOURCES)
    print(f"yield of {records:,} records: {seconds:.2f} s, {wrong} sources counted otherwise")
    return wrong


def linked_state(records: int) -> ReviewState:
    """Half of the records are duplicates of others, in any source."""
    with tempfile.TemporaryDirectory() as folder:
        found_review(Path(folder), Plan("A review", list(SOURCES), list(REVIEWERS), ["ef"]))
        protocol = config.load_protocol(Review(Path(folder)))
    chance = random.Random(2)
    ids = [f"{chance.choice(SOURCES)}:{number}" for number in range(records)]
    unique, others = ids[: records // 2], ids[records // 2 :]
    return ReviewState(
        protocol=protocol,
        records={key: Record(key, source=key.split(":")[0]) for key in ids},
        duplicates=tuple(Duplicate(key, chance.choice(unique), "same DOI") for key in others),
        decisions=dict.fromkeys(Phase, ()),
        consensus=dict.fromkeys(Phase, ()),
    )


def counted_plainly(state: ReviewState) -> dict[str, tuple[int, int]]:
    """How many reports each source found, and how many that no other did."""
    sources_of: dict[str, set[str]] = {}
    for record_id, unique_id in state.canonical.items():
        sources_of.setdefault(unique_id, set()).add(record_id.split(":")[0])
    return {
        name: (
            sum(name in found for found in sources_of.values()),
            sum(found == {name} for found in sources_of.values()),
        )
        for name in SOURCES
    }


def compare_five_sources(folder: Path, exports: Path) -> int:
    sources = [word for name in FIVE for word in ("--source", name)]
    run("init", str(folder), "--title", "Gambling harms", *sources, "--reviewer", "ab")
    for source, (file, hits) in FIVE.items():
        words = ("add", str(exports / file), "--source", source, "--hits", str(hits))
        run(*words, "-C", str(folder))
    run("run", "--until", "dedupe", "-C", str(folder))
    with (folder / "data/derived/duplicates.csv").open(encoding="utf-8") as table:
        unique_of = {row["record_id"]: row["duplicate_of"] for row in csv.DictReader(table)}
    found: dict[str, set[str]] = {}
    with (folder / "data/derived/records.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            key = row["record_id"]
            found.setdefault(unique_of.get(key, key), set()).add(row["source"])
    plain = Counter(frozenset(names) for names in found.values())
    yields = source_yields(load_state(Review(folder)))
    ours = {frozenset(each.sources): each.reports for each in yields.combinations}
    sizes = {name: sum(name in names for names in found.values()) for name in FIVE}
    ours_by_source = {e.source.name: e.reports.found for e in yields.sources if e.source}
    print(f"five sources, {len(found)} reports: columns {[e.reports for e in yields.combinations]}")
    only = {each.source.name: each.reports.only_here for each in yields.sources if each.source}
    print(f"  set sizes {json.dumps(sizes)}; only here {json.dumps(only)}")
    same = ours == dict(plain) and ours_by_source == sizes
    print(f"  an independent count {'agrees' if same else 'DIFFERS'}")
    return 0 if same else 1


def run(*words: str) -> None:
    subprocess.run([*SCOPINGREVIEW, *words], check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
