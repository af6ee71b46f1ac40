"""How often the bound on recall is wrong when a team stops as soon as it shows the target.

    python benchmarks/recall_bound.py [--looks N] [--every N] [--shared DIR]

Screens reviews over again and looks after every so many records (--every), until the bound shows
the target; then asks how much was found in truth. That is the hardest way to use it: the team
looks all the time, and stops at the first good figure. In random order on invented reviews of many
sizes, where the assumption is exactly true; in the order of relevance with a tenth of the records
drawn by lot, on invented reviews whose ranking is between useless and good; and on ASReview's
orders of the labelled reviews in DIR/labelled, where they are.

Beside it stands the smallest p-value of Callaghan & Müller-Hansen (2020) without bias factor, used
the same way, and at one look alone. Shares come with their 95 % interval (Wilson).

Exit status 1 when the bound at 95 % confidence is wrong in more than 5 % of the looks.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np

from scopingreview.ranking.recall_bound import least_recall, single_look
from scopingreview.store.labelled_review import read_labelled_review
from support.harness import machine, options

TARGETS = (0.8, 0.9, 0.95)
SIZES = ((400, 20), (400, 80), (1000, 10), (1000, 50), (1000, 100), (1000, 300), (2000, 40))
RANDOM_SHARE = 0.1
MAY_BE_WRONG = 0.05

Shows = Callable[[Sequence[bool], int, float], bool]


def wilson_interval(times: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927, doi:10.1080/01621459.1927.10502953)."""
    z, share = 1.959964, times / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Screening:
    """A review in the order in which it was screened."""

    kind: str
    found: tuple[bool, ...]


@dataclass
class Tally:
    """How many looks showed the target, how many falsely, and what had been read by then."""

    looks: int = 0
    wrong: int = 0
    read: float = 0.0

    def __str__(self) -> str:
        low, high = wilson_interval(self.wrong, self.looks)
        return (
            f"wrong in {self.wrong:4,} of {self.looks:5,} ({self.wrong / self.looks:.1%}, "
            f"{low:.1%} to {high:.1%}), read {self.read / self.looks:.0%}"
        )


def by_bound(found: Sequence[bool], records: int, target: float) -> bool:
    """Whether our bound shows the target."""
    return least_recall(found, records=records) >= target


def by_single_look(found: Sequence[bool], records: int, target: float) -> bool:
    """Whether Callaghan and Müller-Hansen's p-value is below 0.05."""
    return single_look(found, records=records, recall=target) < 0.05


def random_orders(number: int) -> Iterator[Screening]:
    """Invented reviews in random order, of each size in turn."""
    for seed in range(number):
        records, relevant = SIZES[seed % len(SIZES)]
        found = np.zeros(records, dtype=bool)
        found[np.random.default_rng(seed).permutation(records)[:relevant]] = True
        yield Screening("random order", tuple(found.tolist()))


def ranked_orders(number: int) -> Iterator[Screening]:
    """Invented reviews whose ranking is between useless and good, with a tenth by lot."""
    for seed in range(number):
        random = np.random.default_rng(100_000 + seed)
        records, relevant = SIZES[seed % len(SIZES)]
        is_relevant = np.zeros(records, dtype=bool)
        is_relevant[:relevant] = True
        scores = random.normal(size=records) + is_relevant * random.uniform(0, 3)
        ranked = np.argsort(-scores, kind="stable").tolist()
        order = _with_lots(ranked, random)
        yield Screening("ranked order, a tenth by lot", tuple(is_relevant[order].tolist()))


def _with_lots(ranked: Sequence[int], random: np.random.Generator) -> list[int]:
    waiting, by_rank = set(ranked), iter(ranked)
    by_lot = iter(random.permutation(len(ranked)).tolist())
    order = []
    for drawn in (random.random(len(ranked)) < RANDOM_SHARE).tolist():
        chosen = next(each for each in (by_lot if drawn else by_rank) if each in waiting)
        waiting.discard(chosen)
        order.append(chosen)
    return order


def asreview_orders(folder: Path) -> Iterator[Screening]:
    """The orders of the labelled reviews, and the records after the last relevant one."""
    file = folder / "asreview_orders.json"
    for each in json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []:
        labels = read_labelled_review(folder / f"{each['dataset']}.csv").is_relevant
        found = [labels[place] for place in each["order"]]
        rest = [False] * (len(labels) - len(found))
        yield Screening("ASReview's orders", (*found, *rest))


def tally(screenings: Sequence[Screening], shows: Shows, target: float, every: int) -> Tally:
    """What comes of looking again and again until the target is shown."""
    total = Tally()
    for each in screenings:
        records, relevant = len(each.found), sum(each.found)
        for screened in range(every, records + every, every):
            seen = each.found[:screened]
            if any(seen) and shows(seen, records, target):
                total.looks += 1
                total.wrong += sum(seen) < target * relevant
                total.read += len(seen) / records
                break
    return total


def at_one_moment(screenings: Sequence[Screening], shows: Shows, target: float) -> Tally:
    """What comes of one look, when half the records are screened, and of believing it."""
    total = Tally()
    for each in screenings:
        records, relevant = len(each.found), sum(each.found)
        seen = each.found[: records // 2]
        total.looks += 1
        total.read += 0.5
        total.wrong += any(seen) and shows(seen, records, target) and sum(seen) < target * relevant
    return total


def main() -> int:
    """The tables on standard output."""
    parser = options(__doc__, shared=True)
    parser.add_argument("--looks", type=int, default=700, help="reviews of each kind")
    parser.add_argument("--every", type=int, default=10, help="records between two looks")
    names = ("random", "ranked", "asreview")
    parser.add_argument("--kinds", nargs="+", choices=names, default=names)
    chosen = parser.parse_args()
    print(machine())
    kinds = [
        list(random_orders(chosen.looks)) if "random" in chosen.kinds else [],
        list(ranked_orders(chosen.looks)) if "ranked" in chosen.kinds else [],
        list(asreview_orders(chosen.shared.resolve() / "labelled"))
        if "asreview" in chosen.kinds
        else [],
    ]
    worst = 0.0
    for screenings in filter(None, kinds):
        print(f"\n{screenings[0].kind}: {len(screenings):,} reviews")
        for target in TARGETS:
            ours = tally(screenings, by_bound, target, chosen.every)
            theirs = tally(screenings, by_single_look, target, chosen.every)
            print(f"  {target:.0%} until shown   bound            {ours}")
            print(f"                    p at one look    {theirs}", flush=True)
            worst = max(worst, ours.wrong / ours.looks)
        once = at_one_moment(screenings, by_single_look, 0.9)
        print(f"  90% at half way   p at one look    {once}", flush=True)
    return 0 if worst <= MAY_BE_WRONG else 1


if __name__ == "__main__":
    sys.exit(main())
