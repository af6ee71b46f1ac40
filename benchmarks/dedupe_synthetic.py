"""How deduplication does on synthetic corpora, where the truth is known at any size.

    .peers/bin/python benchmarks/dedupe_synthetic.py [--sizes N ...] [--seeds N ...] [--shared DIR]

DIR/bench/make_corpus.py makes the corpora, once, in .benchmarks/; DIR/bench/score.py scores and
needs pandas (benchmarks/README.md). Prints precision and recall by record (a removed record is
right when it shares a work with another of its group), works lost, pairs left to people, seconds
from records to links. A million is run with the first seed only.

Exit status 1 when precision is below .999 or recall below .990, or pandas or data are missing.
"""

from __future__ import annotations

import sys
import time

from scopingreview.dedupe import link
from support.harness import add_sizes, machine, options
from support.labelled import groups_of, make_corpus, read_set, scorer

PRECISION, RECALL = 0.999, 0.990  # the least


def main() -> int:
    """Print a row for each size and seed."""
    parser = options(__doc__, shared=True)
    add_sizes(parser, 10_000, 100_000, 1_000_000)
    parser.add_argument(
        "--seeds", type=int, nargs="+", default=(1, 2, 3), metavar="N",
        help="what each corpus is drawn by (default: 1 2 3)",
    )  # fmt: skip
    chosen = parser.parse_args()
    score = scorer(chosen.shared)
    print(machine())
    all_right = True
    print("records    seed  precision  recall   lost  possible  seconds")
    for size in chosen.sizes:
        for seed in chosen.seeds if size < 1_000_000 else chosen.seeds[:1]:
            corpus = make_corpus(chosen.shared, size, seed=seed)
            records = read_set(corpus)
            started = time.perf_counter()
            links = link(records)
            seconds = time.perf_counter() - started
            found = score.score(corpus, groups_of(links.duplicates))["record"]
            print(
                f"{size:>9,} {seed:>5} {found['precision']:10.5f} {found['recall']:8.5f} "
                f"{found['lost_works']:>5} {len(links.possible):>9,} {seconds:8.1f}",
                flush=True,
            )
            all_right &= found["precision"] >= PRECISION and found["recall"] >= RECALL
    return 0 if all_right else 1


if __name__ == "__main__":
    sys.exit(main())
