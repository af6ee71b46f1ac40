"""Every speed and its memory in one table, beside peer and bounds: benchmarks/results.md.

    python benchmarks/all.py [--sizes N ...] [--rounds N] [--peers PYTHON] [--shared DIR]

For each size: the import of a RIS file of that many records beside rispy (in Python alone, and
compiled after `make compiled`), deduplication beside bib-dedupe and asreview (`--peers` names the
Python that holds them; up to 10,000 records), and every command on an invented review of that
size, half decided by two; on another, whose words are as frequent as those of a language, the first
record by relevance, its features worked out once and then kept. Then what does not grow: `--help`,
`status` on a small review, a drawing beside prisma-flow, and the decisions of 30 reviewers, 100,000
each. Each is a process of its own, the best of `--rounds` (exports, records by relevance, and above
100,000 records everything, one run): seconds by the clock and of the processors, and the peak of
memory. A second table shows how each work grows with the records. On a busy machine the clock says
little. All of it takes about an hour on two idle cores, and eight minutes with `--sizes 1000 100000
--rounds 1`; it needs 12 GB of disk in the folder for temporary files.

Exit status 1 when something takes longer than its bound by the clock, a compiled import more of the
processors than its peer, or anything from a million records on more than 1,500 MB, or when data are
missing.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dedupe_speed
import import_speed
import ranking_speed
import workbench_speed
from scopingreview import store
from scopingreview.model import Decision, Phase, Verdict
from scopingreview.paths import Review
from support.cost_table import COMPILED_IMPORT, HEADER, Row, growth, line, page
from support.harness import (
    COMPILED,
    ROOT,
    SCOPINGREVIEW,
    Cost,
    add_sizes,
    cost_of,
    existing,
    machine,
    needs,
    options,
)
from support.labelled import make_corpus

RESULTS = ROOT / "benchmarks" / "results.md"
LARGEST_FOR_PEERS = 10_000
LARGEST_REPEATED = 100_000  # records: above, everything is measured once
REVIEWERS, DECISIONS = 30, 100_000
READ_DECISIONS = """
import sys
from pathlib import Path
from scopingreview import store
from scopingreview.model import Phase
from scopingreview.paths import Review
print(len(store.read_decisions(Review(Path(sys.argv[1])), Phase.TITLE_ABSTRACT)))
"""
PRISMA_FLOW = """
import sys
from prismaflow import new_review
new_review(records_identified_databases=100, records_identified_registers=0,
    records_removed_duplicates=20, records_removed_automation=0, records_removed_other=0,
    records_screened=80, records_excluded=60, reports_sought=20, reports_not_retrieved=0,
    reports_assessed=20, reports_excluded={"Topic": 10}, studies_included=10,
    reports_included=10).to_svg(sys.argv[1])
"""


def main() -> int:
    """Measure, print the table, and write it."""
    parser = options(__doc__, shared=True)
    add_sizes(parser, 1_000, 10_000, 100_000, 1_000_000)
    parser.add_argument(
        "--rounds", type=int, default=3, metavar="N",
        help="how often each is run (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--largest-export", type=int, default=1_000_000, metavar="N",
        help="up to how many records exports are measured; a million take a quarter of an "
        "hour (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument("--peers", metavar="PYTHON", default="", help="the peers' interpreter")
    chosen = parser.parse_args()
    needs("rispy")
    rows: list[Row] = []
    print(machine())
    print(line(HEADER))
    for row in _measured(chosen):
        print(line(row.cells()), flush=True)
        rows.append(row)
    RESULTS.write_text(page(rows, chosen.sizes), encoding="utf-8")
    print("", *growth(rows, chosen.sizes), sep="\n")
    misses = [miss for row in rows for miss in row.misses()]
    print("", *misses, sep="\n")
    return 1 if misses else 0


def _measured(chosen: argparse.Namespace) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        for size in chosen.sizes:
            best = _Best(chosen.rounds if size <= LARGEST_REPEATED else 1)
            yield from _import(best, size, Path(folder) / f"import-{size}", chosen.shared)
            yield from _dedupe(best, size, chosen.peers, chosen.shared)
            review = Path(folder) / f"review-{size}"
            yield from _commands(best, size, review)
            if size <= chosen.largest_export:
                yield from _exports(size, review)
            shutil.rmtree(review)
            ranked = Path(folder) / f"ranked-{size}"
            yield from _by_relevance(size, ranked)
            shutil.rmtree(ranked)
        yield from _what_does_not_grow(_Best(chosen.rounds), Path(folder), chosen.peers)


@dataclass(frozen=True, slots=True)
class _Best:
    """The cheapest of several runs: of times and memory the smallest each."""

    rounds: int

    def of(self, command: Sequence[str], package: Path | None = None) -> Cost:
        return self.by(lambda: cost_of(command, package))

    def by(self, measure: Callable[[], Cost]) -> Cost:
        return self.in_turn([measure])[0]

    def in_turn(self, measures: Sequence[Callable[[], Cost]]) -> list[Cost]:
        """One after the other in each round: what a busy machine takes away, it takes from all."""
        rounds = [[measure() for measure in measures] for _ in range(self.rounds)]
        return [_least(costs) for costs in zip(*rounds, strict=True)]


def _least(costs: Sequence[Cost]) -> Cost:
    return Cost(
        min(cost.wall_seconds for cost in costs),
        min(cost.cpu_seconds for cost in costs),
        min(cost.peak_megabytes for cost in costs),
    )


def _import(best: _Best, size: int, folder: Path, shared: Path) -> Iterator[Row]:
    """In Python alone, and compiled where `make compiled` has built it."""
    folder.mkdir()
    files = [existing(shared / "exports" / name, "a real export") for name in import_speed.FILES]
    big = folder / "big.ris"
    records = import_speed.repeat(files, big, size)
    review = import_speed.new_review(folder, big, records)
    command = [*SCOPINGREVIEW, "import", "-q", "-C", str(review)]
    runs = [
        lambda: cost_of([sys.executable, "-c", import_speed.RISPY, str(big)]),
        lambda: cost_of(command),
        *([lambda: cost_of(command, COMPILED)] if COMPILED.is_dir() else []),
    ]
    bare, *ours = best.in_turn(runs)
    for work, cost in zip(("import of RIS", COMPILED_IMPORT), ours, strict=False):
        yield Row(work, size, cost, bare, "rispy.load", records)


def _dedupe(best: _Best, size: int, peers: str, shared: Path) -> Iterator[Row]:
    review = dedupe_speed.review_of(shared, size)
    ours = best.of([*SCOPINGREVIEW, "dedupe", "-q", "-C", str(review.root)])
    if not peers or size > LARGEST_FOR_PEERS:
        yield Row("dedupe", size, ours)
        return
    corpus = make_corpus(shared, size, seed=1) / "records.csv"
    script = str(Path(__file__).with_name("dedupe_peer.py"))
    for name in ("bib-dedupe", "asreview"):
        found = corpus.with_name(f"{name}.csv")
        peer = cost_of([peers, script, name, str(corpus), str(found)])
        yield Row("dedupe", size, ours, peer, name)


def _commands(best: _Best, size: int, folder: Path) -> Iterator[Row]:
    """Every command on a review of that size, half decided by two."""
    review = workbench_speed.invented_review(folder, size)
    workbench_speed.decide_half(review, size)
    here = ("-C", str(folder))
    decision = ("--verdict", "exclude", "--reason", "topic", "--dry-run")
    waiting = f"pubmed:{workbench_speed.next_unique(size // 2)}"
    commands = {
        "count": ("count", "-q"),
        "draw, SVG, PDF and PNG": ("draw", "-q"),
        "draw, one SVG": ("draw", "--out", str(folder / "figure.svg")),
        "status": ("status",),
        "check": ("check", "-q"),
        "screen --record": ("screen", "ta", "--as", "ab", "--record", waiting, *decision),
        "trace": ("trace", waiting),
        "agreement": ("agreement", "ta"),
        "tables": ("tables", "-q"),
        "figures": ("figures", "-q"),
        "checklists": ("checklists", "-q"),
        "report": ("report", "-q"),
    }
    for work, words in commands.items():
        yield Row(work, size, best.of([*SCOPINGREVIEW, *words, *here]))
    first = workbench_speed.title(workbench_speed.next_unique(size // 2))
    yield Row("first record", size, best.by(lambda: _first_record(review, first)))


def _exports(size: int, folder: Path) -> Iterator[Row]:
    """All unique records in each format, once: a million take minutes."""
    for suffix in ("csv", "ris", "bib", "json", "xlsx"):
        file = folder / f"export.{suffix}"
        ours = cost_of([*SCOPINGREVIEW, "export", str(file), "-C", str(folder)])
        file.unlink()
        yield Row(f"export, .{suffix}", size, ours)


def _by_relevance(size: int, folder: Path) -> Iterator[Row]:
    """The first record in the order of relevance: its features worked out, then kept."""
    texts = ranking_speed.texts(size)
    review = workbench_speed.invented_review(folder, size, order="relevance", abstracts=texts)
    protocol = review.path("config/review.toml")
    text = protocol.read_text(encoding="utf-8")
    question = f'question = "{ranking_speed.ABOUT}"'
    protocol.write_text(re.sub("^question = .*$", question, text, flags=re.M), encoding="utf-8")
    workbench_speed.decide_half(review, size)
    for work in ("first record by relevance, once", "first record by relevance"):
        yield Row(work, size, _first_record(review, " of nothing"))


def _first_record(review: Review, title: str) -> Cost:
    """From the launch to the title of the first record on the screen."""
    terminal = workbench_speed.Terminal(review)
    seconds = terminal.wait_for(title, most=600) - terminal.begun
    cost = Cost(seconds, terminal.processor_seconds(), terminal.memory())
    terminal.close()
    return cost


def _what_does_not_grow(best: _Best, folder: Path, peers: str) -> Iterator[Row]:
    yield Row("--help", 0, best.of([*SCOPINGREVIEW, "--help"]))
    small = folder / "small"
    workbench_speed.invented_review(small, 200)
    yield Row("status", 200, best.of([*SCOPINGREVIEW, "status", "-C", str(small)]))
    many = _many_decisions(folder / "many")
    read = best.of([sys.executable, "-c", READ_DECISIONS, str(many.root)])
    yield Row("30 reviewers' decisions read", REVIEWERS * DECISIONS, read)
    if peers:
        cost_of([*SCOPINGREVIEW, "count", "-q", "-C", str(small)])  # what is drawn
        drawn = best.of([*SCOPINGREVIEW, "draw", "--out", str(small / "x.svg"), "-C", str(small)])
        peer = best.of([peers, "-c", PRISMA_FLOW, str(small / "peer.svg")])
        yield Row("draw, one SVG", 200, drawn, peer, "prisma-flow")


def _many_decisions(folder: Path) -> Review:
    review = Review(folder)
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    for person in range(REVIEWERS):
        store.append_decisions(
            review,
            [
                Decision(
                    begin + timedelta(seconds=number),
                    f"pubmed:{number}",
                    Phase.TITLE_ABSTRACT,
                    Verdict.EXCLUDE if number % 9 else Verdict.INCLUDE,
                    f"r{person:02}",
                    "topic" if number % 9 else "",
                    criteria="1a2b3c4d",
                )
                for number in range(DECISIONS)
            ],
        )
    return review


if __name__ == "__main__":
    sys.exit(main())
