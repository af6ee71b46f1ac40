"""Coefficients of agreement with their 95 % intervals.

All are (observed - chance) / (1 - chance) and differ in what they take for chance. Standard
errors come from each record's own part in the coefficient (Gwet 2014, Handbook of Inter-Rater
Reliability, 4th ed., ISBN 978-0970806284, ch. 5), intervals from Student's t.

Our own formulas, since no library that is kept up has them all: statsmodels and scikit-learn
know neither AC1 nor alpha, irrCAC asks for a scipy of 2024. The tests hold them against
published examples, `benchmarks/agreement_peers.py` against irrCAC and krippendorff.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

CONFIDENCE = 0.95
CERTAIN = 1e-12  # closer to 1 than this, chance explains everything

Pattern = tuple[str, ...]
"""The verdicts on one record: one a reviewer, "" for a reviewer who gave none."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient and its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def varies(self) -> bool:
        """Whether there is an interval: no record pulls a coefficient that is all agreement away.

        Nor one of 0 because somebody has said the same of every record.
        """
        return self.high - self.low > CERTAIN


class Ratings:
    """The verdicts on the records that at least two decided; alike records count together."""

    def __init__(self, patterns: Mapping[Pattern, int], verdicts: Sequence[str]) -> None:
        self.patterns = {p: times for p, times in patterns.items() if sum(map(bool, p)) > 1}
        self.verdicts = tuple(verdicts)
        self.records = sum(self.patterns.values())

    def mean(self, of: Callable[[Pattern], float]) -> float:
        """The mean over the records; 0 when there is none."""
        total = sum(times * of(pattern) for pattern, times in self.patterns.items())
        return total / self.records if self.records else 0.0

    def shares(self) -> dict[str, float]:
        """How common each verdict is, every record weighing the same."""
        return {
            verdict: self.mean(lambda pattern: share(pattern, verdict))  # noqa: B023
            for verdict in self.verdicts
        }


def share(pattern: Pattern, verdict: str) -> float:
    """The share of the record's verdicts that are this one."""
    return pattern.count(verdict) / sum(map(bool, pattern))


def agreeing(pattern: Pattern) -> float:
    """The share of the pairs of verdicts on the record that agree."""
    given = [verdict for verdict in pattern if verdict]
    alike = sum(given.count(verdict) * (given.count(verdict) - 1) for verdict in set(given))
    return alike / (len(given) * (len(given) - 1))


def percent_agreement(ratings: Ratings) -> Estimate | None:
    """The share of agreeing pairs of verdicts, from 0 to 1; None when nothing was decided twice.

    Wilson's interval (1927, doi:10.1080/01621459.1927.10502953), which holds up at 0 and 1; with
    more than two reviewers it is on the safe side.
    """
    n = ratings.records
    if not n:
        return None
    value, z = ratings.mean(agreeing), normal_quantile()
    centre = (value + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(value * (1 - value) / n + (z / (2 * n)) ** 2)
    return Estimate(value, max(0.0, centre - half), min(1.0, centre + half))


def cohen_kappa(ratings: Ratings) -> Estimate | None:
    """Agreement of two reviewers beyond chance: each keeps to their own habits.

    Source: Cohen 1960, doi:10.1177/001316446002000104.
    """

    def habit(place: int) -> dict[str, float]:
        return {v: ratings.mean(lambda p: p[place] == v) for v in ratings.verdicts}  # noqa: B023

    first, second = habit(0), habit(1)
    return _beyond_chance(ratings, agreeing, lambda p: (second[p[0]] + first[p[1]]) / 2)


def fleiss_kappa(ratings: Ratings) -> Estimate | None:
    """Agreement of several reviewers beyond chance: all share the same habits.

    Source: Fleiss 1971, doi:10.1037/h0031619; Gwet for records that not everyone decided.
    """
    common = ratings.shares()
    return _beyond_chance(
        ratings, agreeing, lambda p: sum(share(p, v) * common[v] for v in ratings.verdicts)
    )


def gwet_ac1(ratings: Ratings) -> Estimate | None:
    """Agreement beyond chance, where chance plays only on records that are hard to decide.

    Source: Gwet 2008, doi:10.1348/000711006X126600.
    """
    common, others = ratings.shares(), len(ratings.verdicts) - 1
    return _beyond_chance(
        ratings,
        agreeing,
        lambda p: sum(share(p, v) * (1 - common[v]) for v in ratings.verdicts) / others,
    )


def brennan_prediger(ratings: Ratings) -> Estimate | None:
    """Agreement beyond chance, where every verdict is as likely; PABAK when there are two.

    Source: Brennan & Prediger 1981, doi:10.1177/001316448104100307; Byrt 1993,
    doi:10.1016/0895-4356(93)90018-V.
    """
    return _beyond_chance(ratings, agreeing, lambda _: 1 / len(ratings.verdicts))


def krippendorff_alpha(ratings: Ratings) -> Estimate | None:
    """Agreement beyond chance of any number of reviewers, each verdict weighing the same.

    Source: Krippendorff 2011, Computing Krippendorff's alpha-reliability (nominal data).
    """
    usual = ratings.mean(lambda p: sum(map(bool, p)))
    if not usual:
        return None

    def weighing(of: Callable[[Pattern], float]) -> Callable[[Pattern], float]:
        """The same by verdict instead of by record: a record with more verdicts weighs more."""
        overall = ratings.mean(lambda p: of(p) * sum(map(bool, p)) / usual)

        def of_record(pattern: Pattern) -> float:
            weight = sum(map(bool, pattern)) / usual
            return weight * of(pattern) - overall * (weight - 1)

        return of_record

    common = {
        v: ratings.mean(lambda p: p.count(v)) / usual  # noqa: B023
        for v in ratings.verdicts
    }
    chance = weighing(lambda p: sum(share(p, v) * common[v] for v in ratings.verdicts))
    estimate = _beyond_chance(ratings, weighing(agreeing), chance)
    if estimate is None:
        return None
    few = 1 / (usual * ratings.records)  # a verdict is not paired with itself
    gain = few * (1 - estimate.value)
    return Estimate(estimate.value + gain, estimate.low + gain, min(1.0, estimate.high + gain))


def _beyond_chance(
    ratings: Ratings, observed_on: Callable[[Pattern], float], chance_on: Callable[[Pattern], float]
) -> Estimate | None:
    """(observed - chance) / (1 - chance), from each record's agreement and expected agreement."""
    n, observed, chance = ratings.records, ratings.mean(observed_on), ratings.mean(chance_on)
    if not n or 1 - chance < CERTAIN:
        return None
    value = (observed - chance) / (1 - chance)

    def squared(pattern: Pattern) -> float:
        alone = (observed_on(pattern) - chance) / (1 - chance)
        pull = 2 * (1 - value) * (chance_on(pattern) - chance) / (1 - chance)
        return (alone - pull - value) ** 2

    if n == 1:
        return Estimate(value, -1.0, 1.0)
    half = student_t(n - 1) * math.sqrt(ratings.mean(squared) / (n - 1))
    return Estimate(value, max(-1.0, value - half), min(1.0, value + half))


@cache
def normal_quantile() -> float:
    """How many standard errors the 95 % interval of a normal value reaches to each side."""
    from statistics import NormalDist  # and with it fractions and decimals, which nobody else needs

    return NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


def student_t(freedom: int) -> float:
    """How many standard errors the 95 % interval reaches to each side; right to 0.001 from 7 on.

    Source: Abramowitz & Stegun 1964, 26.7.5.
    """
    z = normal_quantile()
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return math.fsum(term / freedom**power for power, term in enumerate(terms))
