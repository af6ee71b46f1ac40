"""How long `scopingreview dedupe` takes, and how much memory: the whole process, start to end.

    python benchmarks/dedupe_speed.py [--sizes 10000 100000 1000000] [--peers PYTHON]

Makes synthetic corpora once (in .benchmarks/), imports each as a review's records.csv, and runs
the command on it. Prints wall and CPU seconds, the peak of the memory of all its processes, and
microseconds per record, which show how it grows. With `--peers` (dedupe_gold.py says how to make
that environment) bib-dedupe deduplicates the same corpora, of up to 50,000 records, beside it.
"""

from __future__ import annotations

import argparse
import compileall
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

import scopingreview
from dedupe_data import CACHE, SHARED, make_corpus, read_set
from scopingreview import store
from scopingreview.paths import RECORDS, Review
from scopingreview.stages.new_review import Plan, found_review

LARGEST_FOR_PEERS = 50_000  # records: they take hours beyond
# As an installed program runs, with its modules compiled.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
SOURCES = ["pubmed", "embase", "psycinfo", "scopus", "wos"]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command cost."""

    wall_seconds: float
    cpu_seconds: float
    peak_megabytes: float


def measured(command: list[str]) -> Cost:
    """The cost of the command, its child processes included."""
    before = os.times()
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peak))
    watcher.start()
    status = process.wait()
    wall = time.perf_counter() - started
    watcher.join()
    after = os.times()
    if status:
        sys.exit(f"{' '.join(command)} failed with status {status}")
    cpu = after.children_user + after.children_system
    return Cost(wall, cpu - before.children_user - before.children_system, peak[0])


def _watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(map(_megabytes, _family(process.pid))))
        time.sleep(0.1)


def _family(pid: int) -> list[int]:
    """The process and its children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *map(int, children)]


def _megabytes(pid: int) -> float:
    """The memory of a process, pages that it shares counted in proportion."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass  # it ended meanwhile
    return 0.0


def review_of(shared: Path, records: int) -> Review:
    """A review whose records.csv holds a synthetic corpus of that size; made once."""
    review = Review(CACHE / f"review-{records}")
    if not review.path(RECORDS).is_file():
        corpus = make_corpus(shared, records, seed=1)
        found_review(review.root, Plan("Speed", SOURCES, ["ab"], ["ef"]))
        rows = read_set(corpus)
        numbered = (replace(record, ordinal=at, file="x") for at, record in enumerate(rows, 1))
        store.write_records(review, numbered)
    return review


def main() -> None:
    """Print a table of sizes and costs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--peers", metavar="PYTHON", default="")
    options = parser.parse_args()
    compileall.compile_dir(Path(scopingreview.__file__).parent, quiet=1)
    print("records     wall s    CPU s   peak MB   µs/record")
    for size in options.sizes:
        review = review_of(options.shared, size)
        command = [sys.executable, "-m", "scopingreview", "dedupe", "-C", str(review.root), "-q"]
        cost = measured(command)
        print(_row(size, cost), flush=True)
        if options.peers and size <= LARGEST_FOR_PEERS:
            peer = measured(_peer_command(options.peers, make_corpus(options.shared, size, seed=1)))
            faster = peer.wall_seconds / cost.wall_seconds
            print(f"{_row(size, peer)}  bib-dedupe; we are {faster:.0f} times as fast", flush=True)


def _row(size: int, cost: Cost) -> str:
    return (
        f"{size:>9,} {cost.wall_seconds:8.1f} {cost.cpu_seconds:8.1f} "
        f"{cost.peak_megabytes:9,.0f} {cost.wall_seconds / size * 1e6:11.1f}"
    )


def _peer_command(python: str, corpus: Path) -> list[str]:
    script = Path(__file__).with_name("dedupe_peer.py")
    found = CACHE / f"bib-dedupe-{corpus.name}.csv"
    return [python, str(script), "bib-dedupe", str(corpus / "records.csv"), str(found)]


if __name__ == "__main__":
    main()
