"""How deduplication does on synthetic corpora, where the truth is known at any size.

    python benchmarks/dedupe_synthetic.py [--sizes 10000 100000 1000000] [--seeds 1 2 3]

Precision and recall by record (a removed record is right when it shares a work with another of
its group), works lost, pairs left to people, seconds from records to links.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from dedupe_data import SHARED, groups_of, make_corpus, read_set, scorer
from scopingreview.dedupe import link


def main() -> None:
    """Print a row for each size and seed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--shared", type=Path, default=SHARED)
    options = parser.parse_args()
    score = scorer(options.shared)
    print("records    seed  precision  recall   lost  possible  seconds")
    for size in options.sizes:
        for seed in options.seeds if size < 1_000_000 else options.seeds[:1]:
            corpus = make_corpus(options.shared, size, seed=seed)
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


if __name__ == "__main__":
    main()
