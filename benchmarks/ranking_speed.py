"""How long learning and ranking anew takes after a decision, and building what is ranked.

    python benchmarks/ranking_speed.py [--sizes N …] [--labels N …]

Invents records of 200 words (as abstracts are, their words as frequent as words of a language are),
builds the features of our default model, packs and unpacks them as they are kept, then learns from
so many labels and ranks all records: once more for each of --times, of which the shortest counts.
Prints seconds on the wall and of the process.

Exit status 1 when learning and ranking from 500 labels takes longer than 50 ms at 5,000 records or
0.3 s at 100,000.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import numpy as np

from scopingreview.model import RankingModelName
from scopingreview.ranking.kept_features import packed, unpacked
from scopingreview.ranking.models import MODELS
from scopingreview.ranking.ranked_order import rank
from scopingreview.ranking.ranker import Ranker, build_ranker
from support.harness import add_sizes, machine, options

Value = TypeVar("Value")

MODEL = MODELS[RankingModelName.TWO_VIEWS_1]
WORDS, VOCABULARY = 200, 60_000
WANTED = {5_000: 0.05, 100_000: 0.3}
WANTED_LABELS = 500


def texts(number: int) -> Iterator[str]:
    """Records whose words are as frequent as Zipf says, every twentieth with some of its own."""
    random = np.random.default_rng(1)
    below = np.cumsum(1 / np.arange(1, VOCABULARY + 1))
    words = np.array([f"w{each}" for each in range(VOCABULARY)])
    for place in range(number):
        drawn = words[np.searchsorted(below, random.random(WORDS) * below[-1])]
        about = " night shift sleep nurse roster" if place % 20 == 0 else ""
        yield " ".join(drawn) + about


def timed(work: Callable[[], Value], times: int = 1) -> tuple[Value, float, float]:
    """What it gives, and the shortest of so many times: on the wall, and of the process."""
    wall, process = [], []
    for _ in range(times):
        begun, used = time.perf_counter(), time.process_time()
        value = work()
        wall.append(time.perf_counter() - begun)
        process.append(time.process_time() - used)
    return value, min(wall), min(process)


def build_of(size: int) -> Ranker:
    """The ranker of so many invented records."""
    return build_ranker(MODEL, texts(size))


def learn_and_rank(ranker: Ranker, labels: int) -> None:
    """What the thread of a session does after a decision."""
    known = {place * 7 % len(ranker): place * 7 % len(ranker) % 20 == 0 for place in range(labels)}
    rank(ranker.scores(known), known, np.arange(len(ranker)))


def main() -> int:
    """The table on standard output."""
    parser = options(__doc__)
    add_sizes(parser, 5_000, 100_000)
    parser.add_argument("--labels", type=int, nargs="+", default=[100, 500, 1_000, 2_000])
    parser.add_argument("--times", type=int, default=7)
    chosen = parser.parse_args()
    print(machine())
    is_fast = True
    for size in chosen.sizes:
        ranker, wall, process = timed(partial(build_of, size))
        entries = sum(len(view.rows.values) for view in ranker.views)
        print(f"\n{size:,} records, {entries / size:.0f} entries a record")
        print(f"  texts and features   {wall:8.2f} s  ({process:.2f} s of the process)")
        content, wall, _ = timed(partial(packed, ranker))
        _, again, _ = timed(partial(unpacked, MODEL, content))
        print(f"  kept                 {wall:8.2f} s, read again {again:.2f} s, "
              f"{len(content) / 1e6:,.0f} MB")  # fmt: skip
        for labels in chosen.labels:
            work = partial(learn_and_rank, ranker, labels)
            _, wall, process = timed(work, chosen.times)
            print(f"  {labels:6,} labels        {wall * 1000:8.1f} ms "
                  f"({process * 1000:.1f} ms of the process)", flush=True)  # fmt: skip
            if labels == WANTED_LABELS:
                is_fast &= process <= WANTED.get(size, process)
    return 0 if is_fast else 1


if __name__ == "__main__":
    sys.exit(main())
