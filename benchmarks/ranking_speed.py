"""How long learning and ranking anew takes after a decision, and building what is ranked.

    python benchmarks/ranking_speed.py [--sizes N …] [--labels N …] [--times N]

Invents records of 200 words (as abstracts are, their words as frequent as words of a language are),
builds the features of our default model on disk, as a sitting does, and opens them; then learns
from so many labels and ranks all records: once more for each of --times, of which the shortest
counts. Prints seconds on the wall and of the process, and the most memory it has held so far (name
the sizes in order). Needs 9 MB of disk for a thousand records in the folder for temporary files.

Exit status 1 when learning and ranking from 500 labels takes longer than 50 ms at 5,000 records or
0.3 s at 100,000.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from scopingreview.model import RankingModelName
from scopingreview.paths import RANKING, Review
from scopingreview.ranking.models import MODELS
from scopingreview.ranking.ranked_order import rank
from scopingreview.ranking.ranker import Ranker, ranker_of, told_ranker
from scopingreview.store.ranking_features import (
    ranking_scratch,
    read_ranking_features,
    write_ranking_features,
)
from support.harness import add_sizes, machine, options

Value = TypeVar("Value")

MODEL = MODELS[RankingModelName.TWO_VIEWS_1]
WORDS, VOCABULARY = 200, 60_000
ABOUT = "night shift sleep nurse roster"
WANTED = {5_000: 0.05, 100_000: 0.3}
WANTED_LABELS = 500


def texts(number: int) -> Iterator[str]:
    """Records whose words are as frequent as Zipf says, every twentieth with some of its own."""
    random = np.random.default_rng(1)
    below = np.cumsum(1 / np.arange(1, VOCABULARY + 1))
    words = np.array([f"w{each}" for each in range(VOCABULARY)])
    for place in range(number):
        drawn = words[np.searchsorted(below, random.random(WORDS) * below[-1])]
        yield " ".join((*drawn, ABOUT)) if place % 20 == 0 else " ".join(drawn)


def timed(work: Callable[[], Value], times: int = 1) -> tuple[Value, float, float]:
    """What it gives, and the shortest of so many times: on the wall, and of the process."""
    wall, process = [], []
    for _ in range(times):
        begun, used = time.perf_counter(), time.process_time()
        value = work()
        wall.append(time.perf_counter() - begun)
        process.append(time.process_time() - used)
    return value, min(wall), min(process)


def build(review: Review, size: int) -> None:
    """The features of so many invented records are kept, in the place of any before."""
    told = told_ranker(MODEL, texts(size), partial(ranking_scratch, review))
    write_ranking_features(review, str(size), told)


def opened(review: Review, size: int) -> Ranker:
    """The ranker of the features that were kept."""
    arrays = read_ranking_features(review, str(size))
    assert arrays is not None
    ranker = ranker_of(MODEL, arrays, partial(ranking_scratch, review))
    assert ranker is not None
    return ranker


def megabytes() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
    with tempfile.TemporaryDirectory() as folder:
        measured = [
            measure(Review(Path(folder)), size, chosen.labels, chosen.times)
            for size in chosen.sizes
        ]
    return 0 if all(measured) else 1


def measure(review: Review, size: int, labels: list[int], times: int) -> bool:
    """Whether it is as fast as it should be."""
    _, wall, process = timed(partial(build, review, size))
    print(f"\n{size:,} records\n"
          f"  texts and features   {wall:8.2f} s  ({process:.2f} s of the process), "
          f"{megabytes():,.0f} MB")  # fmt: skip
    ranker, wall, _ = timed(partial(opened, review, size))
    entries = sum(len(view.rows.values) for view in ranker.views)
    (kept,) = review.path(RANKING).iterdir()
    print(f"  opened               {wall:8.2f} s, {entries / size:.0f} entries a record, "
          f"{kept.stat().st_size / 1e6:,.0f} MB of disk")  # fmt: skip
    is_fast = True
    for number in labels:
        _, wall, process = timed(partial(learn_and_rank, ranker, number), times)
        print(f"  {number:6,} labels        {wall * 1000:8.1f} ms "
              f"({process * 1000:.1f} ms of the process), {megabytes():,.0f} MB",
              flush=True)  # fmt: skip
        if number == WANTED_LABELS:
            is_fast &= process <= WANTED.get(size, process)
    return is_fast


if __name__ == "__main__":
    sys.exit(main())
