"""How well reviewers agree: the coefficients side by side, the table, and when to distrust kappa.

The formulas are in `coefficients`; which verdicts were still blind says
`outcomes.votes_before`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from scopingreview.model import Decision, MaybeRule, PhaseRules, Verdict
from scopingreview.screening.coefficients import (
    Estimate,
    Ratings,
    brennan_prediger,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
)
from scopingreview.screening.outcomes import Votes

SKEWED_FROM = 0.8
"""How common a verdict must be before kappa says little: a prevalence index of 0.6.

Source: Feinstein & Cicchetti 1990, doi:10.1016/0895-4356(90)90158-L.
"""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far these reviewers agree on the records that at least two of them decided.

    `percent` is the share of agreeing pairs of verdicts (0 to 1). `kappa` is Cohen's for a
    pair, Fleiss' for more; `pabak` is, for three verdicts, the coefficient of Brennan and
    Prediger. A coefficient is None when nothing was decided twice or chance alone explains
    everything. `table` has, for a pair, a row per verdict of the first and a column per verdict
    of the second. `skewed`: one verdict is so common that kappa is low however well they agree.
    `same_reason` of the `both_excluded` were excluded for one reason.
    """

    reviewers: tuple[str, ...]
    records: int
    verdicts: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]
    percent: Estimate | None
    kappa: Estimate | None
    alpha: Estimate | None
    pabak: Estimate | None
    ac1: Estimate | None
    commonest: str
    commonest_share: float
    skewed: bool
    both_excluded: int
    same_reason: int


def agreements(votes: Mapping[str, Votes], rules: PhaseRules) -> list[Agreement]:
    """The agreement of every pair that decided on a record both, then that of all together.

    `votes` are blind decisions, by record and then by reviewer. With two reviewers all together
    are the pair, and come once.
    """
    names = sorted({name for by_reviewer in votes.values() for name in by_reviewer})
    pairs = [agreement(votes, pair, rules=rules) for pair in combinations(names, 2)]
    together = [agreement(votes, names, rules=rules)] if len(names) > 2 else []
    return [each for each in (*pairs, *together) if each.records]


def agreement(
    votes: Mapping[str, Votes], reviewers: Sequence[str], *, rules: PhaseRules
) -> Agreement:
    """How far these reviewers agree; a record that fewer than two of them decided is left out.

    Where a maybe counts as an include, it is one here too.
    """
    patterns = [
        [_word(by_reviewer.get(name), rules) for name in reviewers]
        for by_reviewer in votes.values()
    ]
    ratings = Ratings(Counter(map(tuple, patterns)), _verdicts(patterns))
    shares = ratings.shares()
    commonest = max(ratings.verdicts, key=lambda verdict: shares[verdict])
    both, same = _reasons([[v[name] for name in reviewers if name in v] for v in votes.values()])
    pair = len(reviewers) == 2
    return Agreement(
        reviewers=tuple(reviewers),
        records=ratings.records,
        verdicts=ratings.verdicts,
        table=_table(ratings) if pair else (),
        percent=percent_agreement(ratings),
        kappa=cohen_kappa(ratings) if pair else fleiss_kappa(ratings),
        alpha=krippendorff_alpha(ratings),
        pabak=brennan_prediger(ratings),
        ac1=gwet_ac1(ratings),
        commonest=commonest,
        commonest_share=shares[commonest],
        skewed=shares[commonest] >= SKEWED_FROM,
        both_excluded=both,
        same_reason=same,
    )


def _word(decision: Decision | None, rules: PhaseRules) -> str:
    if decision is None:
        return ""
    if decision.verdict is Verdict.MAYBE and rules.maybe is MaybeRule.INCLUDE:
        return Verdict.INCLUDE
    return decision.verdict


def _verdicts(patterns: Iterable[Iterable[str]]) -> list[str]:
    """Include and exclude, and maybe when somebody decided so."""
    used = {word for verdicts in patterns for word in verdicts}
    maybe = [Verdict.MAYBE] if Verdict.MAYBE in used else []
    return [Verdict.INCLUDE, *maybe, Verdict.EXCLUDE]


def _table(ratings: Ratings) -> tuple[tuple[int, ...], ...]:
    return tuple(
        tuple(ratings.patterns.get((row, column), 0) for column in ratings.verdicts)
        for row in ratings.verdicts
    )


def _reasons(decided: Iterable[Sequence[Decision]]) -> tuple[int, int]:
    """How many records all excluded who decided (two at least), and how many for one reason."""
    excluded = [
        {vote.reason for vote in votes}
        for votes in decided
        if len(votes) > 1 and all(vote.verdict is Verdict.EXCLUDE for vote in votes)
    ]
    return len(excluded), sum(len(reasons) == 1 for reasons in excluded)
