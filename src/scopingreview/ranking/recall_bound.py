"""How much of what is relevant is found, at least: a bound that holds however often one looks.

Callaghan & Müller-Hansen (2020, doi:10.1186/s13643-020-01521-4) take the records screened since
some moment for a sample of those that were left then, and ask how likely so few relevant ones
would be in it if too many were left: the hypergeometric test, without a bias factor. Their
smallest p-value over all moments is right for one look at one moment; asked again and again until
it is small, it is small too often (`benchmarks/recall_bound.py` measures it). The bound here asks
the same of the same samples, and is made to be asked at any time: for each number of relevant
records a stake is put on there being fewer, and a number is given up when its stake has grown
twentyfold, which happens to the true number in at most one review of twenty (Ville's inequality;
the stakes are those of Waudby-Smith & Ramdas 2020, arXiv:2006.04347, on one side).

Both assume one thing: the next record is at least as likely to be relevant as one drawn at random
from what is left. Random order and random audits see to it; ranked order, while the model is no
worse than chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, floor, inf

import numpy as np

from scopingreview.long_array import Numbers

CONFIDENCE = 0.95
# The samples begin when these shares of the records are left; each has the same part of the stake.
# Chosen before any figure was taken: steps of a fifth, down to a tenth.
BEGIN_LEFT = tuple(0.8**step for step in range(11))
ROUNDING = 1e-9


def most_relevant(found: Sequence[bool], *, records: int, confidence: float = CONFIDENCE) -> int:
    """The most relevant records that there may be in all, by this confidence.

    `found` says of each screened record, in the order of screening, whether it is relevant;
    `records` is how many there are, screened or not.
    """
    before = np.concatenate(([0], np.cumsum(found, dtype=np.int64)))
    screened, relevant = len(found), int(before[-1])
    possible = np.arange(relevant, relevant + records - screened + 1)
    stakes = np.zeros(len(possible))
    for share in BEGIN_LEFT:
        begin = records - ceil(share * records - ROUNDING)
        if begin >= screened:
            stakes += 1
            continue
        already = int(before[begin])
        grown = _grown(records - begin, relevant - already, records - screened)
        stakes += np.exp(np.minimum(grown, 700))
    held = np.flatnonzero(stakes < len(BEGIN_LEFT) / (1 - confidence))
    return int(possible[held[-1]]) if len(held) else relevant


def least_recall(found: Sequence[bool], *, records: int, confidence: float = CONFIDENCE) -> float:
    """The share of the relevant records that is found at least; 0 as long as none is found."""
    relevant = sum(found)
    if not relevant:
        return 0.0
    return relevant / most_relevant(found, records=records, confidence=confidence)


def _grown(left: int, seen: int, unread: int) -> Numbers:
    """What the stake has grown to (its logarithm) for each number of relevant ones still unread.

    `left` records were left when the sample began; `unread` of them are not screened yet, and of
    those that are, `seen` are relevant. The stake is on fewer: 1/2 on none at all at the
    beginning, 1/6 on one, 1/12 on two, … of those that are fewer.
    """
    numbers = np.arange(left + 1)
    logs = _log_factorials(left)
    all_orders = logs[left] - logs[numbers] - logs[left - numbers]
    fits = (numbers >= seen) & (numbers <= seen + unread)
    rest = np.clip(numbers - seen, 0, unread)
    likely = np.where(fits, logs[unread] - logs[rest] - logs[unread - rest] - all_orders, -inf)
    prior = -np.log((numbers + 1.0) * (numbers + 2.0))
    fewer = np.concatenate(([-inf], np.logaddexp.accumulate(prior + likely)[:-1]))
    weight = np.log(1 - 1 / (numbers + 1.0), out=np.full(left + 1, -inf), where=numbers > 0)
    at = numbers[seen : seen + unread + 1]
    with np.errstate(invalid="ignore"):
        grown = fewer[at] - weight[at] - likely[at]
    return np.where(np.isnan(grown), -inf, grown)


@lru_cache(maxsize=64)
def _log_factorials(number: int) -> Numbers:
    return np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, number + 1)))))


def further_irrelevant(
    found: Sequence[bool], *, records: int, recall: float, confidence: float = CONFIDENCE
) -> int:
    """How many irrelevant records in a row, from now, would bring the bound to this recall.

    0 when it is there; all that are left at the most, since then all are known.
    """
    least, most = 0, records - len(found)
    while least < most:
        middle = (least + most) // 2
        then = [*found, *[False] * middle]
        if least_recall(then, records=records, confidence=confidence) >= recall:
            most = middle
        else:
            least = middle + 1
    return least


def single_look(found: Sequence[bool], *, records: int, recall: float) -> float:
    """Callaghan and Müller-Hansen's p-value of the recall being less than this.

    The smallest over all moments since which the screened records are taken as a sample; it is
    least where a moment follows a relevant record.
    """
    before = np.concatenate(([0], np.cumsum(found, dtype=np.int64)))
    screened, relevant = len(found), int(before[-1])
    missed = floor(relevant / recall + ROUNDING) + 1  # the fewest in all that would be too many
    begins = np.concatenate(([0], np.flatnonzero(found) + 1))
    return min(
        _at_most(
            relevant - int(before[begin]),
            left=records - int(begin),
            relevant=missed - int(before[begin]),
            drawn=screened - int(begin),
        )
        for begin in begins.tolist()
    )


def _at_most(seen: int, *, left: int, relevant: int, drawn: int) -> float:
    """The chance of so few relevant ones among those drawn, without replacement."""
    if relevant - seen > left - drawn:
        return 0.0  # there is no room for them in what is unread
    logs = _log_factorials(left)
    numbers = np.arange(max(0, drawn - (left - relevant)), seen + 1)
    if not len(numbers):
        return 0.0
    chances = (
        logs[relevant] - logs[numbers] - logs[relevant - numbers]
        + logs[left - relevant] - logs[drawn - numbers] - logs[left - relevant - drawn + numbers]
        - (logs[left] - logs[drawn] - logs[left - drawn])
    )  # fmt: skip
    return min(1.0, float(np.exp(chances).sum()))


def audit_size(relevant: int, *, unread: int, recall: float, confidence: float = CONFIDENCE) -> int:
    """How many unread records, drawn at random and all irrelevant, would show this recall.

    At one look, when all of them are read: the chance that none of the relevant ones that would
    be too many is among them is no more than what the confidence leaves.
    """
    missed = floor(relevant / recall + ROUNDING) + 1 - relevant
    if missed > unread:
        return 0
    least, most = 0, unread - missed + 1
    while least < most:
        middle = (least + most) // 2
        if _at_most(0, left=unread, relevant=missed, drawn=middle) <= 1 - confidence + ROUNDING:
            most = middle
        else:
            least = middle + 1
    return least


def least_recall_by_audit(
    *, before: int, unread: int, drawn: int, found: int, confidence: float = CONFIDENCE
) -> float:
    """The recall that a finished audit shows: what is found now, as a share of what there may be.

    `before` relevant records stood when `drawn` of the `unread` ones were drawn at random, of which
    `found` turned out to be relevant. Right for one look, when the sample is read.
    """
    least, most = found, unread - (drawn - found)  # how many relevant there were among the unread
    while least < most:
        middle = (least + most + 1) // 2
        if _at_most(found, left=unread, relevant=middle, drawn=drawn) > 1 - confidence:
            least = middle
        else:
            most = middle - 1
    return (before + found) / (before + least) if before + found else 0.0
