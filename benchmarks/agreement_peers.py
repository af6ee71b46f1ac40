"""Our coefficients of agreement beside those of irrCAC and krippendorff on the same ratings.

    .peers/bin/python benchmarks/agreement_peers.py [--tables N] [--seed N]

Needs an interpreter that holds this project and the peers (benchmarks/README.md says how to make
it). Draws N invented sets of ratings: 10 to 400 records, 2 to 5 reviewers who know each record or
not, 2 or 3 verdicts of any skew. Prints for each coefficient the greatest difference in value and,
in sets of 30 records or more, in the ends of the 95 % interval.

Exit status 1 when a value differs by more than 0.00001, or when a peer is missing.
"""

from __future__ import annotations

import random
import sys
import warnings
from collections import Counter

from scopingreview.screening import coefficients
from scopingreview.screening.coefficients import Ratings
from support.harness import needs, options

Rows = list[tuple[str, ...]]
OURS = {
    "fleiss": coefficients.fleiss_kappa,
    "gwet": coefficients.gwet_ac1,
    "bp": coefficients.brennan_prediger,
    "krippendorff": coefficients.krippendorff_alpha,
    "conger": coefficients.cohen_kappa,
}
FEWEST_FOR_INTERVALS = 30


def invented(rng: random.Random) -> Rows:
    """What reviewers said of some records; at least two said something of each."""
    reviewers, words = rng.randint(2, 5), "IEM"[: rng.randint(2, 3)]
    skew = [rng.random() ** 2 + 0.02 for _ in words]
    slips, silence = rng.random() * 0.5, rng.choice([0, 0, 0.3]) if reviewers > 2 else 0
    rows: Rows = []
    for _ in range(rng.randint(10, 400)):
        (truth,) = rng.choices(words, skew)
        row = tuple(
            "" if rng.random() < silence else rng.choice(words) if rng.random() < slips else truth
            for _ in range(reviewers)
        )
        if sum(map(bool, row)) > 1:
            rows.append(row)
    return rows


def peers(rows: Rows, words: list[str]) -> dict[str, tuple[float, float, float]]:
    """Value and interval by coefficient, as the peers have them."""
    import krippendorff
    import pandas
    from irrCAC.raw import CAC

    table = pandas.DataFrame([[word or None for word in row] for row in rows])
    found = {}
    for name in OURS:
        if name == "conger" and len(rows[0]) != 2:
            continue  # Cohen's for a pair
        estimate = getattr(CAC(table, categories=words, digits=9), name)()["est"]
        low, high = estimate["confidence_interval"]
        found[name] = (float(estimate["coefficient_value"]), float(low), float(high))
    place = {word: number for number, word in enumerate(words)}
    data = [[place.get(word, float("nan")) for word in column] for column in zip(*rows)]  # noqa: B905
    alpha = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    found["krippendorff"] = (float(alpha), *found["krippendorff"][1:])
    return found


def main() -> int:
    parser = options(__doc__)
    parser.add_argument(
        "--tables", type=int, default=200, metavar="N",
        help="how many sets of ratings (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N",
        help="what they are drawn by (default: %(default)s)",
    )  # fmt: skip
    chosen = parser.parse_args()
    needs("irrCAC", "krippendorff", "pandas")
    warnings.simplefilter("ignore")
    rng = random.Random(chosen.seed)
    compared = Counter[str]()
    value_apart, end_apart = dict.fromkeys(OURS, 0.0), dict.fromkeys(OURS, 0.0)
    for _ in range(chosen.tables):
        rows = invented(rng)
        words = sorted({word for row in rows for word in row if word})
        if len(words) < 2:
            continue
        ratings = Ratings(Counter(rows), words)
        for name, (value, low, high) in peers(rows, words).items():
            mine = OURS[name](ratings)
            assert mine is not None
            compared[name] += 1
            value_apart[name] = max(value_apart[name], abs(mine.value - value))
            if len(rows) >= FEWEST_FOR_INTERVALS:
                ends = max(abs(mine.low - low), abs(mine.high - high))
                end_apart[name] = max(end_apart[name], ends)
    print(f"{'coefficient':14}{'tables':>8}{'value apart':>14}{'interval apart':>16}")
    for name in OURS:
        print(f"{name:14}{compared[name]:8}{value_apart[name]:14.7f}{end_apart[name]:16.4f}")
    return 1 if max(value_apart.values()) > 1e-5 else 0


if __name__ == "__main__":
    sys.exit(main())
