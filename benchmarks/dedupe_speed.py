"""How long `scopingreview dedupe` takes, and how much memory: the whole process, start to end.

    python benchmarks/dedupe_speed.py [--sizes N ...] [--peers PYTHON] [--shared DIR]

DIR/bench/make_corpus.py makes synthetic corpora, once, in .benchmarks/; each becomes the
records.csv of a review, and the command runs on it. Prints wall and CPU seconds, the peak of the
memory of all its processes, and microseconds per record, which show how it grows. `--peers` names
the Python that holds bib-dedupe (benchmarks/README.md says how to make it), which deduplicates the
same corpora, of up to 50,000 records, beside it.

Exit status 1 when a command fails or data are missing; there is no bound on the time.
"""

from __future__ import annotations

import compileall
from dataclasses import replace
from pathlib import Path

import scopingreview
from scopingreview import store
from scopingreview.paths import RECORDS, Review
from scopingreview.stages.new_review import Plan, found_review
from support.harness import CACHE, SCOPINGREVIEW, Cost, add_sizes, cost_of, machine, options
from support.labelled import make_corpus, read_set

LARGEST_FOR_PEERS = 50_000  # records: they take hours beyond
SOURCES = ["pubmed", "embase", "psycinfo", "scopus", "wos"]


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
    parser = options(__doc__, shared=True)
    add_sizes(parser, 10_000, 100_000, 1_000_000)
    parser.add_argument("--peers", metavar="PYTHON", default="", help="the peer's interpreter")
    chosen = parser.parse_args()
    print(machine())
    compileall.compile_dir(Path(scopingreview.__file__).parent, quiet=1)
    print("records     wall s    CPU s   peak MB   µs/record")
    for size in chosen.sizes:
        review = review_of(chosen.shared, size)
        cost = cost_of([*SCOPINGREVIEW, "dedupe", "-C", str(review.root), "-q"])
        print(_row(size, cost), flush=True)
        if chosen.peers and size <= LARGEST_FOR_PEERS:
            peer = cost_of(_peer_command(chosen.peers, make_corpus(chosen.shared, size, seed=1)))
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
