"""How soon the relevant records come, on labelled reviews: ours beside ASReview's default model.

    python benchmarks/ranking_orders.py [--model NAME …] [--seeds N] [--only REVIEW …]
    python benchmarks/ranking_orders.py --reproduce [--only REVIEW …]

Reads the reviews in DIR/labelled (--shared DIR) and, where asreview_orders.json has them, the
orders in which ASReview 3.0.8 screened them. Each run begins with one relevant record that is
known, drawn by the seed (ASReview's own where there is its order), and learns after every record.
Prints the loss of each run (the area above the recall curve, as in ASReview's insights) beside
that of ASReview's model with the same record, and the geometric means of the ratio: by review,
and of the reviews. Where ASReview's own order is missing, our replica of its model stands for it.

--reproduce follows ASReview's orders place by place: at each it asks our replica for the next
record, having learnt from the same ones. Where the two differ it asks scikit-learn's
TfidfVectorizer and LinearSVC, which ASReview is made of, and says how far apart the scores are.

Orders are kept in --keep DIR (.benchmarks/ranking): a run that was taken once is read.

Exit status 1 when the geometric mean of our default is above 0.98, or that of a review above
1.12; with --reproduce when the two records of a place are further apart than LIBLINEAR
stops at, where its order is an accident.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scopingreview.model import RankingModelName
from scopingreview.ranking.models import MODELS
from scopingreview.ranking.ranker import Ranker, build_ranker, can_learn
from scopingreview.ranking.replay import Replay, drawn_relevant, replay
from scopingreview.ranking.texts import text_of
from scopingreview.store.labelled_review import LabelledReview, read_labelled_review
from support.harness import CACHE, existing, machine, needs, options

KEEP = CACHE / "ranking"
ANCHOR, OURS = RankingModelName.ELAS_U4, RankingModelName.TWO_VIEWS_1
WANTED_MEAN, WANTED_WORST = 0.98, 1.12
TOLERANCE = 1e-4  # LIBLINEAR's, as scikit-learn and ASReview leave it


@dataclass(frozen=True)
class Labelled:
    """A review with its labels, and ASReview's orders of it by seed."""

    name: str
    review: LabelledReview
    orders: dict[int, list[int]]

    def ranker(self, name: RankingModelName) -> Ranker:
        """The model over the review's texts."""
        model = MODELS[name]
        return build_ranker(model, (text_of(record, model) for record in self.review.records))

    def known(self, seed: int) -> int:
        """The relevant record that is known before."""
        if seed in self.orders:
            return self.orders[seed][0]
        return drawn_relevant(self.review.is_relevant, 1, seed=seed)[0]

    def replay_of(self, order: Sequence[int]) -> Replay:
        """The order, whose first record was known, as a replay."""
        found = tuple(self.review.is_relevant[place] for place in order[1:])
        return Replay((order[0],), tuple(order[1:]), found, len(self.review.records) - 1)

    @cached_property
    def texts(self) -> list[str]:
        """What ASReview reads of each record."""
        return [f"{record.title} {record.abstract}" for record in self.review.records]


def read_reviews(folder: Path, only: Sequence[str]) -> list[Labelled]:
    """The labelled reviews of the folder, in order of name."""
    orders: dict[str, dict[int, list[int]]] = {}
    file = folder / "asreview_orders.json"
    for each in json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []:
        orders.setdefault(each["dataset"], {})[each["seed"]] = each["order"]
    return [
        Labelled(path.stem, read_labelled_review(path), orders.get(path.stem, {}))
        for path in sorted(folder.glob("*.csv"))
        if not only or path.stem in only
    ]


class Runs:
    """Replays, each taken once and kept."""

    def __init__(self, keep: Path) -> None:
        self.keep = keep
        keep.mkdir(parents=True, exist_ok=True)
        self._rankers: tuple[tuple[str, str], Ranker] | None = None

    def of(self, labelled: Labelled, name: RankingModelName, seed: int) -> Replay:
        """The replay of a review by a model, the known record drawn by the seed."""
        path = self.keep / f"{name}-{labelled.name}-{seed}.json"
        if path.is_file():
            return labelled.replay_of(json.loads(path.read_text(encoding="utf-8")))
        if self._rankers is None or self._rankers[0] != (labelled.name, name):
            self._rankers = ((labelled.name, name), labelled.ranker(name))
        known = labelled.known(seed)
        found = replay(self._rankers[1], labelled.review.is_relevant, known=[known])
        path.write_text(json.dumps([known, *found.order]), encoding="utf-8")
        return found

    def anchor(self, labelled: Labelled, seed: int) -> Replay:
        """ASReview's own order, else that of our replica of its model."""
        if seed in labelled.orders:
            return labelled.replay_of(labelled.orders[seed])
        return self.of(labelled, ANCHOR, seed)


def geometric_mean(ratios: Sequence[float]) -> float:
    """The n-th root of the product."""
    return float(np.exp(np.mean(np.log(ratios))))


def compare(reviews: Sequence[Labelled], name: RankingModelName, seeds: int, runs: Runs) -> bool:
    """The table of a model; whether it is as good as wanted."""
    print(f"\n{name}: loss beside ASReview's default, {seeds} seeds")
    print(f"  {'review':28}{'records':>8}{'relevant':>9}{'loss':>9}{'ASReview':>10}{'ratio':>8}"
          f"{'WSS@95':>9}{'ASReview':>10}  each seed")  # fmt: skip
    means = []
    for labelled in reviews:
        pairs = [
            (runs.of(labelled, name, seed), runs.anchor(labelled, seed))
            for seed in range(1, seeds + 1)
        ]
        ratios = [ours.loss / theirs.loss for ours, theirs in pairs]
        means.append(geometric_mean(ratios))
        review = labelled.review
        print(
            f"  {labelled.name:28}{len(review.records):8,}{sum(review.is_relevant):9,}"
            f"{np.mean([ours.loss for ours, _ in pairs]):9.4f}"
            f"{np.mean([theirs.loss for _, theirs in pairs]):10.4f}{means[-1]:8.3f}"
            f"{np.mean([ours.work_saved() for ours, _ in pairs]):9.3f}"
            f"{np.mean([theirs.work_saved() for _, theirs in pairs]):10.3f}  "
            + " ".join(f"{ratio:.3f}" for ratio in ratios),
            flush=True,
        )
    mean, worst = geometric_mean(means), max(means)
    print(
        f"  geometric mean {mean:.4f} (95 % interval {interval(means)}), worst review {worst:.3f}"
    )
    return mean <= WANTED_MEAN and worst <= WANTED_WORST


def interval(means: Sequence[float], draws: int = 10_000) -> str:
    """That of the geometric mean, over reviews drawn again (percentile bootstrap)."""
    drawn = np.random.default_rng(1).choice(np.log(means), (draws, len(means))).mean(axis=1)
    low, high = np.exp(np.quantile(drawn, (0.025, 0.975)))
    return f"{low:.3f} to {high:.3f}"


def reproduce(labelled: Labelled) -> bool:
    """Whether our replica shows what ASReview did, but where two records are as good as tied."""
    ranker = labelled.ranker(ANCHOR)
    is_right = True
    for seed, order in sorted(labelled.orders.items()):
        begun = time.perf_counter()
        differing = _differing(labelled, ranker, order)
        said = [_asked(labelled, order, place, ours) for place, ours in differing]
        is_right &= all(right for right, _ in said)
        same = len(order) - 1 - len(differing)
        print(f"  {labelled.name:28} seed {seed}: {same:,} of {len(order) - 1:,} places the same "
              f"({time.perf_counter() - begun:.0f} s)", flush=True)  # fmt: skip
        for _, line in said:
            print(f"      {line}")
    return is_right


def _differing(labelled: Labelled, ranker: Ranker, order: Sequence[int]) -> list[tuple[int, int]]:
    """Each place at which our replica would show another record, and that record."""
    labels = {order[0]: labelled.review.is_relevant[order[0]]}
    learnt, differing = None, []
    for place in range(1, len(order)):
        ours = next(each for each in range(len(ranker)) if each not in labels)
        if can_learn(ranker.model, labels):
            learnt = ranker.learn(labels, after=learnt)
            scores = ranker.scores_by(learnt)
            scores[list(labels)] = -np.inf
            ours = int(np.argmax(scores))
        if ours != order[place]:
            differing.append((place, ours))
        labels[order[place]] = labelled.review.is_relevant[order[place]]
    return differing


def _asked(labelled: Labelled, order: Sequence[int], place: int, ours: int) -> tuple[bool, str]:
    """Whether the two records are as good as tied; and what to say of them."""
    known = np.array(order[:place])
    as_asreview = sklearn_scores(labelled, known)
    exact = sklearn_scores(labelled, known, tolerance=1e-10)
    theirs = order[place]
    as_asreview[known] = -np.inf
    shown = int(np.argmax(as_asreview))
    apart = float(exact[ours] - exact[theirs])
    return abs(apart) < TOLERANCE, (
        f"place {place:,}: ASReview {theirs}, ours {ours}, scikit-learn {shown}; solved to the end "
        f"ours scores {apart:+.1e} beside theirs, LIBLINEAR with its usual "
        f"tolerance {as_asreview[ours] - as_asreview[theirs]:+.1e}"
    )


def sklearn_scores(
    labelled: Labelled, known: NDArray[np.int64], tolerance: float = TOLERANCE
) -> NDArray[np.float64]:
    """The scores of all records by the libraries that ASReview is made of."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=1, max_df=0.95)
    rows = vectorizer.fit_transform(labelled.texts)
    is_relevant = np.array(labelled.review.is_relevant)[known]
    relevant, irrelevant = int(is_relevant.sum()), int((~is_relevant).sum())
    weights = np.where(is_relevant, 1.0, relevant / (9.8 * irrelevant))
    machine = LinearSVC(C=0.11, loss="squared_hinge", tol=tolerance, max_iter=100_000)
    machine.fit(rows[known], is_relevant, sample_weight=weights * len(weights) / weights.sum())
    scores: NDArray[np.float64] = machine.decision_function(rows)
    return scores


def main() -> int:
    """The tables on standard output."""
    parser = options(__doc__, shared=True)
    parser.add_argument("--reproduce", action="store_true", help="follow ASReview's own orders")
    parser.add_argument("--model", nargs="+", choices=list(MODELS), default=[OURS])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", nargs="+", default=[], metavar="REVIEW")
    parser.add_argument("--keep", type=Path, default=KEEP, metavar="DIR")
    chosen: argparse.Namespace = parser.parse_args()
    folder = existing(chosen.shared.resolve() / "labelled", "labelled reviews")
    csv.field_size_limit(sys.maxsize)
    print(machine())
    reviews = read_reviews(folder, chosen.only)
    if chosen.reproduce:
        needs("sklearn")
        print("\nASReview's orders, place by place, by our replica of its model")
        return int(sum(not reproduce(labelled) for labelled in reviews) > 0)
    runs = Runs(chosen.keep)
    good = {
        name: compare(reviews, RankingModelName(name), chosen.seeds, runs) for name in chosen.model
    }
    return 0 if good.get(OURS, True) else 1


if __name__ == "__main__":
    sys.exit(main())
